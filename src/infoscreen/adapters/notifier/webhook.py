"""Alerts posted as JSON to an address of the administrator's: no redirect, no proxy, and nothing of the answer is kept.

Signed, where there is a secret: `X-Infoscreen-Signature: sha256=<HMAC of the body>`.
"""

import hashlib
import hmac
import ssl
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import orjson

from infoscreen.adapters.notifier.addresses import addresses_of
from infoscreen.domain.alert_channels import AlertMessage, Failure, Line, NotSent, WebhookTarget

TIMEOUT_SECONDS = 10.0
HTTPS_PORT, HTTP_PORT = 443, 80
FINE = range(200, 300)
SocketOptions = Iterable[Any] | None


def post(target: WebhookTarget, message: AlertMessage, *, local: bool) -> None:
    """Post a message; any answer of the two hundreds is fine. Raises `NotSent`."""
    body = orjson.dumps(payload(message))
    headers = {"Content-Type": "application/json", "User-Agent": "infoscreen"}
    if target.secret:
        signature = hmac.new(target.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Infoscreen-Signature"] = f"sha256={signature}"
    status = _posted(target.url, headers, body, local=local)
    if status in (401, 403):
        raise NotSent(Failure.LOGIN_REFUSED)
    if status not in FINE:
        raise NotSent(Failure.REFUSED)


def payload(message: AlertMessage) -> dict[str, Any]:
    """What is posted: the words, and every alert they name; times are UTC."""
    return {
        "title": message.title,
        "text": message.text,
        "test": message.is_test,
        "more": message.more,
        "alerts": [_alert(line) for line in message.lines],
    }


def _alert(line: Line) -> dict[str, Any]:
    return {
        "id": line.alert_id,
        "kind": line.kind,
        "severity": line.severity,
        "news": line.news,
        "about": line.about,
        "group": line.group,
        "openedAt": line.opened_at.replace(tzinfo=None).isoformat(),
        "closedAt": line.closed_at.replace(tzinfo=None).isoformat() if line.closed_at else None,
    }


def _posted(url: str, headers: dict[str, str], body: bytes, *, local: bool) -> int:
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_SECONDS)
    try:
        with (
            httpcore.ConnectionPool(network_backend=_Guarded(local=local), ssl_context=_context()) as pool,
            # The body of the answer is never read.
            pool.stream(
                "POST", url, headers=_with_host(url, headers), content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            return response.status
    except httpcore.TimeoutException:
        raise NotSent(Failure.TIMED_OUT) from None
    except httpcore.ConnectError as error:
        cause: BaseException | None = error
        while cause and not isinstance(cause, ssl.SSLError):
            cause = cause.__cause__ or cause.__context__
        raise NotSent(Failure.TLS if cause else Failure.UNREACHABLE) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError):
        raise NotSent(Failure.UNREACHABLE) from None


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _with_host(url: str, headers: dict[str, str]) -> list[tuple[str | bytes, str | bytes]]:
    return [("Host", urlsplit(url).netloc.rsplit("@", 1)[-1]), *headers.items()]


class _Guarded(httpcore.SyncBackend):
    """Connects to an address that was looked at, so that a name cannot become another one in between."""

    def __init__(self, *, local: bool) -> None:
        super().__init__()
        self._local = local

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that answers."""
        failed: httpcore.ConnectError | None = None
        for address in addresses_of(host, port, local=self._local):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failed = error
        raise failed or httpcore.ConnectError
