"""The script of faults: whom each is about, and what is told about a mistake in it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from device.samples import UUID
from infoscreen_device.executor import MOCK_SETTING
from infoscreen_device.main import app
from infoscreen_device.simulate import faults
from infoscreen_device.simulate.faults import Fault, FaultScript


def strikes(devices: object, number: int, uuid: str = "x") -> bool:
    return Fault.model_validate({"fault": "never_returns", "devices": devices}).strikes(number, uuid)


def test_devices_are_named_by_their_place_their_uuid_or_all() -> None:
    assert strikes([1, 3], 3)
    assert not strikes([1, 3], 2)
    assert strikes([1, UUID.upper()], 7, UUID)
    assert strikes("all", 99)
    assert FaultScript.model_validate([{"fault": "never_returns"}]).of_device(5, UUID).has("never_returns")


@given(st.integers(0, 100), st.integers(1, 40))
def test_a_share_is_exact_over_every_hundred_devices_and_spread_evenly(share: int, count: int) -> None:
    struck = [strikes(f"{share}%", number) for number in range(1, 100 * count + 1)]
    assert sum(struck) == share * count
    for start in range(0, len(struck), 10):
        assert abs(sum(struck[start : start + 10]) - share / 10) <= 1


def test_a_device_has_its_own_faults_only() -> None:
    script = FaultScript.model_validate(
        [{"fault": "slow_boot", "devices": [1], "seconds": 150}, {"fault": "crash", "devices": [2], "after": 3}]
    )
    first, second = script.of_device(1, "a"), script.of_device(2, "b")
    assert (first.seconds("slow_boot"), first.timed) == (150, ())
    assert (second.has("slow_boot"), [each.after for each in second.timed]) == (False, [3])


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"fault": "explode"}, "entry 1, fault: Input should be 'crash'"),
        ({"fault": "crash", "when": 3}, "entry 1, when: Extra inputs are not permitted"),
        ({"fault": "slow_boot"}, "entry 1: slow_boot needs seconds"),
        ({"fault": "never_returns", "after": 3}, "entry 1: never_returns holds all the time"),
        ({"fault": "same_boot_id", "seconds": 3}, "entry 1: same_boot_id has no seconds"),
        ({"fault": "hang", "rate": 3}, "entry 1: only a flood has a rate"),
        ({"fault": "hang", "seconds": -3}, "entry 1: seconds cannot be negative"),
        ({"fault": "hang", "devices": [0]}, "entry 1, devices"),
        ({"fault": "hang", "devices": "101%"}, "entry 1, devices"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, entry: dict[str, object], told: str) -> None:
    path = tmp_path / "faults.json"
    path.write_text(json.dumps([entry]))
    with pytest.raises(ValueError, match="is no script of faults") as mistake:
        faults.read(path)
    assert told in str(mistake.value)


def test_the_simulator_does_not_start_with_a_script_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text("{")
    result = CliRunner().invoke(app, ["simulate", "--faults", str(path)])
    assert result.exit_code == 2
    assert "is no script of faults" in result.output


def test_the_simulator_does_not_start_with_mocked_reboots_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOCK_SETTING, "true")
    monkeypatch.setenv("ENV", "production")
    result = CliRunner().invoke(app, ["simulate"])
    assert result.exit_code == 2
    assert "refused with ENV=production" in result.output


def test_the_documentation_tells_every_fault() -> None:
    page = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text("utf-8")
    assert all(f"| `{kind}` |" in page for kind in [*faults.TIMED, *faults.StandingKind.__args__])  # type: ignore[attr-defined]
