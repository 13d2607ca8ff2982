"""The child process beside the window: JSON lines, waking, restarts with growing pauses, a clean end."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.background.child import Child

ECHO = """
import json, sys
print(json.dumps({"event": "up", "letters": "ắễộ"}, ensure_ascii=False), flush=True)
print("no json", flush=True)
for line in sys.stdin:
    print(json.dumps({"event": "woken", "by": line.strip()}), flush=True)
"""
MORTAL = "import json; print(json.dumps({'event': 'born'}), flush=True)"
STUBBORN = "import threading; threading.Event().wait()"


@pytest.fixture
def children() -> Iterator[list[Child]]:
    made: list[Child] = []
    yield made
    for child in made:
        child.stop()
        child.deleteLater()


def child_of(
    children: list[Child], script: str, first_pause_ms: int = 20
) -> tuple[Child, list[dict[str, object]]]:
    child = Child(sys.executable, ["-c", script], first_pause_ms=first_pause_ms)
    heard: list[dict[str, object]] = []
    child.said.connect(heard.append)
    children.append(child)
    return child, heard


def test_it_hears_json_lines_and_wakes_the_child(qtbot: QtBot, children: list[Child]) -> None:
    child, heard = child_of(children, ECHO)
    child.start()
    qtbot.waitUntil(lambda: len(heard) == 1)
    child.wake()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [{"event": "up", "letters": "ắễộ"}, {"event": "woken", "by": "wake"}]


def test_a_child_that_dies_is_started_again_with_longer_pauses(qtbot: QtBot, children: list[Child]) -> None:
    child, heard = child_of(children, MORTAL)
    codes: list[int] = []
    child.ended.connect(codes.append)
    child.start()
    qtbot.waitUntil(lambda: len(heard) >= 3, timeout=20_000)
    assert codes[:2] == [0, 0]
    assert child._pause_ms >= 80


def test_waking_a_child_that_waits_starts_it_at_once(qtbot: QtBot, children: list[Child]) -> None:
    child, heard = child_of(children, MORTAL, first_pause_ms=3_600_000)
    with qtbot.waitSignal(child.ended):
        child.start()
    child.wake()
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_stopping_closes_its_ear_and_it_ends_by_itself(qtbot: QtBot, children: list[Child]) -> None:
    child, heard = child_of(children, ECHO)
    codes: list[int] = []
    child.ended.connect(codes.append)
    child.start()
    qtbot.waitUntil(lambda: len(heard) == 1)
    child.stop()
    assert not child.is_running
    assert codes == [0]


def test_a_child_that_will_not_end_is_killed_and_stays_dead(qtbot: QtBot, children: list[Child]) -> None:
    child, _ = child_of(children, STUBBORN)
    with qtbot.waitSignal(child.started):
        child.start()
    child.stop(wait_ms=100)
    assert not child.is_running
    assert not child._restart.isActive()


def test_a_program_that_is_not_there_is_tried_again(qtbot: QtBot, children: list[Child]) -> None:
    child = Child("/nonexistent/program", [], first_pause_ms=10)
    children.append(child)
    codes: list[int] = []
    child.ended.connect(codes.append)
    child.start()
    qtbot.waitUntil(lambda: len(codes) >= 2)
    assert set(codes) == {-1}
