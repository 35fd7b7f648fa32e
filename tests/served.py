"""The API as a real server of the test's own process, with TLS where a certificate is given."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infoscreen.bootstrap import App
from infoscreen.processes.api.live import Hub
from infoscreen.processes.api.server import server
from waiting import eventually


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows."""

    file: Path
    key: Path


@contextmanager
def served(app: App, certificate: Certificate | None = None) -> Iterator[str]:
    """The API at work, as configured; yields its address at this machine."""
    serving = server(app, Hub())
    if certificate:
        serving.config.ssl_certfile, serving.config.ssl_keyfile = certificate.file, str(certificate.key)
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        eventually(lambda: serving.started, timeout=30)
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{app.config.http.port}"
    finally:
        serving.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
