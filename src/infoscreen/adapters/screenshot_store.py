"""Screenshots as files below the data directory: the latest, the priority one and the last twenty of each client.

Every file is written beside its name and renamed into place, so that no reader ever sees half of one.
"""

import json
import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infoscreen.services.ports import KeptScreenshot

KEPT_PER_CLIENT = 20
PERIODIC = "periodic"
STAMP = "%Y%m%dT%H%M%S%f"


class DiskScreenshotStore:
    """The port `ScreenshotStore` on a directory; one process writes, any may read."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: datetime) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic."""
        self._directory.mkdir(parents=True, exist_ok=True)
        self._write(f"{uuid}_{taken_at.astimezone(UTC):{STAMP}}_{kind}.jpg", jpeg)
        self._write(f"{uuid}.jpg", jpeg)
        if kind != PERIODIC:
            self._write(f"{uuid}_priority.jpg", jpeg)
        self._write(f"{uuid}_meta.json", json.dumps(self._described(uuid, kind, taken_at)).encode())
        for old in self._stamped(uuid)[KEPT_PER_CLIENT:]:
            old.unlink(missing_ok=True)

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
        return self._existing(f"{uuid}.jpg")

    def priority(self, uuid: str) -> Path | None:
        """The latest picture of an event's start or stop, if there is one."""
        return self._existing(f"{uuid}_priority.jpg")

    def history(self, uuid: str) -> list[KeptScreenshot]:
        """The recent pictures, the newest first."""
        return [_kept(path) for path in self._stamped(uuid)]

    def delete(self, uuid: str) -> None:
        """Forget all pictures of a client."""
        for path in (self._directory / f"{uuid}.jpg", *self._directory.glob(f"{uuid}_*")):
            path.unlink(missing_ok=True)

    def _existing(self, name: str) -> Path | None:
        path = self._directory / name
        return path if path.is_file() else None

    def _stamped(self, uuid: str) -> list[Path]:
        return sorted(self._directory.glob(f"{uuid}_[0-9]*T[0-9]*_*.jpg"), reverse=True)

    def _described(self, uuid: str, kind: str, taken_at: datetime) -> dict[str, Any]:
        described = {"latest_screenshot_type": kind, "latest_received_at": taken_at.isoformat()}
        if kind != PERIODIC:
            described |= {"last_priority_screenshot_type": kind, "last_priority_received_at": taken_at.isoformat()}
        return self._meta(uuid) | described

    def _meta(self, uuid: str) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads((self._directory / f"{uuid}_meta.json").read_bytes())
            return found if isinstance(found, dict) else {}
        return {}

    def _write(self, name: str, content: bytes) -> None:
        descriptor, partial = tempfile.mkstemp(dir=self._directory, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(partial).replace(self._directory / name)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise


def _kept(path: Path) -> KeptScreenshot:
    _uuid, stamp, kind = path.stem.split("_", 2)
    return KeptScreenshot(path.name, kind, datetime.strptime(stamp, STAMP).replace(tzinfo=UTC))
