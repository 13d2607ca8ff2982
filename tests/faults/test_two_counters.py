"""A short run of the random lives; the long one is `python -m tests.faults.two_counters`."""

from __future__ import annotations

from tests.faults import two_counters


def test_random_lives_on_two_counters_come_out_alike() -> None:
    told = two_counters.run(30, seed=7)
    assert told.faults == []
    assert told.conflicts > 0 and told.refused > 20, "a run in which nothing meets proves nothing"
    assert told.acts - told.refused > 200
