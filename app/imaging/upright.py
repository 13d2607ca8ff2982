"""Which way up a page of text is: letters reach above their line more than below it.

Vietnamese makes this plain: tone marks, circumflexes, horns and ascenders stand above; only a few tails and dots
hang below. Where a line's ink is split at its dense band (the height of an x), upright text has about three times
as much of the rest above as below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.imaging.pixels import Bits
from app.imaging.skew import turned_points

_FEWEST_LINES = 4
_SURE_ABOVE = 0.57
_SURE_BELOW = 0.43


@dataclass(frozen=True, slots=True)
class WayUp:
    """`turn` clockwise (0, 90, 180, 270) puts it upright; `is_sure` is False when the lines do not say."""

    turn: int
    is_sure: bool
    above: float = 0.5             # share of what stands out of the lines that stands above
    lines: int = 0


def find_way_up(ink: Bits, degrees: float, runs_down: bool) -> WayUp:
    """The way up of the lines on a page of about 100 dpi that is straight after turning by `degrees`;
    `runs_down`: its lines run from top to bottom."""
    x, y = turned_points(ink, degrees)
    along, across = (y, -x) if runs_down else (x, y)
    above, lines = _above_share(along, across)
    is_sure = lines >= _FEWEST_LINES and not _SURE_BELOW < above < _SURE_ABOVE
    on_head = is_sure and above < 0.5
    if not runs_down:
        return WayUp(180 if on_head else 0, is_sure, above, lines)
    # Turning by 270 maps (x, y) to (y, −x), which is how the lines were read.
    return WayUp((90 if on_head else 270) if is_sure else 0, is_sure, above, lines)


def _above_share(along: NDArray[np.float32], across: NDArray[np.float32]) -> tuple[float, int]:
    if len(along) < 200:
        return 0.5, 0
    column = (along - along.min()).astype(np.int32)
    row = (across - across.min()).astype(np.int32)
    # Rules of tables and frames are no letters, but columns of them join the lines into one.
    upright_rules = np.bincount(column) > 0.22 * (row.max() + 1)
    kept = ~upright_rules[column]
    row = row[kept]
    if len(row) < 200:
        return 0.5, 0
    rows = np.bincount(row).astype(np.float64)
    rows[rows > 0.55 * (column.max() + 1)] = 0
    tops = rows[rows > 0]
    if len(tops) == 0:
        return 0.5, 0
    full = float(np.percentile(tops, 95))
    inked = rows > 0.04 * full
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False]))))
    above = below = 0.0
    lines = 0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if not 7 <= end - start <= 42:
            continue
        line = rows[start:end]
        dense = np.flatnonzero(line >= 0.5 * np.sort(line)[-2])
        first, last = int(dense[0]), int(dense[-1])
        if not 3 <= last - first + 1 <= 0.9 * len(line):
            continue
        above += float(line[:first].sum())
        below += float(line[last + 1:].sum())
        lines += 1
    return (above / (above + below), lines) if above + below else (0.5, 0)
