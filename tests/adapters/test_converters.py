"""What every converter promises, shown with a real LibreOffice and with a Gotenberg that is played."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pypdfium2
import pytest
import respx

from factories import decks
from infoscreen.adapters import libreoffice
from infoscreen.adapters.gotenberg import ROUTE, Gotenberg
from infoscreen.adapters.libreoffice import DIES_WITH_US, LibreOffice
from infoscreen.domain.conversions import ConversionFailed, ConversionInterrupted, Failure
from infoscreen.domain.media import Kind
from infoscreen.services.file_ports import Converter
from waiting import eventually

SERVER = "http://gotenberg.example:3000"
MakeConverter = Callable[..., Converter]


def _answer_like_gotenberg(request: httpx.Request) -> httpx.Response:
    sent = request.read()
    if b"ppt/slides/slide1.xml" not in sent and b"content.xml" not in sent:
        return httpx.Response(400, text="LibreOffice failed to process the document")
    return httpx.Response(200, content=decks.pdf(2))


@pytest.fixture(params=[pytest.param("libreoffice", marks=pytest.mark.service), "gotenberg"])
def make_converter(request: pytest.FixtureRequest) -> Iterator[MakeConverter]:
    if request.param == "libreoffice":
        yield LibreOffice
        return
    with respx.mock(base_url=SERVER, assert_all_called=False) as server:
        server.post(ROUTE).mock(side_effect=_answer_like_gotenberg)
        yield lambda **options: Gotenberg(SERVER, **options)


def _file(tmp_path: Path, content: bytes) -> Path:
    source = tmp_path / "source"
    source.write_bytes(content)
    return source


def _page_count(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


@pytest.mark.parametrize(("kind", "content"), [(Kind.PPTX, decks.pptx("a", "b")), (Kind.ODP, decks.odp("a", "b"))])
def test_a_presentation_becomes_a_pdf(
    make_converter: MakeConverter, tmp_path: Path, kind: Kind, content: bytes
) -> None:
    target = tmp_path / "target.pdf"
    make_converter().to_pdf(_file(tmp_path, content), kind, target)
    assert _page_count(target) == 2


@pytest.mark.parametrize("content", [b"no deck at all\n" * 50, decks.broken_pptx()])
def test_a_broken_file_fails_for_good_and_leaves_nothing(
    make_converter: MakeConverter, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(ConversionFailed) as failed:
        make_converter().to_pdf(_file(tmp_path, content), Kind.PPTX, tmp_path / "target.pdf")
    assert failed.value.failure is Failure.UNREADABLE
    assert not failed.value.failure.can_pass
    assert not (tmp_path / "target.pdf").exists()


def test_a_file_with_a_password_fails_for_good(make_converter: MakeConverter, tmp_path: Path) -> None:
    source = _file(tmp_path, decks.ole("EncryptedPackage", "EncryptionInfo"))
    with pytest.raises(ConversionFailed) as failed:
        make_converter().to_pdf(source, Kind.PPTX, tmp_path / "target.pdf")
    assert failed.value.failure is Failure.UNREADABLE


def test_after_the_stop_nothing_is_begun(make_converter: MakeConverter, tmp_path: Path) -> None:
    converter = make_converter()
    converter.stop()
    with pytest.raises(ConversionInterrupted):
        converter.to_pdf(_file(tmp_path, decks.pptx("a")), Kind.PPTX, tmp_path / "target.pdf")


def _program(tmp_path: Path, script: str) -> str:
    """A program in LibreOffice's place."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def _runs(pid_file: Path) -> bool:
    """Whether the program's own child, a `sleep` that notes a number of its own as its argument, still runs."""
    wanted = pid_file.read_text("utf-8").strip()
    return any(wanted in _arguments(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _arguments(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _stuck(tmp_path: Path) -> tuple[str, Path]:
    """A program that hangs in a child; the child can be found by the number of seconds it sleeps."""
    note = tmp_path / "note"
    number = f"9{os.getpid()}.{abs(hash(str(tmp_path))) % 10**6}"
    # The note appears with its content: an empty one would fit every process there is.
    noted = f"echo 'sleep {number}' > {note}.part\nmv {note}.part {note}"
    return _program(tmp_path, f"sleep {number} &\n{noted}\nwait"), note


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    program, note = _stuck(tmp_path)
    with pytest.raises(ConversionFailed) as failed:
        LibreOffice(program, limit=0.5).to_pdf(_file(tmp_path, b"x"), Kind.PPTX, tmp_path / "target.pdf")
    assert failed.value.failure is Failure.TIMED_OUT
    eventually(lambda: not _runs(note))


def test_what_runs_dies_with_a_killed_worker(tmp_path: Path) -> None:
    program, note = _stuck(tmp_path)
    if not LibreOffice(program).is_confined:
        pytest.skip("this machine allows no namespaces")
    script = "import sys; from pathlib import Path; from infoscreen.adapters.libreoffice import LibreOffice; "
    script += "from infoscreen.domain.media import Kind; "
    script += "LibreOffice(sys.argv[1]).to_pdf(Path(sys.argv[2]), Kind.PPTX, Path('never.pdf'))"
    source = _file(tmp_path, b"x")
    # The worker must not outlive a test run that is itself killed.
    command = [*DIES_WITH_US, sys.executable, "-c", script, program, str(source)]
    with subprocess.Popen(command, cwd=tmp_path) as worker:
        try:
            eventually(lambda: note.exists() and _runs(note), timeout=60)
        finally:
            worker.kill()
    eventually(lambda: not _runs(note))


def test_a_machine_too_busy_to_confine_a_program_does_not_run_it_unconfined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "NAMESPACES", (("sh", "-c", "sleep 60"),))
    monkeypatch.setattr(libreoffice, "TRIED_FOR", 0.1)
    seen = tmp_path / "seen"
    with pytest.raises(ConversionFailed) as failed:
        LibreOffice(_program(tmp_path, f"touch {seen}")).to_pdf(_file(tmp_path, b"x"), Kind.PPTX, tmp_path / "t.pdf")
    assert failed.value.failure is Failure.CONVERTER_AWAY
    assert not seen.exists()


def test_the_stop_breaks_off_what_runs(tmp_path: Path) -> None:
    program, note = _stuck(tmp_path)
    converter = LibreOffice(program)
    ended: list[Exception] = []

    def convert() -> None:
        try:
            converter.to_pdf(_file(tmp_path, b"x"), Kind.PPTX, tmp_path / "target.pdf")
        except ConversionInterrupted as interrupted:
            ended.append(interrupted)

    thread = threading.Thread(target=convert)
    thread.start()
    eventually(note.exists)
    converter.stop()
    thread.join(10)
    assert ended
    assert not _runs(note)


def test_the_program_sees_no_secrets_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    seen = tmp_path / "seen"
    program = _program(tmp_path, f"env > {seen}")
    with pytest.raises(ConversionFailed):
        LibreOffice(program).to_pdf(_file(tmp_path, b"x"), Kind.PPTX, tmp_path / "target.pdf")
    assert "do not tell" not in seen.read_text("utf-8")


def test_without_the_program_another_try_may_help(tmp_path: Path) -> None:
    with pytest.raises(ConversionFailed) as failed:
        LibreOffice("no-such-program").to_pdf(_file(tmp_path, b"x"), Kind.PPTX, tmp_path / "target.pdf")
    assert failed.value.failure is Failure.CONVERTER_AWAY


@pytest.mark.service
def test_a_picture_that_a_deck_links_to_is_not_fetched(tmp_path: Path) -> None:
    private = tmp_path / "private.png"
    private.write_bytes(decks.picture())
    target = tmp_path / "target.pdf"
    source = _file(tmp_path, decks.pptx("a", linked_picture=private))
    LibreOffice().to_pdf(source, Kind.PPTX, target)
    with pypdfium2.PdfDocument(target) as pdf:
        shown = [thing.type for thing in pdf[0].get_objects()]
    assert shown
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in shown


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (httpx.Response(503), Failure.TIMED_OUT),
        (httpx.Response(500), Failure.CONVERTER_AWAY),
        (httpx.Response(429), Failure.CONVERTER_AWAY),
        (httpx.ReadTimeout("slow"), Failure.TIMED_OUT),
        (httpx.ConnectError("away"), Failure.CONVERTER_AWAY),
    ],
)
def test_a_server_that_is_away_or_slow_may_be_asked_again(
    tmp_path: Path, answer: httpx.Response | Exception, failure: Failure
) -> None:
    with respx.mock(base_url=SERVER, assert_all_called=False) as server:
        server.post(ROUTE).mock(side_effect=[answer])
        with pytest.raises(ConversionFailed) as failed:
            Gotenberg(SERVER).to_pdf(_file(tmp_path, b"PK"), Kind.PPTX, tmp_path / "target.pdf")
    assert failed.value.failure is failure
    assert failed.value.failure.can_pass


def test_a_server_that_never_ends_is_given_up(tmp_path: Path) -> None:
    go_on = threading.Event()

    def hang(_request: httpx.Request) -> httpx.Response:
        go_on.wait(10)
        return httpx.Response(200, content=decks.pdf())

    with respx.mock(base_url=SERVER, assert_all_called=False) as server:
        server.post(ROUTE).mock(side_effect=hang)
        with pytest.raises(ConversionFailed) as failed:
            Gotenberg(SERVER, limit=0.2).to_pdf(_file(tmp_path, b"PK"), Kind.PPTX, tmp_path / "target.pdf")
        go_on.set()
    assert failed.value.failure is Failure.TIMED_OUT
