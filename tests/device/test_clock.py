"""The server's time is counted on by the monotonic clock: steps of the device's own clock move nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

from infoscreen_device.clock import Clock, is_off

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


class Times:
    own = NOW - timedelta(days=365)
    monotonic = 100.0


def clock() -> tuple[Clock, Times]:
    times = Times()
    return Clock(lambda: times.own, lambda: times.monotonic), times


def test_without_the_servers_time_its_own_clock_counts() -> None:
    judged, times = clock()
    assert judged.corrected() == times.own


def test_the_servers_time_goes_on_whatever_the_own_clock_does() -> None:
    judged, times = clock()
    assert judged.learn(NOW) == timedelta(days=-365)
    times.monotonic += 60
    assert judged.corrected() == NOW + timedelta(seconds=60)
    times.own = NOW + timedelta(days=900)
    assert judged.corrected() == NOW + timedelta(seconds=60)
    judged.learn(NOW + timedelta(seconds=61))
    assert judged.corrected() == NOW + timedelta(seconds=61)


def test_only_more_than_thirty_seconds_are_off() -> None:
    assert [is_off(timedelta(seconds=each)) for each in (-31, -30, 0, 30, 30.5)] == [True, False, False, False, True]


def test_it_is_settled_by_the_servers_time_or_by_giving_it_up() -> None:
    async def settle(how: str) -> None:
        judged, _ = clock()
        waiting = asyncio.create_task(judged.settled())
        await asyncio.sleep(0)
        assert not waiting.done()
        judged.learn(NOW) if how == "learnt" else judged.settle()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(settle("learnt"))
    asyncio.run(settle("given up"))
