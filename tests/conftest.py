"""Fixtures that tests of every layer ask for."""

import gc

import structlog
from hypothesis import settings

from applications import app as app
from applications import app_on_sqlite as app_on_sqlite
from applications import bus as bus
from applications import clock as clock
from browsers import browser as browser
from databases import database_url as database_url
from databases import mariadb as mariadb
from http_clients import admin as admin
from http_clients import api_app as api_app
from http_clients import editor as editor
from http_clients import log_in as log_in
from http_clients import nobody as nobody
from systems import demo as demo
from systems import system as system

# How long an example takes says how loaded the machine is, and nothing about the product.
settings.register_profile("whole", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("whole")

# As the processes log: else every error that is logged is drawn with source and variables, for a quarter of a second.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


def pytest_collection_finish() -> None:
    """Take what was loaded for all tests off the garbage collector, which else looks through it in each of them."""
    gc.collect()
    gc.freeze()
