"""An application over a real database with recorders in place of the broker, and messages as devices send them."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from PIL import Image

from infoscreen.adapters.screenshot_store import DiskScreenshotStore
from infoscreen.bootstrap import App
from infoscreen.config import load_config
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.db.schema import upgrade
from infoscreen.services.ports import JobQueue, MediaProbe, MediaStore, Notice, PasswordHasher, Ports, Received
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
OTHER = "00000000-0000-4000-8000-000000000002"
STRANGER = "ffffffff-ffff-4fff-8fff-ffffffffffff"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Recorder:
    """Stands where the broker is and remembers what was sent to it."""

    published: list[tuple[str, bytes]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    is_connected = True

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:  # noqa: ARG002
        self.published.append((topic, payload))

    def announce(self, notice: Notice) -> None:
        self.notices.append(notice)


@dataclass
class Clock:
    """A clock that only the test moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


class School:
    """A database with two clients, and an application on it."""

    def __init__(self, database_url: str, data_dir: Path, clock: Clock | None = None) -> None:
        self.outside = Recorder()
        self.clock = clock or Clock()
        self.store = DiskScreenshotStore(data_dir / "screenshots")
        self.config = load_config(data_dir=data_dir, db_conn=database_url)
        self.app = App(self.config, self.ports(), self.clock)

    def ports(self) -> Ports:
        return Ports(
            bus=self.outside,
            announcer=self.outside,
            jobs=cast("JobQueue", None),
            media=cast("MediaStore", None),
            probe=cast("MediaProbe", None),
            screenshots=self.store,
            passwords=cast("PasswordHasher", None),
        )

    def open(self) -> None:
        upgrade(self.app.engine)
        with self.app.work() as work:
            for uuid in (UUID, OTHER):
                client = Client(uuid=uuid, description="Aula", group_id=UNASSIGNED_ID, created_at=START)
                client.state = ClientState()
                work.session.add(client)

    def client(self, uuid: str = UUID) -> Client:
        with self.app.reading() as work:
            return work.session.get_one(Client, uuid)

    def state(self, uuid: str = UUID) -> ClientState:
        return self.client(uuid).state


def example(name: str) -> dict[str, Any]:
    text = (resources.files("infoscreen_wire") / "examples" / f"{name}.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def received(kind: ReportKind, payload: object, uuid: str = UUID, **delivery: Any) -> Received:
    """A message as the broker delivers it; anything but bytes is sent as JSON."""
    content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Received(topics.report(uuid, kind), content, received_at=0.0, **delivery)


def discovery(**fields: Any) -> Received:
    return Received(topics.DISCOVERY, json.dumps({"uuid": UUID, **fields}).encode(), received_at=0.0)


def picture(size: tuple[int, int] = (64, 36), color: str = "navy", file_format: str = "PNG") -> str:
    """A picture in base64, as devices send it."""
    content = BytesIO()
    Image.new("RGB", size, color).save(content, file_format)
    return base64.b64encode(content.getvalue()).decode()


def dashboard(data: str | None, capture: str = "periodic") -> dict[str, Any]:
    message = example("dashboard")
    if data is None:
        message["content"]["screenshot"] = None
    else:
        message["content"]["screenshot"]["data"] = data
    message["metadata"]["capture"]["type"] = capture
    return message
