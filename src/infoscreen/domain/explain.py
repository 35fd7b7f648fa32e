"""Why a screen shows what it shows: every event that could be on, with the rules that speak for and against it.

Pure: `services/explain.py` gathers the facts, `processes/api/sentences/` has the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from infoscreen.domain.recurrence import ONE_DAY, Schedule, Span, spans, to_local

CLOCK, DAY = "%H:%M", "%d.%m.%Y"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that was looked at: whether it lets the event be shown, and the values of its sentence."""

    code: str
    holds: bool
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedHoliday:
    """A holiday that counts for an event; both dates belong to it."""

    name: str
    period: str | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one event: its schedule with exceptions and closed days, and all that may keep it off a screen.

    `detached` are events made of single occurrences, by the local date they were taken from; `content` is the code of
    what is wrong with the content, None when it is ready.
    """

    event_id: int
    title: str
    type: str
    schedule: Schedule
    is_active: bool
    skips_holidays: bool
    content: str | None = None
    holidays: Sequence[NamedHoliday] = ()
    detached: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with the occurrence that comes nearest to the instant on its day, and what was found about it."""

    event_id: int
    title: str
    type: str
    span: Span
    findings: Sequence[Finding]

    @property
    def is_shown(self) -> bool:
        """Whether nothing speaks against it."""
        return all(finding.holds for finding in self.findings)


def candidates(
    events: Iterable[Facts], at: datetime, now: datetime, zone: ZoneInfo, overruled: Finding | None = None
) -> list[Candidate]:
    """Every event with an occurrence on the local day of an instant, skipped or not, the shown ones first.

    `overruled` is what keeps the whole group from showing its plan.
    """
    found = []
    for facts in events:
        span = _nearest(facts.schedule, at, zone)
        if span is not None:
            findings = [*_findings(facts, span, at, now, zone), *([overruled] if overruled else [])]
            found.append(Candidate(facts.event_id, facts.title, facts.type, span, findings))
    return sorted(found, key=lambda each: (not each.is_shown, each.span.start, each.event_id))


def next_showing(events: Iterable[Facts], at: datetime, zone: ZoneInfo, within: timedelta) -> tuple[Facts, Span] | None:
    """The next occurrence of an active event with content that begins after an instant."""
    first: tuple[Facts, Span] | None = None
    for facts in events:
        if facts.is_active and facts.content is None:
            until = first[1].start if first else at + within
            span = next((each for each in spans(facts.schedule, at, until, zone) if each.start > at), None)
            if span is not None and (first is None or span.start < first[1].start):
                first = (facts, span)
    return first


def _nearest(schedule: Schedule, at: datetime, zone: ZoneInfo) -> Span | None:
    """The occurrence at an instant; else the next one of that local day, else the last one of it."""
    day = to_local(at, zone).date()
    around = spans(schedule.undiminished(), at - ONE_DAY, at + ONE_DAY, zone)
    on_day = [span for span in around if span.start <= at < span.end or to_local(span.start, zone).date() == day]
    later = (span for span in on_day if span.end > at)
    return next(later, on_day[-1] if on_day else None)


def _findings(facts: Facts, span: Span, at: datetime, now: datetime, zone: ZoneInfo) -> Iterable[Finding]:
    times = {"start": f"{to_local(span.start, zone):{CLOCK}}", "end": f"{to_local(span.end, zone):{CLOCK}}"}
    is_on = span.start <= at < span.end
    yield Finding("explain_in_time" if is_on else "explain_out_of_time", is_on, times)
    day = to_local(span.start, zone).date()
    yield from _exception(facts, day, zone)
    yield from _holiday(facts, day)
    # What is over is inactive because it is over.
    if not facts.is_active and span.end > now:
        yield Finding("explain_inactive", holds=False)
    yield Finding(facts.content or "explain_content_ready", facts.content is None)


def _exception(facts: Facts, day: date, zone: ZoneInfo) -> Iterable[Finding]:
    if day not in {to_local(start, zone).date() for start in facts.schedule.exceptions}:
        return
    if day in facts.detached:
        yield Finding("explain_detached", holds=False, params={"title": facts.detached[day]})
    else:
        yield Finding("explain_exception", holds=False, params={"day": f"{day:{DAY}}"})


def _holiday(facts: Facts, day: date) -> Iterable[Finding]:
    for holiday in facts.holidays:
        if holiday.start <= day <= holiday.end:
            is_left_out = facts.skips_holidays and day in facts.schedule.closed
            code = "explain_holiday" if is_left_out else "explain_in_holiday"
            yield Finding(code, not is_left_out, {"holiday": holiday.name, "period": holiday.period or "–"})
            return
