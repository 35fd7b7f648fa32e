"""Drawings: seen by their pixels, not by the calls that made them."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from infoscreen_device.player.canvas import font, printable
from infoscreen_device.player.draw import draw
from infoscreen_device.player.html_text import TEXT_LIMIT, read_html
from infoscreen_device.player.scene import FallbackScene, MessageScene, Scene, SlideScene, VideoScene, WebsiteScene
from infoscreen_device.player.slides import BrokenSlidesError, page_count
from infoscreen_device.player.studio import jpeg

HD = (1280, 720)
SCENES: list[Scene] = [
    MessageScene("<h1>Elternabend</h1><ul><li>Begrüßung</li></ul>"),
    WebsiteScene("Schule", "https://www.example.org/a", is_webuntis=False),
    VideoScene("Film", 72.3, "1920x1080", loop=True, muted=True),
    FallbackScene("Schule", "Aula", "08:47", "Montag, 5. Jänner"),
]


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def slide(deck: Path, index: int, **changes: bool) -> SlideScene:
    return SlideScene(deck, index, index + 1, 3, changes.get("progress_bar", False))


def differs(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None


def test_each_page_of_a_real_pdf_fills_the_screen_with_its_own_colour(deck: Path) -> None:
    assert page_count(deck) == 3
    corners = [colour_at(draw(slide(deck, index), HD), 3, 3) for index in range(3)]
    assert [max(range(3), key=corner.__getitem__) for corner in corners] == [0, 1, 2]


def test_a_page_of_another_shape_is_centred_on_black(tmp_path: Path) -> None:
    portrait = tmp_path / "portrait.pdf"
    Image.new("RGB", (600, 900), "white").save(portrait, "PDF")
    picture = draw(SlideScene(portrait, 0, 1, 1, progress_bar=False), HD)
    assert picture.size == HD
    assert colour_at(picture, 640, 360) == (255, 255, 255)
    assert colour_at(picture, 10, 360) == colour_at(picture, 1270, 360) == (0, 0, 0)


def test_the_progress_bar_says_how_far_through_the_pages_it_is(deck: Path) -> None:
    with_bar, without = draw(slide(deck, 1, progress_bar=True), HD), draw(slide(deck, 1), HD)
    assert colour_at(with_bar, 800, 716) == colour_at(with_bar, 10, 716) != colour_at(without, 800, 716)
    assert colour_at(with_bar, 900, 716) != colour_at(with_bar, 800, 716)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: type(scene).__name__)
@pytest.mark.parametrize("size", [HD, (1920, 1080)])
def test_a_card_has_the_size_of_the_screen_and_something_on_it(scene: Scene, size: tuple[int, int]) -> None:
    picture = draw(scene, size)
    assert picture.size == size
    # The server calls a picture with little spread black.
    assert max(ImageStat.Stat(picture).stddev) > 8


def test_a_message_shows_its_words_and_not_its_tags() -> None:
    plain = draw(MessageScene("<p>Heute schulfrei</p>"), HD)
    assert not differs(plain, draw(MessageScene("<div><p>Heute <span>schulfrei</span></p></div>"), HD))
    assert differs(plain, draw(MessageScene("<p>Heute <b>schulfrei</b></p>"), HD))
    assert not differs(plain, draw(MessageScene("<script>alert(1)</script><p>Heute schulfrei</p>"), HD))


@pytest.mark.parametrize("letter", "äöüÄÖÜßéŠ„“–€•")
def test_the_font_has_the_letters_that_a_school_writes(letter: str) -> None:
    assert bytes(font(40).getmask(letter)) != bytes(font(40).getmask("\uffff"))


@pytest.mark.parametrize(
    "html", ["", "<p>" * 9_000, "W" * 100_000, "<b" * 50_000, "a\u0000b\u202e<h1>\U0001f389</h1>", "&#0;&#x110000;"]
)
def test_any_text_can_be_drawn(html: str) -> None:
    assert draw(MessageScene(html), HD).size == HD


@pytest.mark.parametrize("url", ["", "http://[", "javascript:alert(1)", "https://" + "a" * 5_000, "http://\u0000"])
def test_any_address_can_be_drawn(url: str) -> None:
    assert draw(WebsiteScene("", url, is_webuntis=False), HD).size == HD


@pytest.mark.parametrize("duration", [None, -1.0, float("inf"), float("nan"), 1e300])
def test_any_duration_can_be_drawn(duration: float | None) -> None:
    assert draw(VideoScene("x" * 9_999, duration, "\n" * 50, loop=False, muted=False), HD).size == HD


def test_headings_bullets_and_bold_words_are_told_apart() -> None:
    blocks = read_html("<h2>Plan</h2><ul><li>Turnen <b>entfällt</b></li></ul>Danke")
    assert [(block.kind, [(word.text, word.bold) for word in block.words]) for block in blocks] == [
        ("heading", [("Plan", False)]),
        ("bullet", [("Turnen", False), ("entfällt", True)]),
        ("paragraph", [("Danke", False)]),
    ]


def test_a_tag_that_does_not_end_is_no_text_and_a_sign_is() -> None:
    for html, text in (
        ("<b>3 < 5</b>", "3 < 5"),
        ("frei <b class=", "frei"),
        ("<p>frei</p><<b<i", "frei <"),
        ("1 < 2", "1 < 2"),
    ):
        assert " ".join(word.text for block in read_html(html) for word in block.words) == text


def test_only_so_much_text_is_read_as_anyone_would() -> None:
    assert sum(len(word.text) for block in read_html("x" * 10_000) for word in block.words) == TEXT_LIMIT


def test_what_cannot_be_printed_is_left_out() -> None:
    assert printable("a\u0000b\tc \U0001f389d") == "a b c d"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\x00" * 5_000])
def test_a_file_that_is_no_pdf_is_named_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "deck.pdf"
    path.write_bytes(content)
    with pytest.raises(BrokenSlidesError):
        page_count(path)
    with pytest.raises(BrokenSlidesError):
        draw(slide(path, 0), HD)


def test_a_page_that_claims_to_be_enormous_is_drawn_no_larger_than_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "deck.pdf"
    Image.new("RGB", (20, 20), "red").save(path, "PDF", resolution=0.1)
    assert draw(SlideScene(path, 0, 1, 1, progress_bar=False), HD).size == HD


def test_the_same_scene_is_drawn_once(deck: Path) -> None:
    before = jpeg.cache_info().hits
    assert jpeg(slide(deck, 0), HD) is jpeg(slide(deck, 0), HD)
    assert jpeg.cache_info().hits == before + 1


def test_a_short_message_has_no_last_line_of_one_lonely_word() -> None:
    picture = draw(MessageScene("<p>Heute schulfrei ab 12 Uhr</p>"), HD)
    light = picture.convert("L").point(lambda value: 255 if value > 180 else 0)
    upper, lower = (light.crop((90, top, 1280, top + 150)).getbbox() for top in (210, 360))
    assert upper
    assert lower
    assert lower[2] - lower[0] > (upper[2] - upper[0]) / 2
