"""Each part of `python -m tests.benchmarks` runs and says what it should, at a size that proves nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest

from tests.benchmarks.__main__ import PARTS
from tests.benchmarks.ground import Ground, ground
from tests.benchmarks.table import Row, print_table

GOALS = {
    "store": {"S1", "S2"}, "life": {"L1", "L2", "L3", "L4"},
    "search": {"S3", "S4", "S5"}, "lists": {"S4", "S5", "S9"}, "reports": {"S4", "S6"},
    "receipt": {"S7"}, "window": {"S8", "S9"},
    "push": {"S10"}, "thin_line": {"S11", "S12"}, "fleet": {"S13", "P27"},
    "files": {"S12"}, "feeder": {"S14"}, "scan_page": {"S14"},
}


@pytest.fixture(scope="module")
def tiny() -> Iterator[Ground]:
    with ground(300, share=0.001) as place:
        yield place


LONG = frozenset({"thin_line", "fleet", "feeder", "files", "window", "scan_page", "reports", "lists", "push",
                  "store"})
"""They take a line, a fleet, a window as slow as it is, or a province and thousands of rows;
`python -m tests.benchmarks --only …` or `-m slow`."""


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.slow) if part in LONG else part for part in PARTS]
)
def test_a_part_measures_its_goals(tiny: Ground, part: str) -> None:
    rows = list(import_module(f"tests.benchmarks.{part}").rows(tiny))
    assert {row.goal_id for row in rows} == GOALS[part]
    assert all(row.ratio > 0 for row in rows)


def test_the_table_says_what_was_asked_and_whether_it_was_met(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([
        Row("S1", "slow", "3 s", "1 s", 3.0, at_most=2),
        Row("S2", "fast", "1 s", "3 s", 3.0, at_least=2),
        Row("S3", "beside", "1 s", "1 s", 1.0),
    ])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert [line[-3:] for line in lines] == [["≤", "2", "NO"], ["≥", "2", "yes"], ["1", "s", "1.00", "shown"][-3:]]
