from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from app.domain.scanning import Treatment
from app.imaging.geometry import placed, quarter_turned
from app.imaging.prepare import look_at, prepare
from app.imaging.skew import find_lean
from app.imaging.upright import find_way_up
from tests.imaging_pages import TEXT_KINDS, page

TEXT = Treatment("text")
scan = cache(page)                         # drawing a page takes longer than turning it


@pytest.mark.parametrize(("kind", "skew", "noise"), [
    *((kind, 1.37, 0.0) for kind in TEXT_KINDS),
    ("text", -13.6, 0.4), ("capitals", 0.2, 0.2), ("capitals", -0.25, 0.0), ("table", -0.25, 0.0),
])
def test_the_lean_of_text_is_found_to_a_twentieth_of_a_degree(kind: str, skew: float, noise: float) -> None:
    lean = find_lean(look_at(page(kind, skew=skew, noise=noise, seed=3)).ink)
    assert lean.is_sure
    assert lean.degrees == pytest.approx(skew, abs=0.05)


@pytest.mark.parametrize(("kind", "turn"), [
    ("text", 0), ("text", 180), ("text", 270), ("capitals", 90), ("stamped", 180), ("table", 90), ("table", 180),
])
def test_a_page_of_text_is_put_upright(kind: str, turn: int) -> None:
    look = look_at(page(kind, turn=turn, skew=0.8, seed=1))
    lean = find_lean(look.ink)
    found = find_way_up(look.ink, lean.degrees, lean.runs_down)
    assert (found.turn, found.is_sure) == (turn, True)


@pytest.mark.parametrize("turn", [90, 180])
def test_a_code_says_which_way_up_a_page_without_lines_is(turn: int) -> None:
    found = prepare(page("drawing", turn=turn, code="QMC1|Thử"), TEXT).finding
    assert found.turn == turn
    assert found.codes == ("QMC1|Thử",)
    assert "upside_down_unsure" not in found.doubts


def test_a_page_that_does_not_say_which_way_up_it_is_stays_and_is_doubted() -> None:
    found = prepare(page("drawing", turn=180, seed=7), TEXT).finding
    assert found.turn == 0
    assert "upside_down_unsure" in found.doubts


@pytest.mark.parametrize("angle", [0.0, 0.3, -1.7, 4.9, -9.0])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_page_is_turned_as_a_rotation_of_every_pixel_does(angle: float, mode: str) -> None:
    source = scan("text", dpi=100).convert(mode)
    white = 255 if mode == "L" else (255, 255, 255)
    whole = (0.0, 0.0, float(source.width), float(source.height))
    ours = placed(source, angle, whole, source.size, white).convert("L")
    pillows = source.rotate(-angle, Image.Resampling.BILINEAR, fillcolor=white).convert("L")
    softened = [picture.reduce(4) for picture in (ours, pillows)]
    assert ImageStat.Stat(ImageChops.difference(*softened)).rms[0] < 5
    assert ours.size == source.size


@settings(max_examples=25, deadline=None)
@given(st.floats(-4.9, 4.9), st.integers(20, 60), st.integers(20, 60))
def test_what_a_turned_page_takes_from_outside_is_paper(angle: float, width: int, height: int) -> None:
    black = Image.new("L", (width, height), 0)
    larger = (-5.0, -5.0, width + 5.0, height + 5.0)
    seen = np.asarray(placed(black, angle, larger, (width + 10, height + 10), 255))
    assert seen[0, 0] == seen[-1, -1] == 255
    assert seen[seen.shape[0] // 2, seen.shape[1] // 2] == 0


@given(st.sampled_from([0, 90, 180, 270]))
def test_four_quarters_are_none(turn: int) -> None:
    sheet = Image.fromarray(np.arange(12, dtype=np.uint8).reshape(3, 4))
    assert quarter_turned(quarter_turned(sheet, turn), (360 - turn) % 360).tobytes() == sheet.tobytes()
