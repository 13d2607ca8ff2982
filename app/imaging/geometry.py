"""A page turned by a small angle, cut out and brought to another dpi: one pass over the big picture.

A rotation by less than five degrees is two shears and a stretch (R = D · Ly · Lx). A shear moves whole strips of
pixels, which is copying, and the stretch costs nothing because the change of dpi resamples anyway; Pillow's own
`rotate` computes each pixel in floating point and takes three times as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import numpy as np
from PIL import Image

Box = tuple[float, float, float, float]
Fill = float | tuple[int, ...]

_SHEARED_UP_TO = 5.0
_PARTS = 4
"""Strips are placed to a quarter of a pixel: finer steps are not seen, coarser ones make letters ragged. Where the
pixels are about to be averaged into larger ones, half a pixel does."""

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
    first = min(max(0, math.floor(stretched[1] - room)), source.height - 1)
    last = max(first + 1, min(source.height, math.ceil(stretched[3] + room)))
    needed = source.crop((0, first, source.width, last))
    shrinks = size[0] < 0.9 * (right - left)
    rows = _shear_rows(needed, -sine / cosine, middle_y - first, fill, _PARTS // 2 if shrinks else _PARTS)
    taller = _cut(rows, (stretched[0], stretched[1] - room - first, stretched[2], stretched[3] + room - first),
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


def _shear_rows(source: Image.Image, slope: float, centre: float, fill: Fill, parts: int) -> Image.Image:
    """Row y moves right by slope × (y − centre)."""
    between = _between(source, (1, 0), parts)
    sheared = Image.new(source.mode, source.size, cast(float, fill))
    for start, end, whole, part in _strips(source.height, slope, centre, parts):
        kept = max(0, -whole), start, source.width - max(0, whole), end
        sheared.paste(between[part].crop(kept), (max(0, whole), start))
    return sheared


def _shear_columns(source: Image.Image, slope: float, centre: float, spare: int) -> Image.Image:
    """Column x moves down by slope × (x − centre); `spare` rows above and below are given up for it."""
    # Narrow columns: numpy copies them without a picture in between.
    between = [np.asarray(moved) for moved in _between(source, (0, 1), _PARTS)]
    height = source.height - 2 * spare
    sheared = np.empty((height, *between[0].shape[1:]), np.uint8)
    for start, end, whole, part in _strips(source.width, slope, centre, _PARTS):
        top = spare - whole
        sheared[:, start:end] = between[part][top:top + height, start:end]
    return Image.fromarray(sheared)


def _between(source: Image.Image, step: tuple[int, int], parts: int) -> list[Image.Image]:
    """The source moved by 0, 1/4, 1/2 and 3/4 of a pixel, for four parts."""
    moved = source.copy()
    moved.paste(source, step)
    return [source, *(Image.blend(source, moved, part / parts) for part in range(1, parts))]


def _strips(length: int, slope: float, centre: float, parts: int) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that move alike: start, end, whole pixels, parts of a pixel."""
    moves = np.rint((np.arange(length) + 0.5 - centre) * (slope * parts)).astype(np.int64)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(moves)) + 1, [length])).tolist()
    for start, end in pairwise(starts):
        move = int(moves[start])
        yield start, end, move // parts, move % parts
