"""A PoE switch's SNMP agent with the port table of RFC 3621, by SNMPv2c and SNMPv3."""

import asyncio
import threading
from dataclasses import replace
from typing import Any, ClassVar

from pysnmp.carrier.asyncio.dgram import udp
from pysnmp.entity import config
from pysnmp.entity.engine import SnmpEngine
from pysnmp.entity.rfc3413 import cmdrsp, context
from pysnmp.proto.rfc1902 import Integer32, OctetString
from pysnmp.proto.rfc1905 import noSuchInstance
from pysnmp.smi.error import NotWritableError
from pysnmp.smi.instrum import AbstractMibInstrumController

from infoscreen.domain.power_switches import AuthProtocol, Driver, PowerSwitchSettings, PrivacyProtocol
from ports import free_port
from power_switches.plugs import HOST, Fault, Outlets

POWER_ETHERNET = (1, 3, 6, 1, 2, 1, 105)
ADMIN_ENABLE = (*POWER_ETHERNET, 1, 1, 1, 3)
COMMUNITY, READER = "a community", "readers"
USERNAME, AUTH_SECRET, PRIVACY_SECRET = "infoscreen", "a long passphrase", "another long passphrase"
TRUE, FALSE = 1, 2


class _Ports(AbstractMibInstrumController):  # type: ignore[misc]
    """The table `pethPsePortTable`, one column of it."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets

    def read_variables(self, *bindings: Any, **_asker: Any) -> list[Any]:
        return [(name, self._value(name)) for name, _ in bindings]

    def write_variables(self, *bindings: Any, **asker: Any) -> list[Any]:
        for name, value in bindings:
            if _who_asks(asker["snmpEngine"]) == "reader":
                raise NotWritableError(name=name, idx=0)
            port = self._port(name)
            if port is not None:
                self._outlets.switch(port, on=int(value) == TRUE)
        stuck = self._outlets.fault is Fault.STUCK
        return [(name, value if stuck and self._port(name) else self._value(name)) for name, value in bindings]

    def _value(self, name: Any) -> Any:
        self._outlets.asked += 1
        match self._outlets.fault:
            case Fault.OVERSIZED:
                return OctetString(b"x" * 60_000)
            case Fault.GIBBERISH:
                return Integer32(3)
        port = self._port(name)
        return noSuchInstance if port is None else Integer32(TRUE if self._outlets.on[port] else FALSE)

    def _port(self, name: Any) -> str | None:
        numbers = tuple(name)
        port = ".".join(str(each) for each in numbers[len(ADMIN_ENABLE) :])
        return port if numbers[: len(ADMIN_ENABLE)] == ADMIN_ENABLE and self._outlets.has(port) else None


def _who_asks(engine: SnmpEngine) -> str:
    asked = engine.observer.get_execution_context("rfc3412.receiveMessage:request")
    return str(asked["securityName"])


class PoeSwitch:
    """A switch with ports 1.7 and 2.7; what it never answers is a wrong community."""

    outlet: ClassVar[str] = "7"
    wrong_outlet: ClassVar[str] = "48"

    def __init__(self) -> None:
        self.outlets = Outlets({"1.7": True, "2.7": True})
        self.port = free_port()
        self.settings = PowerSwitchSettings(
            driver=Driver.POE_SNMP, address=f"{HOST}:{self.port}", outlet=self.outlet, secret=COMMUNITY
        )
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._is_up.wait(20)

    def die(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)

    stop = die

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        engine = SnmpEngine()
        self._let_in(engine)
        transport = udp.UdpTransport().open_server_mode((HOST, self.port))
        config.add_transport(engine, udp.DOMAIN_NAME, transport)
        served = context.SnmpContext(engine)
        served.unregister_context_name(b"")
        served.register_context_name(b"", _Ports(self.outlets))
        for responder in (cmdrsp.GetCommandResponder, cmdrsp.SetCommandResponder):
            _silenced(responder, self.outlets)(engine, served)
        self._loop.call_soon(self._is_up.set)
        self._loop.run_forever()
        engine.close_dispatcher()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _let_in(self, engine: SnmpEngine) -> None:
        config.add_v1_system(engine, "writer", COMMUNITY)
        config.add_v1_system(engine, "reader", READER)
        auth, privacy = config.USM_AUTH_HMAC192_SHA256, config.USM_PRIV_CFB128_AES
        config.add_v3_user(engine, USERNAME, auth, AUTH_SECRET, privacy, PRIVACY_SECRET)
        config.add_vacm_user(engine, 2, "writer", "noAuthNoPriv", POWER_ETHERNET, POWER_ETHERNET)
        config.add_vacm_user(engine, 2, "reader", "noAuthNoPriv", POWER_ETHERNET, POWER_ETHERNET)
        config.add_vacm_user(engine, 3, USERNAME, "authPriv", POWER_ETHERNET, POWER_ETHERNET)


def _silenced(responder: type[Any], outlets: Outlets) -> type[Any]:
    class Responder(responder):  # type: ignore[misc]
        def process_pdu(self, *details: Any) -> None:
            if outlets.fault is not Fault.SILENT:
                super().process_pdu(*details)
            else:
                outlets.asked += 1

    return Responder


class PoeSwitchVersion3(PoeSwitch):
    """The same switch, asked by a user with authentication and encryption, for its second group."""

    outlet: ClassVar[str] = "2.7"
    wrong_outlet: ClassVar[str] = "3.7"

    def __init__(self) -> None:
        super().__init__()
        self.settings = replace(
            self.settings,
            username=USERNAME,
            secret=AUTH_SECRET,
            auth_protocol=AuthProtocol.SHA256,
            privacy_protocol=PrivacyProtocol.AES128,
            privacy_secret=PRIVACY_SECRET,
        )
