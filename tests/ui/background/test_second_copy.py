"""A paper waits for the medium, but never longer than a citizen may."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ui.background.second_copy import SecondCopyKeeper


class SaidChild(QObject):
    """A child whose words the test says; `on_wake` is what it does when woken."""

    said = Signal(object)
    ended = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.woken = 0
        self.is_started = False
        self.on_wake: Callable[[], None] = lambda: None

    def start(self) -> None:
        self.is_started = True

    def stop(self, wait_ms: int = 0) -> None:
        self.is_started = False

    def wake(self) -> None:
        self.woken += 1
        self.on_wake()

    def begin(self) -> None:
        self.said.emit({"event": "keeping"})

    def ends_with(self, reached: int, code: str = "") -> Callable[[], None]:
        """A whole try."""

        def go() -> None:
            self.begin()
            self.end(reached, code)

        return go

    def end(self, reached: int, code: str = "") -> None:
        self.said.emit({"event": "kept", "reached": {"1": reached}, "code": code, "written": 0})


@pytest.fixture
def child(qapp: object) -> SaidChild:
    return SaidChild()


@pytest.fixture
def keeper(child: SaidChild) -> Iterator[SecondCopyKeeper]:
    made = SecondCopyKeeper(child, seconds=0.2)    # type: ignore[arg-type]  # what it uses of a Child
    made.start()
    yield made
    made.stop()


def waited(qtbot: QtBot, wait: Callable[[], Any]) -> Any:
    """What `wait` answers on a thread of its own, while this one runs the window."""
    said: list[Any] = []
    thread = threading.Thread(target=lambda: said.append(wait()))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    thread.join()
    return said[0]


def test_a_paper_waits_until_its_operation_is_read_back(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    child.on_wake = child.ends_with(7)
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is True
    assert child.woken == 1


def test_what_is_kept_already_is_not_waited_for(qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper) -> None:
    child.begin()
    child.end(7)
    assert waited(qtbot, lambda: keeper.wait_kept(1, 6)) is True
    assert child.woken == 0


def test_a_try_that_failed_lets_the_paper_go_at_once(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    hung: list[int] = []
    keeper.hung.connect(lambda: hung.append(1))
    child.on_wake = child.ends_with(3, "second_copy_missing")
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is False
    assert hung == []


def test_a_try_that_began_before_the_commit_and_ends_well_is_not_enough(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    child.begin()

    def go_on() -> None:
        child.end(6)
        child.begin()
        child.end(7)

    child.on_wake = go_on
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is True


def test_a_medium_that_hangs_is_waited_for_once_and_said(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    hung: list[int] = []
    keeper.hung.connect(lambda: hung.append(1))
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is False
    assert waited(qtbot, lambda: keeper.wait_kept(1, 8)) is False
    assert (hung, child.woken) == ([1], 1)


def test_a_medium_that_is_heard_again_is_waited_for_again(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is False
    child.begin()
    child.end(7)
    child.on_wake = child.ends_with(8)
    assert waited(qtbot, lambda: keeper.wait_kept(1, 8)) is True


def test_the_first_number_waits_for_the_first_look(
    qtbot: QtBot, child: SaidChild, keeper: SecondCopyKeeper
) -> None:
    child.on_wake = child.ends_with(0, "second_copy_ahead")
    waited(qtbot, keeper.wait_first_look)
    waited(qtbot, keeper.wait_first_look)
    assert child.woken == 1


def test_where_no_place_is_set_nothing_is_waited_for(qtbot: QtBot, child: SaidChild) -> None:
    keeper = SecondCopyKeeper(child)               # type: ignore[arg-type]  # as above
    waited(qtbot, keeper.wait_first_look)
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is False
    assert (child.woken, child.is_started) == (0, False)


def test_a_window_that_closes_lets_the_paper_go(qtbot: QtBot, child: SaidChild) -> None:
    keeper = SecondCopyKeeper(child, seconds=60.0)     # type: ignore[arg-type]  # as above
    keeper.start()
    child.on_wake = keeper.stop
    assert waited(qtbot, lambda: keeper.wait_kept(1, 7)) is False
