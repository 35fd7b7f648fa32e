"""A port of a PoE switch over SNMP: `pethPsePortAdminEnable` of RFC 3621, true(1) and false(2).

SNMPv3 with a user name, else SNMPv2c with the secret as its community; an agent does not answer a wrong community.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pysnmp.error import PySnmpError
from pysnmp.hlapi.v3arch.asyncio import (
    USM_AUTH_HMAC96_MD5,
    USM_AUTH_HMAC96_SHA,
    USM_AUTH_HMAC192_SHA256,
    USM_AUTH_HMAC384_SHA512,
    USM_PRIV_CFB128_AES,
    USM_PRIV_CFB256_AES,
    USM_PRIV_NONE,
    CommunityData,
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    Udp6TransportTarget,
    UdpTransportTarget,
    UsmUserData,
    get_cmd,
    set_cmd,
)
from pysnmp.proto import errind
from pysnmp.proto.rfc1902 import Integer32

from infoscreen.adapters.power_switches.confirmed import Outlet
from infoscreen.domain.power_switches import (
    AuthProtocol,
    PowerSwitchNoOutlet,
    PowerSwitchRefused,
    PowerSwitchSettings,
    PowerSwitchUnreachable,
    PowerSwitchUnreadable,
    PrivacyProtocol,
)

SNMP_PORT = 161
ADMIN_ENABLE = "1.3.6.1.2.1.105.1.1.1.3"
TRUE, FALSE = 1, 2
# Most switches are one group, and count it as the first.
FIRST_GROUP = 1
TRY_SECONDS, TRIES_MORE = 2, 3

AUTH = {
    AuthProtocol.MD5: USM_AUTH_HMAC96_MD5,
    AuthProtocol.SHA1: USM_AUTH_HMAC96_SHA,
    AuthProtocol.SHA256: USM_AUTH_HMAC192_SHA256,
    AuthProtocol.SHA512: USM_AUTH_HMAC384_SHA512,
}
PRIVACY = {PrivacyProtocol.AES128: USM_PRIV_CFB128_AES, PrivacyProtocol.AES256: USM_PRIV_CFB256_AES}
REFUSALS = (
    errind.UnknownUserName,
    errind.WrongDigest,
    errind.UnsupportedSecurityLevel,
    errind.DecryptionError,
    errind.AuthenticationFailure,
    errind.AuthenticationError,
)
# RFC 3416 §3: what a switch answers to who may only read, and where there is no such port.
MAY_NOT = {6: "noAccess", 16: "authorizationError", 17: "notWritable", 4: "readOnly"}
NO_SUCH = {2: "noSuchName", 11: "noCreation", 18: "inconsistentName"}


class _PoePort:
    def __init__(
        self, engine: SnmpEngine, login: CommunityData | UsmUserData, target: UdpTransportTarget, outlet: str
    ) -> None:
        self._exchange = (engine, login, target, ContextData())
        group, _, port = outlet.rpartition(".")
        self._identity = f"{ADMIN_ENABLE}.{group or FIRST_GROUP}.{port}"

    async def is_on(self) -> bool:
        answer = await get_cmd(*self._exchange, ObjectType(ObjectIdentity(self._identity)), lookupMib=False)
        return self._state(answer)

    async def turn(self, *, on: bool) -> None:
        wanted = ObjectType(ObjectIdentity(self._identity), Integer32(TRUE if on else FALSE))
        self._state(await set_cmd(*self._exchange, wanted, lookupMib=False))

    def _state(self, answer: tuple[object, int, int, tuple[tuple[object, object], ...]]) -> bool:
        failure, status, _index, bindings = answer
        if failure:
            raise PowerSwitchRefused if isinstance(failure, REFUSALS) else PowerSwitchUnreachable
        if int(status) in MAY_NOT:
            raise PowerSwitchRefused
        if int(status) in NO_SUCH:
            raise PowerSwitchNoOutlet
        if status or len(bindings) != 1 or str(bindings[0][0]) != self._identity:
            raise PowerSwitchUnreadable
        value = bindings[0][1]
        if not isinstance(value, Integer32):  # noSuchObject, noSuchInstance
            raise PowerSwitchNoOutlet
        if int(value) not in (TRUE, FALSE):
            raise PowerSwitchUnreadable
        return int(value) == TRUE


@asynccontextmanager
async def poe_port(settings: PowerSwitchSettings) -> AsyncIterator[Outlet]:
    """A port; raises `PowerSwitchFailed`."""
    kind = Udp6TransportTarget if ":" in settings.host else UdpTransportTarget
    address = (settings.host, settings.port_or(SNMP_PORT))
    engine = SnmpEngine()
    try:
        target = await kind.create(address, timeout=TRY_SECONDS, retries=TRIES_MORE)
        yield _PoePort(engine, _login(settings), target, settings.outlet)
    except (PySnmpError, OSError):
        raise PowerSwitchUnreachable from None
    finally:
        engine.close_dispatcher()


def _login(settings: PowerSwitchSettings) -> CommunityData | UsmUserData:
    if settings.username is None or settings.auth_protocol is None:
        return CommunityData(settings.secret, mpModel=1)  # noqa: S508 - all that many switches speak
    privacy = PRIVACY[settings.privacy_protocol] if settings.privacy_protocol else USM_PRIV_NONE
    return UsmUserData(
        settings.username,
        authKey=settings.secret,
        authProtocol=AUTH[settings.auth_protocol],
        privKey=settings.privacy_secret,
        privProtocol=privacy,
    )
