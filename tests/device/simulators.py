"""The program `infoscreen-device simulate` as a process of its own, that can be killed and started again."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from device.executions import FILE_NAME, executions

# Pictures of many screens would measure this machine's drawing.
PACE = ("--health-seconds", "2", "--heartbeat-seconds", "20", "--screenshot-seconds", "3600")
QUICK = ("--boot-seconds", "1", "2", "--display-seconds", "0.5", "1")


class Simulator:
    """Virtual devices without passwords on a broker of the test; `directory` is where they keep what they remember."""

    def __init__(self, directory: Path, port: int, uuids: list[str], *options: str) -> None:
        self._directory = directory
        self._file = directory / "devices.json"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        devices = [{"uuid": each, "username": each, "password": "x", "hostname": each[:8]} for each in uuids]
        self._file.write_text(json.dumps({"port": port, "devices": devices}))
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
