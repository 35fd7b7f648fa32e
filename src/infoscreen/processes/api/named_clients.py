"""`?clients=…&clients=…`: a page that knows the other clients asks only for those that changed."""

from typing import Annotated

from fastapi import Query
from pydantic import StringConstraints

# With so many uuids an address stays within what proxies take.
NAMED_AT_MOST = 100
DESCRIPTION = "Uuids: only of these clients, as if there were no others; for a page that knows the rest."

Uuid = Annotated[str, StringConstraints(max_length=36)]
NamedClients = Annotated[list[Uuid] | None, Query(alias="clients", max_length=NAMED_AT_MOST, description=DESCRIPTION)]
