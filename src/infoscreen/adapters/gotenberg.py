"""The converter that asks a Gotenberg server: its LibreOffice route, over HTTP."""

import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

import httpx

from infoscreen.domain.conversions import (
    CONVERSION_LIMIT,
    ConversionFailed,
    ConversionInterrupted,
    Failure,
)
from infoscreen.domain.media import MIME_TYPES, Kind

ROUTE = "/forms/libreoffice/convert"
CONNECT_LIMIT = 5


class Gotenberg:
    """Sends documents to one server; safe to use from several threads."""

    def __init__(self, url: str, limit: float = CONVERSION_LIMIT) -> None:
        self._address = url.rstrip("/") + ROUTE
        self._limit = limit
        self._stopped: Future[None] = Future()

    def to_pdf(self, source: Path, kind: Kind, target: Path) -> None:
        """Write the PDF of `source` to `target`; raises `ConversionFailed`, or `ConversionInterrupted` after `stop`."""
        if self._stopped.done():
            raise ConversionInterrupted
        answer: Future[None] = Future()
        # A thread, because only so can the wait be limited as a whole and broken off.
        threading.Thread(target=self._answer, args=(answer, source, kind, target), daemon=True).start()
        wait((answer, self._stopped), timeout=self._limit, return_when=FIRST_COMPLETED)
        if self._stopped.done():
            raise ConversionInterrupted
        if not answer.done():
            raise ConversionFailed(Failure.TIMED_OUT)
        answer.result()

    def stop(self) -> None:
        """Break off what runs, and refuse what comes: the process is ending."""
        if not self._stopped.done():
            self._stopped.set_result(None)

    def _answer(self, answer: Future[None], source: Path, kind: Kind, target: Path) -> None:
        try:
            self._ask(source, kind, target)
        except httpx.TimeoutException:
            answer.set_exception(ConversionFailed(Failure.TIMED_OUT))
        except httpx.HTTPError:
            answer.set_exception(ConversionFailed(Failure.CONVERTER_AWAY))
        except (ConversionFailed, OSError) as error:
            answer.set_exception(error)
        else:
            answer.set_result(None)

    def _ask(self, source: Path, kind: Kind, target: Path) -> None:
        timeout = httpx.Timeout(self._limit, connect=CONNECT_LIMIT)
        with source.open("rb") as deck, httpx.Client(timeout=timeout) as client:
            files = {"files": (f"deck.{kind.value}", deck, MIME_TYPES[kind])}
            with client.stream("POST", self._address, files=files) as response:
                if response.status_code != httpx.codes.OK:
                    raise ConversionFailed(_failure(response.status_code))
                with target.open("wb") as pdf:
                    for chunk in response.iter_bytes():
                        pdf.write(chunk)


def _failure(status: int) -> Failure:
    """Gotenberg answers 400 to a document it cannot read, 503 when its own time limit is over."""
    if status in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT):
        return Failure.TIMED_OUT
    refused = httpx.codes.is_client_error(status) and status != httpx.codes.TOO_MANY_REQUESTS
    return Failure.UNREADABLE if refused else Failure.CONVERTER_AWAY
