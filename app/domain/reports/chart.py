"""A chart as values: what a trend, a comparison or a day's queue shows, on a screen and on paper alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_SERIES = 4


class ChartKind(StrEnum):
    TREND = "trend"                # lines over time
    BARS = "bars"                  # one bar a label, lying, its series one after the other
    COLUMNS = "columns"            # columns over hours or months, series side by side


@dataclass(frozen=True, slots=True)
class Series:
    """`values` beside the chart's labels; None leaves a gap, as where nothing was counted."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One to four series over the same labels. `unit_words` says what is counted ("hồ sơ").

    Raises ValueError for a chart that would show something else than its figures: values that do not match the
    labels, and negative ones, since every scale begins at nought.
    """

    kind: ChartKind
    title: str
    unit_words: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"{len(self.series)} series in one chart")
        for each in self.series:
            if len(each.values) != len(self.labels):
                raise ValueError(f"{len(each.values)} values for {len(self.labels)} labels")
            if any(value is not None and value < 0 for value in each.values):
                raise ValueError("a chart begins at nought")

    @property
    def most(self) -> int:
        """The greatest value that the scale must reach."""
        sums = ([sum(value or 0 for value in values) for values in self._beside()]
                if self.kind is ChartKind.BARS else [value or 0 for values in self._beside() for value in values])
        return max(sums, default=0)

    def _beside(self) -> list[tuple[int | None, ...]]:
        return list(zip(*(each.values for each in self.series), strict=True))


def scale_steps(most: int, wanted: int = 5) -> tuple[int, ...]:
    """Round figures from 0 to `most` or just above it, at most `wanted` steps: 1, 2 or 5 and noughts.

    >>> scale_steps(814)
    (0, 200, 400, 600, 800, 1000)
    """
    step = 1
    while -(-most // step) > wanted:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return tuple(range(0, max(-(-most // step), 1) * step + 1, step))
