"""Letting devices in by a one-time code. Whoever asks with a code is a stranger: failures are counted and told alike.

The account itself is made by `broker_accounts.py`.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infoscreen.db import enrollments as table
from infoscreen.db.client_states import save_hardware
from infoscreen.db.clients import Client
from infoscreen.db.enrollments import Enrollment as Enrollment
from infoscreen.db.groups import Group
from infoscreen.domain.enrollments import (
    ASK_AGAIN_WITHIN,
    FAILURES_OF_ALL,
    FAILURES_PER_ADDRESS,
    WINDOW,
    EnrollmentRefused,
    TooManyAttempts,
    as_typed,
    new_code,
)
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.networks import network_of
from infoscreen.services import broker_accounts
from infoscreen.services.broker_accounts import BrokerAccountExists, Credentials
from infoscreen.services.work import Work

# A code that was used just before it expired still tells its device's second question from a stranger's.
KEPT_AFTER_EXPIRY = timedelta(hours=1)
# What a device that enrols anew sent by its old connection is no proof that it has the answer.
OLD_CONNECTION_ENDS_WITHIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a code is to do: which group and description its device gets, and for which client alone it is, if any."""

    description: str | None = None
    group_id: int | None = None
    client_uuid: str | None = None


def open_enrollment(work: Work, wish: Wish, valid_for: timedelta) -> tuple[str, Enrollment]:
    """Make a code; it is told here and nowhere else. Raises `Invalid` for an unknown group or client."""
    table.delete_expired(work.session, work.now - KEPT_AFTER_EXPIRY)
    if wish.group_id is not None and work.session.get(Group, wish.group_id) is None:
        raise Invalid(groupId=FieldError("no_such_group"))
    if wish.client_uuid is not None and work.session.get(Client, wish.client_uuid.lower()) is None:
        raise Invalid(clientUuid=FieldError("no_such_client"))
    code = new_code(secrets.choice)
    enrollment = Enrollment(
        fingerprint=work.ports.seal.fingerprint(as_typed(code)),
        description=wish.description,
        group_id=wish.group_id,
        client_uuid=wish.client_uuid and wish.client_uuid.lower(),
        created_at=work.now,
        created_by=work.actor.user_id,
        expires_at=work.now + valid_for,
    )
    work.session.add(enrollment)
    work.session.flush()
    return code, enrollment


def list_open(work: Work) -> Sequence[Enrollment]:
    """Codes that still hold, the newest first."""
    return table.open_enrollments(work.session, work.now)


def withdraw(work: Work, enrollment_id: int) -> None:
    """Make a code void; raises `NotFound` where it is used or gone already."""
    if not table.delete_unused(work.session, enrollment_id):
        raise NotFound


def check_attempts(work: Work, address: str) -> None:
    """Raise `TooManyAttempts` after too many wrong codes, from where this one comes or altogether."""
    since = work.now - WINDOW
    for network, limit in ((network_of(address), FAILURES_PER_ADDRESS), (None, FAILURES_OF_ALL)):
        count, first = table.failures(work.session, since, network)
        if first is not None and count >= limit:
            raise TooManyAttempts(retry_after=int((first - since).total_seconds()) + 1)


def note_failure(work: Work, address: str) -> None:
    """Count a wrong code."""
    table.note_failure(work.session, network_of(address), work.now, WINDOW)


def enroll(work: Work, code: str, uuid: str, hardware: Mapping[str, Any]) -> Credentials:
    """Give a device its account for a code, which is used up by that.

    Raises `Invalid` for a malformed uuid, `EnrollmentRefused`, and `BrokerAccountExists`, which leaves the code as it
    was: only a code made for this very client renews an account, else any code could throw any device off.
    """
    uuid = broker_accounts.checked_uuid(uuid)
    fingerprint = work.ports.seal.fingerprint(as_typed(code))
    is_first = table.use(work.session, fingerprint, uuid, work.now)
    enrollment = table.by_fingerprint(work.session, fingerprint)
    if enrollment is None or not (is_first or _may_ask_again(work, enrollment, uuid)):
        raise EnrollmentRefused
    credentials = _credentials(work, uuid, may_renew=not is_first or enrollment.client_uuid == uuid)
    if is_first:
        _describe(work.session.get_one(Client, uuid), enrollment)
    if hardware:
        save_hardware(work.session, uuid, hardware)
    return credentials


def _credentials(work: Work, uuid: str, *, may_renew: bool) -> Credentials:
    if not broker_accounts.has_account(work, uuid):
        return broker_accounts.make_client_account(work, uuid)
    if not may_renew:
        raise BrokerAccountExists
    return broker_accounts.renew_client_account(work, uuid)


def _may_ask_again(work: Work, enrollment: Enrollment, uuid: str) -> bool:
    """The answer may have been lost; not when the device has reported in, as it can only do with what it was told."""
    if enrollment.used_by != uuid or enrollment.used_at is None or work.now - enrollment.used_at > ASK_AGAIN_WITHIN:
        return False
    client = work.session.get(Client, uuid)
    last_alive = client.state.last_alive if client else None
    return last_alive is None or last_alive <= enrollment.used_at + OLD_CONNECTION_ENDS_WITHIN


def _describe(client: Client, enrollment: Enrollment) -> None:
    if enrollment.description is not None:
        client.description = enrollment.description
    if enrollment.group_id is not None:
        client.group_id = enrollment.group_id
    client.version += 1
