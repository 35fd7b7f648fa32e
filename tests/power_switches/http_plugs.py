"""Shelly (both generations) and Tasmota as HTTP servers that answer as the firmware does."""

import base64
import gzip
import hashlib
import json
import re
import secrets
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from infoscreen.domain.power_switches import Driver, PowerSwitchSettings
from power_switches.plugs import HOST, Fault, Outlets

Answer = tuple[int, Any, dict[str, str]]


class HttpPlug:
    """A plug with an HTTP server on a free port; `elsewhere` counts requests that followed its redirect."""

    driver: ClassVar[Driver]
    outlet: ClassVar[str]
    wrong_outlet: ClassVar[str]
    first_outlet: ClassVar[int] = 0

    def __init__(self, password: str | None = None) -> None:
        self.password = password
        self.outlets = Outlets({str(self.first_outlet + each): True for each in range(2)})
        self.elsewhere = 0
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer((HOST, 0), type("Handler", (_Handler,), {"plug": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.settings = PowerSwitchSettings(
            driver=self.driver,
            address=f"{HOST}:{self._server.server_port}",
            outlet=self.outlet,
            secret=password,
        )

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes, login: str) -> Answer:
        """Status, content (JSON or text) and headers of the answer."""
        raise NotImplementedError

    def die(self) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    stop = die


class _Handler(BaseHTTPRequestHandler):
    plug: HttpPlug

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_details: object) -> None:
        pass

    def _serve(self, body: bytes) -> None:
        plug, address = self.plug, urlsplit(self.path)
        plug.outlets.asked += 1
        plug.elsewhere += address.path == "/elsewhere"
        match plug.outlets.fault:
            case Fault.SILENT:
                plug.ended.wait()
            case Fault.OVERSIZED:
                self._flood()
            case Fault.GIBBERISH:
                self._send(200, "<html>A printer</html>", {})
            case Fault.ELSEWHERE:
                self._send(302, "", {"Location": f"http://{plug.settings.address}/elsewhere"})
            case _:
                login = self.headers.get("Authorization", "")
                self._send(*plug.answer(self.command, address.path, parse_qs(address.query), body, login))

    def _flood(self) -> None:
        self.send_response(401)
        self.end_headers()
        with suppress(OSError):
            while not self.plug.ended.is_set():
                self.wfile.write(b"x" * 65_536)

    def _send(self, status: int, content: Any, headers: dict[str, str]) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        if self.plug.outlets.fault is Fault.PACKED:  # else right in every way
            packed = gzip.compress(text.encode() + b" " * 10_000_000)
            self._send_bytes(status, packed, headers | {"Content-Encoding": "gzip"})
        else:
            self._send_bytes(status, text.encode(), headers)

    def _send_bytes(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class Gen1Shelly(HttpPlug):
    """`/shelly` for all, `/relay/N` behind Basic authentication where a password is set."""

    driver, outlet, wrong_outlet = Driver.SHELLY_HTTP, "0", "5"

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes, login: str) -> Answer:
        if path == "/shelly":
            about = {"type": "SHSW-25", "mac": "C45BBE78A8A4", "auth": self.password is not None, "num_outputs": 2}
            return 200, about, {}
        if self.password is not None and login != self._expected():
            return 401, "401 Unauthorized", {"WWW-Authenticate": 'Basic realm="shelly"'}
        relay = re.fullmatch(r"/relay/(\d+)", path)
        if relay is None or not self.outlets.has(relay[1]):
            return 404, "Not Found", {}
        if "turn" in query:
            self.outlets.switch(relay[1], on=query["turn"] == ["on"])
        return 200, {"ison": self.outlets.on[relay[1]], "has_timer": False, "source": "http"}, {}

    def _expected(self) -> str:
        return "Basic " + base64.b64encode(f"admin:{self.password}".encode()).decode()


class Gen2Shelly(HttpPlug):
    """`POST /rpc` behind Digest authentication with SHA-256 (RFC 7616), each nonce good for a few requests."""

    driver, outlet, wrong_outlet = Driver.SHELLY_HTTP, "1", "5"
    realm = "shellyplus2pm-c049ef8b2a10"

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes, login: str) -> Answer:
        if path == "/shelly":
            return 200, {"id": self.realm, "gen": 2, "app": "Plus2PM", "auth_en": self.password is not None}, {}
        if path != "/rpc" or method != "POST":
            return 404, "Not Found", {}
        if self.password is not None and not self._is_right(method, login):
            challenge = f'Digest qop="auth", realm="{self.realm}", nonce="{secrets.token_hex(4)}", algorithm=SHA-256'
            return 401, "", {"WWW-Authenticate": challenge}
        return 200, rpc_answer(self.outlets, json.loads(body)), {}

    def _is_right(self, method: str, login: str) -> bool:
        if not login.startswith("Digest "):
            return False
        given = parse_keqv_list(parse_http_list(login.removeprefix("Digest ")))
        who = _sha256(f"admin:{self.realm}:{self.password}")
        what = _sha256(f"{method}:{given['uri']}")
        rest = ":".join(given[name] for name in ("nonce", "nc", "cnonce", "qop"))
        return given["username"] == "admin" and given["response"] == _sha256(f"{who}:{rest}:{what}")


def rpc_answer(outlets: Outlets, frame: dict[str, Any]) -> dict[str, Any]:
    """What a Shelly since the second generation answers to a frame, whatever channel it came by."""
    head = {"id": frame["id"], "src": Gen2Shelly.realm, "dst": frame.get("src")}
    switch = str(frame["params"]["id"])
    if not outlets.has(switch):
        return head | {"error": {"code": -105, "message": f"Argument 'id', value {switch} not found!"}}
    was_on = outlets.on[switch]
    if frame["method"] == "Switch.Set":
        outlets.switch(switch, on=frame["params"]["on"])
        return head | {"result": {"was_on": was_on}}
    return head | {"result": {"id": int(switch), "source": "HTTP", "output": was_on, "temperature": {"tC": 41.2}}}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TasmotaPlug(HttpPlug):
    """`/cm` with user and password as parameters; numbers its relays from 1 and warns in its own language."""

    driver, outlet, wrong_outlet, first_outlet = Driver.TASMOTA_HTTP, "2", "5", 1

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes, login: str) -> Answer:
        if path != "/cm":
            return 404, "File Not Found", {}
        if self.password is not None and (query.get("user"), query.get("password")) != (["admin"], [self.password]):
            return 200, {"WARNING": "Benötige user=<Benutzername>&password=<Passwort>"}, {}
        return 200, tasmota_answer(self.outlets, query["cmnd"][0]), {}


def tasmota_answer(outlets: Outlets, command: str) -> dict[str, str]:
    """What Tasmota answers to `Power<relay> [ON|OFF]`; a plug with one relay leaves out its number."""
    asked = re.fullmatch(r"POWER(\d*) ?(ON|OFF)?", command, re.IGNORECASE)
    if asked is None:
        return {"Command": "Unknown"}
    relay = asked[1] or "1"
    if not outlets.has(relay):
        return {"Command": "Error"}
    if asked[2]:
        outlets.switch(relay, on=asked[2].upper() == "ON")
    said = asked[2].upper() if asked[2] and outlets.fault is Fault.STUCK else "ON" if outlets.on[relay] else "OFF"
    return {"POWER" if len(outlets.on) == 1 else f"POWER{relay}": said}


class OneRelayTasmota(TasmotaPlug):
    """The common plug: one relay, told as `POWER`."""

    outlet = "1"

    def __init__(self, password: str | None = None) -> None:
        super().__init__(password)
        del self.outlets.on["2"]
