"""The PKI of an installation: `ca.crt` (what to trust), `server.crt`, `server.key` and the CA's own, in `current/`.

Every change is all or nothing and can be taken back (`versions.py`). The CA is renewed in three steps, with time for
every device to follow between them: trust both, issue from the new one, trust only that.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509

from infoscreen.adapters.pki.certificates import (
    Issuer,
    Pair,
    describe,
    given_ca,
    issue_client,
    issue_server,
    make_ca,
    pem,
    read_issuer,
)
from infoscreen.adapters.pki.versions import Versions, write
from infoscreen.domain.pki import (
    Certificate,
    PkiMissing,
    PkiRefused,
    PkiStatus,
    Purpose,
    Stage,
    parse_client,
    parse_host,
    server_hosts,
)


class Authority:
    """The CA in a directory of its own, and what it has issued to the broker."""

    def __init__(self, directory: Path) -> None:
        self._versions = Versions(directory)
        self._held = directory / "held"
        self.ca_file = self._versions.current / "ca.crt"
        self.server_certificate_file = self._versions.current / "server.crt"
        self.server_key_file = self._versions.current / "server.key"

    @property
    def version(self) -> int | None:
        """A number that is another one after every change; None while there is nothing."""
        return self._versions.number()

    @property
    def is_held(self) -> bool:
        """Whether somebody went back, and nothing is renewed by itself until somebody renews by hand."""
        return self._held.exists()

    def init(self, hosts: Iterable[str], now: datetime, *, given: tuple[bytes, bytes] | None = None) -> None:
        """Make the CA, or take a given one (certificates and key, PEM), and the server's certificate."""
        wanted = server_hosts(hosts)
        issuer = given_ca(*given, now) if given else make_ca(now)
        with self._versions.locked():
            if self.version is not None:
                raise PkiRefused("There is a PKI already: renew it with `infoscreen pki rotate`.")
            with self._versions.change() as files:
                _write_issuer(files, "issuer", issuer)
                _write_server(files, issue_server(issuer, wanted, now))
                _write_trusted(files)

    def ensure(self, hosts: Iterable[str], now: datetime) -> bool:
        """Make what is missing and renew what is due, for these hosts and those it was for; whether that was needed."""
        if self.version is None:
            self.init(hosts, now)
            return True
        server = self._server()
        known = set(server.hosts)
        missing = [str(host) for host in server_hosts(hosts) if str(host) not in known]
        if self.is_held or not (missing or server.is_renewal_due(now)):
            return False
        self.renew_server(now, hosts=[*missing, *server.hosts])
        return True

    def renew_server(self, now: datetime, *, hosts: Iterable[str] = ()) -> None:
        """Give the server another key and certificate, for these hosts or else for those it was for."""
        with self._versions.locked():
            wanted = server_hosts([*hosts] or self._server().hosts)
            with self._versions.change() as files:
                _write_server(files, issue_server(_read_issuer(files, "issuer"), wanted, now))
            self._held.unlink(missing_ok=True)

    def advance_ca(self, now: datetime, *, given: tuple[bytes, bytes] | None = None) -> Stage:
        """Take the next step of the CA's renewal; where it stands then."""
        with self._versions.locked():
            stage, hosts = self._stage(), server_hosts(self._server().hosts)
            if given and stage is not Stage.STEADY:
                raise PkiRefused("The CA is being renewed already; a given one can only be the beginning.")
            with self._versions.change() as files:
                if stage is Stage.STEADY:
                    _write_issuer(files, "next", given_ca(*given, now) if given else make_ca(now))
                elif stage is Stage.BOTH_TRUSTED:
                    _switch_issuer(files)
                    _write_server(files, issue_server(_read_issuer(files, "issuer"), hosts, now))
                else:
                    (files / "former.crt").unlink()
                _write_trusted(files)
            self._held.unlink(missing_ok=True)
            return self._stage()

    def go_back(self, now: datetime) -> None:
        """Take the last change back. Raises `PkiRefused` where that leads nowhere."""
        with self._versions.locked():
            before = self._versions.previous()
            if before is None:
                raise PkiRefused("There is nothing to go back to.")
            if _read(before / "server.crt", Purpose.SERVER)[0].seconds_left(now) <= 0:
                raise PkiRefused("The certificate before this one has expired.")
            self._held.touch(mode=0o600)
            self._versions.go_back()

    def issue(self, name: str, now: datetime, *, hosts: Iterable[str] = ()) -> bytes:
        """A key and its certificate in one PEM text: a server's for hosts, without hosts a client's."""
        issuer = _read_issuer(self._existing(), "issuer")
        wanted = [parse_host(host) for host in hosts]
        pair = issue_server(issuer, wanted, now) if wanted else issue_client(issuer, parse_client(name), now)
        return pair.key_pem + pair.certificates_pem

    def status(self) -> PkiStatus:
        """Every certificate there is, the server's first."""
        files = self._existing()
        authorities = _read(files / "ca.crt", Purpose.CA)
        return PkiStatus(self._stage(), (self._server(), *authorities), self.is_held)

    def _existing(self) -> Path:
        if self.version is None:
            raise PkiMissing("There is no PKI yet: make one with `infoscreen pki init`.")
        return self._versions.current.resolve()

    def _server(self) -> Certificate:
        return _read(self._existing() / "server.crt", Purpose.SERVER)[0]

    def _stage(self) -> Stage:
        files = self._existing()
        if (files / "next.crt").exists():
            return Stage.BOTH_TRUSTED
        return Stage.SWITCHED if (files / "former.crt").exists() else Stage.STEADY


def read_certificate(path: Path, purpose: Purpose) -> Certificate:
    """The first certificate of a PEM file. Raises `PkiRefused`."""
    return _read(path, purpose)[0]


def _read(path: Path, purpose: Purpose) -> tuple[Certificate, ...]:
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise PkiRefused(f"{path} cannot be read: {error}") from error
    return tuple(describe(each, purpose) for each in found)


def _read_issuer(files: Path, role: str) -> Issuer:
    try:
        return read_issuer((files / f"{role}.crt").read_bytes(), (files / f"{role}.key").read_bytes())
    except OSError as error:
        raise PkiRefused(f"The CA's key cannot be read: {error}") from error


def _write_issuer(files: Path, role: str, issuer: Issuer) -> None:
    write(files / f"{role}.key", pem(issuer.key), secret=True)
    write(files / f"{role}.crt", issuer.certificates_pem, secret=False)


def _write_server(files: Path, pair: Pair) -> None:
    write(files / "server.key", pair.key_pem, secret=True)
    write(files / "server.crt", pair.certificates_pem, secret=False)


def _write_trusted(files: Path) -> None:
    roles = [files / f"{role}.crt" for role in ("issuer", "next", "former")]
    write(files / "ca.crt", b"".join(role.read_bytes() for role in roles if role.exists()), secret=False)


def _switch_issuer(files: Path) -> None:
    (files / "issuer.crt").replace(files / "former.crt")
    for kind in ("crt", "key"):
        (files / f"next.{kind}").replace(files / f"issuer.{kind}")
