"""The frame of a separator sheet: seen however damaged the sheet is, and on no other page."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from app.domain.separator import separator_text
from app.domain.separator_sheet import UNREAD_DOUBT
from app.imaging.separator_mark import has_separator_mark, separator_doubts
from tests import imaging_pages
from tests.faults.pile_pages import CODE, damaged_separators, separator_picture, show_through


def test_a_damaged_separator_is_seen_as_one() -> None:
    assert [name for name, picture in damaged_separators(1) if not has_separator_mark(picture)] == []


@pytest.mark.parametrize(("degrees", "dpi"), [(0, 100), (5, 150), (-5, 300), (45, 150), (90, 150), (183, 150)])
def test_neither_resolution_nor_skew_hides_the_frame(degrees: int, dpi: int) -> None:
    sheet = separator_picture(1)
    sized = sheet.resize((sheet.width * dpi // 200, sheet.height * dpi // 200), Image.Resampling.BOX)
    assert has_separator_mark(sized.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=249))


def test_half_a_sheet_and_a_sheet_on_a_large_glass_are_seen() -> None:
    sheet = separator_picture(0)
    assert has_separator_mark(sheet.crop((0, 0, sheet.width, sheet.height // 2)))
    glass = Image.new("L", (1700, 2800), 250)
    glass.paste(sheet, (20, 30))
    assert has_separator_mark(glass)


@pytest.mark.parametrize("kind", imaging_pages.KINDS)
def test_no_other_page_has_the_frame(kind: str) -> None:
    page = imaging_pages.page(kind, skew=2.0, noise=0.3, dpi=100, seed=5)
    assert not has_separator_mark(page)


def test_what_shines_through_from_the_front_is_no_frame() -> None:
    assert not has_separator_mark(show_through(separator_picture(2)))


def test_regular_rows_of_other_things_are_no_frame() -> None:
    """Boxes to tick, bullets, a black table head, film holes: like the frame, but not solid squares with air."""
    sheet = Image.new("L", (827, 1170), 250)
    draw = ImageDraw.Draw(sheet)
    for step in range(14):
        x, y = 40 + 63 * step, 30 + 80 * step
        draw.rectangle((x, 60, x + 31, 91), outline=20, width=3)
        draw.ellipse((60, y, 72, y + 12), fill=20)
        draw.rectangle((400, y, 431, y + 70), fill=20)
        draw.rectangle((x, 700, x + 60, 731), fill=20)
        draw.text((700, y), "Có", fill=20)
    assert not has_separator_mark(sheet)
    assert not has_separator_mark(Image.new("L", (40, 40), 0))


def test_a_read_code_leaves_no_doubt() -> None:
    sheet = separator_picture(0)
    assert separator_doubts(sheet, ("https://example.vn",)) == (UNREAD_DOUBT,)
    assert separator_doubts(sheet, ("https://example.vn", separator_text(CODE, "1", place=2))) == ()
    assert separator_doubts(imaging_pages.page("text", dpi=100), ()) == ()
