"""Brings the demo school into an installation, once; a start that was broken off is completed by the next one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infoscreen.bootstrap import App
from infoscreen.domain.errors import Invalid
from infoscreen.domain.holidays import Holiday, HolidaysOverlap
from infoscreen.domain.recurrence import spans, to_local
from infoscreen.processes.demo import school
from infoscreen.processes.demo.devices import keep_devices
from infoscreen.processes.demo.logins import keep_logins, those_that_work
from infoscreen.processes.demo.rooms import ROOMS
from infoscreen.processes.demo.school import FILES, PEOPLE, SETTINGS, Room
from infoscreen.processes.demo.showings import LONGEST_PAUSE, Exceptions, Showing, schedule
from infoscreen.processes.demo.troubles import keep_script
from infoscreen.services import (
    academic_calendar,
    event_exceptions,
    event_schedules,
    events,
    groups,
    holidays,
    media,
    settings,
    users,
)
from infoscreen.services.media import Upload
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class Demo:
    """What the starter needs: the virtual devices and what goes wrong with them, and whom one can log in as
    (name → password).
    """

    devices: Path
    faults: Path
    logins: Mapping[str, str]


def seed(app: App) -> Demo:
    """Set up the demo school in a prepared installation; one that has it is left as people have changed it since."""
    directory = app.config.data_dir / "demo"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    logins = keep_logins(directory / "logins.json")
    if not _is_set_up(app):
        _set_up(app, logins)
    devices, faults = directory / "devices.json", directory / "faults.json"
    keep_script(faults)
    keep_devices(app, devices)
    return Demo(devices, faults, those_that_work(app, logins))


def _is_set_up(app: App) -> bool:
    """Everything is set up in one transaction, so one room tells."""
    with app.reading() as work:
        return not {room.name for room in ROOMS}.isdisjoint(group.name for group in groups.list_groups(work))


def _set_up(app: App, logins: Mapping[str, str]) -> None:
    with _received_files(app) as uploads, app.work() as work:
        for key, value in SETTINGS.items():
            settings.change_setting(work, key, value)
        _add_people(work, logins)
        add_holidays(work, school.holidays())
        media_ids = {name: media.accept_upload(work, upload).id for name, upload in uploads.items()}
        for room in ROOMS:
            _add_room(work, room, media_ids)


@contextmanager
def _received_files(app: App) -> Iterator[dict[str, Upload]]:
    with app.reading() as work:
        limits = settings.upload_limits(work)
    with ExitStack() as held:
        yield {
            name: held.enter_context(media.receive_upload(app.ports, iter([path.read_bytes()]), name, limits))
            for name, path in FILES.items()
        }


def _add_people(work: Work, logins: Mapping[str, str]) -> None:
    for username, role in PEOPLE.items():
        with suppress(Invalid):  # somebody has this name already
            users.create_user(work, username, logins[username], role)


def add_holidays(work: Work, found: Iterable[Holiday]) -> None:
    """Add holidays to the period that covers them; what somebody has entered meanwhile stays."""
    for holiday in found:
        period = academic_calendar.period_on(work, holiday.start)
        if period is not None:
            with suppress(Invalid, HolidaysOverlap):
                holidays.add_holiday(work, period.id, holiday)


def _add_room(work: Work, room: Room, media_ids: Mapping[str, int]) -> None:
    fields = {"name": room.name, "description": room.description, "color": room.color}
    group = groups.create_group(work, fields)
    period_id = next((period.id for period in academic_calendar.list_periods(work) if period.is_active), None)
    for showing in room.programme:
        when = _when(work, showing)
        period = {"academic_period_id": period_id} if showing.skips_holidays else {}
        event = events.create_event(work, {"group_id": group.id, **when, **period, **_what(showing, media_ids)})
        if showing.exceptions:
            _except(work, event.id, showing.exceptions)


def _except(work: Work, event_id: int, exceptions: Exceptions) -> None:
    zone = settings.school_zone(work)
    event = events.get_event(work, event_id)
    schedule = event_schedules.schedule_of(event, event_schedules.closed_days(work))
    coming = spans(schedule, work.now, work.now + LONGEST_PAUSE, zone)
    days = [to_local(span.start, zone).date() for span in coming]
    event_exceptions.skip_occurrence(work, event_id, days[exceptions.skipped])
    event_exceptions.detach_occurrence(work, event_id, days[exceptions.detached], {"subject": exceptions.subject})


def _when(work: Work, showing: Showing) -> dict[str, Any]:
    zone = settings.school_zone(work)
    when = schedule(showing.hours, work.now.astimezone(zone).date(), zone)
    return {"start_time": when.start, "end_time": when.end, "recurrence_rule": when.rule}


def _what(showing: Showing, media_ids: Mapping[str, int]) -> dict[str, Any]:
    common = {"type": showing.type, "subject": showing.subject, "skip_holidays": showing.skips_holidays}
    match showing.type:
        case "presentation" | "video":
            return {**common, "event_media_id": media_ids[showing.content or ""]}
        case "website":
            return {**common, "website_url": showing.content}
        case "message":
            return {**common, "message_content": showing.content}
        case _:
            return common
