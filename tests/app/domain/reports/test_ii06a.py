from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossier import State
from app.domain.reports import ii06a
from app.domain.reports.ii06a import Figure, Figures
from app.domain.reports.policy import Place, ReportPolicy, read_policy
from app.domain.reports.rates import middle, rounded, share
from app.domain.reports.table import ReportTable

HA_NAM = Figures(total=814, online=764, carried=50, settled=782, early=717, on_time=55, late=10, open=32,
                 open_in_time=32)
"""Domain facts 9.2."""

PARTS = st.integers(0, 2_000)


@st.composite
def balanced(draw: st.DrawFn) -> Figures:
    early, on_time, late, inside, beyond = (draw(PARTS) for _ in range(5))
    total = early + on_time + late + inside + beyond
    online = draw(st.integers(0, total))
    direct = draw(st.integers(0, total - online))
    return Figures(total, online, direct, total - online - direct, early + on_time + late, early, on_time, late,
                   inside + beyond, inside, beyond)


def test_the_pilots_row_stands_as_it_was_published() -> None:
    (row,) = ii06a.rows({ii06a.Section("tỉnh", "Hộ tịch"): HA_NAM})[-1:]
    assert row.cells[2:] == (814, 764, 0, 50, 782, 717, 55, 10, 32, 32, 0)
    assert (HA_NAM.in_time_rate, HA_NAM.received) == (9872, 764)


@given(balanced(), st.sampled_from(fields(Figures)))
def test_one_dossier_more_in_one_column_never_balances(figures: Figures, moved: object) -> None:
    name = getattr(moved, "name", "")
    with pytest.raises(ValueError, match="does not balance"):
        replace(figures, **{name: figures.of(Figure(name)) + 1})


def test_no_figure_is_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Figures(total=0, online=1, direct=-1)


@given(balanced(), balanced())
def test_sums_of_balanced_rows_balance(one: Figures, other: Figures) -> None:
    assert (one + other).total == one.total + other.total


def test_rows_are_levels_with_their_fields_and_a_sum() -> None:
    one, two = HA_NAM, Figures(total=1, direct=1, open=1, open_late=1)
    places = {ii06a.Section("xã", "Hộ tịch"): one, ii06a.Section("tỉnh", "Đất đai"): two,
              ii06a.Section("xã", "Chứng thực"): two, ii06a.Section("xã", "Trống"): Figures()}
    found = ii06a.rows(places)
    assert [(row.cells[0], row.cells[1], row.cells[2], row.level, row.drill, row.is_total) for row in found] == [
        ("A", "TTHC giải quyết ở cấp tỉnh", 1, 0, "tỉnh|", False),
        ("1", "Đất đai", 1, 1, "tỉnh|Đất đai", False),
        ("B", "TTHC giải quyết ở cấp xã", 815, 0, "xã|", False),
        ("1", "Chứng thực", 1, 1, "xã|Chứng thực", False),
        ("2", "Hộ tịch", 814, 1, "xã|Hộ tịch", False),
        ("", "Tổng cộng", 816, 0, "all", True),
    ]
    keys = {row.drill: ii06a.read_row_key(row.drill or "") for row in found}
    assert (keys["xã|Hộ tịch"], keys["xã|"], keys["all"]) == (("xã", "Hộ tịch"), ("xã", None), (None, None))
    table = ReportTable(ii06a.ID, "", "", "", (), ii06a.columns(), found, (), datetime(2026, 1, 1, tzinfo=UTC), "")
    assert len(table.columns) == 13 and [column.key for column in table.columns][2:] == list(Figure)


def test_states_count_by_default_as_the_form_is_read() -> None:
    policy = ReportPolicy()
    assert policy.left_out == {State.REGISTERED, State.NOT_RECEIVED}
    assert policy.waiting_in_time == {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED}
    assert (policy.ended_in_time, policy.settled_on_time) == ({State.STOPPED}, {State.WITHDRAWN})


def test_a_setting_moves_states_and_nothing_else_is_understood() -> None:
    assert read_policy({}) == ReportPolicy()
    assert read_policy({"stopped": "by_date"}).ended_in_time == frozenset()
    for said in ({"stopped": "somewhere"}, {"done": "on_time"}, {"payment_asked": "on_time"},
                 {"supplement_asked": "left_out"}):
        with pytest.raises(ValueError):
            read_policy(said)
    assert Place.LEFT_OUT not in {ReportPolicy().withdrawn, ReportPolicy().stopped}


@pytest.mark.parametrize(("part", "whole", "hundredths"), [
    (772, 782, 9872), (717, 782, 9169), (10, 782, 128), (1, 3, 3333), (2, 3, 6667), (0, 5, 0), (0, 0, None),
])
def test_shares_are_rounded_half_up(part: int, whole: int, hundredths: int | None) -> None:
    assert share(part, whole) == hundredths


def test_middle_and_mean_of_nothing_are_nothing() -> None:
    assert (middle({}), middle({3: 1}), middle({4: 1, 1: 1}), middle({9: 1, 1: 1, 4: 1})) == (None, 3, 1, 4)
    assert (middle({5: 2, 1: 3}), middle({5: 3, 1: 2})) == (1, 5)
    assert (rounded(5, 0), rounded(5, 2), rounded(4, 3)) == (None, 3, 1)
