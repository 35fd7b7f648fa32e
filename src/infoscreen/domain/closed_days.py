"""Days without school as the calendar needs them: which local dates are closed for an event, by its academic period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class ClosedRange:
    """A holiday: both dates belong to it. Without a period it comes from older data."""

    start: date
    end: date
    period_id: int | None

    def dates(self) -> Iterable[date]:
        """Every date of it."""
        return (self.start + timedelta(number) for number in range((self.end - self.start).days + 1))


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Closed dates by period; `active_period_id` is the period that counts for whatever has none of its own."""

    by_period: Mapping[int | None, frozenset[date]] = field(default_factory=dict)
    active_period_id: int | None = None

    @classmethod
    def of(cls, ranges: Iterable[ClosedRange], active_period_id: int | None) -> "ClosedDays":
        """The dates of these holidays."""
        dates: defaultdict[int | None, set[date]] = defaultdict(set)
        for each in ranges:
            dates[each.period_id].update(each.dates())
        return cls({period_id: frozenset(found) for period_id, found in dates.items()}, active_period_id)

    def for_period(self, period_id: int | None) -> frozenset[date]:
        """What is closed for something of a period; without one, the active period and the rows without one count."""
        if period_id is not None:
            return self.by_period.get(period_id, NONE)
        without = self.by_period.get(None, NONE)
        if self.active_period_id is None:
            return without
        return without | self.by_period.get(self.active_period_id, NONE)
