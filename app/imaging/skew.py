"""By how many degrees a page leans: the angle at which its ink falls into the sharpest lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.imaging.pixels import Bits, Numbers

WIDEST = 15.0
_COARSE_POINTS, _FINE_POINTS = 4_000, 25_000
_GOLDEN = 0.6180339887498949
_SURE = 1.25
"""The best angle's sharpness over that of the best angle elsewhere; noise alone reaches 1.1."""


@dataclass(frozen=True, slots=True)
class Lean:
    """`degrees` to turn clockwise; `runs_down`: the lines stand upright, so the page lies on its side."""

    degrees: float
    is_sure: bool
    runs_down: bool


def find_lean(ink: Bits) -> Lean:
    """The lean of the ink on a page of about 100 dpi, right to 0.05° for a page of text; within ±15°.

    Postl's measure: the ink is projected along each angle, and the squared differences of neighbouring rows are
    summed. From 1° steps over few points down to 0.02° over many.
    """
    x, y = _points(_without_solids(ink))
    if len(x) < 150:
        return Lean(0.0, False, False)
    x, y = _off_the_grid(x, y)
    some = _some(len(x), _COARSE_POINTS)
    angles = np.arange(-WIDEST, WIDEST + 0.5, 1.0, dtype=np.float32)
    best: tuple[float, float, bool, float] | None = None
    for runs_down, (along, across) in ((False, (x, y)), (True, (y, -x))):
        scores = _sharpness(along[some], across[some], angles, 2.0)
        angle = float(angles[int(scores.argmax())])
        around = np.arange(angle - 1.0, angle + 1.01, 0.2, dtype=np.float32)
        finer = _sharpness(along[some], across[some], around, 1.0)
        sure = _lead(angles, scores)
        if best is None or float(finer.max()) > best[0]:
            best = (float(finer.max()), float(around[int(finer.argmax())]), runs_down, sure)
    assert best is not None
    _score, angle, runs_down, sure = best
    many = _some(len(x), _FINE_POINTS)
    along, across = (y[many], -x[many]) if runs_down else (x[many], y[many])
    for step in (0.08, 0.025):
        around = (angle + step * np.arange(-4, 5)).astype(np.float32)
        scores = _sharpness(along, across, around, 0.75)
        angle = _peak(around, scores)
    return Lean(round(angle, 3), sure >= _SURE and abs(angle) <= WIDEST + 0.3, runs_down)


def turned_points(ink: Bits, degrees: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where the ink's pixels come to lie (x, y from the middle) when the page is turned clockwise."""
    x, y = _points(ink)
    sine, cosine = np.float32(np.sin(np.radians(degrees))), np.float32(np.cos(np.radians(degrees)))
    return x * cosine - y * sine, x * sine + y * cosine


def _points(ink: Bits) -> tuple[Numbers, Numbers]:
    """Where the ink's pixels lie, x and y from the middle."""
    # A sixth of the time of asking `nonzero` for rows and columns.
    at = np.flatnonzero(ink).astype(np.int32)
    row = at // np.int32(ink.shape[1])
    column = at - row * np.int32(ink.shape[1])
    return (column - np.float32(ink.shape[1] / 2)).astype(np.float32), \
        (row - np.float32(ink.shape[0] / 2)).astype(np.float32)


def _off_the_grid(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """The points spread over their pixels' height, several times where they are few.

    Rows of whole numbers fall into the bins sharpest when nothing is turned: a page that leans by less than half
    a degree would be taken for a straight one.
    """
    times = max(1, _FINE_POINTS // len(x))
    x, y = np.repeat(x, times), np.repeat(y, times)
    return x, y + (np.arange(len(y)) * _GOLDEN % 1.0 - 0.5).astype(np.float32)


def _without_solids(ink: Bits) -> Bits:
    """Photographs, holes and black bars lose their inside: only their edges say how they lie."""
    if min(ink.shape) < 6:
        return ink
    inside = ink[2:-2, 2:-2].copy()
    for step in (-2, 2):
        inside &= ink[2 + step:ink.shape[0] - 2 + step, 2:-2]
        inside &= ink[2:-2, 2 + step:ink.shape[1] - 2 + step]
    kept = ink.copy()
    kept[2:-2, 2:-2] &= ~inside
    return kept


def _some(count: int, wanted: int) -> NDArray[np.int64]:
    if count <= wanted:
        return np.arange(count)
    # Spread evenly but not in step with the rows, which would make lines of its own.
    return np.sort(np.random.default_rng(count).choice(count, wanted, replace=False))


def _sharpness(along: Numbers, across: Numbers, angles: Numbers, bin_size: float) -> NDArray[np.float64]:
    turns = np.radians(angles)
    reach = float(np.hypot(np.abs(along).max(), np.abs(across).max()))
    bins = int(2 * reach / bin_size) + 3
    scores = np.empty(len(angles))
    for place, turn in enumerate(turns):
        rows = along * np.float32(np.sin(turn) / bin_size) + across * np.float32(np.cos(turn) / bin_size)
        rows += np.float32(reach / bin_size + 1)
        steps = np.diff(np.bincount(rows.astype(np.intp), minlength=bins)).astype(np.float64)
        scores[place] = steps @ steps
    return scores


def _lead(angles: Numbers, scores: NDArray[np.float64]) -> float:
    """How far the best angle leads over all that are more than two degrees away: a plan of slanting lines has two
    rivals, a page of text has none."""
    best = int(scores.argmax())
    rivals = scores[np.abs(angles - angles[best]) > 2.5]
    return float(scores[best] / max(1.0, float(rivals.max())))


def _peak(angles: Numbers, scores: NDArray[np.float64]) -> float:
    place = int(scores.argmax())
    if place in (0, len(scores) - 1):
        return float(angles[place])
    before, top, after = scores[place - 1:place + 2]
    bend = before - 2 * top + after
    shift = 0.5 * (before - after) / bend if bend else 0.0
    return float(angles[place] + shift * (angles[1] - angles[0]))
