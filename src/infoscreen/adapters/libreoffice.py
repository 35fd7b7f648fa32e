"""The converter that runs LibreOffice here: each time with a profile of its own, no network, a limit for all of it.

All its processes live in a process namespace that ends with the worker, so none survives a kill.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from functools import cached_property
from pathlib import Path

import structlog

from infoscreen.domain.conversions import (
    CONVERSION_LIMIT,
    ConversionFailed,
    ConversionInterrupted,
    Failure,
)
from infoscreen.domain.media import Kind

log = structlog.get_logger()

# Files that it writes, in bytes: a small deck must not become a PDF that fills the disk.
LARGEST_FILE = 1024 * 1024 * 1024
LIMITS = ("prlimit", f"--fsize={LARGEST_FILE}", "--core=0", "--")
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
# As root, as anybody where the kernel lets them, and not at all.
NAMESPACES = (
    ("unshare", "-n", "-p", "-f", "--kill-child=KILL"),
    ("unshare", "-r", "-n", "-p", "-f", "--kill-child=KILL"),
)
# To see whether that works.
TRIED_FOR = 30.0
# Pictures and texts that a deck only links to are not followed, be they in the net or on this disk; macros never run.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class LibreOffice:
    """Runs `soffice --headless`; safe to use from several threads."""

    def __init__(self, program: str = "soffice", limit: float = CONVERSION_LIMIT) -> None:
        self._program = program
        self._limit = limit
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def to_pdf(self, source: Path, kind: Kind, target: Path) -> None:
        """Write the PDF of `source` to `target`; raises `ConversionFailed`, or `ConversionInterrupted` after `stop`."""
        with tempfile.TemporaryDirectory(prefix="infoscreen-conversion-", ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            deck = place / f"deck.{kind.value}"
            shutil.copyfile(source, deck)
            self._run(place, deck)
            made = place / "out" / "deck.pdf"
            if not made.is_file():
                # It says so in words only and ends with 0.
                raise ConversionFailed(Failure.UNREADABLE)
            shutil.move(made, target)

    def stop(self) -> None:
        """Break off what runs, and refuse what comes: the process is ending."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    @property
    def is_confined(self) -> bool:
        """Whether it runs without the network and cannot outlive this process."""
        return bool(self._confinement)

    def _run(self, place: Path, deck: Path) -> None:
        process = self._start(place, deck)
        try:
            _, said = process.communicate(timeout=self._limit)
        except subprocess.TimeoutExpired:
            raise ConversionFailed(Failure.TIMED_OUT) from None
        finally:
            _kill(process)
            with self._lock:
                self._running.discard(process)
        if self._stopped:
            raise ConversionInterrupted
        log.debug("soffice_ended", code=process.returncode, said=said.decode("utf-8", "replace")[-500:])

    def _start(self, place: Path, deck: Path) -> subprocess.Popen[bytes]:
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        command = (self._program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
                   "--convert-to", "pdf:impress_pdf_Export", "--outdir", str(place / "out"), str(deck))  # fmt: skip
        # Nothing of our own environment: it holds secrets.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(place), "LANG": "C.UTF-8"}
        with self._lock:
            if self._stopped:
                raise ConversionInterrupted
            try:
                process = subprocess.Popen(
                    (*self._confinement, *command),
                    cwd=place,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            except FileNotFoundError:
                raise ConversionFailed(Failure.CONVERTER_AWAY) from None
            self._running.add(process)
            return process

    @cached_property
    def _confinement(self) -> tuple[str, ...]:
        if shutil.which(self._program) is None:
            return ()
        for namespaces in NAMESPACES:
            confinement = (*LIMITS, *DIES_WITH_US, *namespaces)
            if _works(confinement):
                return confinement
        log.warning("conversions_not_confined", missing="unshare, setpriv or prlimit; LibreOffice can use the network")
        return ()


def _works(confinement: tuple[str, ...]) -> bool:
    """Whether a program can be confined so; raises `ConversionFailed` where the machine is too busy to tell."""
    command = (*confinement, "true")
    try:
        return subprocess.run(command, capture_output=True, timeout=TRIED_FOR, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        # A no would let LibreOffice use the network, and outlive us, for as long as this process lives.
        raise ConversionFailed(Failure.CONVERTER_AWAY) from None
    except OSError:
        return False


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
