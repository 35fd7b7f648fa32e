"""Recurrence rules by chance, always the same ones: every part, alone and with others, at starts all over the clock."""

from dataclasses import dataclass
from random import Random

from infoscreen.domain.recurrence_rules import WEEKDAYS

ZONES = ("Europe/Vienna", "America/New_York", "Australia/Lord_Howe")
# The clocks double 01:45 and 02:30 in one of the zones or another, and skip 02:15 and 02:30.
CLOCK = ("000000", "014500", "021500", "023000", "074500", "120000", "230000", "235959")
MONTH_DAYS = (1, 7, 13, 28, 29, 30, 31, -1, -3)


@dataclass(frozen=True)
class Case:
    """A rule, its zone, and its first start in local time (`yyyyMMddTHHmmss`)."""

    zone: str
    start: str
    rule: str

    @property
    def is_skipped_at_times(self) -> bool:
        """Whether the clock can skip this time, which implementations take differently."""
        return self.start[9:13] in ("0215", "0230")


def cases(count: int) -> list[Case]:
    chance = Random(2024)
    return [_case(chance, ZONES[number % len(ZONES)]) for number in range(count)]


def _case(chance: Random, zone: str) -> Case:
    start = f"2024{chance.randint(1, 12):02}{chance.randint(1, 28):02}T{chance.choice(CLOCK)}"
    case = Case(zone, start, _rule(chance))
    counts = "COUNT" in case.rule or "BYSETPOS" in case.rule
    return Case(zone, start[:9] + "030000", case.rule) if counts and case.is_skipped_at_times else case


def _rule(chance: Random) -> str:
    frequency = chance.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"))
    parts = [f"FREQ={frequency}"]
    if chance.random() < 0.5:
        parts.append(f"INTERVAL={chance.randint(2, 5)}")
    parts += {"DAILY": _of_days, "WEEKLY": _of_weeks, "MONTHLY": _of_months, "YEARLY": _of_years}[frequency](chance)
    if chance.random() < 0.4:
        parts.append(f"WKST={chance.choice(('MO', 'SA', 'SU'))}")
    ending = chance.random()
    if ending < 0.3:
        parts.append(f"COUNT={chance.randint(1, 400)}")
    elif ending < 0.6:
        day = f"20{chance.randint(25, 30)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        parts.append(f"UNTIL={day}T{chance.randint(0, 23):02}0000Z")
    return ";".join(parts)


def _of_days(chance: Random) -> list[str]:
    found = _some(chance, 0.3, "BYMONTH", range(1, 13), 4) + _some(chance, 0.4, "BYDAY", WEEKDAYS, 4)
    return found + _some(chance, 0.2, "BYMONTHDAY", MONTH_DAYS, 4)


def _of_weeks(chance: Random) -> list[str]:
    found = _some(chance, 0.3, "BYMONTH", range(1, 13), 5) + _some(chance, 0.8, "BYDAY", WEEKDAYS, 4)
    return found + (
        _some(chance, 0.3, "BYSETPOS", (1, -1), 2) if found and "BYDAY" in found[-1] and "," in found[-1] else []
    )


def _of_months(chance: Random) -> list[str]:
    return _some(chance, 0.2, "BYMONTH", range(1, 13), 6) + _of_days_in_them(chance)


def _of_years(chance: Random) -> list[str]:
    return _some(chance, 0.8, "BYMONTH", range(1, 13), 3) + _of_days_in_them(chance)


def _of_days_in_them(chance: Random) -> list[str]:
    kind = chance.random()
    if kind < 0.35:
        numbered = [f"{chance.choice((1, 2, 3, 4, 5, -1, -2))}{day}" for day in WEEKDAYS]
        return _some(chance, 1, "BYDAY", numbered, 2)
    if kind < 0.6:
        return _some(chance, 1, "BYMONTHDAY", MONTH_DAYS, 3)
    if kind < 0.85:
        return [*_some(chance, 1, "BYDAY", WEEKDAYS, 4), *_some(chance, 1, "BYSETPOS", (1, 2, 3, -1, -2), 2)]
    return []


def _some(
    chance: Random, likely: float, name: str, values: "range | tuple[object, ...] | list[str]", most: int
) -> list[str]:
    if chance.random() >= likely:
        return []
    chosen = chance.sample(list(values), chance.randint(1, most))
    return [f"{name}={','.join(map(str, chosen))}"]
