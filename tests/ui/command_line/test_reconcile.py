"""`python -m app reconcile`: the demo counter's days beside its own gateway's."""

from __future__ import annotations

from pathlib import Path

from tests.ui.command_line.conftest import Run
from tests.ui.command_line.test_house import receive


def test_days_are_compared_with_the_province_and_agree(run: Run, demo: Path) -> None:
    receive(run, demo, "--intent", "đối-chiếu-1")
    found = run("reconcile", "--data", demo, "--back", 3).json
    assert found["ok"] is True and found["differences"] == []
    assert len(found["days"]) == 4 and all(day["here"] == day["there"] for day in found["days"])
    last = found["days"][-1]
    assert last["here"]["received"] >= 1
    one = run("reconcile", "--data", demo, "--day", last["day"]).json
    assert [day["day"] for day in one["days"]] == [last["day"]]


def test_a_counter_without_a_province_says_why_nothing_was_compared(run: Run, tmp_path: Path) -> None:
    said = run("reconcile", "--data", tmp_path / "new")
    assert said.code == 1 and said.json["reason"] == "not_enrolled"
