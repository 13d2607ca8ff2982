"""A page turned by a small angle, cut out and brought to another dpi: one pass over the big picture.

Each pixel of the result is the mean of a few single pixels of the scan, taken a little apart from each other: two
where pixels become larger, four where they do not. Taking single pixels is copying, so it costs a third of
Pillow's bilinear transform and half of its `resize`, and what it makes is nearer to a page that had lain straight
than shears, or a resize and then a rotation, which both soften it twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast

from PIL import Image

Box = tuple[float, float, float, float]
Fill = float | tuple[int, ...]

NOT_TURNED = 0.02
"""Degrees: over the height of A4 this is a tenth of a millimetre."""

_BAND_ROWS = 128
"""Rows made at a time: what is done to them next finds them in the processor's cache."""

_LARGER_FROM = 1.25
_LARGER = ((-0.25, -0.25), (0.25, 0.25))
_ALIKE = ((-0.35, -0.12), (0.12, -0.35), (0.35, 0.12), (-0.12, 0.35))
"""Where a pixel looks, in pixels of the scan about its middle. The nearest to pages drawn straight."""


def placed(source: Image.Image, angle: float, box: Box, size: tuple[int, int], fill: Fill) -> Image.Image:
    """`source` turned clockwise by `angle` degrees about its middle, then `box` of it (left, top, right, bottom in
    its pixels, may reach outside) at `size` pixels. Whatever lay outside the source is `fill`."""
    if abs(angle) < NOT_TURNED:
        return _cut(source, box, size, fill)
    page = Image.new(source.mode, size)
    for top, band in bands(source, angle, box, size, fill):
        page.paste(band, (0, top))
    return page


def bands(source: Image.Image, angle: float, box: Box, size: tuple[int, int], fill: Fill,
          ) -> Iterator[tuple[int, Image.Image]]:
    """What `placed` makes, from top to bottom: the row at which each band begins, and the band."""
    if abs(angle) < NOT_TURNED:
        yield 0, _cut(source, box, size, fill)
        return
    across, down = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    middle_x, middle_y = source.width / 2, source.height / 2
    whole = int(min(across, down) + 0.01)
    if whole > 1:
        # Far larger pixels: first the mean of whole ones, which is quick, then the turn.
        source = source.reduce(whole)
        box = box[0] / whole, box[1] / whole, box[2] / whole, box[3] / whole
        across, down = across / whole, down / whole
        middle_x, middle_y = middle_x / whole, middle_y / whole
    spots = _LARGER if min(across, down) >= _LARGER_FROM else _ALIKE
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    left, top = box[0] - middle_x, box[1] - middle_y
    from_x, from_y = middle_x + cosine * left + sine * top, middle_y - sine * left + cosine * top
    for first in range(0, size[1], _BAND_ROWS):
        rows = min(_BAND_ROWS, size[1] - first)
        start_x, start_y = from_x + sine * down * first, from_y + cosine * down * first
        band: Image.Image | None = None
        for taken, (spot_x, spot_y) in enumerate(spots, 1):
            way = (cosine * across, sine * down, start_x + spot_x, -sine * across, cosine * down, start_y + spot_y)
            seen = source.transform((size[0], rows), Image.Transform.AFFINE, way, Image.Resampling.NEAREST,
                                    fillcolor=cast(float, fill))
            band = seen if band is None else Image.blend(band, seen, 1 / taken)
        assert band is not None
        yield first, band


def quarter_turned(page: Image.Image, turn: int) -> Image.Image:
    """`page` turned clockwise by 0, 90, 180 or 270 degrees, without touching a pixel's value."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return page.transpose(ways[turn]) if turn else page


def _cut(source: Image.Image, box: Box, size: tuple[int, int], fill: Fill) -> Image.Image:
    left, top, right, bottom = box
    across, down = size[0] / (right - left), size[1] / (bottom - top)
    inside = (max(0.0, left), max(0.0, top), min(float(source.width), right), min(float(source.height), bottom))
    if abs(across - 1) < 1e-3 and abs(down - 1) < 1e-3:
        # The same dpi: whole pixels are copied and stay as sharp as the scanner made them.
        corner = round(left), round(top)
        if corner == (0, 0) and size == source.size:
            return source
        return _on_ground(source, (-corner[0], -corner[1]), size, fill)
    shown = (round((inside[0] - left) * across), round((inside[1] - top) * down),
             round((inside[2] - left) * across), round((inside[3] - top) * down))
    filter_ = Image.Resampling.BOX if across < 0.9 else Image.Resampling.BICUBIC
    part = source.resize((shown[2] - shown[0], shown[3] - shown[1]), filter_, box=inside)
    return part if part.size == size else _on_ground(part, shown[:2], size, fill)


def _on_ground(part: Image.Image, at: tuple[int, int], size: tuple[int, int], fill: Fill) -> Image.Image:
    ground = Image.new(part.mode, size, cast(float, fill))
    ground.paste(part, at)
    return ground
