"""`python -m app sync --byte-window`: set, told by the status, taken away; no contact is made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.command_line.conftest import Run

NIGHT = {"from": "18:00", "to": "06:00", "bytes": 200_000_000}


def test_the_hours_and_bytes_of_scans_are_set_told_and_taken_away(run: Run, demo: Path) -> None:
    before = run("status", "--data", demo).json
    assert before["byte_window"] is None
    said = run("sync", "--data", demo, "--byte-window", "18:00-06:00,200")
    assert said.code == 0
    assert said.json["ok"] and said.json["byte_window"].items() >= NIGHT.items()
    after = run("status", "--data", demo).json
    assert after["byte_window"].items() >= NIGHT.items() and after["byte_window"]["used"] == 0
    assert after["last_contact"] == before["last_contact"], "only set"
    assert run("sync", "--data", demo, "--byte-window", "00:00-00:00").json["byte_window"] == {
        "from": "00:00", "to": "00:00", "bytes": None, "used": 0, "open": True, "opens_at": None}
    assert run("sync", "--data", demo, "--byte-window", "off").json == {"ok": True, "byte_window": None}
    assert run("status", "--data", demo).json["byte_window"] is None


def test_a_window_of_no_scan_a_day_is_refused(run: Run, demo: Path) -> None:
    said = run("sync", "--data", demo, "--byte-window", "18:00-06:00,0")
    assert (said.code, said.json["reason"]) == (1, "byte_window_too_small")


@pytest.mark.parametrize("text", ["", "18-6", "25:00-06:00", "18:00-06:00,-5", "18:00-06:00,", "18:00,200", "on"])
def test_what_is_no_window_is_wrong_use_and_says_how(run: Run, demo: Path, text: str) -> None:
    said = run("sync", "--data", demo, f"--byte-window={text}")
    assert (said.code, said.out) == (2, "")
    assert "18:00-06:00,200, or off" in said.err
    assert run("status", "--data", demo).json["byte_window"] is None


def test_the_help_says_that_records_always_travel(run: Run) -> None:
    said = run("sync", "--help")
    assert said.code == 0 and "--byte-window FROM-TO,MB" in said.out
    assert "Records, statuses and numbers always travel" in " ".join(said.out.split())
