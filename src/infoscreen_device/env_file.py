"""The device's `.env`: its identity and its account, beside lines that somebody has put there by hand."""

import re
from collections.abc import Mapping
from pathlib import Path

from infoscreen_device.config import Account, Broker
from infoscreen_device.private_files import write_private

UUID, SERVER, TOKEN = "CLIENT_UUID", "SERVER_URL", "DEVICE_TOKEN"
USER, PASSWORD = "MQTT_USER", "MQTT_PASSWORD_BROKER"
HOST, PORT = "MQTT_BROKER_HOST", "MQTT_BROKER_PORT"
TLS, CA = "MQTT_TLS_ENABLED", "MQTT_TLS_CA_CERT"
CERTFILE, KEYFILE = "MQTT_TLS_CERTFILE", "MQTT_TLS_KEYFILE"
# Names of devices that were set up before.
OLDER = {USER: "MQTT_USERNAME", PASSWORD: "MQTT_PASSWORD"}

_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*?)\s*\Z")
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,=~-]*\Z")


def read(path: Path) -> dict[str, str]:
    """The variables of the file, none where there is no file. OSError or ValueError when it cannot be read."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found = (_LINE.match(line) for line in lines if not line.lstrip().startswith("#"))
    return {line["name"]: _unquoted(line["value"]) for line in found if line}


def write(path: Path, changes: Mapping[str, str]) -> None:
    """Set variables and keep every other line; the file has mode 600 from then on. ValueError for an odd value."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if not ((found := _LINE.match(line)) and found["name"] in changes)]
    set_anew = [f"{name}={_quoted(value)}" for name, value in changes.items()]
    write_private(path, "\n".join([*kept, *set_anew]) + "\n")


def has_account(variables: Mapping[str, str]) -> bool:
    """Whether there is an account to connect with."""
    return bool(_either(variables, USER) and _either(variables, PASSWORD))


def account(path: Path) -> Account:
    """The account that the file gives. OSError or ValueError, with a sentence, when it gives none."""
    variables = read(path)
    missing = [name for name in (USER, PASSWORD, HOST) if not _either(variables, name)]
    missing += [] if variables.get(UUID) else [UUID]
    if missing:
        raise ValueError(f"{path} does not say {', '.join(missing)}; enrol this device first")
    ca_file = variables.get(CA)
    broker = Broker(
        variables[HOST],
        int(variables.get(PORT) or 1883),
        variables.get(TLS, "").lower() in ("1", "true", "yes"),
        Path(ca_file).read_text("utf-8") if ca_file else None,
        _file(variables, CERTFILE),
        _file(variables, KEYFILE),
    )
    return Account(
        uuid=variables[UUID],
        username=_either(variables, USER),
        password=_either(variables, PASSWORD),
        broker=broker,
        device_token=variables.get(TOKEN),
        server=variables.get(SERVER),
    )


def _file(variables: Mapping[str, str], name: str) -> Path | None:
    return Path(variables[name]) if variables.get(name) else None


def _either(variables: Mapping[str, str], name: str) -> str:
    return variables.get(name) or variables.get(OLDER.get(name, ""), "")


def _unquoted(value: str) -> str:
    is_quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def _quoted(value: str) -> str:
    """Single quotes mean the same to a shell, to systemd and to us; a value that needs more is not ours."""
    if _PLAIN.match(value):
        return value
    if "'" in value or not value.isprintable():
        raise ValueError("a value cannot be written to the file")
    return f"'{value}'"
