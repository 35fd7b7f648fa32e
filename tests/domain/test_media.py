"""What a file may be, how a conversion may go on, which bytes a header asks for, and which addresses are signed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.byte_ranges import (
    MOST_RANGES,
    ByteRange,
    if_range_holds,
    is_unchanged,
    multipart_end,
    multipart_length,
    part_head,
    wanted_ranges,
)
from infoscreen.domain.conversions import (
    MOST_TRIES,
    ConversionStatus,
    Failure,
    after_failure,
    before,
    is_due,
)
from infoscreen.domain.media import (
    Kind,
    WrongKind,
    agreed_kind,
    name_in_address,
    shown_name,
)
from infoscreen.domain.signed_addresses import is_signed, signature, signed_address

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
KEY = b"k" * 40


@pytest.mark.parametrize(
    ("name", "found", "kind"),
    [
        ("Plan.PDF", Kind.PDF, Kind.PDF),
        ("Plan 1.2", Kind.PDF, Kind.PDF),
        ("Plan", Kind.PPTX, Kind.PPTX),
        ("photo.jpeg", Kind.JPG, Kind.JPEG),
        ("clip.mov", Kind.MP4, Kind.MOV),
        ("clip.mkv", Kind.WEBM, Kind.MKV),
        ("page.htm", Kind.HTML, Kind.HTML),
    ],
)
def test_the_content_decides_the_kind_as_far_as_the_name_agrees(name: str, found: Kind, kind: Kind) -> None:
    assert agreed_kind(name, found) is kind


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.pdf", Kind.PNG),
        ("a.exe", Kind.PDF),
        ("a.png", None),
        ("a", None),
        ("a.webm", Kind.MKV),
        ("a.svg", Kind.HTML),
    ],
)
def test_a_name_that_claims_something_else_is_refused(name: str, found: Kind | None) -> None:
    with pytest.raises(WrongKind):
        agreed_kind(name, found)


def test_a_name_is_shown_without_control_characters_and_not_too_long() -> None:
    assert shown_name(" Pl\x00an\n.pdf ") == "Plan.pdf"
    assert len(shown_name("ä" * 400 + ".pdf")) == 255
    assert shown_name("ä" * 400 + ".pdf").endswith(".pdf")


def test_a_name_in_an_address_is_one_part_of_it() -> None:
    assert name_in_address("../../a\\b.pptx", "pdf") == ".._.._a_b.pdf"


def test_a_finished_conversion_never_moves_again() -> None:
    assert all(ConversionStatus.READY not in before(status) for status in ConversionStatus)
    assert before(ConversionStatus.PROCESSING) == [ConversionStatus.PENDING]


@given(st.sampled_from(Failure), st.integers(min_value=1, max_value=10))
def test_only_what_can_pass_is_tried_again_and_three_times_at_most(failure: Failure, tries: int) -> None:
    again = after_failure(failure, tries) is ConversionStatus.PENDING
    assert again == (failure.can_pass and tries < MOST_TRIES)


def test_pauses_between_tries_grow() -> None:
    for tries, pause in ((1, 15), (2, 60)):
        assert not is_due(tries, NOW, NOW + timedelta(seconds=pause - 1))
        assert is_due(tries, NOW, NOW + timedelta(seconds=pause))
    assert is_due(0, None, NOW)


@pytest.mark.parametrize(
    ("header", "ranges"),
    [
        (None, None),
        ("bytes=0-0", [(0, 0)]),
        ("bytes=5-", [(5, 99)]),
        ("bytes=-5", [(95, 99)]),
        ("bytes=-500", [(0, 99)]),
        ("bytes=90-500", [(90, 99)]),
        ("Bytes = 0-1 , 4-5", [(0, 1), (4, 5)]),
        ("bytes=4-5,0-1", [(0, 1), (4, 5)]),
        ("bytes=0-5,6-9,3-4", [(0, 9)]),
        ("bytes=100-", []),
        ("bytes=-0", []),
        ("bytes=200-300,0-1", [(0, 1)]),
        ("bytes=5-4", None),
        ("bytes=a-b", None),
        ("bytes=", None),
        ("bytes=٣-٤", None),
        ("lines=0-5", None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2 * MOST_RANGES + 2, 2)), None),
    ],
)
def test_a_range_header_asks_for_these_bytes(header: str | None, ranges: list[tuple[int, int]] | None) -> None:
    expected = None if ranges is None else [ByteRange(*pair) for pair in ranges]
    assert wanted_ranges(header, 100) == expected


def test_nothing_of_an_empty_content_can_be_asked_for() -> None:
    assert wanted_ranges("bytes=0-", 0) == []
    assert wanted_ranges("bytes=-1", 0) == []


@given(
    st.integers(min_value=1, max_value=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)).map(sorted), min_size=1, max_size=MOST_RANGES),
)
def test_ranges_hold_exactly_the_bytes_that_were_asked_for_each_once(size: int, pairs: list[list[int]]) -> None:
    header = "bytes=" + ",".join(f"{first}-{last}" for first, last in pairs)
    asked = {at for first, last in pairs for at in range(first, last + 1) if at < size}
    ranges = wanted_ranges(header, size)
    assert ranges is not None
    assert [at for part in ranges for at in range(part.first, part.last + 1)] == sorted(asked)


@given(st.text(max_size=40), st.integers(min_value=0, max_value=10**12))
def test_no_header_yields_bytes_that_are_not_there(text: str, size: int) -> None:
    for part in wanted_ranges(f"bytes={text}", size) or []:
        assert 0 <= part.first <= part.last < size


def test_the_announced_length_of_several_parts_is_the_true_one() -> None:
    parts = [ByteRange(0, 9), ByteRange(50, 59)]
    body = b"".join(part_head("b", "video/mp4", part, 100) + bytes(part.length) for part in parts) + multipart_end("b")
    assert multipart_length("b", "video/mp4", parts, 100) == len(body)


def test_ranges_count_only_for_the_same_content() -> None:
    assert if_range_holds(None, '"a"')
    assert if_range_holds('"a"', '"a"')
    assert not if_range_holds('W/"a"', '"a"')
    assert not if_range_holds("Sat, 21 Nov 2026 07:00:00 GMT", '"a"')


def test_a_known_content_is_unchanged() -> None:
    assert is_unchanged('"b", W/"a"', '"a"')
    assert is_unchanged("*", '"a"')
    assert not is_unchanged('"b"', '"a"')
    assert not is_unchanged(None, '"a"')


def _query(path: str, group_id: int = 7, expires: int = int(NOW.timestamp()) + 60) -> dict[str, str]:
    signed = signature(KEY, path, group_id, expires)
    return {"group": str(group_id), "expires": str(expires), "signature": signed}


@given(st.text(max_size=30), st.integers(1, 10**6))
def test_a_signed_path_is_known_again(path: str, group_id: int) -> None:
    encodable = path.encode("utf-8", "replace").decode()
    assert is_signed(KEY, encodable, _query(encodable, group_id), NOW)


@given(st.sampled_from(["group", "expires", "signature"]), st.text(max_size=20))
def test_a_changed_part_breaks_the_signature(part: str, text: str) -> None:
    query = _query("/a")
    if query[part] != text:
        assert not is_signed(KEY, "/a", query | {part: text}, NOW)


def test_a_signature_counts_for_its_path_its_key_and_its_time_only() -> None:
    query = _query("/a")
    assert is_signed(KEY, "/a", query, NOW)
    assert not is_signed(KEY, "/b", query, NOW)
    assert not is_signed(b"x" * 40, "/a", query, NOW)
    assert not is_signed(KEY, "/a", query, NOW + timedelta(seconds=61))
    assert not is_signed(KEY, "/a", {}, NOW)


def test_an_address_is_valid_until_a_day_after_the_end_and_always_the_same() -> None:
    address = signed_address(KEY, "http://screens.example", "/api/files/ü b.pdf", 7, NOW)
    assert address.startswith("http://screens.example/api/files/%C3%BC%20b.pdf?group=7&expires=")
    assert f"expires={int((NOW + timedelta(hours=24)).timestamp())}&" in address
    assert address == signed_address(KEY, "http://screens.example", "/api/files/ü b.pdf", 7, NOW)
