"""A plastic card on the glass: found by its size, laid on an A4 page at its true size, one side above the other.

A card whose face does not say which way up it is stays as it lay, and is said to be in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from app.imaging.background import Paper
from app.imaging.codes import read_codes
from app.imaging.geometry import placed, quarter_turned
from app.imaging.pixels import A4_INCHES, LOOK_DPI, Bits, Levels, Numbers, millimetres
from app.imaging.skew import find_lean
from app.imaging.upright import find_way_up

CARD_MM = (85.60, 53.98)
"""ISO/IEC 7810, size ID-1."""

_CORNER_MM = 3.18
_TOLERANCE = 0.06
_TOP_MM, _BETWEEN_MM = 40.0, 25.0
_CELL_MM = 1.5
_FACE_LINES = 6
_NEAR = tuple((down, across) for down in range(-2, 3) for across in range(-2, 3))
_AWAY = 12.0
"""Levels by which a card differs from the lid behind it, in its strongest channel."""


@dataclass(frozen=True, slots=True)
class Card:
    """`face`: the card alone, lying across, at the scan's dpi. `degrees` and `turn` by which it was turned
    clockwise; `is_sure`: its code or its lines said which way up it is."""

    face: Image.Image
    degrees: float
    turn: int
    is_sure: bool


def card_on_glass(source: Image.Image, outside: Bits | None, paper: Paper, dpi: int) -> Card | None:
    """The one card lying in `source`; None when nothing on the glass has a card's size (within 6 %). `outside` (of
    the picture at about 100 dpi) is the scanner's black lid."""
    scale = max(1, round(dpi / LOOK_DPI))
    seen = np.asarray(source.reduce(scale) if scale > 1 else source)
    mask = _unlike_paper(seen, paper)
    if outside is not None and outside.shape == mask.shape:
        mask &= ~outside
    points = _largest_thing(mask, dpi / scale)
    if points is None:
        return None
    x, y = points
    degrees, left, top, right, bottom = _smallest_rectangle(x, y)
    sides = [millimetres(side, dpi / scale) for side in CARD_MM]
    is_tall = right - left < bottom - top
    across, down = (bottom - top, right - left) if is_tall else (right - left, bottom - top)
    if abs(across / sides[0] - 1) > _TOLERANCE or abs(down / sides[1] - 1) > _TOLERANCE:
        return None
    # `points` are measured from the small picture's corner; the turning is about the scan's middle.
    angle = np.radians(degrees)
    middle_x, middle_y = (left + right) / 2 * scale, (top + bottom) / 2 * scale
    about_x, about_y = source.width / 2, source.height / 2
    centre_x = about_x + middle_x - (about_x * np.cos(angle) - about_y * np.sin(angle))
    centre_y = about_y + middle_y - (about_x * np.sin(angle) + about_y * np.cos(angle))
    width, height = (millimetres(side, dpi) for side in (CARD_MM[::-1] if is_tall else CARD_MM))
    box = (centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)
    white = 255 if source.mode == "L" else (255, 255, 255)
    face = placed(source, degrees, box, (round(width), round(height)), white)
    face = quarter_turned(face, 90 if is_tall else 0)
    turn, is_sure = _way_up(face, dpi)
    return Card(quarter_turned(face, turn), degrees, (turn + (90 if is_tall else 0)) % 360, is_sure)


def card_sheet(faces: list[Image.Image], dpis: list[int], dpi: int) -> Image.Image:
    """An A4 page at `dpi` with the faces one above the other, each at its true size; what is larger than half the
    page (no card) is made to fit."""
    is_colour = any(face.mode == "RGB" for face in faces)
    white: tuple[int, ...] = (255, 255, 255)
    sheet = Image.new("RGB", (round(A4_INCHES[0] * dpi), round(A4_INCHES[1] * dpi)), white)
    top = millimetres(_TOP_MM, dpi)
    for face, own in zip(faces, dpis, strict=True):
        ratio = min(dpi / own, sheet.width * 0.9 / face.width, sheet.height * 0.42 / face.height)
        size = round(face.width * ratio), round(face.height * ratio)
        way = Image.Resampling.BICUBIC
        laid = face if size == face.size else face.resize(size, way)
        is_card = abs(face.width / millimetres(CARD_MM[0], own) - 1) < 0.01
        mask = Image.new("L", size, 0)
        radius = millimetres(_CORNER_MM, dpi) if is_card else 0
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, fill=255)
        sheet.paste(laid.convert("RGB"), ((sheet.width - size[0]) // 2, round(top)), mask)
        top += max(size[1], millimetres(CARD_MM[1], dpi)) + millimetres(_BETWEEN_MM, dpi)
    return sheet if is_colour else sheet.convert("L")


def _unlike_paper(seen: Levels, paper: Paper) -> Bits:
    expected = paper.below(seen.shape[:2], 0.0).astype(np.int16)
    away = max(_AWAY, 2.0 * paper.grain)
    if seen.ndim == 2:
        grey: Bits = np.abs(seen.astype(np.int16) - expected) > away
        return grey
    result: Bits = np.zeros(seen.shape[:2], bool)
    for channel, tint in enumerate(paper.tint):
        result |= np.abs(seen[..., channel].astype(np.int16) - expected - round(tint)) > away
    return result


def _largest_thing(mask: Bits, dpi: float) -> tuple[Numbers, Numbers] | None:
    """The pixels of the largest connected thing, specks left out, as x and y."""
    side = max(2, round(millimetres(_CELL_MM, dpi)))
    rows, columns = mask.shape[0] // side, mask.shape[1] // side
    full = mask[:rows * side, :columns * side].reshape(rows, side, columns, side).mean(axis=(1, 3)) > 0.25
    waiting = {(int(row), int(column)) for row, column in zip(*np.nonzero(full), strict=True)}
    largest: set[tuple[int, int]] = set()
    while waiting:
        thing = {waiting.pop()}
        edge = list(thing)
        while edge:
            row, column = edge.pop()
            # Two cells apart still belong together: a card's white fields do not split it.
            for near in ((row + down, column + across) for down, across in _NEAR):
                if near in waiting:
                    waiting.remove(near)
                    thing.add(near)
                    edge.append(near)
        largest = max(largest, thing, key=len)
    if len(largest) < 40:
        return None
    kept = np.zeros((rows + 2, columns + 2), bool)
    for row, column in largest:
        kept[row:row + 3, column:column + 3] = True
    grown = np.kron(kept[1:-1, 1:-1], np.ones((side, side), bool))
    y, x = np.nonzero(mask[:rows * side, :columns * side] & grown)
    return x.astype(np.float32), y.astype(np.float32)


def _smallest_rectangle(x: Numbers, y: Numbers) -> tuple[float, float, float, float, float]:
    """Clockwise turn in ±45° after which the points fill the smallest upright rectangle, and that rectangle."""
    def extents(degrees: float) -> tuple[float, float, float, float]:
        sine, cosine = np.float32(np.sin(np.radians(degrees))), np.float32(np.cos(np.radians(degrees)))
        across, down = np.sort(x * cosine - y * sine), np.sort(x * sine + y * cosine)
        spare = len(x) // 400
        return float(across[spare]), float(down[spare]), float(across[-1 - spare]) + 1, float(down[-1 - spare]) + 1

    def area(degrees: float) -> float:
        left, top, right, bottom = extents(degrees)
        return (right - left) * (bottom - top)

    if len(x) > 12_000:
        some = np.random.default_rng(len(x)).choice(len(x), 12_000, replace=False)
        x, y = x[some], y[some]
    best = min(np.arange(-45.0, 45.0, 2.0), key=area)
    for step in (0.5, 0.1):
        best = min(best + step * np.arange(-5, 6), key=area)
    return float(best), *extents(float(best))


def _way_up(face: Image.Image, dpi: int) -> tuple[int, bool]:
    grey = face.convert("L")
    codes = read_codes(grey)
    if codes.turn is not None:
        # A card lies across: a code that stands sideways is printed so and says nothing.
        return (codes.turn, True) if codes.turn in (0, 180) else (0, False)
    scale = max(1, round(dpi / LOOK_DPI))
    small = np.asarray(grey.reduce(scale) if scale > 1 else grey)
    ink: Bits = small < np.percentile(small, 60) - 70
    lean = find_lean(ink)
    if not lean.is_sure or lean.runs_down:
        return 0, False
    found = find_way_up(ink, 0.0, False)
    # The back has few lines, and those for machines (ICAO 9303) are capitals that reach neither up nor down.
    is_sure = found.is_sure and found.lines >= _FACE_LINES
    return (found.turn if is_sure else 0), is_sure
