"""Occurrences equal those of an independent implementation of RFC 5545, in local time, from 2024 to the end of 2030."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from examples import examples
from factories.recurrence_rules import ZONES, Case, cases
from infoscreen.domain.recurrence import Schedule, spans, to_local, to_utc
from infoscreen.domain.recurrence_rules import normalise_rule

NPM = Path(__file__).parents[2] / "scripts" / "npm"
COUNT = 600
AFTER, BEFORE = datetime(2024, 1, 1), datetime(2030, 12, 31, 23, 59)


def ours(case: Case) -> list[str]:
    zone = ZoneInfo(case.zone)
    start = to_utc(datetime.fromisoformat(case.start), zone)
    schedule = Schedule(start, start + timedelta(minutes=50), normalise_rule(case.rule, zone))
    found = spans(schedule, to_utc(AFTER, zone), to_utc(BEFORE, zone) + timedelta(microseconds=1), zone)
    return [f"{to_local(span.start, zone):%Y-%m-%dT%H:%M}" for span in found]


def theirs(asked: list[Case]) -> list[list[str]]:
    window = {"after": AFTER.isoformat(), "before": BEFORE.isoformat()}
    sent = json.dumps([vars(case) | window for case in asked])
    command = [str(NPM), "run", "--silent", "expand-rules"]
    answer = subprocess.run(command, input=sent, capture_output=True, text=True, check=False, timeout=150)
    assert answer.returncode == 0, answer.stderr
    return list(json.loads(answer.stdout.splitlines()[-1]))


def was_skipped(case: Case, local: str) -> bool:
    """Whether this occurrence was moved because the clock skipped its time; the other implementation leaves it out."""
    return case.is_skipped_at_times and local[11:].replace(":", "") != case.start[9:13]


@pytest.mark.service
def test_occurrences_are_those_of_an_independent_implementation() -> None:
    asked = cases(COUNT)
    compared = 0
    for case, expected in zip(asked, theirs(asked), strict=True):
        assert [local for local in ours(case) if not was_skipped(case, local)] == expected, case
        compared += len(expected)
    assert compared > 50_000
    assert {case.zone for case in asked} == set(ZONES)


def test_the_generated_rules_have_every_part() -> None:
    named = {part.partition("=")[0] for case in cases(COUNT) for part in case.rule.split(";")}
    assert named == {"FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
    assert len({(case.zone, case.start, case.rule) for case in cases(COUNT)}) >= 500


def test_a_rule_is_expanded_from_the_middle_as_from_its_beginning() -> None:
    for case in cases(examples(150)):
        zone = ZoneInfo(case.zone)
        start = to_utc(datetime.fromisoformat(case.start), zone)
        schedule = Schedule(start, start + timedelta(hours=30), normalise_rule(case.rule, zone))
        whole = spans(schedule, start, datetime(2031, 1, 1, tzinfo=UTC), zone)
        for year in (2025, 2028):
            after, before = datetime(year, 3, 30, tzinfo=UTC), datetime(year, 11, 4, 2, tzinfo=UTC)
            expected = [span for span in whole if span.end > after and span.start < before]
            assert spans(schedule, after, before, zone) == expected, case
