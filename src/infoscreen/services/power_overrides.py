"""A person's word on one TV: on or off for a while, whatever its group says."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from infoscreen.db.clients import Client, clients_by_uuid
from infoscreen.db.power_intents import PowerOverride, forget_overrides, overrides, stored_intents
from infoscreen.domain.power import PowerRules, Reason, TvState
from infoscreen.services.clients import get_client
from infoscreen.services.notices import NoticeKind
from infoscreen.services.work import Work
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import ClientPowerIntent


@dataclass(frozen=True, slots=True)
class TvOrder:
    """What a client's TV is told: until when, where that is fixed; since when, by which intent."""

    desired_state: TvState
    reason: Reason
    intent_id: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OverrideIntent:
    """An override as its device gets it; after `expires_at` it must not be published any more."""

    topic: str
    payload: bytes
    expires_at: datetime


def override_power(work: Work, client_uuid: str, state: TvState, minutes: int) -> Client:
    """Have a client's TV on or off for so many minutes; raises `NotFound`."""
    client = get_client(work, client_uuid)
    clients_by_uuid(work.session, [client.uuid])  # two who override it at once come one after the other
    row = work.session.get(PowerOverride, client.uuid, populate_existing=True) or PowerOverride(client_uuid=client.uuid)
    row.intent_id, row.desired_state = str(uuid.uuid4()), state.value
    row.issued_at, row.expires_at = work.now, work.now + timedelta(minutes=minutes)
    row.created_by = work.actor.user_id
    work.session.add(row)
    work.announce(NoticeKind.CLIENTS, client.uuid)
    return client


def release_power(work: Work, client_uuid: str) -> Client:
    """Let a client's TV follow its group again; raises `NotFound`."""
    client = get_client(work, client_uuid)
    row = work.session.get(PowerOverride, client.uuid)
    if row is not None:
        work.session.delete(row)
        work.announce(NoticeKind.CLIENTS, client.uuid)
    return client


def tv_order(work: Work, client: Client, rules: PowerRules) -> TvOrder | None:
    """What a client's TV is told now; None where it is told nothing."""
    override = work.session.get(PowerOverride, client.uuid)
    if override is not None and override.expires_at > work.now:
        state = TvState(override.desired_state)
        return TvOrder(state, Reason.OPERATOR_OVERRIDE, override.intent_id, override.issued_at, override.expires_at)
    row = stored_intents(work.session).get(client.group_id)
    if row is None or not rules.publish_enabled or not client.is_active:
        return None
    return TvOrder(TvState(row.desired_state), Reason(row.reason), row.intent_id, row.since, None)


def override_intents(work: Work, rules: PowerRules) -> Sequence[OverrideIntent]:
    """The overrides that hold, as devices get them."""
    return [_intent(row, rules) for row in overrides(work.session) if row.expires_at > work.now]


def ended_overrides(work: Work) -> list[str]:
    """Clients whose override is over."""
    return [row.client_uuid for row in overrides(work.session) if row.expires_at <= work.now]


def forget_ended(work: Work, uuids: Sequence[str]) -> None:
    """Forget overrides that are over, and say so to open pages."""
    forget_overrides(work.session, uuids, work.now)
    work.announce(NoticeKind.CLIENTS, *uuids)


def _intent(row: PowerOverride, rules: PowerRules) -> OverrideIntent:
    intent = ClientPowerIntent(
        intent_id=row.intent_id,
        client_uuid=row.client_uuid,
        desired_state="on" if row.desired_state == TvState.ON else "off",
        reason="operator_override",
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        poll_interval_sec=rules.poll_interval_seconds,
        active_event_ids=[],
        event_window_start=None,
        event_window_end=None,
    )
    encoded = orjson.dumps(intent.model_dump(mode="json"))
    return OverrideIntent(topics.client_power_intent(row.client_uuid), encoded, row.expires_at)
