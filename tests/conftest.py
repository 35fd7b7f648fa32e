"""Fixtures that tests of every layer ask for."""

from databases import database_url as database_url
from databases import mariadb as mariadb
