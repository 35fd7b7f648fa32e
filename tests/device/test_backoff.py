"""Waits stay within what the contract allows, and differ from device to device."""

import pytest

from infoscreen_device.backoff import delay_after, delay_after_refusal, jittered


@pytest.mark.parametrize("failures", [0, 1, 3, 10, 10_000])
def test_a_wait_lies_between_one_second_and_a_ceiling_that_grows_to_sixty(failures: int) -> None:
    waits = [delay_after(failures) for _ in range(500)]
    ceiling = min(60, 5 * 2 ** min(failures, 10))
    assert 1 <= min(waits) < 1 + ceiling / 4
    assert ceiling * 3 / 4 < max(waits) <= ceiling


def test_a_refused_password_is_not_tried_again_within_a_minute() -> None:
    waits = [delay_after_refusal() for _ in range(500)]
    assert min(waits) >= 60
    assert max(waits) - min(waits) > 30


def test_an_interval_is_a_little_different_each_time() -> None:
    waits = {jittered(60) for _ in range(100)}
    assert len(waits) > 90
    assert all(54 <= wait <= 66 for wait in waits)
