"""An application with two clients, and messages as devices send them."""

import base64
import json
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from applications import MONDAY, Clock, RememberingBus, started_app
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.services.ports import Received
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
OTHER = "00000000-0000-4000-8000-000000000002"
STRANGER = "ffffffff-ffff-4fff-8fff-ffffffffffff"


class School:
    """A database with two clients, and an application on it whose bus remembers."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        self.bus = RememberingBus()
        self.clock = Clock()
        self.app = started_app(database_url, data_dir, self.clock, self.bus)
        for uuid in (UUID, OTHER):
            add_screen(self.app, uuid)

    def client(self, uuid: str = UUID) -> Client:
        with self.app.reading() as work:
            return work.session.get_one(Client, uuid)

    def state(self, uuid: str = UUID) -> ClientState:
        return self.client(uuid).state


def add_screen(app: App, uuid: str) -> None:
    """A client, as it is registered."""
    with app.work() as work:
        client = Client(uuid=uuid, description="Aula", group_id=UNASSIGNED_ID, created_at=MONDAY)
        client.state = ClientState()
        work.session.add(client)


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
    Image.new("RGB", size, color).save(content, file_format, compress_level=1)
    return base64.b64encode(content.getvalue()).decode()


def dashboard(data: str | None, capture: str = "periodic") -> dict[str, Any]:
    message = example("dashboard")
    if data is None:
        message["content"]["screenshot"] = None
    else:
        message["content"]["screenshot"]["data"] = data
    message["metadata"]["capture"]["type"] = capture
    return message
