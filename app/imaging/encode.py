"""A finished page into bytes, inside its item's budget."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from app.domain.scanning import Colour, Treatment

LEAST_DPI = 200
"""Nghị định 30/2020/NĐ-CP, Phụ lục I."""

_ROWS_PER_STRIP = 278                      # TIFF 6.0
_QUALITY_STEPS = (75, 62, 50, 40)
"""Below 40 the blocks around letters are seen."""


@dataclass(frozen=True, slots=True)
class Coded:
    """`page` is what `content` shows, after it was made smaller if it was."""

    content: bytes
    mime: str
    page: Image.Image
    dpi: int
    is_over_budget: bool


def encode(page: Image.Image, treatment: Treatment, colour: Colour, dpi: int) -> Coded:
    """`page` in the form that fits it: Group-4 TIFF for bilevel, JPEG otherwise.

    Over the budget, the JPEG quality goes down in steps to 40, then the dpi to 200, then it is said that the
    budget cannot be met. `dpi` is the page's own and is written into the bytes.
    """
    if colour is Colour.BILEVEL:
        content = group4(page, dpi)
        return Coded(content, "image/tiff", page, dpi, len(content) > treatment.budget_bytes)
    steps = (treatment.quality, *(step for step in _QUALITY_STEPS if step < treatment.quality))
    while True:
        for quality in steps:
            content = jpeg(page, quality, dpi)
            if len(content) <= treatment.budget_bytes:
                return Coded(content, "image/jpeg", page, dpi, False)
        if dpi <= LEAST_DPI:
            return Coded(content, "image/jpeg", page, dpi, True)
        size = round(page.width * LEAST_DPI / dpi), round(page.height * LEAST_DPI / dpi)
        page, dpi = page.resize(size, Image.Resampling.BICUBIC), LEAST_DPI


def jpeg(page: Image.Image, quality: int, dpi: int) -> bytes:
    """Baseline JPEG, colour at half resolution as photographs are."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def group4(page: Image.Image, dpi: int) -> bytes:
    """One strip of ITU-T T.6, as PDF takes it without encoding again."""
    out = io.BytesIO()
    page.save(out, "TIFF", compression="group4", dpi=(dpi, dpi), tiffinfo={_ROWS_PER_STRIP: page.height})
    return out.getvalue()
