"""Whether a page shows the frame of a separator sheet, however torn, scribbled on, stained or pale it is.

The frame is a row of solid squares of 8 mm, as far apart as they are wide, along every edge of the sheet
(`app.printing.separator_sheets`). No paper of an office has six such squares in a row at equal distances, and any
six of the 58 are enough. So a separator whose codes are destroyed is not taken for a page of the paper before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.separator import read_separator
from app.domain.separator_sheet import UNREAD_DOUBT

ROW = 6                            # squares in line that make a frame
_SIDE = 320                        # pixels of the longer side of what is looked at: about 27 dpi
_LONGEST_MM = (310.0, 235.0)       # its length: A4 to legal size, and A4 of which a part is torn off; ±15 % each
_CORE_MM, _AIR_MM, _RIM_MM = 5.0, 9.5, 14.5    # inside the square; it and its soft edge; up to here light
_BESIDE_MM, _SPOT_MM = 7.7, 2.0    # how far from its middle a square has air on all four sides, and how much of it
_LEAST_AIR = 0.7                   # contrast there against the contrast all around
_MARGIN = 14                       # pixels added around the page, so that the widest box fits everywhere
_LEAST_CONTRAST = 0.125           # of ink against paper, as a share of white; what shines through is less
_MOST_TEXTURE = 0.30               # spread inside a square against its contrast: letters are never even
_PITCH_MM = (13.0, 20.0)
_OFF = 0.14                        # of a pitch: how far a square may lie from where the row expects it

Plane = NDArray[np.float64]
Whole = NDArray[np.int64]


def has_separator_mark(grey: Image.Image) -> bool:
    """True when a row of the frame's squares is found. Any size, any way up, any skew."""
    longer = max(grey.size)
    if min(grey.size) < 60:
        return False
    small = grey if grey.mode == "L" else grey.convert("L")
    small = small.reduce(max(1, longer // (2 * _SIDE)))
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    page = np.pad(np.asarray(small, np.int64), _MARGIN, "edge")
    total, squared = _integral(page), _integral(page * page)
    for longest in _LONGEST_MM:
        per_mm = max(small.size) / longest
        if _has_row(_squares(total, squared, per_mm), per_mm):
            return True
    return False


def separator_doubts(grey: Image.Image, codes: Sequence[str]) -> tuple[str, ...]:
    """`UNREAD_DOUBT` for a separator sheet of which no code was read; `codes` are all that were."""
    if any(read_separator(code) for code in codes):
        return ()
    return (UNREAD_DOUBT,) if has_separator_mark(grey) else ()


def _squares(total: Whole, squared: Whole, per_mm: float) -> Plane:
    """Middles (x, y) of even dark patches of a square's size with light all around."""
    core, around, rim = (_box(total, size * per_mm) for size in (_CORE_MM, _AIR_MM, _RIM_MM))
    inner, outer = _side(_AIR_MM * per_mm) ** 2, _side(_RIM_MM * per_mm) ** 2
    contrast = (rim * outer - around * inner) / (outer - inner) - core
    is_square = contrast >= 255 * _LEAST_CONTRAST
    variance = _box(squared, _CORE_MM * per_mm) - core * core
    is_square &= variance <= (_MOST_TEXTURE * contrast) ** 2
    if is_square.sum() < ROW:          # most pages: letters are never even, so no need to ask for air
        return np.empty((0, 2))
    away, spot = round(_BESIDE_MM * per_mm), _SPOT_MM * per_mm
    for across, down in ((away, 0), (-away, 0), (0, away), (0, -away)):        # a band is dark on two sides
        is_square &= _box(total, spot, across, down) - core >= _LEAST_AIR * contrast
    return _peaks(np.where(is_square, contrast, 0.0), round(4.0 * per_mm))


def _integral(plane: Whole) -> Whole:
    """Sums over all that lies to the left and above, so that any box is four look-ups."""
    summed: Whole = np.pad(plane, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    return summed


def _side(wanted: float) -> int:
    """An odd number of pixels, so that a box has a middle."""
    return 2 * int(wanted / 2) + 1


def _box(total: Whole, wanted: float, across: int = 0, down: int = 0) -> Plane:
    """Mean over a square box `across` and `down` from each pixel of the page that has the sums `total`."""
    half = _side(wanted) // 2
    rows, columns = total.shape[0] - 1 - 2 * _MARGIN, total.shape[1] - 1 - 2 * _MARGIN
    near, far = _MARGIN - half, _MARGIN + half + 1
    top, bottom = slice(near + down, near + down + rows), slice(far + down, far + down + rows)
    left, right = slice(near + across, near + across + columns), slice(far + across, far + across + columns)
    sums = total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left]
    mean: Plane = sums / float((2 * half + 1)**2)
    return mean


def _peaks(score: Plane, apart: int) -> Plane:
    """The best pixel of each patch, `apart` from the next."""
    found: list[tuple[float, float]] = []
    ys, xs = np.nonzero(score)
    order = np.argsort(-score[ys, xs], kind="stable")
    is_free = np.ones_like(score, bool)
    for index in order:
        y, x = int(ys[index]), int(xs[index])
        if is_free[y, x]:
            patch = (slice(max(0, y - apart), y + apart + 1), slice(max(0, x - apart), x + apart + 1))
            hit_y, hit_x = np.nonzero(score[patch] >= 0.9 * score[y, x])
            found.append((patch[1].start + float(hit_x.mean()), patch[0].start + float(hit_y.mean())))
            is_free[patch] = False
    return np.array(found, np.float64).reshape(-1, 2)


def _has_row(middles: Plane, per_mm: float) -> bool:
    """Whether ROW of the points lie on one line at equal distances of a pitch."""
    if len(middles) < ROW:
        return False
    steps = middles[None, :, :] - middles[:, None, :]
    length = np.hypot(steps[..., 0], steps[..., 1]) / per_mm
    for one, other in np.argwhere((length >= _PITCH_MM[0]) & (length <= _PITCH_MM[1])):
        if one < other:
            step = steps[one, other]
            count = 2 + _ahead(middles, other, step) + _ahead(middles, one, -step)
            if count >= ROW:
                return True
    return False


def _ahead(middles: Plane, start: int, step: Plane) -> int:
    """How many points follow `start`, each a `step` from the one before; never more than a row needs."""
    near, count, at = _OFF * float(np.hypot(*step)), 0, middles[start]
    while count < ROW:
        gaps = np.hypot(*(middles - (at + step)).T)
        best = int(gaps.argmin())
        if gaps[best] > near:
            break
        # On from where the square really is: the step is known to half a pixel only.
        count, at = count + 1, middles[best]
    return count
