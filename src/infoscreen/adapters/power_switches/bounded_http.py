"""HTTP as it is spoken with plugs: one address, JSON of a few bytes, and nothing that such an answer does not need.

No redirects, no proxies, no compression, no large answers: the address is in an administrator's hands, but what
answers there is not.
"""

from collections.abc import AsyncIterator
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from infoscreen.domain.power_switches import (
    PowerSwitchNoOutlet,
    PowerSwitchRefused,
    PowerSwitchSettings,
    PowerSwitchUnreachable,
    PowerSwitchUnreadable,
)

HTTP_PORT = 80
# The largest honest answer is a Gen1 Shelly's settings page of some 4 KiB.
ANSWER_AT_MOST = 16 * 1024
# The whole exchange has a limit of its own; this one ends a connection that is not even accepted.
CONNECT_LIMIT = 5.0

M = TypeVar("M", bound=BaseModel)


class _Capped(httpx.AsyncByteStream):
    """A body that ends in an error where it goes on too long."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._body:
            size += len(chunk)
            if size > ANSWER_AT_MOST:
                raise PowerSwitchUnreadable
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


class _BoundedTransport(httpx.AsyncHTTPTransport):
    """Caps every body, those of refusals too, which the login's second step would else read to the end."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - this transport's own
        if "content-encoding" in response.headers:
            await response.aclose()
            raise PowerSwitchUnreadable
        response.stream = _Capped(response.stream)
        return response


def open_client(settings: PowerSwitchSettings) -> httpx.AsyncClient:
    """A connection to the plug at the settings' address, to be closed by its `async with`."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return httpx.AsyncClient(
        base_url=f"http://{host}:{settings.port_or(HTTP_PORT)}",
        # There is no TLS here: to load the authorities that it needs would take longer than the exchange.
        transport=_BoundedTransport(verify=False),
        timeout=httpx.Timeout(None, connect=CONNECT_LIMIT),
        headers={"Accept-Encoding": "identity", "User-Agent": "infoscreen"},
        follow_redirects=False,
        trust_env=False,
    )


async def ask(client: httpx.AsyncClient, request: httpx.Request, answer: type[M], auth: httpx.Auth | None = None) -> M:
    """Send a request and read its answer. Raises `PowerSwitchFailed`; 404 means that there is no such outlet."""
    try:
        response = await client.send(request, auth=auth)
    except (httpx.ProtocolError, httpx.DecodingError):
        raise PowerSwitchUnreadable from None
    except (httpx.TransportError, OSError):
        raise PowerSwitchUnreachable from None
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise PowerSwitchRefused
    if response.status_code == httpx.codes.NOT_FOUND:
        raise PowerSwitchNoOutlet
    if response.status_code != httpx.codes.OK:
        raise PowerSwitchUnreadable
    try:
        return answer.model_validate_json(response.content)
    except ValidationError:
        raise PowerSwitchUnreadable from None
