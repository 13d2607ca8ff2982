"""How much ink is on a page, and whether it is a blank one; a blank page is marked and never thrown away.

A sheet so dirty that its specks weigh as much as four letters is not called blank: the clerk looks at one sheet
too many rather than passing over a page with a line on it. It is laid down as it came, not turned or straightened.
"""

from __future__ import annotations

import numpy as np

from app.imaging.pixels import Bits, grown, millimetres

BLANK_BELOW = 0.0002
"""0.02 % of the sheet at quarter size: 12 mm², less than four letters."""

INK_DEPTH = 45.0
"""Levels under the paper: what shines through from the back is under 30, a pencil over 50."""

_EDGE_MM, _HOLES_MM, _CELL_MM = 4.0, 20.0, 1.5


def ink_share(ink: Bits, dpi: float) -> float:
    """Share of a page's pixels that are ink, without the outer 4 mm and without punch holes near the edges."""
    edge = max(1, round(millimetres(_EDGE_MM, dpi)))
    inner = ink[edge:-edge, edge:-edge]
    if inner.size == 0:
        return float(ink.mean()) if ink.size else 0.0
    count = float(inner.sum())
    if count < 0.02 * inner.size and count:
        count -= _in_holes(inner, dpi)
    return count / inner.size


def _in_holes(ink: Bits, dpi: float) -> float:
    """Ink pixels in wholly dark spots within 20 mm of an edge; letters are never dark over 1.5 mm."""
    side = max(2, round(millimetres(_CELL_MM, dpi)))
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    cells = ink[:rows * side, :columns * side].reshape(rows, side, columns, side).sum(axis=(1, 3))
    solid = cells > 0.97 * side * side
    near = round(_HOLES_MM / _CELL_MM)
    solid[near:-near, near:-near] = False
    return float(np.where(grown(solid, 2), cells, 0).sum())
