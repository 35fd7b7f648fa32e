"""The screens' pictures: what comes in is kept and judged; people see the latest, the priority and the recent ones."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from infoscreen.db.client_states import known_pictures, save_changes
from infoscreen.db.clients import Client
from infoscreen.domain.errors import NotFound
from infoscreen.domain.pictures import Taken, with_picture
from infoscreen.services.clients import get_client
from infoscreen.services.file_ports import KeptScreenshot
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.report_pictures import Developed
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept: whose it is, why it was taken and when it came."""

    uuid: str
    kind: str
    developed: Developed
    at: datetime


def record_pictures(work: Work, pictures: Collection[Picture]) -> set[str]:
    """Keep pictures and what they say of their screens; returns the clients that do not exist, whose none was kept."""
    known = known_pictures(work.session, {picture.uuid for picture in pictures})
    states = dict(known)
    for picture in sorted(pictures, key=lambda each: each.at):
        if picture.uuid in known:
            developed = picture.developed
            taken = Taken(picture.at, picture.kind, developed.hash, developed.luminance)
            states[picture.uuid] = with_picture(states[picture.uuid], taken)
            work.after_commit(partial(_keep, picture))
            work.announce(NoticeKind.SCREENSHOTS, picture.uuid)
    save_changes(work.session, states)
    for uuid, state in states.items():
        if state["picture_health"] != known[uuid]["picture_health"]:
            work.announce(NoticeKind.CLIENTS, uuid)
    return {picture.uuid for picture in pictures} - known.keys()


def _keep(picture: Picture, ports: Ports) -> None:
    developed = picture.developed
    ports.screenshots.keep(picture.uuid, developed.jpeg, picture.kind, picture.at, developed.thumbnail)


def forget_strangers(work: Work) -> None:
    """Delete the pictures of clients that are no more: one may have been under way, or a process died in between."""
    kept = work.ports.screenshots.clients()
    for uuid in kept - known_pictures(work.session, kept).keys():
        work.ports.screenshots.delete(uuid)


def latest_screenshot(work: Work, uuid: str) -> bytes:
    """The latest picture of a client as JPEG; raises `NotFound` for an unknown client or one without a picture."""
    return _content(work.ports.screenshots.latest(get_client(work, uuid).uuid))


def screenshot_thumbnail(work: Work, uuid: str) -> bytes:
    """The latest picture of a client, small; as it is where it came before there were small ones. Raises `NotFound`."""
    client = get_client(work, uuid)
    with suppress(NotFound):
        return _content(work.ports.screenshots.thumbnail(client.uuid))
    return _content(work.ports.screenshots.latest(client.uuid))


def priority_screenshot(work: Work, uuid: str, ttl_seconds: int) -> bytes:
    """The picture of an event's start or stop while it is that young, else the latest; raises `NotFound`."""
    client = get_client(work, uuid)
    if _is_recent(work, client, ttl_seconds):
        with suppress(NotFound):
            return _content(work.ports.screenshots.priority(client.uuid))
    return latest_screenshot(work, uuid)


def screenshot_history(work: Work, uuid: str) -> Sequence[KeptScreenshot]:
    """The recent pictures of a client, the newest first; raises `NotFound` for an unknown client."""
    return work.ports.screenshots.history(get_client(work, uuid).uuid)


def recent_screenshot(work: Work, uuid: str, name: str) -> bytes:
    """One of the recent pictures of a client by its name in the history; raises `NotFound`."""
    return _content(work.ports.screenshots.recent(get_client(work, uuid).uuid, name))


def _content(path: Path | None) -> bytes:
    with suppress(FileNotFoundError):  # the client may be deleted meanwhile, or the picture be the twenty-first
        if path:
            return path.read_bytes()
    raise NotFound


def _is_recent(work: Work, client: Client, ttl_seconds: int) -> bool:
    taken = client.state.priority_screenshot_at
    return taken is not None and abs(work.now - taken) < timedelta(seconds=ttl_seconds)
