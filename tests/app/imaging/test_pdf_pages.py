"""Foreign files taken apart: scans without loss, everything else drawn at its true size."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import img2pdf
import pikepdf
import pytest
from PIL import Image

from app.errors import Refusal
from app.imaging.document import document
from app.imaging.limits import Limits
from app.imaging.opening import open_picture
from app.imaging.pdf_pages import page_picture, split
from app.imaging.prepared import DocumentAbout, PageForPdf, SplitPage
from tests.faults import bomb_pdfs as bombs
from tests.faults.bomb_pictures import png_and_zip, saved, sheet, tiff_1000_frames

LIMITS = Limits()
JPEG = saved(sheet(), "JPEG", dpi=(100, 100))
G4 = saved(sheet(mode="1"), "TIFF", compression="group4", dpi=(100, 100))


def _scans(*pictures: bytes, turn: int = 0) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(img2pdf.convert(list(pictures)))) as made:
        for page in made.pages:
            page.obj.Rotate = turn
        made.save(out)
    return out.getvalue()


def _pages(content: bytes) -> list[SplitPage]:
    return list(split(content, LIMITS))


def _pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).tobytes()


def test_a_scan_in_a_pdf_comes_out_without_loss() -> None:
    jpeg, fax = _pages(_scans(JPEG, G4))
    assert (jpeg.mime, fax.mime) == ("image/jpeg", "image/tiff")
    assert JPEG[JPEG.index(b"\xff\xdb"):] in jpeg.content
    assert _pixels(fax.content) == _pixels(G4)
    for page in (jpeg, fax):
        assert open_picture(page.content, LIMITS).info["dpi"] == (100, 100)


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("scan", [JPEG, G4])
def test_a_scan_turned_by_its_page_says_so_itself(scan: bytes, turn: int) -> None:
    [page] = _pages(_scans(scan, turn=turn))
    assert page.mime == ("image/jpeg" if scan is JPEG else "image/tiff")
    expected = Image.open(io.BytesIO(scan)).rotate(-turn, expand=True)
    shown = open_picture(page.content, LIMITS)
    assert shown.convert("L").tobytes() == expected.convert("L").tobytes()


def test_a_searchable_scan_of_ours_comes_out_without_loss() -> None:
    about = DocumentAbout("Giấy tờ", datetime(2026, 1, 2, tzinfo=UTC))
    [page] = _pages(document([PageForPdf(JPEG, "image/jpeg")], about, LIMITS))
    assert _pixels(page.content) == _pixels(JPEG)


def test_anything_more_than_one_scan_is_drawn_at_200_dpi() -> None:
    [page] = _pages(bombs.written(bombs.paged(b"1 0 0 rg 100 100 300 300 re f")))
    picture = open_picture(page.content, LIMITS)
    assert picture.size == (1653, 2339)
    assert picture.info["dpi"] == (200, 200)
    assert picture.mode == "RGB"


def test_a_page_as_small_as_a_card_is_drawn_finer() -> None:
    [page] = _pages(bombs.written(bombs.paged(box=b"0 0 243 153")))
    picture = open_picture(page.content, LIMITS)
    assert picture.info["dpi"] == (300, 300)
    assert picture.mode == "L", "no colour on it"


@pytest.mark.parametrize("make", [
    bombs.pdf_box_of_a_planet, bombs.pdf_jpeg2000_lies, bombs.pdf_scan_in_itself,
    bombs.pdf_script, bombs.pdf_launches, bombs.pdf_carries_a_file, bombs.pdf_forbids, bombs.pdf_index_broken,
    bombs.pdf_index_loop, bombs.pdf_font_of_itself,
])
def test_a_strange_pdf_is_shown_in_its_pixels_only(make: bombs.Make) -> None:
    [page] = _pages(make())
    assert page.mime in ("image/jpeg", "image/png")
    assert b"Script" not in page.content and b"Launch" not in page.content and b"MZ\x00" not in page.content


@pytest.mark.parametrize(("make", "code"), [
    (bombs.pdf_locked, "pdf_encrypted"), (bombs.pdf_unknown_lock, "pdf_encrypted"),
    (bombs.pdf_20000_pages, "pdf_too_many_pages"), (tiff_1000_frames, "pdf_too_many_pages"),
    (bombs.pdf_cut_short, "pdf_broken"), (bombs.pdf_head_only, "pdf_broken"),
    (bombs.pdf_page_tree_loop, "pdf_broken"),
])
def test_a_pdf_that_cannot_be_shown_is_refused(make: bombs.Make, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _pages(make())
    assert refused.value.code == code


def test_the_limit_of_pages_is_an_argument() -> None:
    two = _scans(JPEG, JPEG)
    assert len(list(split(two, replace(LIMITS, most_pages=2)))) == 2
    with pytest.raises(Refusal) as refused:
        list(split(two, replace(LIMITS, most_pages=1)))
    assert refused.value.values == {"pages": 2, "limit": 1}


@pytest.mark.parametrize("content", [JPEG, G4, png_and_zip()])
def test_a_single_picture_is_its_own_page_byte_for_byte(content: bytes) -> None:
    assert [page.content for page in _pages(content)] == [content]


def test_the_frames_of_a_tiff_keep_their_pixels_and_size() -> None:
    frames = [sheet(mode="1"), sheet(mode="L"), sheet()]
    whole = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(150, 150))
    pages = _pages(whole)
    assert [page.mime for page in pages] == ["image/tiff", "image/png", "image/png"]
    for frame, page in zip(frames, pages, strict=True):
        picture = open_picture(page.content, LIMITS)
        assert picture.tobytes() == frame.tobytes()
        assert picture.info["dpi"] == (150, 150)


def test_a_page_of_a_pdf_is_shown_by_its_longest_side() -> None:
    wide = saved(sheet().rotate(90, expand=True), "JPEG", dpi=(100, 100))
    whole = _scans(JPEG, wide)
    first, second = (page_picture(whole, number, 400, LIMITS).size for number in (1, 2))
    assert first == second[::-1] and max(first) == 400


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_page_that_a_pdf_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(Refusal) as refused:
        page_picture(_scans(JPEG, JPEG), number, 400, LIMITS)
    assert (refused.value.code, refused.value.values) == ("pdf_broken", {"page": number})
