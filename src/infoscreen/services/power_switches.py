"""What switches a client's power: set up, taken away, and asked how it stands. Cycling is in `power_cycles.py`.

Secrets go in and never come out again: an answer says only whether there is one. A secret that is not sent again is
kept as long as it goes to the same place; else whoever changes the address could have it sent to a place of his own.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from infoscreen.db.clients import Client
from infoscreen.db.power_switches import PowerSwitch as PowerSwitch
from infoscreen.db.power_switches import locked_power_switch
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.power_switches import (
    GIVEN_UP_AFTER,
    AuthProtocol,
    Driver,
    PowerCycleUnderWay,
    PowerSwitchSecretLost,
    PowerSwitchSettings,
    PrivacyProtocol,
    as_told,
    check_settings,
)
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Unsealable
from infoscreen.services.work import Work

SECRETS = {"secret": "sealed_secret", "privacy_secret": "sealed_privacy_secret"}
# Where a kept secret would go, and by what it is protected on the way.
DESTINATION = ("driver", "address", "username", "tls", "ca_certificate", "auth_protocol", "privacy_protocol")


def get_power_switch(work: Work, uuid: str) -> PowerSwitch:
    """A client's switch; raises `NotFound` where there is none."""
    row = work.session.get(PowerSwitch, uuid.lower())
    if row is None:
        raise NotFound
    return row


def set_power_switch(work: Work, uuid: str, given: Mapping[str, Any]) -> PowerSwitch:
    """Set up a client's switch, or change it as a whole; raises `NotFound`, `Invalid`, `PowerCycleUnderWay`.

    `given`: the fields of `PowerSwitchSettings`. A secret that is not among them stays as it was, None takes it away.
    """
    uuid = uuid.lower()
    check_client(work, uuid)
    present = locked_power_switch(work.session, uuid)
    refuse_while_off(work, present)
    settings = PowerSwitchSettings(**dict(given) | _kept_secrets(work, present, given))
    check_settings(settings)
    row = present or PowerSwitch(client_uuid=uuid)
    _write(work, row, settings)
    work.session.add(row)
    work.session.flush()
    work.announce(NoticeKind.CLIENTS, uuid)
    return row


def check_client(work: Work, uuid: str) -> None:
    """Raise `NotFound` where there is no such client."""
    if work.session.get(Client, uuid) is None:
        raise NotFound


def remove_power_switch(work: Work, uuid: str) -> None:
    """Forget a client's switch; raises `NotFound` where there is none, and `PowerCycleUnderWay`."""
    row = locked_power_switch(work.session, uuid.lower())
    if row is None:
        raise NotFound
    refuse_while_off(work, row)
    work.session.delete(row)
    work.announce(NoticeKind.CLIENTS, row.client_uuid)


def settings_of(work: Work, row: PowerSwitch) -> PowerSwitchSettings:
    """All that is needed to switch; raises `PowerSwitchSecretLost`."""
    stored: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in fields(PowerSwitchSettings) if field.name not in SECRETS
    }
    return PowerSwitchSettings(
        **stored
        | {name: _unsealed(work, getattr(row, column)) for name, column in SECRETS.items()}
        | {
            "driver": Driver(row.driver),
            "auth_protocol": AuthProtocol(row.auth_protocol) if row.auth_protocol else None,
            "privacy_protocol": PrivacyProtocol(row.privacy_protocol) if row.privacy_protocol else None,
        }
    )


def refuse_while_off(work: Work, row: PowerSwitch | None) -> None:
    """Raise `PowerCycleUnderWay` where a change now would leave a screen dark; a dead switch is not waited for."""
    if row is not None and row.off_since is not None and work.now - row.off_since < GIVEN_UP_AFTER:
        raise PowerCycleUnderWay


def _kept_secrets(work: Work, present: PowerSwitch | None, given: Mapping[str, Any]) -> dict[str, str | None]:
    left_out = [name for name in SECRETS if name not in given]
    if present is None:
        return {}
    stored = [name for name in left_out if getattr(present, SECRETS[name])]
    if stored and any((given.get(name) or None) != (getattr(present, name) or None) for name in DESTINATION):
        raise Invalid(**{as_told(name): FieldError("secret_again") for name in stored})
    return {name: _unsealed(work, getattr(present, SECRETS[name])) for name in stored}


def _write(work: Work, row: PowerSwitch, settings: PowerSwitchSettings) -> None:
    for field in fields(PowerSwitchSettings):
        value = getattr(settings, field.name)
        column = SECRETS.get(field.name)
        if column:
            setattr(row, column, work.ports.seal.seal(value) if value else None)
        else:
            setattr(row, field.name, value)
    row.updated_at = work.now


def _unsealed(work: Work, sealed: str | None) -> str | None:
    try:
        return work.ports.seal.unseal(sealed) if sealed else None
    except Unsealable:
        raise PowerSwitchSecretLost from None
