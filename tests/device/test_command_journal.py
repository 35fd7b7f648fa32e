"""What a device remembers of its commands survives a kill, a cut-off line and a full disk, and ends after a day."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from device.samples import wire_command
from infoscreen_device import command_journal
from infoscreen_device.command_journal import Journal
from infoscreen_device.commands import Record

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def record(number: int = 1, at: datetime = NOW, lives: timedelta = timedelta(seconds=240)) -> Record:
    return Record(
        command_id=wire_command(number)["command_id"],
        action="restart_app",
        seen_at=at,
        expires_at=at + lives,
        boot_id="boot",
    ).accepted()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "device-commands" / "commands.jsonl"


def test_what_is_kept_is_found_again_and_the_newest_step_counts(path: Path) -> None:
    journal = Journal(path)
    steps = [record(), record().started(NOW, "boot"), record().started(NOW, "boot").completed()]
    for step in steps:
        journal.keep(step)
    journal.note(steps[-1].with_confirmed("completed"))
    assert Journal(path).records == {record().command_id: steps[-1].with_confirmed("completed")}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_step_is_on_disk_when_it_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    Journal(path).keep(record())
    assert synced[0] == path.stat().st_size


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_line_that_was_cut_off_takes_no_other_with_it(path: Path, cut: int) -> None:
    journal = Journal(path)
    journal.keep(record(1))
    journal.keep(record(2))
    path.write_bytes(path.read_bytes()[:-cut])
    reopened = Journal(path)
    assert record(1).command_id in reopened.records
    reopened.keep(record(3))
    assert {record(1).command_id, record(3).command_id} <= set(Journal(path).records)


def test_on_a_full_disk_nothing_is_kept_and_no_half_line_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(path)
    journal.keep(record(1))
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:20]))
    with pytest.raises(OSError, match="no space"):
        journal.keep(record(2))
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert list(journal.records) == [record(1).command_id]


def test_a_command_is_forgotten_after_a_day_but_not_while_it_could_still_be_carried_out(path: Path) -> None:
    journal = Journal(path)
    journal.keep(record(1))
    journal.keep(record(2, lives=timedelta(days=30)))
    journal.forget(NOW + timedelta(hours=24))
    assert len(journal.records) == 2
    journal.forget(NOW + timedelta(hours=24, seconds=1))
    assert list(journal.records) == [record(2).command_id]
    assert list(Journal(path).records) == [record(2).command_id]


def test_the_file_does_not_grow_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_journal, "LINES_LIMIT", 10)
    journal = Journal(path)
    for _ in range(20):
        journal.note(record())
        journal.forget(NOW)
    assert len(path.read_bytes().splitlines()) <= 11


def test_without_a_file_it_remembers_as_long_as_it_lives() -> None:
    journal = Journal()
    journal.keep(record())
    journal.forget(NOW)
    assert list(journal.records) == [record().command_id]
