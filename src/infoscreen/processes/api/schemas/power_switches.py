"""What switches a client's power, as it is set up and answered; a secret is only ever sent in."""

from typing import Annotated

from pydantic import Field, StringConstraints

from infoscreen.domain.power_switches import (
    OFF_AT_LEAST,
    OFF_AT_MOST,
    OFF_SECONDS,
    AuthProtocol,
    Driver,
    PrivacyProtocol,
)
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime

# One line, because it may become part of a protocol's header.
Text = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")]
Certificate = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class PowerSwitchRequest(ApiRequest):
    """A switch as a whole; what a driver does not know must be left out.

    A secret that is left out stays as it was, as long as driver, address and login stay too; null takes it away.
    """

    driver: Driver
    address: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=300),
        Field(description="`host` or `host:port` of the plug, of the PoE switch, or of a plug's MQTT broker"),
    ]
    outlet: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=32),
        Field(description="Shelly: relay from 0; Tasmota: relay from 1; PoE: port, or group.port"),
    ]
    off_seconds: Annotated[int, Field(ge=OFF_AT_LEAST, le=OFF_AT_MOST)] = OFF_SECONDS
    username: Annotated[Text | None, Field(description="With `poe_snmp`: SNMPv3; without it SNMPv2c")] = None
    secret: Annotated[Text | None, Field(description="Password, SNMP community or authentication passphrase")] = None
    topic: Annotated[
        Text | None, Field(description="The plug's own MQTT topic: `shellies/…`, a Shelly's prefix, a Tasmota's topic")
    ] = None
    tls: bool = False
    ca_certificate: Annotated[
        Certificate | None, Field(description="PEM; without it, whom the server's system trusts")
    ] = None
    auth_protocol: AuthProtocol | None = None
    privacy_protocol: PrivacyProtocol | None = None
    privacy_secret: Text | None = None


class PowerSwitchAnswer(ApiModel):
    """A switch without its secrets."""

    driver: Driver
    address: str
    outlet: str
    off_seconds: int
    username: str | None
    topic: str | None
    tls: bool
    ca_certificate: str | None
    auth_protocol: AuthProtocol | None
    privacy_protocol: PrivacyProtocol | None
    has_secret: bool
    has_privacy_secret: bool
    updated_at: ApiTime


class PowerSwitchState(ApiModel):
    """What the switch says of its outlet right now."""

    is_on: bool
