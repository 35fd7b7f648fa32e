"""Screenshots as files below the data directory: the latest, the priority one and the last twenty of each client.

Beside them, in a directory of their own, lie the latest ones as thumbnails.

Every file is written beside its name and renamed into place, so that no reader ever sees half of one. Writers of all
processes take turns; what is kept of a client is listed in its `_meta.json`, so that no directory has to be searched.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from infoscreen.domain.pictures import OVERTAKEN_BY, is_latest
from infoscreen.services.file_ports import KeptScreenshot

KEPT_PER_CLIENT = 20
PERIODIC = "periodic"
UUID_LENGTH = 36
STAMP = "%Y%m%dT%H%M%S%f"
THUMBNAILS = "thumbnails"


class Meta(BaseModel):
    """What `_meta.json` says; `kept` are the names of the stamped files, the newest first."""

    model_config = ConfigDict(extra="ignore")

    latest_screenshot_type: str | None = None
    latest_received_at: datetime | None = None
    last_priority_screenshot_type: str | None = None
    last_priority_received_at: datetime | None = None
    kept: list[str] | None = None


class DiskScreenshotStore:
    """The port `ScreenshotStore` on a directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: datetime, thumbnail: bytes | None = None) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic.

        One that was taken before the latest only joins the recent ones.
        """
        with self._turn():
            meta = self._meta(uuid)
            is_new = is_latest(taken_at, meta.latest_received_at)
            # What is listed and not there is left out when read; what is there and not listed would stay for ever.
            name = f"{uuid}_{taken_at.astimezone(UTC):{STAMP}}_{kind}.jpg"
            stamped = sorted({name, *self._listed(uuid, meta)}, key=partial(_recency, taken_at), reverse=True)
            for old in stamped[KEPT_PER_CLIENT:]:
                (self._directory / old).unlink(missing_ok=True)
            meta.kept = stamped[:KEPT_PER_CLIENT]
            if is_new:
                meta.latest_screenshot_type, meta.latest_received_at = kind, taken_at
            if kind != PERIODIC:
                meta.last_priority_screenshot_type, meta.last_priority_received_at = kind, taken_at
            self._write(f"{uuid}_meta.json", meta.model_dump_json(exclude_none=True).encode())
            if name in meta.kept:
                self._write(name, jpeg)
            if kind != PERIODIC:
                self._write(f"{uuid}_priority.jpg", jpeg)
            if is_new:
                self._keep_thumbnail(uuid, thumbnail)
                self._write(f"{uuid}.jpg", jpeg)

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
        return self._existing(f"{uuid}.jpg")

    def thumbnail(self, uuid: str) -> Path | None:
        """The latest picture as it was made small, if it was."""
        return self._existing(f"{THUMBNAILS}/{uuid}.jpg")

    def priority(self, uuid: str) -> Path | None:
        """The latest picture of an event's start or stop, if there is one."""
        return self._existing(f"{uuid}_priority.jpg")

    def recent(self, uuid: str, name: str) -> Path | None:
        """One of the recent pictures by its name in the history."""
        return self._existing(name) if name in self._listed(uuid, self._meta(uuid)) else None

    def history(self, uuid: str) -> list[KeptScreenshot]:
        """The recent pictures, the newest first."""
        return [_kept(name) for name in self._listed(uuid, self._meta(uuid)) if self._existing(name)]

    def clients(self) -> set[str]:
        """The clients that pictures are kept of."""
        return {path.name[:UUID_LENGTH] for path in self._directory.glob("*-*-*-*-*")}

    def delete(self, uuid: str) -> None:
        """Forget all pictures of a client."""
        if not self._directory.is_dir():
            return
        with self._turn():
            self._keep_thumbnail(uuid, None)
            for path in (self._directory / f"{uuid}.jpg", *self._directory.glob(f"{uuid}_*")):
                path.unlink(missing_ok=True)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _existing(self, name: str) -> Path | None:
        path = self._directory / name
        return path if path.is_file() else None

    def _listed(self, uuid: str, meta: Meta) -> list[str]:
        if meta.kept is not None:
            return [name for name in meta.kept if Path(name).name == name and name.startswith(f"{uuid}_")]
        found = (path.name for path in self._directory.glob(f"{uuid}_[0-9]*T[0-9]*_*.jpg"))
        return sorted(found, reverse=True)

    def _meta(self, uuid: str) -> Meta:
        with suppress(OSError, ValidationError):
            return Meta.model_validate_json((self._directory / f"{uuid}_meta.json").read_bytes())
        return Meta()

    def _keep_thumbnail(self, uuid: str, jpeg: bytes | None) -> None:
        if jpeg is None:  # the one of an older picture would be taken for this one's
            (self._directory / THUMBNAILS / f"{uuid}.jpg").unlink(missing_ok=True)
        else:
            (self._directory / THUMBNAILS).mkdir(exist_ok=True)
            self._write(f"{THUMBNAILS}/{uuid}.jpg", jpeg)

    def _write(self, name: str, content: bytes) -> None:
        # Whoever was killed here left half of this file: the next one, whose turn it is, writes over it.
        partial = self._directory / ".part"
        with partial.open("wb") as file:
            file.write(content)
        partial.replace(self._directory / name)


def _recency(now: datetime, name: str) -> tuple[bool, str]:
    """What pictures are sorted by; one that is much later than now is from before the clock was set back."""
    return _kept(name).taken_at - now <= OVERTAKEN_BY, name


def _kept(name: str) -> KeptScreenshot:
    _uuid, stamp, kind = Path(name).stem.split("_", 2)
    return KeptScreenshot(name, kind, datetime.strptime(stamp, STAMP).replace(tzinfo=UTC))
