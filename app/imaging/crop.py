"""Where the sheet lies in the picture, and the page that is cut out: A4 stays A4, and everything its true size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging.geometry import Box
from app.imaging.pixels import A4_INCHES, Bits, Levels, Numbers, grown, millimetres

_BLACK = 80
_A4_TOLERANCE = 0.03
_SLIVER_MM = 0.5


def outside_of(small: Levels) -> Bits | None:
    """The scanner's black lid around the sheet in a page seen small; None when there is none.

    What is black from the picture's edge inwards without a break, along its row or its column.
    """
    dark = small < _BLACK
    rim = np.concatenate((dark[0], dark[-1], dark[:, 0], dark[:, -1]))
    if rim.mean() < 0.2:
        return None
    rows, columns = dark.shape
    x, y = np.arange(columns)[None, :], np.arange(rows)[:, None]
    left, right = _run(dark), _run(dark[:, ::-1])
    top, bottom = _run(dark.T), _run(dark.T[:, ::-1])
    outside: Bits = ((x < left[:, None]) | (x >= columns - right[:, None])
                     | (y < top[None, :]) | (y >= rows - bottom[None, :]))
    # The lid's edge is grey for a pixel or two, and grain breaks it up.
    return grown(outside, 3) if outside.mean() < 0.9 else None


def sheet_box(outside: Bits, degrees: float, scale: float, dpi: float) -> Box | None:
    """The sheet's edges in the straightened picture, in its own pixels; `scale` from the small picture to it."""
    mask = Image.fromarray(np.where(outside, 255, 0).astype(np.uint8))
    straight = np.asarray(mask.rotate(-degrees, Image.Resampling.NEAREST, fillcolor=255)) < 128
    rows, columns = straight.mean(axis=1), straight.mean(axis=0)
    if rows.max() < 0.3 or columns.max() < 0.3:
        return None
    in_rows, in_columns = np.flatnonzero(rows > rows.max() * 0.5), np.flatnonzero(columns > columns.max() * 0.5)
    edge = millimetres(_SLIVER_MM, dpi)
    return (in_columns[0] * scale + edge, in_rows[0] * scale + edge,
            (in_columns[-1] + 1) * scale - edge, (in_rows[-1] + 1) * scale - edge)


def page_box(size: tuple[int, int], sheet: Box | None, ink_of: Callable[[], Box | None], dpi: float) -> Box:
    """What becomes the page. A sheet that is A4 within 3 % becomes exactly A4 about its middle; a picture larger
    than A4 without a black border (white lid) becomes the A4 around its ink, which is asked for only then;
    anything else stays as it is."""
    whole: Box = (0.0, 0.0, float(size[0]), float(size[1]))
    seen = sheet or whole
    width, height = seen[2] - seen[0], seen[3] - seen[1]
    a4 = [side * dpi for side in A4_INCHES]
    if width > height:
        a4.reverse()
    if abs(width / a4[0] - 1) <= _A4_TOLERANCE and abs(height / a4[1] - 1) <= _A4_TOLERANCE:
        return _about((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2, a4)
    is_larger = all(1 < side / paper < 1.2 for side, paper in zip((width, height), a4, strict=True))
    ink = ink_of() if sheet is None and is_larger else None
    if ink is not None and ink[2] - ink[0] < a4[0] * 0.97 and ink[3] - ink[1] < a4[1] * 0.97:
        left = _slid((width - a4[0]) / 2, ink[0], ink[2], a4[0], millimetres(3, dpi))
        top = _slid((height - a4[1]) / 2, ink[1], ink[3], a4[1], millimetres(3, dpi))
        return left, top, left + a4[0], top + a4[1]
    return seen


def ink_box(x: Numbers, y: Numbers, size: tuple[int, int], scale: float) -> Box | None:
    """Around the ink (points from the middle, in the small picture), in the picture's own pixels; specks may stay
    outside."""
    if len(x) < 50:
        return None
    left, right = np.percentile(x, (0.05, 99.95))
    top, bottom = np.percentile(y, (0.05, 99.95))
    return (float(left) * scale + size[0] / 2, float(top) * scale + size[1] / 2,
            float(right) * scale + size[0] / 2, float(bottom) * scale + size[1] / 2)


def _about(x: float, y: float, size: list[float]) -> Box:
    return x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2


def _slid(start: float, first: float, last: float, length: float, room: float) -> float:
    return max(min(start, first - room), last + room - length)


def _run(dark: Bits) -> NDArray[np.int64]:
    """How many dark pixels each row begins with."""
    runs: NDArray[np.int64] = np.where(dark.all(axis=1), dark.shape[1], np.argmin(dark, axis=1))
    return runs
