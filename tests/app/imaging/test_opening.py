"""First bytes decide, headers are doubted, and what is handed on is plain, upright and of a believable size."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from app.errors import Refusal
from app.imaging.limits import Limits
from app.imaging.opening import Kind, open_picture, preview, sniff
from tests.faults import bomb_pictures as bombs
from tests.faults.bomb_pictures import saved, sheet

LIMITS = Limits()


@pytest.mark.parametrize(("content", "kind"), [
    (saved(sheet(), "JPEG"), Kind.JPEG),
    (saved(sheet(), "PNG"), Kind.PNG),
    (saved(sheet(), "TIFF"), Kind.TIFF),
    (b"MM\x00*rest", Kind.TIFF),
    (b"%PDF-1.4\n", Kind.PDF),
    (b"\xef\xbb\xbf\r\n %PDF-1.7\n", Kind.PDF),
    (saved(sheet(), "JPEG") + b"%PDF-1.7", Kind.JPEG),
])
def test_the_first_bytes_say_what_a_file_is(content: bytes, kind: Kind) -> None:
    assert sniff(content) is kind


@pytest.mark.parametrize(("name", "make"), bombs.OTHER_KINDS.items())
def test_other_kinds_are_refused_by_their_name(name: str, make: bombs.Make) -> None:
    with pytest.raises(Refusal) as refused:
        sniff(make())
    assert refused.value.code == "picture_unknown_kind"
    assert refused.value.values["found"] == ("" if name in ("empty", "noise") else name)


@pytest.mark.parametrize(("make", "code"), [
    (bombs.png_60k_header, "picture_too_many_pixels"),
    (bombs.jpeg_lies_of_4_gigapixels, "picture_too_many_pixels"),
    (bombs.tiff_2_gigapixels_wide, "picture_too_many_pixels"),
    (bombs.tiff_60k_bilevel, "picture_too_many_pixels"),
    (bombs.png_cut_short, "picture_broken"),
    (bombs.png_wrong_sum, "picture_broken"),
    (bombs.png_no_width, "picture_broken"),
    (bombs.jpeg_cut_short, "picture_broken"),
    (bombs.jpeg_noise_after_mark, "picture_broken"),
    (bombs.tiff_cut_short, "picture_broken"),
    (bombs.tiff_strip_of_2_gigabytes, "picture_broken"),
    (lambda: saved(Image.new("RGB", (15, 400)), "PNG"), "picture_too_small"),
    (lambda: saved(Image.new("L", (20, 1_001)), "PNG"), "picture_too_small"),
    (lambda: b"%PDF-1.7", "picture_unknown_kind"),
])
def test_what_cannot_be_a_page_is_refused(make: bombs.Make, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_picture(make(), LIMITS)
    assert refused.value.code == code


@pytest.mark.parametrize("picture", [
    sheet(mode="1"), sheet(mode="L"), sheet(),
    sheet().convert("P"), sheet().convert("RGBA"), sheet().convert("LA"),
    Image.new("I;16", (40, 40), 40_000),
])
def test_every_kind_of_pixel_becomes_bilevel_grey_or_colour(picture: Image.Image) -> None:
    page = open_picture(saved(picture, "PNG"), LIMITS)
    assert page.mode in ("1", "L", "RGB")
    assert page.size == picture.size


def test_what_shows_through_is_white_paper() -> None:
    assert open_picture(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"), LIMITS).getpixel((5, 5)) == (
        255, 255, 255,
    )


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    page = open_picture(saved(Image.new("I;16", (40, 40), 32_768), "PNG"), LIMITS)
    assert page.getpixel((3, 3)) in (127, 128)


@pytest.mark.parametrize(("orientation", "corner"), [
    (1, (0, 0)), (2, (59, 0)), (3, (59, 39)), (4, (0, 39)), (5, (0, 0)), (6, (39, 0)), (7, (39, 59)), (8, (0, 59)),
    (9, (0, 0)), (0, (0, 0)),
])
def test_a_photograph_stands_as_its_camera_was_held(orientation: int, corner: tuple[int, int]) -> None:
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste((0, 0, 0), (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = open_picture(saved(picture, "PNG", exif=exif), LIMITS)
    assert page.size == ((40, 60) if orientation in (5, 6, 7, 8) else (60, 40))
    assert page.getpixel(corner) == (0, 0, 0)


@pytest.mark.parametrize(("stated", "believed"), [
    ((300, 300), 300), ((200, 200), 200), ((72, 72), None), ((1, 1), None), ((5000, 5000), None),
    ((300, 200), None),
])
def test_only_a_believable_dpi_is_handed_on(stated: tuple[int, int], believed: int | None) -> None:
    page = open_picture(saved(sheet(), "JPEG", dpi=stated), LIMITS)
    assert page.info == ({"dpi": (believed, believed)} if believed else {})


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_larger_than_can_be_worked_on_is_halved_with_its_dpi(kind: str) -> None:
    page = open_picture(saved(sheet((800, 1_200)), kind, dpi=(600, 600)), replace(LIMITS, worked_pixels=300_000))
    assert page.size == (400, 600)
    assert page.info["dpi"] == (300, 300)


def test_a_head_full_of_exif_is_passed_over() -> None:
    page = open_picture(bombs.jpeg_exif_huge(), LIMITS)
    assert page.size == (1169, 827), "and the first EXIF still turns it"


@pytest.mark.parametrize(("turn", "size"), [
    (0, (200, 100)), (90, (100, 200)), (180, (200, 100)), (270, (100, 200)),
])
def test_a_preview_fits_and_is_turned(turn: int, size: tuple[int, int]) -> None:
    picture = Image.new("L", (800, 400), 255)
    picture.paste(0, (0, 0, 200, 100))
    shown = Image.open(io.BytesIO(preview(saved(picture, "PNG"), 200, turn, LIMITS)))
    assert shown.size == size
    dark = {0: (5, 5), 90: (95, 5), 180: (195, 95), 270: (5, 195)}[turn]
    value = shown.getpixel(dark)
    assert isinstance(value, int) and value < 60, "turned clockwise"
