"""A real nginx that speaks TLS in front of the API, as a school has it."""

import getpass
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection

from waiting import eventually

CONFIGURATION = """\
daemon off;
user {user};
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{}}
http {{
    access_log {directory}/access.log;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {certificate};
        ssl_certificate_key {certificate};
        location / {{
            proxy_pass {upstream};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it is, and what it was asked."""

    port: int
    directory: Path

    @property
    def requests(self) -> str:
        return (self.directory / "access.log").read_text()


@contextmanager
def https(directory: Path, port: int, upstream: str, certificate: Path) -> Iterator[Proxy]:
    """It runs; `certificate` is one file with certificate and key."""
    directory.mkdir()
    places = {"directory": directory, "port": port, "upstream": upstream, "certificate": certificate}
    file = directory / "nginx.conf"
    file.write_text(CONFIGURATION.format(user=getpass.getuser(), **places))
    with (directory / "output").open("wb") as output:
        child = subprocess.Popen(["/usr/sbin/nginx", "-c", file, "-p", directory], stdout=output, stderr=output)
    try:
        eventually(lambda: answers(port))
        yield Proxy(port, directory)
    finally:
        child.terminate()
        child.wait(10)


def answers(port: int) -> bool:
    with suppress(OSError), create_connection(("127.0.0.1", port), 1):
        return True
    return False
