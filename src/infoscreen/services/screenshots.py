"""What people see of the screens' pictures: the latest, the one of an event's start or stop, the recent ones."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from infoscreen.db.clients import Client
from infoscreen.domain.errors import NotFound
from infoscreen.services.clients import get_client
from infoscreen.services.ports import KeptScreenshot
from infoscreen.services.work import Work


def latest_screenshot(work: Work, uuid: str) -> bytes:
    """The latest picture of a client as JPEG; raises `NotFound` for an unknown client or one without a picture."""
    client = get_client(work, uuid)
    path = work.ports.screenshots.latest(client.uuid)
    with suppress(FileNotFoundError):  # the client may be deleted meanwhile
        if path:
            return path.read_bytes()
    raise NotFound


def priority_screenshot(work: Work, uuid: str, ttl_seconds: int) -> bytes:
    """The picture of an event's start or stop while it is that young, else the latest; raises `NotFound`."""
    client = get_client(work, uuid)
    path = work.ports.screenshots.priority(client.uuid)
    with suppress(FileNotFoundError):
        if path and _is_recent(work, client, ttl_seconds):
            return path.read_bytes()
    return latest_screenshot(work, uuid)


def screenshot_history(work: Work, uuid: str) -> Sequence[KeptScreenshot]:
    """The recent pictures of a client, the newest first; raises `NotFound` for an unknown client."""
    return work.ports.screenshots.history(get_client(work, uuid).uuid)


def _is_recent(work: Work, client: Client, ttl_seconds: int) -> bool:
    taken = client.state.priority_screenshot_at
    return taken is not None and work.now - taken < timedelta(seconds=ttl_seconds)
