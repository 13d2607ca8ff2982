import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reports.chart import Chart, ChartKind, Series, scale_steps


@pytest.mark.parametrize(("most", "steps"), [
    (0, (0, 1)), (1, (0, 1)), (4, (0, 1, 2, 3, 4)), (25, (0, 5, 10, 15, 20, 25)), (26, (0, 10, 20, 30)),
    (814, (0, 200, 400, 600, 800, 1000)), (1_144_056, (0, 500_000, 1_000_000, 1_500_000)),
])
def test_a_scale_has_round_steps(most: int, steps: tuple[int, ...]) -> None:
    assert scale_steps(most) == steps


@settings(deadline=None)
@given(st.integers(0, 10 ** 15))
def test_a_scale_reaches_its_greatest_value_and_not_far_beyond(most: int) -> None:
    steps = scale_steps(most)
    assert 2 <= len(steps) <= 6 and steps[0] == 0
    assert steps[-2] < max(most, 1) <= steps[-1]
    assert str(steps[1]).rstrip("0") in {"1", "2", "5"}


def test_bars_are_as_long_as_their_parts_together() -> None:
    series = (Series("Đúng hạn", (717, None)), Series("Quá hạn", (55, 3)))
    labels = ("Sở Thử", "Sở Mẫu")
    assert Chart(ChartKind.BARS, "", "", labels, series).most == 772
    assert Chart(ChartKind.COLUMNS, "", "", labels, series).most == 717
    assert Chart(ChartKind.TREND, "", "", (), (Series("Trống", ()),)).most == 0


@pytest.mark.parametrize("series", [
    (), (Series("a", (1,)),) * 5, (Series("a", (1, 2)),), (Series("a", ()),), (Series("a", (-1,)),),
])
def test_a_chart_that_would_show_something_else_cannot_be_made(series: tuple[Series, ...]) -> None:
    with pytest.raises(ValueError):
        Chart(ChartKind.TREND, "", "", ("một",), series)
