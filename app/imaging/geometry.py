"""A page turned by a small angle, cut out and brought to another dpi: one pass over the big picture.

A rotation by less than five degrees is two shears and a stretch (R = D · Ly · Lx). A shear moves whole strips of
pixels, which is copying, and the stretch costs nothing because the change of dpi resamples anyway; Pillow's own
`rotate` computes each pixel in floating point and takes three times as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast

from PIL import Image

Box = tuple[float, float, float, float]
Fill = float | tuple[int, ...]

_SHEARED_UP_TO = 5.0
_PARTS = 4
"""Strips are placed to a quarter of a pixel: finer steps are not seen, coarser ones make letters ragged."""

NOT_TURNED = 0.02
"""Degrees: over the height of A4 this is a tenth of a millimetre."""


def placed(source: Image.Image, angle: float, box: Box, size: tuple[int, int], fill: Fill) -> Image.Image:
    """`source` turned clockwise by `angle` degrees about its middle, then `box` of it (left, top, right, bottom in
    its pixels, may reach outside) at `size` pixels. Whatever lay outside the source is `fill`."""
    if abs(angle) < NOT_TURNED:
        return _cut(source, box, size, fill)
    if abs(angle) > _SHEARED_UP_TO:
        return _cut(source.rotate(-angle, Image.Resampling.BILINEAR, fillcolor=cast(float, fill)), box, size, fill)
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    rows = _shear_rows(source, -sine / cosine, fill)
    middle_x, middle_y = source.width / 2, source.height / 2
    left, top, right, bottom = box
    stretched = (middle_x + (left - middle_x) / cosine, middle_y + (top - middle_y) * cosine,
                 middle_x + (right - middle_x) / cosine, middle_y + (bottom - middle_y) * cosine)
    # Columns are moved after the change of dpi, when they are fewer. What they move in from above and below is cut
    # out along with the page.
    across, down = size[0] / (right - left), size[1] / (bottom - top)
    slope = sine / cosine * down / across
    centre = (middle_x - left) * across
    spare = math.ceil(abs(slope) * max(centre, size[0] - centre)) + 1
    room = spare / (size[1] / (stretched[3] - stretched[1]))
    taller = _cut(rows, (stretched[0], stretched[1] - room, stretched[2], stretched[3] + room),
                  (size[0], size[1] + 2 * spare), fill)
    return _shear_columns(taller, slope, centre, spare)


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


def _shear_rows(source: Image.Image, slope: float, fill: Fill) -> Image.Image:
    """Row y moves right by slope × (y − middle)."""
    between = _between(source, (1, 0))
    sheared = Image.new(source.mode, source.size, cast(float, fill))
    for start, end, whole, part in _strips(source.height, slope, source.height / 2):
        kept = max(0, -whole), start, source.width - max(0, whole), end
        sheared.paste(between[part].crop(kept), (max(0, whole), start))
    return sheared


def _shear_columns(source: Image.Image, slope: float, centre: float, spare: int) -> Image.Image:
    """Column x moves down by slope × (x − centre); `spare` rows above and below are given up for it."""
    between = _between(source, (0, 1))
    height = source.height - 2 * spare
    sheared = Image.new(source.mode, (source.width, height))
    for start, end, whole, part in _strips(source.width, slope, centre):
        top = spare - whole
        sheared.paste(between[part].crop((start, top, end, top + height)), (start, 0))
    return sheared


def _between(source: Image.Image, step: tuple[int, int]) -> list[Image.Image]:
    """The source moved by 0, 1/4, 1/2 and 3/4 of a pixel."""
    moved = source.copy()
    moved.paste(source, step)
    return [source, *(Image.blend(source, moved, part / _PARTS) for part in range(1, _PARTS))]


def _strips(length: int, slope: float, centre: float) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that move alike: start, end, whole pixels, quarters of a pixel."""
    start, now = 0, round(slope * (0.5 - centre) * _PARTS)
    for line in range(1, length):
        following = round(slope * (line + 0.5 - centre) * _PARTS)
        if following != now:
            yield start, line, now // _PARTS, now % _PARTS
            start, now = line, following
    yield start, length, now // _PARTS, now % _PARTS
