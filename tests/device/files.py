"""A web server with files, as a device would fetch them."""

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Files:
    """A web server that answers by path and remembers what it was asked."""

    port: int
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, content: bytes, status: int = 200, **headers: str) -> dict[str, Any]:
        """Serve content at a path; the slide file entry for it is returned."""
        self.answers[path] = (status, headers, content)
        checksum = f"sha256:{hashlib.sha256(content).hexdigest()}"
        return {"name": path[1:], "url": self.url(path), "checksum": checksum, "size": len(content)}

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def serving() -> Iterator[Files]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers["Authorization"]))
            served.may_answer.wait(10)
            status, headers, content = served.answers.get(self.path, (404, {}, b"not here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Files(web.server_port)
    served.may_answer.set()
    thread = threading.Thread(target=web.serve_forever, args=(0.02,))
    thread.start()
    yield served
    web.shutdown()
    thread.join()
    web.server_close()
