"""Shelly (both generations) and Tasmota on MQTT, and a school's broker for its plugs: a real Mosquitto with a login."""

import json
import subprocess
from pathlib import Path
from typing import Any, ClassVar

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from infoscreen.adapters.pki.authority import Authority
from infoscreen.domain.power_switches import Driver, PowerSwitchSettings
from ports import free_port
from power_switches.http_plugs import rpc_answer, tasmota_answer
from power_switches.plugs import HOST, Fault, Outlets
from waiting import eventually

USERNAME = "power"


class PlugBroker:
    """A Mosquitto that lets in one user and nobody else; with an authority it speaks TLS only."""

    def __init__(self, directory: Path, password: str, authority: Authority | None = None) -> None:
        self.port = free_port()
        self.password = password
        self.authority = authority
        passwords = directory / "passwords"
        subprocess.run(["mosquitto_passwd", "-b", "-c", passwords, USERNAME, password], check=True)
        lines = [f"listener {self.port} {HOST}", "allow_anonymous false", f"password_file {passwords}"]
        if authority:
            lines += [f"certfile {authority.server_certificate_file}", f"keyfile {authority.server_key_file}"]
        config = directory / "mosquitto.conf"
        config.write_text("\n".join([*lines, f"user {directory.owner()}", ""]))
        self._child = subprocess.Popen(["/usr/sbin/mosquitto", "-c", config], stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        self._child.kill()
        self._child.wait()


class MqttPlug:
    """A plug that is logged in to a broker."""

    driver: ClassVar[Driver]
    topic: ClassVar[str]
    outlet: ClassVar[str]
    wrong_outlet: ClassVar[str]
    first_outlet: ClassVar[int] = 0
    filters: ClassVar[tuple[str, ...]]

    def __init__(self, broker: PlugBroker) -> None:
        self.outlets = Outlets({str(self.first_outlet + each): True for each in range(2)})
        self.settings = PowerSwitchSettings(
            driver=self.driver,
            address=f"{HOST}:{broker.port}",
            outlet=self.outlet,
            username=USERNAME,
            secret=broker.password,
            topic=self.topic,
        )
        self._ready = False
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        self._client.username_pw_set(USERNAME, broker.password)
        if broker.authority:
            self._client.tls_set(str(broker.authority.ca_file))
        self._client.on_connect = lambda client, *_: client.subscribe([(each, 1) for each in self.filters])
        self._client.on_subscribe = self._subscribed
        self._client.on_message = lambda _client, _userdata, message: self._heard(message)
        eventually(lambda: _connects(self._client, broker.port))
        self._client.loop_start()
        eventually(lambda: self._ready)

    def on_command(self, topic: str, payload: str) -> None:
        """Do what was asked and publish what the firmware would."""
        raise NotImplementedError

    def publish(self, topic: str, content: Any) -> None:
        self._client.publish(topic, content if isinstance(content, str) else json.dumps(content), 1)

    def die(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    stop = die

    def _subscribed(self, *_details: object) -> None:
        self._ready = True

    def _heard(self, message: MQTTMessage) -> None:
        self.outlets.asked += 1
        if self.outlets.fault is Fault.SILENT:
            return
        if self.outlets.fault in (Fault.OVERSIZED, Fault.GIBBERISH):
            size = 1_000_000 if self.outlets.fault is Fault.OVERSIZED else 10
            for topic in self.answer_topics():
                self.publish(topic, "\x00" * size)
            return
        self.on_command(message.topic, message.payload.decode())

    def answer_topics(self) -> tuple[str, ...]:
        """Where a driver listens."""
        raise NotImplementedError


def _connects(client: Client, port: int) -> bool:
    try:
        client.connect(HOST, port)
    except OSError:
        return False
    return True


class Gen1MqttShelly(MqttPlug):
    driver, topic, outlet, wrong_outlet = Driver.SHELLY_MQTT, "shellies/shellyswitch25-C45BBE", "0", "5"
    filters = (f"{topic}/command", f"{topic}/relay/+/command")

    def on_command(self, topic: str, payload: str) -> None:
        if topic == f"{self.topic}/command" and payload == "update":
            for relay, on in self.outlets.on.items():
                self.publish(f"{self.topic}/relay/{relay}", "on" if on else "off")
            return
        relay = topic.split("/")[-2]
        if self.outlets.has(relay):
            self.outlets.switch(relay, on=payload == "on")
            self.publish(f"{self.topic}/relay/{relay}", payload)

    def answer_topics(self) -> tuple[str, ...]:
        return (f"{self.topic}/relay/{self.outlet}",)


class Gen2MqttShelly(MqttPlug):
    driver, topic, outlet, wrong_outlet = Driver.SHELLY_MQTT, "shellyplus2pm-c049ef8b2a10", "1", "5"
    filters = (f"{topic}/rpc",)

    def on_command(self, topic: str, payload: str) -> None:
        frame = json.loads(payload)
        self.publish(f"{frame['src']}/rpc", rpc_answer(self.outlets, frame))

    def answer_topics(self) -> tuple[str, ...]:
        return (f"{self.topic}/infoscreen/rpc",)


class TasmotaMqttPlug(MqttPlug):
    driver, topic, outlet, wrong_outlet, first_outlet = Driver.TASMOTA_MQTT, "tasmota_8B2A10", "2", "5", 1
    filters = (f"cmnd/{topic}/#",)

    def on_command(self, topic: str, payload: str) -> None:
        answer = tasmota_answer(self.outlets, f"{topic.split('/')[-1]} {payload}".strip())
        self.publish(f"stat/{self.topic}/RESULT", answer)
        for name, state in answer.items():
            if name.startswith("POWER"):
                self.publish(f"stat/{self.topic}/{name}", state)

    def answer_topics(self) -> tuple[str, ...]:
        return (f"stat/{self.topic}/RESULT",)


class OrderedTasmotaMqttPlug(TasmotaMqttPlug):
    """A plug whose FullTopic was set to another order."""

    topic = "building/%prefix%/tasmota_8B2A10"
    filters = ("building/cmnd/tasmota_8B2A10/#",)

    def publish(self, topic: str, content: Any) -> None:
        super().publish(f"building/stat/tasmota_8B2A10/{topic.split('/')[-1]}", content)
