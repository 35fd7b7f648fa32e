"""The TV behind a device follows the intent that counts, and the server is told once what came of each."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import uuid4

import pytest

from device.samples import UUID, power_intent
from infoscreen_device.clock import Clock
from infoscreen_device.simulate.tv import VirtualTv
from infoscreen_device.tv import TvControl
from infoscreen_wire.payloads.from_device import PowerState

GROUP = 12


class Room:
    """A TV with its control at work; `told` is what the server has been told: result and what is seen."""

    def __init__(self, tv: VirtualTv | None = None) -> None:
        self.tv = tv or VirtualTv()
        self.clock = Clock()
        self.reports: list[PowerState] = []
        self.control = TvControl(UUID, self.clock, self.tv, self.reports.append)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(each.result, each.observed_state) for each in self.reports]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():  # noqa: ASYNC110 - it is the TV that changes, not the test
                await asyncio.sleep(0.01)


@contextmanager
def at_work(room: Room) -> Iterator[None]:
    room.clock.settle()
    running = asyncio.create_task(room.control.run())
    try:
        yield
    finally:
        running.cancel()


def test_the_tv_follows_its_group_and_says_so_once_however_often_it_is_told() -> None:
    async def story() -> None:
        room, told = Room(), power_intent(desired_state="off")
        with at_work(room):
            for _ in range(3):
                room.control.hear_group(GROUP, told)
                await room.until(lambda: room.told == [("applied", "off")])
            room.control.hear_group(GROUP, power_intent(desired_state="on"))
            await room.until(lambda: room.told == [("applied", "off"), ("applied", "on")])
        assert room.reports[0].method == "mock"

    asyncio.run(story())


def test_its_own_intent_beats_the_groups_until_it_is_taken_back() -> None:
    async def story() -> None:
        room = Room()
        with at_work(room):
            room.control.hear_group(GROUP, power_intent(desired_state="on"))
            room.control.hear_own(power_intent(uuid=UUID, desired_state="off"))
            await room.until(lambda: room.tv.state == "off")
            room.control.hear_group(GROUP, power_intent(desired_state="on"))
            room.control.hear_own(b"")
            await room.until(lambda: room.tv.state == "on")

    asyncio.run(story())


def test_its_own_intent_beats_the_groups_until_it_expires() -> None:
    async def story() -> None:
        room = Room()
        with at_work(room):
            room.control.hear_own(power_intent(uuid=UUID, desired_state="off", expires_in=1.5))
            room.control.hear_group(GROUP, power_intent(desired_state="on"))
            await room.until(lambda: room.tv.state == "off")
            await room.until(lambda: room.tv.state == "on")

    asyncio.run(story())


def test_without_a_valid_intent_it_stays_as_it_is_and_a_stale_one_is_told() -> None:
    async def story() -> None:
        room = Room()
        with at_work(room):
            room.control.hear_group(GROUP, power_intent(desired_state="off", expires_in=-1))
            await room.until(lambda: room.told == [("ignored_stale", "on")])
            room.control.hear_group(GROUP, b"")
            room.control.leave_group()
        assert room.tv.state == "on"

    asyncio.run(story())


def test_whether_an_intent_is_stale_is_judged_by_the_servers_clock() -> None:
    async def story() -> None:
        room = Room()
        room.clock.learn(datetime.now(UTC) + timedelta(hours=1))
        with at_work(room):
            room.control.hear_group(GROUP, power_intent(desired_state="off"))
            await room.until(lambda: room.told == [("ignored_stale", "on")])

    asyncio.run(story())


def test_nothing_is_switched_before_it_is_clear_which_clock_counts() -> None:
    async def story() -> None:
        room = Room()
        running = asyncio.create_task(room.control.run())
        room.control.hear_group(GROUP, power_intent(desired_state="off"))
        await asyncio.sleep(0)
        assert room.told == []
        room.clock.settle()
        await room.until(lambda: room.tv.state == "off")
        running.cancel()

    asyncio.run(story())


class DeafTv(VirtualTv):
    """A TV that does not obey at first."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def switch(self, state: Literal["on", "off"]) -> None:
        self.asked += 1
        if self.asked < 3:
            raise OSError("no answer on CEC")
        await super().switch(state)


def test_a_tv_that_does_not_obey_is_told_again_and_the_server_only_what_is_new() -> None:
    async def story() -> None:
        tv = DeafTv()
        room, told = Room(tv), power_intent(desired_state="off")
        with at_work(room):
            for times in (1, 2, 3):
                room.control.hear_group(GROUP, told)
                await room.until(lambda times=times: tv.asked == times)  # type: ignore[misc]
            await room.until(lambda: room.told == [("failed", "on"), ("applied", "off")])
        assert room.reports[0].error == "no answer on CEC"

    asyncio.run(story())


@pytest.mark.parametrize("payload", [b"[]", b"\xff", b'{"desired_state": "off"}', power_intent(uuid=str(uuid4()))])
def test_what_cannot_be_read_or_is_for_another_changes_nothing(payload: bytes) -> None:
    async def story() -> None:
        room = Room()
        with at_work(room):
            with pytest.raises(ValueError, match=r"."):
                room.control.hear_own(payload)
            with pytest.raises(ValueError, match=r"."):
                room.control.hear_group(GROUP, power_intent(group=GROUP + 1))
            room.control.hear_group(GROUP, power_intent(desired_state="on"))
            await room.until(lambda: bool(room.told))
        assert room.told == [("applied", "on")]

    asyncio.run(story())
