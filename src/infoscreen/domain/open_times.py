"""When it is open, as instants: opening hours (`opening_hours.py`) on a calendar with days on which it is closed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from infoscreen.domain.opening_hours import OpenRange, Week
from infoscreen.domain.recurrence import ONE_DAY, Span, to_local, to_utc

# Whoever asks for the next opening looks this many days ahead, further only where nothing was found.
SEARCHES = (2, 14, 120)


# From the first minute of opening until every screen is up, and how long before closing time they may be turned off.
UP_AFTER = timedelta(minutes=10)
OFF_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """A week's hours in a zone, but for the local dates that are closed."""

    week: Week
    zone: ZoneInfo
    closed: frozenset[date] = field(default_factory=frozenset)

    def spans(self, after: datetime, before: datetime) -> list[Span]:
        """When it is open between two instants, by start; hours that touch over midnight are one span."""
        found: list[Span] = []
        day, last = to_local(after, self.zone).date() - ONE_DAY, to_local(before, self.zone).date()
        while day <= last:
            if day not in self.closed:
                for each in self.week[day.weekday()]:
                    _join(found, self._on(day, each))
            day += ONE_DAY
        return [span for span in found if span.end > after and span.start < before]

    def is_open(self, now: datetime) -> bool:
        """Whether it is open at an instant."""
        return bool(self.spans(now, now + timedelta.resolution))

    def next_change(self, now: datetime) -> datetime | None:
        """When it next opens or closes; None where that is far away."""
        for days in SEARCHES:
            until = now + timedelta(days)
            spans = self.spans(now, until)
            edges = [edge for span in spans for edge in (span.start, span.end) if now < edge < until]
            if edges:
                return min(edges)
        return None

    def _on(self, day: date, hours: OpenRange) -> Span:
        midnight = datetime.combine(day, time.min)
        return Span(to_utc(midnight + hours.start, self.zone), to_utc(midnight + hours.end, self.zone))


def is_awaited(times: OpenTimes, last_alive: datetime, now: datetime) -> bool:
    """Whether a screen should be there that was last heard of at an instant.

    Off by plan is one that fell silent when it closed, or while it was closed, until some minutes after the opening.
    """
    if times.is_open(now) and times.is_open(now - UP_AFTER):
        return True
    return times.is_open(min(now, last_alive + OFF_BEFORE))


def _join(found: list[Span], span: Span) -> None:
    if span.start >= span.end:  # swallowed by a clock change
        return
    if found and span.start <= found[-1].end:
        found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
    else:
        found.append(span)
