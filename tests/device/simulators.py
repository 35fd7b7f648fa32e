"""The program `infoscreen-device simulate` as a process of its own, that can be killed and started again."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from device.executions import FILE_NAME, executions

# Pictures of many screens would measure this machine's drawing.
PACE = ("--health-seconds", "2", "--heartbeat-seconds", "20", "--screenshot-seconds", "3600")
QUICK = ("--boot-seconds", "1", "2", "--display-seconds", "0.5", "1")


class Simulator:
    """Virtual devices on a broker of the test: uuid → user name and password, or only uuids where anybody is let in.

    `directory` is where they keep what they remember.
    """

    def __init__(
        self,
        directory: Path,
        port: int,
        devices: Mapping[str, tuple[str, str]] | Sequence[str],
        *options: str,
        faults: Sequence[Mapping[str, object]] = (),
    ) -> None:
        self._directory = directory
        self._file = directory / "devices.json"
        script = directory / "faults.json"
        script.write_text(json.dumps(faults))
        self._options = (*options, "--faults", str(script))
        self._process: subprocess.Popen[bytes] | None = None
        accounts = devices if isinstance(devices, Mapping) else {uuid: (uuid, "any") for uuid in devices}
        entries = [
            {"uuid": uuid, "username": username, "password": password, "hostname": uuid[:8]}
            for uuid, (username, password) in accounts.items()
        ]
        self._file.write_text(json.dumps({"port": port, "devices": entries}))
        self._file.chmod(0o600)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        program = Path(sys.executable).with_name("infoscreen-device")
        command = [str(program), "simulate", "--devices", str(self._file), *PACE, *self._options]
        with (self._directory / "simulator.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self._process
        self._process.send_signal(how)
        self._process.wait(30)

    def restart(self) -> None:
        """Kill it and start it again: for its machines a power cut."""
        self.end()
        self.start()

    def executed(self, command: dict[str, Any]) -> int:
        """How often a command was carried out."""
        return executions(self._directory / FILE_NAME)[command["command_id"]]
