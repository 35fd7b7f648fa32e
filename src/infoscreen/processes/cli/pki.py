"""`infoscreen pki`: the CA and the certificates of TLS to the broker."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any

import typer

from infoscreen.bootstrap import DatabaseUnusable, build_app
from infoscreen.broker_bootstrap import authority, pki_status
from infoscreen.config import Config
from infoscreen.domain.pki import PkiRefused, PkiStatus, Stage
from infoscreen.processes.cli.running import DataDir, configured
from infoscreen.processes.clock import utc_now
from infoscreen.services.broker_accounts import clients_without_ca
from infoscreen_wire.trust import fingerprint

EXIT_REFUSED = 1
# As monitoring plugins have it: warning and critical.
EXIT_EXPIRES_SOON = 1
EXIT_EXPIRED = 2
SECONDS_A_DAY = 86_400
# Devices that are named.
TOLD_AT_MOST = 20
NEXT = {
    Stage.BOTH_TRUSTED: "Both CAs are trusted. When every device trusts both: infoscreen pki rotate --ca",
    Stage.SWITCHED: "The new CA issues. When every device is connected: infoscreen pki rotate --ca drops the old one",
}

app = typer.Typer(no_args_is_help=True, help="The CA and the certificates of TLS to the broker.")
Hosts = Annotated[list[str] | None, typer.Option("--host", help="Name or address it is for; may be repeated.")]
CaCertificate = Annotated[Path | None, typer.Option(help="A given CA (PEM), with those above it, root last.")]
CaKey = Annotated[Path | None, typer.Option(help="The given CA's key (PEM, without password).")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command()
def init(
    host: Hosts = None,
    ca_cert: CaCertificate = None,
    ca_key: CaKey = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make the CA, or take a given one, and the broker's certificate; exit code 1 if there is one already."""
    config = configured("pki", data_dir=data_dir)
    with _refusals():
        authority(config).init(host or config.broker.names, utc_now(), given=_given(ca_cert, ca_key))
        _tell(pki_status(config), utc_now(), as_json)


@app.command()
def issue(
    name: Annotated[str, typer.Argument(help="What the certificate is called.")],
    out: Annotated[Path, typer.Option(help="File for the key and the certificate, mode 600.")],
    host: Hosts = None,
    data_dir: DataDir = None,
) -> None:
    """Issue a certificate for a client, or with --host for another server; key and certificate in one file."""
    with _refusals():
        _write_secret(out, authority(configured("pki", data_dir=data_dir)).issue(name, utc_now(), hosts=host or ()))
    typer.echo(f"{out}: key and certificate of {name}")


@app.command()
def rotate(
    host: Hosts = None,
    ca: Annotated[bool, typer.Option("--ca", help="Take the next of the three steps of the CA's renewal.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Take the last change back.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Though there are devices that do not trust it yet.")
    ] = False,
    ca_cert: CaCertificate = None,
    ca_key: CaKey = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Renew the broker's certificate, or with --ca the CA; a broker that runs takes it over, nobody is dropped."""
    config = configured("pki", data_dir=data_dir)
    if (ca and back) or (host and (ca or back)) or ((ca_cert or ca_key) and not ca):
        raise typer.BadParameter("--ca, --back and --host exclude each other; a given CA needs --ca")
    with _refusals():
        if back:
            authority(config).go_back(utc_now())
        elif ca:
            if not anyway:
                _leave_nobody_behind(config)
            authority(config).advance_ca(utc_now(), given=_given(ca_cert, ca_key))
        else:
            authority(config).renew_server(utc_now(), hosts=host or ())
        _tell(pki_status(config), utc_now(), as_json)


@app.command()
def status(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Tell what there is and how long it lives; exit code 1 within 30 days of an expiry, 2 if expired or missing."""
    config, now = configured("pki", data_dir=data_dir), utc_now()
    with _refusals(EXIT_EXPIRED):
        found = _status(config)
    _tell(found, now, as_json)
    if not as_json and found.stage is Stage.BOTH_TRUSTED:
        _tell_who_is_behind(_behind(config))
    threshold = found.threshold(now)
    if threshold is not None:
        raise typer.Exit(EXIT_EXPIRED if threshold == 0 else EXIT_EXPIRES_SOON)


def _status(config: Config) -> PkiStatus:
    found = pki_status(config)
    return found if found.certificates else authority(config).status()


def _leave_nobody_behind(config: Config) -> None:
    """Refuse to issue from the next CA while a device is not known to trust it. Raises `PkiRefused`."""
    if authority(config).version is None or authority(config).status().stage is not Stage.BOTH_TRUSTED:
        return
    behind = _behind(config)
    if behind is None:
        raise PkiRefused("The database does not tell which devices trust the next CA; --anyway goes on without it.")
    if behind:
        _tell_who_is_behind(behind)
        raise PkiRefused("They could not come back. Give them current/ca.crt by hand, or go on with --anyway.")


def _behind(config: Config) -> Sequence[str] | None:
    """Uuids of the devices that are not known to trust what is trusted here; None without a database."""
    app = build_app(config, utc_now)
    try:
        if not app.is_database_current():
            return None
    except DatabaseUnusable:
        return None
    trusted = fingerprint(authority(config).ca_file.read_text("utf-8"))
    with app.reading() as work:
        return clients_without_ca(work, trusted)


def _tell_who_is_behind(behind: Sequence[str] | None) -> None:
    if behind:
        named = ", ".join(behind[:TOLD_AT_MOST]) + (", …" if len(behind) > TOLD_AT_MOST else "")
        typer.echo(f"{len(behind)} devices are not known to trust the next CA yet: {named}", err=True)
    elif behind is not None:
        typer.echo("Every device trusts the next CA.")


def _given(ca_cert: Path | None, ca_key: Path | None) -> tuple[bytes, bytes] | None:
    if ca_cert is None and ca_key is None:
        return None
    if ca_cert is None or ca_key is None:
        raise typer.BadParameter("a given CA needs both --ca-cert and --ca-key")
    return ca_cert.read_bytes(), ca_key.read_bytes()


@contextmanager
def _refusals(code: int = EXIT_REFUSED) -> Iterator[None]:
    """End with a sentence where the PKI refuses or the disk does."""
    try:
        yield
    except (PkiRefused, OSError) as error:
        typer.echo(f"infoscreen: {error}", err=True)
        raise typer.Exit(code) from None


def _write_secret(path: Path, content: bytes) -> None:
    """Mode 600 from the first byte, and never half a file."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _tell(found: PkiStatus, now: datetime, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(found, now), indent=2))
        return
    for each in found.certificates:
        days = int(each.seconds_left(now) // SECONDS_A_DAY)
        due = "  renewal is due" if each.is_renewal_due(now) else ""
        hosts = f"  for {', '.join(each.hosts)}" if each.hosts else ""
        typer.echo(f"{each.purpose:<7} {each.subject}  until {each.not_after:%Y-%m-%d} ({days} days){hosts}{due}")
    if found.is_held:
        typer.echo("The last change was taken back: nothing is renewed by itself until `infoscreen pki rotate`.")
    if found.stage in NEXT:
        typer.echo(NEXT[found.stage])


def _as_json(found: PkiStatus, now: datetime) -> dict[str, Any]:
    certificates = [
        {
            "purpose": each.purpose,
            "subject": each.subject,
            "issuer": each.issuer,
            "serial": each.serial,
            "notBefore": each.not_before.isoformat(),
            "notAfter": each.not_after.isoformat(),
            "hosts": each.hosts,
            "isRenewalDue": each.is_renewal_due(now),
            "threshold": each.threshold(now),
        }
        for each in found.certificates
    ]
    return {"stage": found.stage, "isHeld": found.is_held, "certificates": certificates}
