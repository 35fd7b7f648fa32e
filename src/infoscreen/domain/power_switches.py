"""Switches that feed screens: which kinds there are, what each needs to be told, and how switching can fail."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from cryptography import x509

from infoscreen.domain.errors import Conflict, FieldError, InfoscreenError, Invalid

OFF_SECONDS = 10
# A Pi's capacitors need a few seconds; a minute off and a cold boot still fit into a command's life.
OFF_AT_LEAST, OFF_AT_MOST = 3, 60
# A switch that has not come back on by then may be replaced by another, or forgotten.
GIVEN_UP_AFTER = timedelta(minutes=10)
MQTT_PORT, MQTT_TLS_PORT = 1883, 8883
# RFC 3414 §11.2
SNMP_PASSPHRASE_AT_LEAST = 8
# Where a plug's topic says by itself where the prefix (`cmnd`, `stat`) belongs.
TASMOTA_PREFIX = "%prefix%"

_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_ADDRESS = re.compile(rf"(?P<host>{_LABEL}(\.{_LABEL})*|\[[0-9A-Fa-f:.]{{2,45}}\])(:(?P<port>[0-9]{{1,5}}))?")
_TOPIC = re.compile(r"[A-Za-z0-9_.:%-]+(/[A-Za-z0-9_.:%-]+)*")
_RELAY_FROM_ZERO = re.compile(r"[0-9]|[12][0-9]|3[01]")
_RELAY_FROM_ONE = re.compile(r"[1-9]|[12][0-9]|3[0-2]")
_POE_PORT = re.compile(r"([1-9][0-9]{0,8}\.)?[1-9][0-9]{0,8}")


class Driver(StrEnum):
    """A kind of switch and the way to it."""

    SHELLY_HTTP = "shelly_http"
    SHELLY_MQTT = "shelly_mqtt"
    TASMOTA_HTTP = "tasmota_http"
    TASMOTA_MQTT = "tasmota_mqtt"
    POE_SNMP = "poe_snmp"


class AuthProtocol(StrEnum):
    """How SNMPv3 proves who is speaking."""

    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"


class PrivacyProtocol(StrEnum):
    """How SNMPv3 hides what is said."""

    AES128 = "aes128"
    AES256 = "aes256"


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerSwitchSettings:
    """How one client's power is switched.

    `address` is `host` or `host:port`, of the plug, of the PoE switch, or of the broker of a plug on MQTT. `outlet` is
    the relay (Shelly counts from 0, Tasmota from 1) or the PoE port, `7` or `2.7` for port 7 of group 2. With SNMP a
    user name means version 3, none means version 2c and `secret` is the community.
    """

    driver: Driver
    address: str
    outlet: str
    off_seconds: int = OFF_SECONDS
    username: str | None = None
    secret: str | None = field(default=None, repr=False)
    topic: str | None = None
    tls: bool = False
    ca_certificate: str | None = None
    auth_protocol: AuthProtocol | None = None
    privacy_protocol: PrivacyProtocol | None = None
    privacy_secret: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """The address without its port; an IPv6 address without brackets."""
        return _parts(self.address)[0]

    def port_or(self, default: int) -> int:
        """The address's port, or the usual one."""
        return _parts(self.address)[1] or default


class PowerSwitchFailed(InfoscreenError):
    """The switch did not do, or did not confirm, what it was asked to."""

    code = "power_switch_failed"


class PowerSwitchUnreachable(PowerSwitchFailed):
    """No answer in time, or no connection at all."""

    code = "power_switch_unreachable"


class PowerSwitchRefused(PowerSwitchFailed):
    """The user name or the secret is wrong, or may not switch."""

    code = "power_switch_refused"


class PowerSwitchNoOutlet(PowerSwitchFailed):
    """The switch has no such relay or port."""

    code = "power_switch_no_outlet"


class PowerSwitchNotConfirmed(PowerSwitchFailed):
    """The switch answers, but its outlet stays as it was."""

    code = "power_switch_not_confirmed"


class PowerSwitchUnreadable(PowerSwitchFailed):
    """What answers at the address is no switch of this kind."""

    code = "power_switch_unreadable"


class PowerSwitchSecretLost(PowerSwitchFailed):
    """The stored secret cannot be read any more, as after a change of the installation's key."""

    code = "power_switch_secret_lost"


class NoPowerSwitch(Conflict):
    """Nothing that switches this client's power has been set up."""

    code = "no_power_switch"


class PowerCycleUnderWay(Conflict):
    """The outlet is off and about to be turned on again."""

    code = "power_cycle_under_way"


@dataclass(frozen=True, slots=True)
class _Needs:
    """What settings of a driver must have and may have beyond driver, address, outlet and off time."""

    outlet: re.Pattern[str]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


_LOGIN = frozenset({"username", "secret"})
_BROKER = _LOGIN | {"tls", "ca_certificate"}
_SNMP3 = frozenset({"username", "auth_protocol", "privacy_protocol", "privacy_secret"})
_NEEDS = {
    Driver.SHELLY_HTTP: _Needs(_RELAY_FROM_ZERO, optional=_LOGIN),
    Driver.SHELLY_MQTT: _Needs(_RELAY_FROM_ZERO, frozenset({"topic"}), _BROKER),
    Driver.TASMOTA_HTTP: _Needs(_RELAY_FROM_ONE, optional=_LOGIN),
    Driver.TASMOTA_MQTT: _Needs(_RELAY_FROM_ONE, frozenset({"topic"}), _BROKER),
    Driver.POE_SNMP: _Needs(_POE_PORT, frozenset({"secret"}), _SNMP3),
}
_BEYOND = _BROKER | _SNMP3 | {"topic"}


def check_settings(settings: PowerSwitchSettings) -> None:
    """Raise `Invalid` with every field that is wrong, missing, or means nothing to this driver."""
    needs = _NEEDS[settings.driver]
    mistakes: dict[str, FieldError] = {}
    given = {name for name in _BEYOND if getattr(settings, name)}
    mistakes |= {name: FieldError("missing") for name in needs.required - given}
    mistakes |= {name: FieldError("not_for_this_driver") for name in given - needs.required - needs.optional}
    if not needs.outlet.fullmatch(settings.outlet):
        mistakes["outlet"] = FieldError("no_such_outlet")
    if not _is_address(settings.address):
        mistakes["address"] = FieldError("not_host_and_port")
    if settings.topic and not _TOPIC.fullmatch(settings.topic):
        mistakes["topic"] = FieldError("not_a_topic")
    if not OFF_AT_LEAST <= settings.off_seconds <= OFF_AT_MOST:
        mistakes["off_seconds"] = FieldError("out_of_range")
    if settings.ca_certificate and not settings.tls:
        mistakes["ca_certificate"] = FieldError("needs_tls")
    elif settings.ca_certificate and not _is_certificate(settings.ca_certificate):
        mistakes["ca_certificate"] = FieldError("not_a_certificate")
    if settings.driver is Driver.POE_SNMP:
        mistakes = _snmp_mistakes(settings) | mistakes
    if mistakes:
        raise Invalid(**{as_told(name): mistake for name, mistake in mistakes.items()})


def _snmp_mistakes(settings: PowerSwitchSettings) -> dict[str, FieldError]:
    """Version 3 needs a user, a protocol and passphrases of some length; version 2c has none of them."""
    if settings.username is None:
        beyond = _SNMP3 - {"username"}
        return {name: FieldError("needs_username") for name in beyond if getattr(settings, name)}
    mistakes = {} if settings.auth_protocol else {"auth_protocol": FieldError("missing")}
    if bool(settings.privacy_protocol) != bool(settings.privacy_secret):
        mistakes["privacy_protocol" if settings.privacy_secret else "privacy_secret"] = FieldError("missing")
    for name in ("secret", "privacy_secret"):
        passphrase: str | None = getattr(settings, name)
        if passphrase and len(passphrase) < SNMP_PASSPHRASE_AT_LEAST:
            mistakes[name] = FieldError("passphrase_too_short", minimum=SNMP_PASSPHRASE_AT_LEAST)
    return mistakes


def _is_address(address: str) -> bool:
    found = _ADDRESS.fullmatch(address)
    if found is None or len(found["host"]) > 253:
        return False
    return found["port"] is None or 1 <= int(found["port"]) <= 65_535


def _is_certificate(text: str) -> bool:
    try:
        return bool(x509.load_pem_x509_certificates(text.encode()))
    except ValueError:
        return False


def _parts(address: str) -> tuple[str, int | None]:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError("an address is checked before it is stored")
    return found["host"].strip("[]"), int(found["port"]) if found["port"] else None


def as_told(name: str) -> str:
    """The field's name in a request."""
    first, *more = name.split("_")
    return first + "".join(part.capitalize() for part in more)
