"""TV power: what each group's TVs should be, kept as intents that outlive the scheduler, as devices get them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import orjson

from infoscreen.db.academic_calendar import closed_days
from infoscreen.db.groups import all_groups
from infoscreen.db.power_intents import PowerIntent, groups_with_screens, stored_intents
from infoscreen.domain.broadcasts import Overruled
from infoscreen.domain.open_times import OpenTimes
from infoscreen.domain.opening_hours import week_of
from infoscreen.domain.power import (
    OFF,
    ZERO,
    Intent,
    PowerRules,
    Reason,
    TvState,
    Wish,
    next_intent,
    wish_during,
    wish_for,
)
from infoscreen.domain.timeline import Timeline
from infoscreen.services.settings import all_settings
from infoscreen.services.work import Work
from infoscreen_wire.payloads.to_device import GroupPowerIntent

# How far around the present a window is looked for; further only where it reaches that far.
AROUND = (timedelta(days=1), timedelta(days=7), timedelta(days=62))


@dataclass(frozen=True, slots=True)
class GroupPower:
    """What a group's TVs should be, by which intent, and when that may change but for starts and ends of events."""

    group_id: int
    wish: Wish
    intent: Intent
    is_new: bool
    changes_at: datetime | None


def group_powers(
    work: Work, timeline: Timeline, rules: PowerRules, overruled: Mapping[int, Overruled]
) -> dict[int, GroupPower]:
    """What the TVs of every group with an active client should be now; `overruled` groups do not show their plan."""
    stored, needed = stored_intents(work.session), groups_with_screens(work.session)
    hours = opening_times(work, timeline.zone)
    open_now = {each: (each.is_open(work.now), each.next_change(work.now)) for each in set(hours.values())}
    showing = timeline.active().keys() - overruled.keys()
    found = {}
    for group_id in needed:
        is_open, changes_at = open_now[hours[group_id]] if group_id in hours else (True, None)
        may_be_on = is_open and (group_id in showing or (rules.gap > ZERO and group_id not in overruled))
        announcement = overruled[group_id].announcement if group_id in overruled else None
        if announcement is not None:
            wish = wish_during(announcement)
        else:
            wish = _wish(timeline, group_id, rules.gap) if may_be_on else OFF
        kept = _intent(stored.get(group_id))
        intent = next_intent(kept, wish, lambda: str(uuid.uuid4()))
        found[group_id] = GroupPower(group_id, wish, intent, intent is not kept, changes_at)
    return found


def keep_intents(work: Work, powers: Mapping[int, GroupPower]) -> None:
    """Keep the intents that are new, before devices are told."""
    for power in powers.values():
        if power.is_new:
            row = work.session.get(PowerIntent, power.group_id) or PowerIntent(group_id=power.group_id)
            row.intent_id, row.since = power.intent.intent_id, work.now
            row.desired_state, row.reason = power.intent.state, power.intent.reason
            work.session.add(row)


def payload(power: GroupPower, rules: PowerRules, now: datetime) -> bytes:
    """The intent as devices get it, valid from `now` on."""
    window = power.wish.window
    intent = GroupPowerIntent(
        intent_id=power.intent.intent_id,
        group_id=power.group_id,
        desired_state=power.intent.state.value,
        reason=_group_reason(power.intent.reason),
        issued_at=now,
        expires_at=now + rules.lifetime,
        poll_interval_sec=rules.poll_interval_seconds,
        active_event_ids=list(power.wish.event_ids),
        event_window_start=window.start if window else None,
        event_window_end=window.end if window else None,
    )
    return orjson.dumps(intent.model_dump(mode="json"))


def opening_times(work: Work, zone: ZoneInfo) -> dict[int, OpenTimes]:
    """When each group is open, for those with hours of their own or where the school has some."""
    school = all_settings(work)["opening_hours"]
    shared = week_of(orjson.loads(school)) if school else None
    closed = closed_days(work.session).for_period(None)
    found = {}
    for group in all_groups(work.session):
        week = week_of(group.opening_hours) if group.opening_hours is not None else shared
        if week is not None:
            found[group.id] = OpenTimes(week, zone, closed)
    return found


def _wish(timeline: Timeline, group_id: int, gap: timedelta) -> Wish:
    """The wish of events alone; looks as far around the present as their window reaches."""
    wish = OFF
    for around in AROUND:
        after, before = timeline.now - around, timeline.now + around
        wish = wish_for(timeline.occurrences(group_id, after, before), timeline.now, gap)
        if wish.window is None or (wish.window.start > after and wish.window.end < before):
            return wish
    return wish


def _intent(row: PowerIntent | None) -> Intent | None:
    return Intent(row.intent_id, TvState(row.desired_state), Reason(row.reason)) if row else None


def _group_reason(reason: Reason) -> Literal["active_event", "no_active_event"]:
    return "active_event" if reason is Reason.ACTIVE_EVENT else "no_active_event"
