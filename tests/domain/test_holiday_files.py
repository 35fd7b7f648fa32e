"""Files with holidays: four kinds that say the same, and everything that is wrong with files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.holiday_files import MOST_ENTRIES, read_holidays
from infoscreen.domain.holidays import Holiday

FILES = sorted((Path(__file__).parents[1] / "data" / "holidays").iterdir())
HEADER = "name,start_date,end_date,region\n"
GOOD = Holiday("Herbstferien", date(2026, 10, 27), date(2026, 10, 31), "AT")


def read(text: str | bytes) -> list[Holiday | FieldError]:
    return [line.read for line in read_holidays(text.encode() if isinstance(text, str) else text)]


def codes(text: str | bytes) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [
        (line.number, line.read.code if isinstance(line.read, FieldError) else "") for line in read_holidays(content)
    ]


def calendar(*entries: str) -> str:
    blocks = "".join(f"BEGIN:VEVENT\r\n{entry}\r\nEND:VEVENT\r\n" for entry in entries)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{blocks}END:VCALENDAR\r\n"


def test_the_four_files_say_the_same() -> None:
    assert len(FILES) == 4
    found = [read(path.read_bytes()) for path in FILES]
    assert len(found[0]) == 7
    for holidays in found:
        assert [(h.name, h.start, h.end) for h in holidays if isinstance(h, Holiday)] == [
            (h.name, h.start, h.end) for h in found[0] if isinstance(h, Holiday)
        ]
    regions = {tuple(h.region for h in holidays if isinstance(h, Holiday)) for holidays in found[:2]}
    assert regions == {("AT", "AT", "AT", "OÖ", "AT", "OÖ", "AT")}


@pytest.mark.parametrize("begin", ["2026-10-27", "27.10.2026", "20261027", " 27.10.2026 "])
@pytest.mark.parametrize("end", ["2026-10-31", "31.10.2026", "20261031"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_each_form_of_dates_and_each_separator_is_read(begin: str, end: str, separator: str) -> None:
    cells = [["name", "start_date", "end_date", "region"], ["Herbstferien", begin, end, "AT"]]
    assert read("\n".join(separator.join(row) for row in cells)) == [GOOD]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + HEADER + "Herbstferien,2026-10-27,2026-10-31,AT",
        HEADER.upper() + "Herbstferien,2026-10-27,2026-10-31,AT\r\n\r\n",
        'name;start_date;end_date;region\r"Herbstferien";"27.10.2026";"31.10.2026";"AT"\r',
        "sep=;\r\nName;Start Date;End-Date;Region\r\nHerbstferien;27.10.2026;31.10.2026;AT\r\n",
        "region,end_date,more,start_date,name\nAT,2026-10-31,?,2026-10-27,  Herbstferien  ",
        "Bezeichnung;Beginn;Ende;Bundesland\nHerbstferien;27.10.2026;31.10.2026;AT",
    ],
)
def test_tables_as_programs_write_them_are_read(content: str) -> None:
    assert read(content) == [GOOD]


def test_a_separator_within_quotes_is_text() -> None:
    (found,) = read(HEADER + '"Tag der ""offenen"" Tür, schulfrei",2026-10-27,2026-10-27,\n')
    assert found == Holiday('Tag der "offenen" Tür, schulfrei', date(2026, 10, 27), date(2026, 10, 27), None)


def test_umlauts_are_read_from_both_encodings_even_in_one_file() -> None:
    line = "Dreikönig,2027-01-06,2027-01-06,OÖ\n"
    content = HEADER.encode() + line.encode("cp1252") + line.encode("utf-8")
    assert {(h.name, h.region) for h in read(content) if isinstance(h, Holiday)} == {("Dreikönig", "OÖ")}


def test_text_without_a_header_is_read_by_its_columns() -> None:
    text = "F01, Herbstferien, 20261027, 20261031, mehr, noch mehr\nF02,Allerseelen,02.11.2026,2026-11-02\n"
    assert read(text) == [
        Holiday("Herbstferien", date(2026, 10, 27), date(2026, 10, 31), None),
        Holiday("Allerseelen", date(2026, 11, 2), date(2026, 11, 2), None),
    ]


def test_a_bad_line_is_told_by_its_number_and_spoils_no_other() -> None:
    text = HEADER + (
        "A,2026-10-27,2026-10-28,\n"
        'B "offen,2026-10-27,2026-10-28\n'
        '"C,2026-10-27,2026-10-28\n'
        "\n"
        "D,2026-02-30,2026-10-28,\n"
        "E,2026-10-27,,\n"
        ",2026-10-27,2026-10-28,\n"
        "G,2026-10-27\n"
        f"{'H' * 101},2026-10-27,2026-10-28,\n"
        "I\x00,2026-10-27,2026-10-28,\n"
        "J\u202e,2026-10-27,2026-10-28,\n"
        "K,2026-10-29,2026-10-29,\n"
    )
    assert codes(text) == [
        (2, ""),
        (3, ""),
        (4, "line_unreadable"),
        (6, "line_without_date"),
        (7, "line_without_date"),
        (8, "line_without_name"),
        (9, "line_unreadable"),
        (10, "line_text_too_long"),
        (11, "line_has_odd_characters"),
        (12, "line_has_odd_characters"),
        (13, ""),
    ]


def test_a_byte_that_neither_encoding_knows_spoils_its_line_only() -> None:
    content = HEADER.encode() + b"A\x81,2026-10-27,2026-10-28,\nB,2026-10-29,2026-10-29,\n"
    assert codes(content) == [(2, "line_has_odd_characters"), (3, "")]


def test_a_formula_is_a_text_like_any_other() -> None:
    (found,) = read(HEADER + "=1+1,2026-10-27,2026-10-28,\n")
    assert isinstance(found, Holiday)
    assert found.name == "=1+1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n  \n",
        b"\xef\xbb\xbf",
        b"sep=;",
        b"Liebe Eltern,\nam Montag ist frei.\n",
        b"name,start_date\nA,2026-10-27\n",
        b"A,2026-10-27,2026-10-28\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40,
        b"PK\x03\x04" + b"\x00" * 100_000,
        "name,start_date,end_date\nA,2026-10-27,2026-10-28\n".encode("utf-16"),
        b'{"holidays": [{"name": "A"}]}',
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read_holidays(content)
    assert refusal.value.fields["file"].code == "no_holiday_file"


@pytest.mark.parametrize("lines", [MOST_ENTRIES + 1, 1_000_000])
def test_a_file_with_too_many_lines_is_refused(lines: int) -> None:
    with pytest.raises(Invalid) as refusal:
        read_holidays(HEADER.encode() + b"A,2026-10-27,2026-10-28,\n" * lines)
    assert refusal.value.fields["file"].code == "holiday_file_too_long"


def test_an_all_day_entry_ends_before_the_day_that_it_names_as_its_end() -> None:
    one_day = Holiday("Frei", date(2026, 10, 27), date(2026, 10, 27), None)
    text = calendar(
        "DTSTART;VALUE=DATE:20261027\r\nDTEND;VALUE=DATE:20261028\r\nSUMMARY:Frei",
        "DTSTART;VALUE=DATE:20261027\r\nSUMMARY:Frei",
        "DTSTART;VALUE=DATE:20261027\r\nDTEND;VALUE=DATE:20261027\r\nSUMMARY:Frei",
        "DTSTART;VALUE=DATE:20261027\r\nDURATION:P1D\r\nSUMMARY:Frei",
    )
    assert read(text) == [one_day] * 4
    (two,) = read(calendar("DTSTART;VALUE=DATE:20261027\r\nDURATION:P2D\r\nSUMMARY:Frei"))
    assert isinstance(two, Holiday)
    assert two.end == date(2026, 10, 28)


def test_what_is_no_holiday_in_a_calendar_is_told_by_the_line_it_begins_at() -> None:
    day = "DTSTART;VALUE=DATE:20261027\r\nSUMMARY:Frei"
    text = calendar(
        day,
        "DTSTART:20261027T080000Z\r\nDTEND:20261027T090000Z\r\nSUMMARY:Konferenz",
        f"{day}\r\nRRULE:FREQ=SECONDLY",
        "DTSTART;VALUE=DATE:20269999\r\nSUMMARY:Frei",
        "SUMMARY:Frei",
        "DTSTART;VALUE=DATE:20261027",
        f"{day}\r\nSTATUS:CANCELLED",
        day,
    )
    assert codes(text) == [
        (3, ""),
        (7, "line_not_all_day"),
        (12, "line_recurs"),
        (17, "line_unreadable"),
        (21, "line_without_date"),
        (24, "line_without_name"),
        (27, "line_is_cancelled"),
        (32, ""),
    ]


def test_long_lines_alarms_and_missing_ends_are_as_the_standard_and_the_world_have_them() -> None:
    folded = b"DTSTART;VALUE=DATE:20261027\r\nSUMMARY;LANGUAGE=de:Wei" + "ß".encode()[:1]
    folded += b"\r\n " + "ß".encode()[1:] + b"er Sonntag\\, frei"
    alarm = b"\r\nBEGIN:VALARM\r\nDURATION:PT15M\r\nTRIGGER:-PT1H\r\nSUMMARY:Wecker\r\nEND:VALARM"
    content = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + folded + alarm + b"\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261101"
    )
    first, second = read_holidays(content)
    assert first.read == Holiday("Weißer Sonntag, frei", date(2026, 10, 27), date(2026, 10, 27), None)
    assert isinstance(second.read, FieldError)


@given(
    st.lists(
        st.sampled_from([b"A", b",", b";", b'"', b"\n", b"\r", b"\0", b"2026-10-27", b"20261027", b"\xff", b"\xc3"])
    )
)
def test_no_table_is_an_error_of_the_server(parts: list[bytes]) -> None:
    for beginning in (b"", HEADER.encode()):
        try:
            read_holidays(beginning + b"".join(parts))
        except Invalid:
            continue


LINES = st.sampled_from(
    """\
BEGIN:VEVENT
END:VEVENT
BEGIN:VALARM
END:VALARM
DTSTART;VALUE=DATE:20261027
DTSTART:20261027T080000
DTSTART;TZID=Nowhere:20261027T0
DTSTART;VALUE=PERIOD:1/2
DTEND;VALUE=DATE:20261030
DTEND;VALUE=DATE:00010101
DTEND;VALUE=DATE:
DURATION:P99999999999D
DURATION:-P1D
SUMMARY:Frei
SUMMARY
RRULE:FREQ=YEARLY
RRULE:;;
STATUS:CANCELLED
STATUS:
 folded
\udcff\0
END:VCALENDAR""".encode("utf-8", "surrogateescape").split(b"\n")
)


@given(st.lists(LINES, max_size=20))
def test_no_calendar_is_an_error_of_the_server(lines: list[bytes]) -> None:
    read_holidays(b"BEGIN:VCALENDAR\r\n" + b"\r\n".join(lines))
