"""The file with virtual devices and their passwords: written by `infoscreen up --demo` or by `provision.py`."""

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from infoscreen_device import env_file
from infoscreen_device.config import Account, Broker, DeviceConfig, Hardware, Intervals, Size
from infoscreen_device.hardware import this_device
from infoscreen_device.private_files import write_private
from infoscreen_wire.payloads.base import Uuid

log = structlog.get_logger()


class DeviceEntry(BaseModel):
    """One device; the secrets are left out of what is printed."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    uuid: Uuid
    username: str
    password: str = Field(repr=False)
    device_token: str | None = Field(default=None, repr=False)
    hostname: str
    ip: str | None = None
    model: str | None = None
    description: str | None = None


class DevicesFile(BaseModel):
    """`server` is where the product's HTTP side is (else on the broker's host), `school` the name on idle screens."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=1883, ge=1, le=65535)
    tls: bool = False
    ca_certificate: str | None = None
    certfile: Path | None = None
    keyfile: Path | None = None
    server: str | None = None
    school: str = "Infoscreen"
    devices: tuple[DeviceEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class FleetOptions:
    """What is the same for every device of a run."""

    intervals: Intervals
    screen: Size
    mqtt_311: bool = False
    credentials_directory: Path | None = None
    commands_directory: Path | None = None


def read(path: Path) -> DevicesFile:
    """Read the file. OSError or ValueError when that cannot be done."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        log.warning("file with passwords can be read by others; its mode should be 600", file=str(path))
    return DevicesFile.model_validate_json(path.read_bytes())


def read_env(path: Path) -> DevicesFile:
    """The one device that a `.env` speaks of. OSError or ValueError when that cannot be done."""
    account = env_file.account(path)
    hardware = this_device(None)
    device = DeviceEntry(
        uuid=account.uuid,
        username=account.username,
        password=account.password,
        device_token=account.device_token,
        hostname=hardware.hostname,
        ip=hardware.ip,
        model=hardware.model,
    )
    broker = account.broker
    return DevicesFile(
        host=broker.host,
        port=broker.port,
        tls=broker.tls,
        ca_certificate=broker.ca_certificate,
        certfile=broker.certfile,
        keyfile=broker.keyfile,
        server=account.server,
        devices=(device,),
    )


def write(path: Path, devices: DevicesFile) -> None:
    """Write the file with mode 600, whole or not at all."""
    write_private(path, json.dumps(devices.model_dump(mode="json", by_alias=True), indent=1))


def configs(file: DevicesFile, options: FleetOptions) -> list[DeviceConfig]:
    """The devices of a file, ready to run."""
    broker = Broker(file.host, file.port, file.tls, file.ca_certificate, file.certfile, file.keyfile)
    server_host = urlsplit(file.server).hostname if file.server else file.host
    return [
        DeviceConfig(
            account=Account(
                each.uuid, each.username, each.password, broker, each.device_token, server_host, file.server
            ),
            hardware=Hardware(each.hostname, each.ip, each.model, each.description),
            intervals=options.intervals,
            school=file.school,
            screen=options.screen,
            mqtt_311=options.mqtt_311,
            credentials_file=_own_file(options.credentials_directory, f"{each.uuid}.json"),
            commands_file=_own_file(options.commands_directory, f"{each.uuid}.jsonl"),
            trust_file=_own_file(options.credentials_directory, f"{each.uuid}.ca.json"),
        )
        for each in file.devices
    ]


def _own_file(directory: Path | None, name: str) -> Path | None:
    return directory / name if directory else None
