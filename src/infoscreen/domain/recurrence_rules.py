"""The text of a recurrence rule (RFC 5545, RRULE): its parts, its one written form, and what can be wrong with it.

What a rule yields is in `recurrence.py`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from infoscreen.domain.errors import FieldError, Invalid

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FINER = ("HOURLY", "MINUTELY", "SECONDLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS: Mapping[str, re.Pattern[str]] = {
    "FREQ": re.compile("|".join(FREQUENCIES + FINER)),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "COUNT": re.compile(r"[1-9]\d{0,5}"),
    "INTERVAL": re.compile(r"[1-9]\d{0,3}"),
    "BYDAY": re.compile(r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)(,[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": re.compile(r"[+-]?\d{1,2}(,[+-]?\d{1,2})*"),
    "BYMONTH": re.compile(r"\d{1,2}(,\d{1,2})*"),
    "BYSETPOS": re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"),
    "WKST": re.compile("|".join(WEEKDAYS)),
}
# Ordinals of BYDAY: weeks have no second Monday, months have five at most, years 53.
ORDINALS = {"DAILY": 0, "WEEKLY": 0, "MONTHLY": 5, "YEARLY": 53}
LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366}
DAYS_IN_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Calendars write 9999 for "for ever"; nothing here looks further than this, and some zones cannot.
FOR_EVER = datetime(2200, 1, 1)  # noqa: DTZ001 - local on purpose
UNTIL_DATE, UNTIL_TIME = "%Y%m%d", "%Y%m%dT%H%M%S"


def normalise_rule(text: str, zone: ZoneInfo) -> str:
    """The rule in upper case without spaces or an `RRULE:` in front; raises `Invalid` with what is wrong and where.

    An UNTIL in local time becomes one in UTC; as a date it stays one.
    """
    rule = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").strip(";")
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise wrong("rule_malformed", part or text)
        if name not in PARTS:
            raise wrong("rule_part_unknown", name)
        if not PARTS[name].fullmatch(value):
            raise wrong("rule_part_wrong", part)
        parts[name] = value
    _check_parts(parts, rule)
    if "UNTIL" in parts:
        parts["UNTIL"] = _unmistakable(parts["UNTIL"], zone)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a normalised rule by name."""
    return dict(part.split("=", 1) for part in rule.split(";"))


def names_no_date(parts: Mapping[str, str]) -> bool:
    """Whether none of the months that a rule names has any of the days that it names: it never yields anything."""
    if not parts.keys() >= {"BYMONTH", "BYMONTHDAY"}:
        return False
    longest = max(DAYS_IN_MONTH[int(month)] for month in parts["BYMONTH"].split(","))
    return all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(","))


def local_until(value: str, zone: ZoneInfo) -> datetime:
    """The last instant of an UNTIL in any of its forms, as a local time; a date means its whole day."""
    if int(value[:4]) >= FOR_EVER.year:
        return FOR_EVER
    if len(value) == len("20261127"):
        return datetime.combine(datetime.strptime(value, UNTIL_DATE).date(), time.max)  # noqa: DTZ007 - local
    until = datetime.strptime(value.removesuffix("Z"), UNTIL_TIME)  # noqa: DTZ007 - its zone is told by the Z
    return until.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if value.endswith("Z") else until


def wrong(code: str, part: str | None) -> Invalid:
    """The refusal of a rule: what is wrong, and where in it."""
    return Invalid(recurrenceRule=FieldError(code, part=part))


def _check_parts(parts: Mapping[str, str], rule: str) -> None:
    if parts.get("FREQ") in FINER:
        raise wrong("rule_too_fine", parts["FREQ"])
    if "FREQ" not in parts:
        raise wrong("rule_malformed", rule)
    if "UNTIL" in parts and "COUNT" in parts:
        raise wrong("rule_ends_twice", f"UNTIL={parts['UNTIL']};COUNT={parts['COUNT']}")
    if "BYSETPOS" in parts and not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYMONTH"}:
        raise wrong("rule_position_of_nothing", f"BYSETPOS={parts['BYSETPOS']}")
    if "BYMONTHDAY" in parts and parts["FREQ"] == "WEEKLY":
        raise wrong("rule_part_unfit", f"BYMONTHDAY={parts['BYMONTHDAY']}")
    _check_numbers(parts)


def _check_numbers(parts: Mapping[str, str]) -> None:
    largest = LARGEST | {"BYDAY": ORDINALS[parts["FREQ"]]}
    if "BYMONTH" in parts:
        largest["BYDAY"] = min(largest["BYDAY"], ORDINALS["MONTHLY"])
    for name in largest.keys() & parts.keys():
        numbers = [int(number) for number in re.findall(r"[+-]?\d+", parts[name])]
        if any(not 1 <= abs(number) <= largest[name] for number in numbers):
            raise wrong("rule_part_wrong", f"{name}={parts[name]}")


def _unmistakable(until: str, zone: ZoneInfo) -> str:
    try:
        local = local_until(until, zone)
    except ValueError:
        raise wrong("rule_part_wrong", f"UNTIL={until}") from None
    if len(until) == len("20261127") or until.endswith("Z") or local == FOR_EVER:
        return until
    return f"{local.replace(tzinfo=zone).astimezone(UTC):{UNTIL_TIME}}Z"


@lru_cache(maxsize=4_096)
def parsed(text: str) -> rrule:
    """A rule without begin and end: to read it takes longer than to expand a week of it."""
    rule = rrulestr(text, dtstart=FOR_EVER)
    assert isinstance(rule, rrule)  # noqa: S101 - one RRULE without EXDATE lines is never a set
    return rule


def joined(parts: dict[str, str]) -> str:
    """The text of a rule from its parts."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def implied(parts: dict[str, str], begin: datetime) -> dict[str, str]:
    """The days that a rule takes from the first start where it names none (RFC 5545 §3.3.10)."""
    if parts["FREQ"] == "DAILY" or parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        return {}
    if parts["FREQ"] == "WEEKLY":
        return {"BYDAY": WEEKDAYS[begin.weekday()]}
    month = {"BYMONTH": parts.get("BYMONTH", str(begin.month))} if parts["FREQ"] == "YEARLY" else {}
    return month | {"BYMONTHDAY": str(begin.day)}
