from __future__ import annotations

import io
import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.domain.scanning import Colour, Treatment
from app.domain.treatment import CARD, PHOTO, TEXT
from app.imaging.card import CARD_MM
from app.imaging.prepare import prepare, prepare_pair
from app.imaging.prepared import Prepared
from tests.imaging_pages import BLANK_KINDS, KINDS, blank_sheet, page, worn

DPI = 150
A4 = (1240, 1754)
scan = cache(page)                         # drawing a page takes longer than preparing it


def shown(prepared: Prepared) -> Image.Image:
    picture = Image.open(io.BytesIO(prepared.content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", ["text", "stamped", "photo", "blank"])
def test_every_page_keeps_its_true_size_and_says_so(kind: str) -> None:
    prepared = prepare(scan(kind, skew=-1.1, dpi=DPI, seed=5), TEXT)
    found, picture = prepared.finding, shown(prepared)
    assert (found.width, found.height) == picture.size == A4
    assert found.dpi == DPI
    assert [round(float(way)) for way in picture.info["dpi"]] == [DPI, DPI]
    assert Image.MIME[picture.format or ""] == prepared.mime
    assert max(Image.open(io.BytesIO(prepared.thumbnail)).size) == 240


@pytest.mark.parametrize("border", ["black", "white"])
@pytest.mark.parametrize("turn", [0, 90])
def test_the_sheet_is_cut_out_of_the_glass_as_a4(border: str, turn: int) -> None:
    prepared = prepare(scan("table", border=border, skew=1.6, dpi=DPI, turn=turn, seed=2), TEXT)
    assert shown(prepared).size == A4
    edge = np.asarray(shown(prepared).convert("L"))
    rim = np.concatenate((edge[:6].ravel(), edge[-6:].ravel(), edge[:, :6].ravel(), edge[:, -6:].ravel()))
    assert rim.min() > 200


@pytest.mark.parametrize(("noise", "dpi"), [(0.0, 150), (0.6, 150), (0.3, 200)])
def test_paper_becomes_white_and_ink_stays_dark(noise: float, dpi: int) -> None:
    seen = np.asarray(shown(prepare(scan("text", noise=noise, dpi=dpi, seed=4), TEXT)).convert("L"))
    assert np.percentile(seen, 50) >= 253
    assert np.percentile(seen, 1) < 80


def test_stamp_and_signature_stay_in_colour() -> None:
    prepared = prepare(scan("stamped", noise=0.4, skew=2.0, dpi=DPI, seed=1), TEXT)
    seen = np.asarray(shown(prepared).convert("RGB")).astype(int)
    red, green, blue = seen[..., 0], seen[..., 1], seen[..., 2]
    assert prepared.finding.colour is Colour.COLOUR
    assert ((red - green > 100) & (red - blue > 100)).sum() > 1100
    assert (blue - red > 70).sum() > 560


def test_a_photograph_keeps_its_tones() -> None:
    glued = scan("photo", seed=1)
    before = np.asarray(glued).astype(int)[800:1000, 700:850]
    kept = shown(prepare(glued, replace(PHOTO, dpi=200))).convert("RGB")
    after = np.asarray(kept).astype(int)[800:1000, 700:850]
    assert np.abs(before - after).mean() < 4


@pytest.mark.parametrize("kind", KINDS)
def test_blank_pages_are_marked_and_others_are_not(kind: str) -> None:
    is_blank = kind in BLANK_KINDS
    found = prepare(scan(kind, noise=0.5 if is_blank else 0.0, dpi=DPI, seed=8), TEXT).finding
    assert found.is_blank == is_blank


@pytest.mark.parametrize(("asked", "kind", "kept"), [
    (Colour.AUTO, "text", Colour.GREY),
    (Colour.AUTO, "table", Colour.GREY),
    (Colour.AUTO, "stamped", Colour.COLOUR),
    (Colour.AUTO, "handwritten", Colour.COLOUR),
    (Colour.COLOUR, "text", Colour.COLOUR),
    (Colour.GREY, "stamped", Colour.GREY),
    (Colour.BILEVEL, "text", Colour.BILEVEL),
])
def test_colour_is_kept_where_there_is_some_or_where_it_was_asked(asked: Colour, kind: str, kept: Colour) -> None:
    sheet = scan(kind, noise=0.5 if kind in ("text", "table") else 0.0, dpi=DPI, seed=8)
    assert prepare(sheet, replace(TEXT, colour=asked)).finding.colour is kept


def test_bilevel_is_a_tenth_of_grey() -> None:
    sheet = scan("text", noise=0.3, dpi=200, seed=4)
    lines, grey = prepare(sheet, replace(TEXT, colour=Colour.BILEVEL)), prepare(sheet, TEXT)
    assert (lines.mime, grey.mime) == ("image/tiff", "image/jpeg")
    assert len(lines.content) * 8 < len(grey.content)


def test_quality_gives_way_first_then_the_dpi_and_the_rest_is_said() -> None:
    sheet = scan("text", dpi=300, seed=1)
    fine = Treatment("text", colour=Colour.GREY, dpi=300, budget_bytes=2_000_000)
    poorest = len(prepare(sheet, replace(fine, quality=40)).content)
    for budget, is_over, dpi in ((poorest + 1, False, 300), (poorest - 1, False, 200), (9_000, True, 200)):
        prepared = prepare(sheet, replace(fine, budget_bytes=budget))
        assert (prepared.finding.is_over_budget, prepared.finding.dpi) == (is_over, dpi)
        assert is_over or len(prepared.content) <= budget


def test_too_few_pixels_are_not_invented_but_said() -> None:
    found = prepare(scan("text", dpi=DPI), TEXT).finding
    assert (found.dpi, found.width) == (150, 1240)
    assert "dpi_low" in found.doubts


@pytest.mark.parametrize("turn", [180, 90])
def test_two_sides_of_a_card_lie_on_one_page_at_their_true_size(turn: int) -> None:
    front, back = scan("card", turn=turn, skew=2.0, seed=1), scan("card_back", seed=2)
    prepared = prepare_pair(front, back, CARD)
    seen = np.asarray(shown(prepared).convert("L"))
    inked = seen < 246
    rows, columns = np.flatnonzero(inked.sum(axis=1) > 130), np.flatnonzero(inked.sum(axis=0) > 130)
    assert (columns[-1] - columns[0]) / 200 * 25.4 == pytest.approx(CARD_MM[0], abs=1.0)
    sides = np.split(rows, np.flatnonzero(np.diff(rows) > 60) + 1)
    assert len(sides) == 2
    for side in sides:
        assert (side[-1] - side[0]) / 200 * 25.4 == pytest.approx(CARD_MM[1], abs=1.0)
    assert prepared.finding.codes[0].startswith("001081099999|")
    assert prepared.finding.turn == turn
    assert "card_unsure" not in prepared.finding.doubts


def test_a_page_without_a_card_is_prepared_as_a_page_and_doubted_in_a_pair() -> None:
    text = scan("text", dpi=DPI)
    assert prepare(text, CARD).finding.ink_share < 0.2
    assert "card_unsure" in prepare_pair(scan("card", dpi=DPI), text, CARD).finding.doubts


def test_all_formats_of_pixels_are_taken() -> None:
    sheet = scan("text", dpi=100)
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"):
        found = prepare(sheet.convert(mode), TEXT).finding
        assert found.ink_share > 0.01, mode
    assert prepare(np.asarray(sheet), TEXT).finding.width == prepare(sheet, TEXT).finding.width


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 255), st.booleans())
def test_no_picture_is_refused_however_small_or_dark(width: int, height: int, level: int, is_grey: bool) -> None:
    picture = Image.new("L" if is_grey else "RGB", (width, height), level if is_grey else (level, 0, level))
    prepared = prepare(picture, TEXT)
    assert shown(prepared).size == (prepared.finding.width, prepared.finding.height)


def test_grain_alone_is_no_ink() -> None:
    assert prepare(worn(blank_sheet(DPI), 0.6), TEXT).finding.ink_share < 0.0002


@pytest.mark.parametrize("specks", [100, 400])
def test_a_sheet_too_dirty_to_be_called_blank_is_kept_as_it_lies(specks: int) -> None:
    sheet, chance = blank_sheet(DPI), random.Random(specks)
    draw = ImageDraw.Draw(sheet)
    for _ in range(specks):
        x, y, wide = (part / 25.4 * DPI for part in (chance.uniform(5, 205), chance.uniform(5, 290), 0.5))
        draw.ellipse((x, y, x + wide, y + wide), fill=(90, 86, 80))
    found = prepare(sheet, TEXT).finding
    assert (found.is_blank, found.skew_degrees, found.turn, found.codes) == (False, 0.0, 0, ())
