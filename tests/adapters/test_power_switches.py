"""Every kind of switch is driven alike, believed only what is read back, and given up within a limit."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from infoscreen.adapters.pki.authority import Authority
from infoscreen.adapters.power_switches import open_power_switch
from infoscreen.adapters.power_switches.confirmed import ConfirmedSwitch
from infoscreen.domain.power_switches import (
    PowerSwitchNoOutlet,
    PowerSwitchNotConfirmed,
    PowerSwitchRefused,
    PowerSwitchUnreachable,
    PowerSwitchUnreadable,
)
from infoscreen.processes.clock import utc_now
from power_switches import http_plugs, mqtt_plugs, poe_agent
from power_switches.plugs import HOST, Fault, Simulator

PASSWORD = "a plug's own password"
HTTP = (http_plugs.Gen1Shelly, http_plugs.Gen2Shelly, http_plugs.TasmotaPlug)
MQTT = (mqtt_plugs.Gen1MqttShelly, mqtt_plugs.Gen2MqttShelly, mqtt_plugs.TasmotaMqttPlug)
SNMP = (poe_agent.PoeSwitch, poe_agent.PoeSwitchVersion3)
# Long enough for a loaded machine to answer, short enough to wait for in vain.
PATIENCE, IMPATIENCE = 30.0, 0.8


@pytest.fixture(scope="module")
def plug_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[mqtt_plugs.PlugBroker]:
    broker = mqtt_plugs.PlugBroker(tmp_path_factory.mktemp("plugs"), PASSWORD)
    yield broker
    broker.stop()


def _http(kind: Callable[[str], Simulator]) -> Callable[[pytest.FixtureRequest], Simulator]:
    return lambda _request: kind(PASSWORD)


def _mqtt(kind: Callable[[mqtt_plugs.PlugBroker], Simulator]) -> Callable[[pytest.FixtureRequest], Simulator]:
    return lambda request: kind(request.getfixturevalue("plug_broker"))


def _snmp(kind: Callable[[], Simulator]) -> Callable[[pytest.FixtureRequest], Simulator]:
    return lambda _request: kind()


HTTP_KINDS = [pytest.param(_http(kind), id=kind.__name__) for kind in HTTP]
MQTT_KINDS = [pytest.param(_mqtt(kind), id=kind.__name__, marks=pytest.mark.service) for kind in MQTT]
SNMP_KINDS = [pytest.param(_snmp(kind), id=kind.__name__, marks=pytest.mark.service) for kind in SNMP]


@pytest.fixture(params=[*HTTP_KINDS, *MQTT_KINDS, *SNMP_KINDS])
def simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    running: Simulator = request.param(request)
    yield running
    running.stop()


@pytest.fixture(params=HTTP_KINDS)
def http_plug(request: pytest.FixtureRequest) -> Iterator[http_plugs.HttpPlug]:
    running: http_plugs.HttpPlug = request.param(request)
    yield running
    running.stop()


def _switch(simulator: Simulator, limit: float = PATIENCE, **changed: object) -> ConfirmedSwitch:
    return open_power_switch(replace(simulator.settings, **changed), limit)  # type: ignore[arg-type]


def _is_on(simulator: Simulator) -> bool:
    outlet = simulator.outlet
    return simulator.outlets.on[outlet if outlet in simulator.outlets.on else f"1.{outlet}"]


def test_an_outlet_is_turned_off_and_on_again_and_read_each_time(simulator: Simulator) -> None:
    switch = _switch(simulator)
    assert switch.is_on()
    switch.turn_off()
    assert not _is_on(simulator)
    assert not switch.is_on()
    switch.turn_on()
    assert _is_on(simulator)
    assert switch.is_on()


def test_no_other_outlet_is_touched(simulator: Simulator) -> None:
    _switch(simulator).turn_off()
    assert len({outlet for outlet, _ in simulator.outlets.switched}) == 1
    assert list(simulator.outlets.on.values()).count(True) == 1


def test_turning_off_what_is_off_is_confirmed_as_well(simulator: Simulator) -> None:
    switch = _switch(simulator)
    switch.turn_off()
    switch.turn_off()
    assert not _is_on(simulator)


def test_a_switch_that_says_yes_and_stays_on_is_found_out(simulator: Simulator) -> None:
    simulator.outlets.fault = Fault.STUCK
    # It is found out when the limit is over; on a loaded machine a short one may be over before the first answer.
    for limit in (2, 10, PATIENCE):
        with suppress(PowerSwitchUnreachable):
            with pytest.raises(PowerSwitchNotConfirmed):
                _switch(simulator, limit).turn_off()
            break
    else:
        raise AssertionError("never found out")
    assert simulator.outlets.switched


def test_a_silent_switch_is_given_up_within_the_limit(simulator: Simulator) -> None:
    simulator.outlets.fault = Fault.SILENT
    began = time.monotonic()
    with pytest.raises(PowerSwitchUnreachable):
        _switch(simulator, IMPATIENCE).turn_off()
    assert time.monotonic() - began < IMPATIENCE + 20
    assert _is_on(simulator)


def test_a_switch_that_dies_while_its_outlet_is_off_is_unreachable(simulator: Simulator) -> None:
    switch = _switch(simulator, IMPATIENCE)
    _switch(simulator).turn_off()
    simulator.die()
    with pytest.raises(PowerSwitchUnreachable):
        switch.turn_on()
    assert not _is_on(simulator)


def test_a_wrong_secret_switches_nothing(simulator: Simulator) -> None:
    expected = PowerSwitchUnreachable if type(simulator) is poe_agent.PoeSwitch else PowerSwitchRefused
    for secret in ("something else entirely", None):
        if secret is None and isinstance(simulator, poe_agent.PoeSwitch):
            continue
        limit = PATIENCE if expected is PowerSwitchRefused else IMPATIENCE
        with pytest.raises(expected):
            _switch(simulator, limit, secret=secret).turn_off()
    assert simulator.outlets.switched == []


def test_an_outlet_that_is_not_there_is_named_as_the_mistake(simulator: Simulator) -> None:
    switch = _switch(simulator, outlet=simulator.wrong_outlet)
    with pytest.raises(PowerSwitchNoOutlet):
        switch.is_on()
    with pytest.raises(PowerSwitchNoOutlet):
        switch.turn_off()
    assert set(simulator.outlets.on.values()) == {True}


def test_a_flood_for_an_answer_is_refused(simulator: Simulator) -> None:
    simulator.outlets.fault = Fault.OVERSIZED
    with pytest.raises((PowerSwitchUnreadable, PowerSwitchUnreachable, PowerSwitchNoOutlet)):
        _switch(simulator, IMPATIENCE).is_on()


def test_what_is_no_switch_is_not_taken_for_one(simulator: Simulator) -> None:
    simulator.outlets.fault = Fault.GIBBERISH
    with pytest.raises((PowerSwitchUnreadable, PowerSwitchUnreachable)):
        _switch(simulator, IMPATIENCE).is_on()


def test_a_flood_over_http_is_cut_off_and_not_waited_for(http_plug: http_plugs.HttpPlug) -> None:
    http_plug.outlets.fault = Fault.OVERSIZED
    with pytest.raises(PowerSwitchUnreadable):
        _switch(http_plug).turn_off()


def test_a_plug_cannot_send_the_server_elsewhere(http_plug: http_plugs.HttpPlug) -> None:
    http_plug.outlets.fault = Fault.ELSEWHERE
    with pytest.raises(PowerSwitchUnreadable):
        _switch(http_plug).turn_off()
    assert http_plug.elsewhere == 0


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_unpacked(http_plug: http_plugs.HttpPlug) -> None:
    http_plug.outlets.fault = Fault.PACKED
    with pytest.raises(PowerSwitchUnreadable):
        _switch(http_plug).is_on()


def test_a_proxy_of_the_environment_is_not_asked(
    http_plug: http_plugs.HttpPlug, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert _switch(http_plug).is_on()


@pytest.mark.parametrize("kind", [*HTTP, http_plugs.OneRelayTasmota])
def test_a_plug_without_a_password_needs_none(kind: type[http_plugs.HttpPlug]) -> None:
    plug = kind()
    _switch(plug).turn_off()
    assert not _is_on(plug)
    plug.stop()


class CuriousShelly(http_plugs.Gen1Shelly):
    """Keeps the logins it is sent."""

    logins: ClassVar[list[str]] = []

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes, login: str) -> http_plugs.Answer:
        self.logins.append(login)
        return super().answer(method, path, query, body, login)


def test_a_shelly_that_asks_for_no_password_is_not_told_it() -> None:
    plug = CuriousShelly()
    assert _switch(plug, secret=PASSWORD).is_on()
    assert plug.logins == ["", ""]
    plug.stop()


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    plug = http_plugs.Gen2Shelly()
    with pytest.raises(PowerSwitchUnreachable):
        _switch(plug, address="no-such-plug.invalid").is_on()
    plug.stop()


@pytest.mark.service
def test_a_community_that_may_only_read_cannot_switch() -> None:
    switch = poe_agent.PoeSwitch()
    reading = _switch(switch, secret=poe_agent.READER)
    assert reading.is_on()
    with pytest.raises(PowerSwitchRefused):
        reading.turn_off()
    assert switch.outlets.switched == []
    switch.stop()


@pytest.mark.service
def test_a_tasmota_with_a_topic_order_of_its_own_is_found(plug_broker: mqtt_plugs.PlugBroker) -> None:
    plug = mqtt_plugs.OrderedTasmotaMqttPlug(plug_broker)
    _switch(plug).turn_off()
    assert not _is_on(plug)
    plug.stop()


@pytest.mark.service
def test_a_retained_state_is_not_taken_for_a_reading(plug_broker: mqtt_plugs.PlugBroker) -> None:
    plug = mqtt_plugs.Gen1MqttShelly(plug_broker)
    plug._client.publish(plug.answer_topics()[0], "off", 1, retain=True).wait_for_publish(10)
    assert _switch(plug).is_on()
    plug.die()
    with pytest.raises(PowerSwitchUnreachable):
        _switch(plug, IMPATIENCE).is_on()


@pytest.mark.service
def test_a_broker_with_tls_is_believed_only_by_its_certificate(tmp_path: Path) -> None:
    ours, foreign = Authority(tmp_path / "ours"), Authority(tmp_path / "foreign")
    for authority in (ours, foreign):
        authority.init([HOST], utc_now())
    broker = mqtt_plugs.PlugBroker(tmp_path, PASSWORD, authority=ours)
    plug = mqtt_plugs.TasmotaMqttPlug(broker)
    assert _switch(plug, tls=True, ca_certificate=ours.ca_file.read_text()).is_on()
    for ca in (foreign.ca_file.read_text(), None):
        with pytest.raises(PowerSwitchUnreachable):
            _switch(plug, tls=True, ca_certificate=ca).is_on()
    plug.stop()
    broker.stop()
