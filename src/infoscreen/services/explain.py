"""Gathers what is needed to explain a group or a screen (`domain/explain.py`): for now, or for any instant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from infoscreen.db.academic_calendar import holidays_with_periods
from infoscreen.db.broadcasts import Broadcast, broadcasts_at
from infoscreen.db.clients import Client
from infoscreen.db.conversions import conversions_of
from infoscreen.db.events import Event, events_of_group
from infoscreen.db.groups import UNASSIGNED_ID, Group
from infoscreen.db.media import media_by_id
from infoscreen.domain.broadcasts import FIRST_EVENT_ID, Announcement
from infoscreen.domain.closed_days import ClosedDays
from infoscreen.domain.errors import InfoscreenError
from infoscreen.domain.explain import CLOCK, Candidate, Facts, Finding, NamedHoliday, candidates, next_showing
from infoscreen.domain.power import OFF, PowerRules, TvState, Wish, wish_for
from infoscreen.domain.recurrence import ONE_DAY, Span, spans, to_local
from infoscreen.domain.timeline import Occurrence
from infoscreen.services.broadcasts import announcements_at
from infoscreen.services.clients import get_client, is_client_alive
from infoscreen.services.event_board import NOT_SHOWABLE
from infoscreen.services.event_payloads import showable
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.groups import get_group
from infoscreen.services.power_intents import opening_times
from infoscreen.services.power_overrides import TvOrder, tv_order
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work

NEXT_WITHIN = timedelta(days=14)
CONTENT_PENDING = "content_pending"


@dataclass(frozen=True, slots=True)
class NextShowing:
    """What comes next in a group."""

    event_id: int
    title: str
    start: datetime


@dataclass(frozen=True, slots=True)
class TvExplanation:
    """What the TVs of a group are or will be told, and the rule that decides."""

    state: TvState
    finding: Finding


BY_BROADCAST = TvExplanation(TvState.ON, Finding("explain_tv_broadcast", holds=True))


@dataclass(frozen=True, slots=True)
class GroupExplanation:
    """Why a group shows what it shows at an instant."""

    group: Group
    at: datetime
    zone: ZoneInfo
    candidates: Sequence[Candidate]
    next: NextShowing | None
    tv: TvExplanation
    broken: Sequence[tuple[int, str]] = field(default_factory=tuple)

    @property
    def shown(self) -> list[Candidate]:
        """What is on."""
        return [each for each in self.candidates if each.is_shown]


@dataclass(frozen=True, slots=True)
class ClientExplanation:
    """Why a screen shows what it shows: its group's plan, whether it lives, what it says, what its TV was told.

    Only the plan is of the instant asked for; the rest is how it is now.
    """

    client: Client
    group: GroupExplanation
    is_now: bool
    is_alive: bool
    says_event_id: int | None
    says_title: str | None
    tv_order: TvOrder | None


def explain_group(work: Work, group_id: int, at: datetime | None) -> GroupExplanation:
    """Why a group shows what it shows, now or at an instant; raises `NotFound`."""
    group = get_group(work, group_id)
    instant, zone = at or work.now, school_zone(work)
    facts, broken = _facts(work, group_id, zone)
    announcement = announcements_at(work, broadcasts_at(work.session, instant)).get(group_id)
    held = _held(group, instant)
    overruled = _overruling(announcement, zone) if announcement else held
    found = candidates(facts, instant, work.now, zone, overruled)
    goes_on = announcement.end if announcement else instant
    coming = None if held else next_showing(facts, goes_on, zone, NEXT_WITHIN)
    return GroupExplanation(
        group=group,
        at=instant,
        zone=zone,
        candidates=[_announced(announcement, zone), *found] if announcement else found,
        next=NextShowing(coming[0].event_id, coming[0].title, coming[1].start) if coming else None,
        tv=BY_BROADCAST if announcement else _tv(work, group, facts, instant, zone, is_held=held is not None),
        broken=broken,
    )


def explain_client(
    work: Work, uuid: str, at: datetime | None, grace_seconds: int, rules: PowerRules
) -> ClientExplanation:
    """Why a screen shows what it shows, now or at an instant; raises `NotFound`."""
    client = get_client(work, uuid)
    says = client.state.current_event_id
    return ClientExplanation(
        client=client,
        group=explain_group(work, client.group_id, at),
        is_now=at is None,
        is_alive=is_client_alive(client, work.now, grace_seconds),
        says_event_id=says,
        says_title=None if says is None else _title_of(work, says),
        tv_order=tv_order(work, client, rules),
    )


def _title_of(work: Work, shown_id: int) -> str | None:
    """What a screen shows, by the number it tells: an event or an emergency message."""
    if shown_id > FIRST_EVENT_ID:
        broadcast = work.session.get(Broadcast, shown_id - FIRST_EVENT_ID)
        return broadcast.announcement.title if broadcast else None
    event = work.session.get(Event, shown_id)
    return event.subject if event else None


def _held(group: Group, at: datetime) -> Finding | None:
    """What keeps a group from showing its plan."""
    if group.id == UNASSIGNED_ID:
        return Finding("explain_unassigned", holds=False)
    if not group.is_active:
        return Finding("explain_group_inactive", holds=False, params={"group": group.name})
    if group.paused_at is not None and group.paused_at <= at:
        return Finding("explain_group_paused", holds=False, params={"group": group.name})
    return None


def _overruling(announcement: Announcement, zone: ZoneInfo) -> Finding:
    return Finding("explain_overruled", holds=False, params=_until(announcement, zone))


def _announced(announcement: Announcement, zone: ZoneInfo) -> Candidate:
    """The message itself: what is shown."""
    span = Span(announcement.start, announcement.end)
    finding = Finding("explain_broadcast", holds=True, params=_until(announcement, zone))
    return Candidate(announcement.event_id, announcement.title, "message", span, [finding])


def _until(announcement: Announcement, zone: ZoneInfo) -> dict[str, str]:
    return {"title": announcement.title, "end": f"{to_local(announcement.end, zone):{CLOCK}}"}


def _facts(work: Work, group_id: int, zone: ZoneInfo) -> tuple[list[Facts], list[tuple[int, str]]]:
    """The facts of every event that can be expanded, and the names of those that cannot."""
    events = events_of_group(work.session, group_id)
    closed, holidays = closed_days(work), _holidays(work)
    content, detached = _content(work, events), _detached(events, zone)
    facts, broken = [], []
    for event in events:
        try:
            found = Facts(
                event_id=event.id,
                title=event.subject,
                type=event.type,
                schedule=schedule_of(event, closed),
                is_active=event.is_active,
                skips_holidays=event.skip_holidays and event.recurrence_rule is not None,
                content=content.get(event.id),
                holidays=_holidays_of(event, holidays, closed),
                detached=detached[event.id],
            )
            spans(found.schedule, work.now, work.now + ONE_DAY, zone)
            facts.append(found)
        except Exception:  # noqa: BLE001 - a broken rule explains itself by being named
            broken.append((event.id, event.subject))
    return facts, broken


def _holidays(work: Work) -> Mapping[int | None, Sequence[NamedHoliday]]:
    found: defaultdict[int | None, list[NamedHoliday]] = defaultdict(list)
    for holiday, period in holidays_with_periods(work.session):
        of_period = period.name if period else None
        named = NamedHoliday(holiday.name, of_period, holiday.start_date, holiday.end_date)
        found[holiday.academic_period_id].append(named)
    return found


def _holidays_of(
    event: Event, holidays: Mapping[int | None, Sequence[NamedHoliday]], closed: ClosedDays
) -> Sequence[NamedHoliday]:
    if event.academic_period_id is not None:
        return holidays.get(event.academic_period_id, ())
    active = () if closed.active_period_id is None else holidays.get(closed.active_period_id, ())
    return [*active, *holidays.get(None, ())]


def _detached(events: Sequence[Event], zone: ZoneInfo) -> Mapping[int, Mapping[date, str]]:
    found: defaultdict[int, dict[date, str]] = defaultdict(dict)
    for event in events:
        if event.recurrence_id is not None and event.detached_start is not None:
            found[event.recurrence_id][to_local(event.detached_start, zone).date()] = event.subject
    return found


def _content(work: Work, events: Sequence[Event]) -> Mapping[int, str]:
    """What is wrong with the content of events, by event."""
    used = {event.event_media_id for event in events if event.event_media_id is not None}
    media, conversions = media_by_id(work.session, used), conversions_of(work.session, used)
    found = {}
    for event in events:
        of_event = event.event_media_id or 0
        try:
            if showable(event, media.get(of_event), conversions.get(of_event)) is None:
                found[event.id] = CONTENT_PENDING
        except InfoscreenError as error:
            found[event.id] = error.code
        except Exception:  # noqa: BLE001 - whatever keeps it from being published is what is asked for
            found[event.id] = NOT_SHOWABLE
    return found


def _tv(
    work: Work, group: Group, facts: Sequence[Facts], at: datetime, zone: ZoneInfo, *, is_held: bool
) -> TvExplanation:
    hours = opening_times(work, zone).get(group.id)
    if is_held:
        return TvExplanation(TvState.OFF, Finding("explain_tv_no_event", holds=False))
    if hours is not None and not hours.is_open(at):
        is_holiday = to_local(at, zone).date() in hours.closed
        return TvExplanation(
            TvState.OFF, Finding("explain_tv_holiday" if is_holiday else "explain_tv_closed", holds=False)
        )
    wish = _wish(facts, group.id, at, zone)
    code = "explain_tv_event" if wish.state is TvState.ON else "explain_tv_no_event"
    return TvExplanation(wish.state, Finding(code, wish.state is TvState.ON))


def _wish(facts: Sequence[Facts], group_id: int, at: datetime, zone: ZoneInfo) -> Wish:
    on = [
        Occurrence(each.event_id, group_id, span.start, span.end)
        for each in facts
        if each.is_active
        for span in spans(each.schedule, at, at + timedelta.resolution, zone)
    ]
    return wish_for(on, at, timedelta(0)) if on else OFF
