"""The paper behind the ink: how bright it is where, and how it is made white without touching ink or photographs.

Light falls off smoothly across a sheet, so the paper's brightness is a curved surface (six numbers) fitted to the
cells that look like paper; photographs, stamps and black borders are outliers and do not bend it. White is made by
adding what is missing to white, which moves every tone of a place alike: a stamp stays as red as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from app.imaging.geometry import Box
from app.imaging.pixels import Bits, Levels, Numbers

_CELL = 8
_ROUNDS = 4
_WHITE = 255
_RIDGE = np.eye(6, dtype=np.float32) * 1e-3
_EVEN = 5.0
"""Levels: a surface flatter than this is lifted by one table for the whole page."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Brightness of the paper (0…255) over a page, the grain on it (standard deviation) and its tint per channel,
    as levels above or below the grey."""

    surface: Numbers               # coarse rows × columns
    grain: float
    tint: tuple[float, float, float]
    is_paper: bool                 # False: nothing here looks like a sheet, so nothing is cleaned

    @property
    def level(self) -> float:
        return float(np.median(self.surface))

    @property
    def faintest(self) -> float:
        """Levels under the paper that cleaning takes for paper: its grain, and what shines through."""
        return min(48.0, max(12.0, 3.2 * self.grain))

    def below(self, shape: tuple[int, ...], depth: float) -> Levels:
        """Over an array of `shape`, the level `depth` under the paper's: what is darker is ink."""
        levels = Image.fromarray((self.surface - depth).clip(0, 255).astype(np.uint8))
        return np.asarray(_spread(levels, (shape[1], shape[0])))


def look_at_paper(small: Levels, outside: Bits | None, sample: Levels) -> Paper:
    """Measure the paper of a page seen small (grey, about 100 dpi); `outside` marks what is not sheet.

    `sample`: single pixels of the scan itself, grey or RGB, any size in the page's proportions; averaged pixels
    would hide the grain and the tint.
    """
    small = small[::2, ::2]
    rows, columns = small.shape[0] // _CELL, small.shape[1] // _CELL
    if rows < 4 or columns < 4:
        return Paper(np.full((2, 2), 255, np.float32), 0.0, (0.0, 0.0, 0.0), False)
    # Four fifths of a cell are darker: paper between letters, but not a single bright speck.
    place = int(_CELL * _CELL * 0.8)
    bright = np.partition(_blocks(small, rows, columns), place, axis=2)[:, :, place].astype(np.float32)
    use: Bits = np.ones((rows, columns), np.bool_)
    if outside is not None:
        use &= np.equal(_blocks(outside[::2, ::2], rows, columns).max(axis=2), False)
    if use.sum() < 12:
        use[:] = True
    typical = float(np.percentile(bright[use], 70))
    use &= bright > typical - 60
    surface = np.full(bright.shape, typical, np.float32)
    terms = _terms(rows, columns)
    for _ in range(_ROUNDS):
        chosen = use.ravel()
        if chosen.sum() < 40:
            break
        some = terms[chosen]
        # Normal equations: six unknowns need no decomposition of two thousand rows.
        found = np.linalg.solve(some.T @ some + _RIDGE, some.T @ bright.ravel()[chosen])
        surface = (terms @ found).reshape(bright.shape).astype(np.float32)
        use &= np.abs(bright - surface) < 14
    share = float((np.abs(bright - surface) < 16).mean())
    surface = surface.clip(60, 255)
    grain, tint = _grain_and_tint(_thinned(sample), surface)
    return Paper(surface, grain, tint, share > 0.25 and typical > 120)


class Whitening:
    """Makes the paper of one page white, evenly; ink, stamps and photographs keep their tones."""

    def __init__(self, paper: Paper, mode: str, size: tuple[int, int], where: Box = (0.0, 0.0, 1.0, 1.0)) -> None:
        """For a page of `mode` (L or RGB) and `size`, which shows `where` of what `paper` was measured on, in
        shares of it."""
        self._height = size[1]
        is_even = float(np.ptp(paper.surface)) <= _EVEN
        self._lift = None if is_even else _lift(paper, size, where)
        tints = (0.0,) if mode == "L" else paper.tint
        self._table = [level for tint in tints for level in _table(paper, tint, is_lifted=not is_even)]

    def of(self, band: Image.Image, top: int = 0) -> Image.Image:
        """`band` white; it begins at the page's row `top` and is as wide as the page."""
        if self._lift is not None:
            rows = (np.arange(top, top + band.height) + 0.5) * (len(self._lift) / self._height)
            lift = Image.fromarray(self._lift[rows.astype(np.intp)])
            lift = lift if band.mode == "L" else lift.convert("RGB")
            # No more than white, and then added: a sixth of the time of `ImageChops.add`, which divides.
            band = ImageChops.add_modulo(ImageChops.darker(band, ImageChops.invert(lift)), lift)
        return band.point(self._table)


def _lift(paper: Paper, size: tuple[int, int], where: Box) -> Levels:
    """What is missing to white, for every sixth row of the page: it is too smooth to need more."""
    missing = Image.fromarray((_WHITE - paper.surface).clip(0, 195).astype(np.uint8))
    across, down = missing.size
    shown = (max(0.0, where[0] * across), max(0.0, where[1] * down),
             min(float(across), where[2] * across), min(float(down), where[3] * down))
    finer = missing.resize((size[0] // 6 + 1, size[1] // 6 + 1), Image.Resampling.BILINEAR, box=shown)
    return np.asarray(finer.resize((size[0], finer.height), Image.Resampling.NEAREST))


def _table(paper: Paper, tint: float, is_lifted: bool) -> list[int]:
    """What the grain reaches becomes white; ink goes back down to where it was before the lift; in between the
    tones are spread."""
    lifted = np.arange(256) - tint + (0.0 if is_lifted else _WHITE - paper.level)
    white, black = _WHITE - paper.faintest, min(40.0, _WHITE - paper.level)
    ink = (lifted - black) * 96 / (96 - black)
    spread = np.where(lifted < 96, ink, 96 + (lifted - 96) * (_WHITE - 96) / (white - 96))
    return [int(level) for level in np.minimum(spread, _WHITE).clip(0).round()]


def _spread(levels: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A smooth surface at `size`: filtered up to a quarter of it, the last step is copied."""
    quarter = levels.resize((size[0] // 4 + 1, size[1] // 4 + 1), Image.Resampling.BILINEAR)
    return quarter.resize(size, Image.Resampling.NEAREST)


def _blocks(values: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    whole = values[:rows * _CELL, :columns * _CELL].reshape(rows, _CELL, columns, _CELL)
    return whole.transpose(0, 2, 1, 3).reshape(rows, columns, _CELL * _CELL)


def _terms(rows: int, columns: int) -> Numbers:
    y, x = np.mgrid[-1:1:rows * 1j, -1:1:columns * 1j].astype(np.float32)
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1).reshape(-1, 6)


def _thinned(sample: Levels) -> Levels:
    """About a hundred pixels each way: enough for medians."""
    step = max(1, max(sample.shape[:2]) // 100)
    return sample[::step, ::step]


def _grain_and_tint(sample: Levels, surface: Numbers) -> tuple[float, tuple[float, float, float]]:
    grown = Image.fromarray(surface).resize((sample.shape[1], sample.shape[0]), Image.Resampling.BILINEAR)
    expected = np.asarray(grown, np.float32)
    grey = sample if sample.ndim == 2 else sample[..., 1]
    away = grey.astype(np.float32) - expected
    near = np.abs(away) < 40
    if near.sum() < 100:
        return 0.0, (0.0, 0.0, 0.0)
    grain = float(np.median(np.abs(away[near] - np.median(away[near])))) * 1.4826
    if sample.ndim == 2:
        return grain, (0.0, 0.0, 0.0)
    red, green, blue = (float(np.median(sample[..., channel][near] - expected[near])) for channel in range(3))
    return grain, (red, green, blue)
