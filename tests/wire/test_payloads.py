"""The golden examples hold in both directions: read into a model, written again, nothing changed."""

import json
from importlib import resources
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from infoscreen_wire.payloads import from_device, to_device

EXAMPLES = resources.files("infoscreen_wire") / "examples"
MODELS: dict[str, type[BaseModel]] = {
    "discovery": from_device.Discovery,
    "heartbeat": from_device.Heartbeat,
    "health": from_device.Health,
    "log": from_device.Log,
    "dashboard": from_device.Dashboard,
    "screenshot": from_device.LegacyScreenshot,
    "command_ack": from_device.CommandAck,
    "service_failed": from_device.ServiceFailed,
    "power_state": from_device.PowerState,
    "discovery_ack": to_device.DiscoveryAck,
    "plan": to_device.Plan,
    "command": to_device.Command,
    "legacy_restart": to_device.LegacyRestart,
    "group_power_intent": to_device.GroupPowerIntent,
    "client_power_intent": to_device.ClientPowerIntent,
}
PUBLISHED = ("presentation", "website", "webuntis", "video", "message", "other")


def example(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return content


@pytest.mark.parametrize("name", MODELS)
def test_an_example_is_read_and_written_unchanged(name: str) -> None:
    assert MODELS[name].model_validate(example(name)).model_dump(mode="json") == example(name)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_published_event_carries_the_block_of_its_kind_and_no_other(kind: str) -> None:
    golden = example(f"published_event_{kind}")
    assert to_device.PublishedEvent.model_validate(golden).to_wire() == golden


def test_every_example_is_tested() -> None:
    names = {entry.name.removesuffix(".json") for entry in EXAMPLES.iterdir()}
    assert names == {*MODELS, *(f"published_event_{kind}" for kind in PUBLISHED)}


@pytest.mark.parametrize("name", ["heartbeat", "health", "discovery", "dashboard", "log"])
def test_a_reader_ignores_fields_it_does_not_know(name: str) -> None:
    read = MODELS[name].model_validate({**example(name), "from_the_future": {"a": [1]}})
    assert read == MODELS[name].model_validate(example(name))


@pytest.mark.parametrize("name", ["command", "command_ack"])
def test_a_frozen_message_refuses_a_further_field(name: str) -> None:
    with pytest.raises(ValidationError):
        MODELS[name].model_validate({**example(name), "extra": 1})


@pytest.mark.parametrize("field", ["schema_version", "command_id", "client_uuid", "action", "issued_at", "reason"])
def test_a_command_needs_every_field(field: str) -> None:
    command = example("command")
    del command[field]
    with pytest.raises(ValidationError):
        to_device.Command.model_validate(command)


def test_a_failed_acknowledgement_says_why() -> None:
    with pytest.raises(ValidationError):
        from_device.CommandAck.model_validate({**example("command_ack"), "error_code": ""})


def test_the_server_reads_an_untidy_acknowledgement() -> None:
    ack = from_device.ReceivedCommandAck.model_validate(
        {"command_id": example("command_ack")["command_id"], "status": " Accepted ", "more": True}
    )
    assert ack.status == "accepted"


def test_an_unknown_capture_type_counts_as_periodic() -> None:
    message = example("dashboard")
    message["metadata"]["capture"]["type"] = "whenever"
    assert from_device.Dashboard.model_validate(message).metadata.capture.type == "periodic"


def test_an_older_dashboard_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_device.Dashboard.model_validate({"uuid": "9b8d1856-ff34-4864-a726-12de072d0f77", "screenshot": "…"})


def test_health_blocks_may_be_missing() -> None:
    assert from_device.Health.model_validate({}).actual_state is None


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_utc_does_not_have_is_refused_as_invalid(time: str) -> None:
    with pytest.raises(ValidationError):
        from_device.Heartbeat.model_validate({"timestamp": time})
