"""From what is planned over the API to what devices get, with every process and the broker for real."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from factories.decks import pptx
from systems import Device, System
from waiting import eventually

pytestmark = pytest.mark.service


@pytest.fixture
def group_id(system: System) -> int:
    return system.make_group(f"Aula {uuid.uuid4().hex[:6]}")


@pytest.fixture
def device(system: System, group_id: int) -> Iterator[Device]:
    with system.device(str(uuid.uuid4()), group_id) as device:
        yield device


def shown(device: Device, group_id: int) -> Any:
    return device.last(f"infoscreen/events/{group_id}")


def plan(system: System, group_id: int, **fields: Any) -> dict[str, Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    event = {
        "subject": "Schulhomepage",
        "groupId": group_id,
        "startTime": (now - timedelta(minutes=5)).isoformat(),
        "endTime": (now + timedelta(hours=1)).isoformat(),
        "type": "website",
        "websiteUrl": "https://www.example.org/",
    }
    answer = system.http.post("/api/events", json=event | fields)
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


def test_a_website_made_for_now_is_on_the_groups_topic_in_exactly_the_contracts_shape_and_gone_after_its_end(
    system: System, group_id: int, device: Device
) -> None:
    assert eventually(lambda: shown(device, group_id) is not None)
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=6)
    event = plan(system, group_id, endTime=end.isoformat())
    (published,) = eventually(lambda: shown(device, group_id), timeout=2)
    start = datetime.fromisoformat(event["startTime"])
    assert published == {
        "id": event["id"],
        "occurrence_id": f"{event['id']}@{start:%Y%m%dT%H%M%SZ}",
        "title": "Schulhomepage",
        "start": f"{start.isoformat()}Z",
        "end": f"{end.replace(tzinfo=None).isoformat()}Z",
        "group_id": group_id,
        "event_type": "website",
        "recurrence_rule": None,
        "recurrence_end": None,
        "website": {"type": "browser", "url": "https://www.example.org/"},
    }
    eventually(lambda: shown(device, group_id) == [], timeout=11)
    assert end <= datetime.now(UTC) <= end + timedelta(seconds=2)


def test_a_start_in_the_near_future_is_published_when_it_comes(system: System, group_id: int, device: Device) -> None:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    plan(system, group_id, startTime=start.isoformat())
    eventually(lambda: shown(device, group_id), timeout=9)
    assert start <= datetime.now(UTC) <= start + timedelta(seconds=1)


def test_an_unseen_deck_becomes_a_pdf_that_opens_for_those_who_may_see_it_and_nobody_else(
    system: System, group_id: int, device: Device
) -> None:
    deck = pptx("Willkommen", "Tag der offenen Tür", "Bis bald")
    upload = system.http.post("/api/eventmedia", files={"file": ("Offene Tür.pptx", deck)})
    assert upload.status_code == 201, upload.text
    plan(system, group_id, subject="Offene Tür", type="presentation", eventMediaId=upload.json()["id"])
    (published,) = eventually(lambda: shown(device, group_id), timeout=120)
    (file,) = published["presentation"]["files"]

    anyone = httpx.Client(timeout=30)
    signed = anyone.get(file["url"])
    assert signed.status_code == 200
    assert signed.content.startswith(b"%PDF-")
    assert len(signed.content) == file["size"]

    bare = file["url"].split("?")[0]
    token = device.account["deviceToken"]
    assert anyone.get(bare, headers={"Authorization": f"Bearer {token}"}).content == signed.content
    assert system.http.get(bare).content == signed.content
    assert anyone.get(bare).status_code == 401
    assert anyone.get(bare, headers={"Authorization": f"Bearer {token}x"}).status_code == 401
    assert anyone.get(file["url"].replace(f"group={group_id}", "group=1")).status_code in (401, 403)


def test_a_device_that_changes_its_group_gets_the_new_groups_list_and_not_the_old_ones(system: System) -> None:
    old, new = (system.make_group(f"Raum {uuid.uuid4().hex[:6]}") for _ in range(2))
    name = str(uuid.uuid4())
    plan(system, new, subject="Neu hier")
    with system.device(name, old) as device:
        system.http.put("/api/clients/group", json={"clientIds": [name], "groupId": new}).raise_for_status()
        eventually(lambda: device.received[f"infoscreen/{name}/group_id"][-1] == str(new).encode())
        device.client.subscribe(f"infoscreen/events/{new}", 1)
        eventually(lambda: shown(device, new))
        before = len(device.received.get(f"infoscreen/events/{old}", []))
        plan(system, old, subject="Nicht mehr für dich")
        plan(system, new, subject="Für dich")
        eventually(lambda: len(shown(device, new)) == 2)
        assert len(device.received.get(f"infoscreen/events/{old}", [])) == before


def test_devices_of_a_deleted_group_hear_where_they_have_moved(system: System, group_id: int) -> None:
    uuid_there = str(uuid.uuid4())
    with system.device(uuid_there, group_id) as device:
        eventually(lambda: shown(device, group_id) == [])
        other = system.make_group(f"Ziel {uuid.uuid4().hex[:6]}")
        system.http.delete(f"/api/groups/{group_id}?moveTo={other}").raise_for_status()
        eventually(lambda: device.received[f"infoscreen/{uuid_there}/group_id"][-1] == str(other).encode())
