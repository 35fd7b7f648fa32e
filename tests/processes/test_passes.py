"""The scheduler's passes: each in its own time, whatever becomes of the others."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from infoscreen.bootstrap import App
from infoscreen.processes.passes import Pass, every_pass, running_passes
from infoscreen.services import command_sweep
from waiting import eventually


def test_a_pass_that_fails_or_hangs_stops_no_other_and_is_tried_again(api_app: App) -> None:
    looks: Counter[str] = Counter()
    released = threading.Event()

    def fail(_app: App) -> None:
        looks["fails"] += 1
        raise RuntimeError("the first and every other time")

    def hang(_app: App) -> None:
        looks["hangs"] += 1
        released.wait(30)

    def work(_app: App) -> None:
        looks["works"] += 1

    passes = [Pass("fails", 0.01, fail), Pass("hangs", 0.01, hang), Pass("works", 0.01, work)]
    with running_passes(api_app, threading.Event(), passes):
        eventually(lambda: looks["fails"] > 3 and looks["works"] > 3)
        assert looks["hangs"] == 1
        released.set()


def test_they_end_when_the_process_is_told_to(api_app: App) -> None:
    looks: Counter[str] = Counter()
    stop = threading.Event()

    def work(_app: App) -> None:
        looks["works"] += 1

    with running_passes(api_app, stop, [Pass("works", 0.01, work)]):
        eventually(lambda: looks["works"])
        stop.set()
    assert not [thread for thread in threading.enumerate() if thread.name == "works"]


def test_a_scheduler_that_does_not_lead_looks_at_nothing(api_app: App) -> None:
    looks: Counter[str] = Counter()
    asked: Counter[str] = Counter()

    def work(_app: App) -> None:
        looks["works"] += 1

    def leads() -> bool:
        asked["leads"] += 1
        return asked["leads"] > 3

    with running_passes(api_app, threading.Event(), [Pass("works", 0.01, work)], leads):
        eventually(lambda: looks["works"])
    assert asked["leads"] >= 4


def test_the_commands_timers_wait_for_nobodys_publishing() -> None:
    every = {each.name: each.every_seconds for each in every_pass()}
    assert every["commands"] <= 1
    assert every["command_publishing"] <= 1


def test_a_broker_that_does_not_answer_a_repetition_keeps_no_new_command_waiting(
    api_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: Counter[str] = Counter()
    released = threading.Event()

    def publish_again(*_opened: object) -> None:
        looks["again"] += 1
        released.wait(30)

    def publish_waiting(*_opened: object, **_options: object) -> None:
        looks["waiting"] += 1

    monkeypatch.setattr(command_sweep, "publish_commands_again", publish_again)
    monkeypatch.setattr(command_sweep, "publish_waiting_commands", publish_waiting)
    publishing = [replace(each, every_seconds=0.01) for each in every_pass() if "publishing" in each.name]
    with running_passes(api_app, threading.Event(), publishing):
        eventually(lambda: looks["waiting"] > 3)
        eventually(lambda: looks["again"] == 1)
        released.set()
