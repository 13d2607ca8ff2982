"""Code 128 and QR of the bare dossier code, as rectangles that fall on whole printer dots.

A bar whose edge lies between two dots is printed one dot wider here and narrower there; scanners then fail. So a
module is a whole number of dots. Laser printers have 300, 600 or 1200 dots per inch, all multiples of 300, and the
papers use 300; label printers have 203 or 300 and the label asks. No width ≥ 0.33 mm below half a millimetre is
whole at 203 and at 300 at once, which is why the resolution is chosen, and why both are decoded in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import zxingcpp
from barcode.codex import Code128
from barcode.errors import IllegalCharacterError

from app.errors import Refusal

LASER_DPI = 300
GOOD_MODULE_MM = 0.33              # wanted; smaller only when a label leaves no room
LEAST_MODULE_MM = 0.24             # below this, office scanners begin to fail on worn ribbons
QUIET_BARS = 10                    # modules of white on both sides of a Code 128 (ISO/IEC 15417)
QUIET_SQUARE = 4                   # modules of white around a QR (ISO/IEC 18004)
MM = 72 / 25.4                     # points


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128: `spans` of black as (first module, modules), `modules` in all, each `module` points wide."""

    spans: tuple[tuple[int, int], ...]
    modules: int
    module: float

    @property
    def width(self) -> float:
        return self.modules * self.module

    @property
    def quiet(self) -> float:
        return QUIET_BARS * self.module


@dataclass(frozen=True, slots=True)
class Square:
    """A QR matrix: `spans` of black as (row from the top, first module, modules), `modules` a side."""

    spans: tuple[tuple[int, int, int], ...]
    modules: int
    module: float

    @property
    def width(self) -> float:
        return self.modules * self.module

    @property
    def quiet(self) -> float:
        return QUIET_SQUARE * self.module


def _black_spans(cells: list[bool]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for is_black, group in groupby(cells):
        length = len(list(group))
        if is_black:
            spans.append((at, length))
        at += length
    return spans


def whole_dots(width_mm: float, dpi: int) -> float:
    """The smallest width in points that is whole dots at `dpi` and at least `width_mm`."""
    dots = -(-round(width_mm * dpi / 25.4 * 1000) // 1000)
    return dots * 72 / dpi


def snap(at: float, dpi: int = LASER_DPI) -> float:
    """`at` (points) moved to the next dot on the left, so that every edge of a code lies on a dot."""
    return int(at * dpi / 72) * 72 / dpi


@lru_cache(maxsize=64)
def _bar_spans(code: str) -> tuple[tuple[tuple[int, int], ...], int]:
    try:
        modules = Code128(code).build()[0]
    except (IllegalCharacterError, KeyError, RuntimeError) as error:
        raise Refusal("code_not_printable", dossier_code=code) from error
    return tuple(_black_spans([module == "1" for module in modules])), len(modules)


def bars(code: str, room: float, dpi: int = LASER_DPI) -> Bars | None:
    """Code 128 of `code` in at most `room` points including both quiet zones, or None when it cannot fit.

    The module is the smallest whole number of dots that reaches 0.33 mm; if that does not fit, fewer dots, but
    never below 0.24 mm.
    """
    spans, modules = _bar_spans(code)
    module = whole_dots(GOOD_MODULE_MM, dpi)
    least = LEAST_MODULE_MM * MM
    while module >= least:
        if (modules + 2 * QUIET_BARS) * module <= room:
            return Bars(spans, modules, module)
        module -= 72 / dpi
    return None


@lru_cache(maxsize=64)
def _square_spans(code: str) -> tuple[tuple[tuple[int, int, int], ...], int]:
    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image: Any = symbol.to_image(scale=1, add_quiet_zones=False)   # its stub does not say that it is a buffer
    rows: Any = memoryview(image).tolist()
    spans = [(row, at, length) for row, cells in enumerate(rows)
             for at, length in _black_spans([cell == 0 for cell in cells])]
    return tuple(spans), len(rows)


def square(code: str, module_mm: float, dpi: int = LASER_DPI) -> Square:
    """QR of `code` (error correction Q: a quarter of it may be soiled), modules of at least `module_mm`."""
    spans, modules = _square_spans(code)
    return Square(spans, modules, whole_dots(module_mm, dpi))
