"""Work beside the window: answered in the GUI thread, cancelled, failed, closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from ui.background.tasks import BackgroundTasks, Task


@pytest.fixture
def tasks() -> Iterator[BackgroundTasks]:
    tasks = BackgroundTasks()
    yield tasks
    assert tasks.close()


def in_gui_thread() -> bool:
    application = QCoreApplication.instance()
    return application is not None and QThread.currentThread() is application.thread()


def test_work_runs_elsewhere_and_is_answered_here(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    answers: list[tuple[str, bool, bool]] = []
    tasks.run(lambda: ("xong", in_gui_thread()), lambda result: answers.append((*result, in_gui_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("xong", False, True)]


def test_a_failure_is_answered_here(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    failures: list[tuple[str, bool]] = []

    def work() -> None:
        raise OSError("đĩa đầy")

    tasks.run(work, on_failure=lambda error: failures.append((str(error), in_gui_thread())))
    qtbot.waitUntil(lambda: bool(failures))
    assert failures == [("đĩa đầy", True)]


def test_a_failure_nobody_waits_for_is_told(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    def work() -> None:
        raise OSError("đĩa đầy")

    with qtbot.waitSignal(tasks.failed, check_params_cb=lambda error: str(error) == "đĩa đầy"):
        tasks.run(work)


def test_cancelled_work_gives_no_answer(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    may_go_on = threading.Event()
    answers: list[object] = []
    task = tasks.run(lambda: may_go_on.wait(5), answers.append, answers.append)
    task.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert answers == []


def test_work_can_look_whether_it_is_still_wanted(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    has_begun, steps, answers = threading.Event(), [], []

    def work(task: Task) -> None:
        has_begun.set()
        while True:
            task.check()
            steps.append(1)

    task = tasks.run(work, answers.append, answers.append, takes_task=True)
    assert has_begun.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert answers == []


def test_many_answers_come_once_each(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    answers: list[int] = []
    for number in range(500):
        tasks.run(lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert sorted(answers) == list(range(500))


def test_busy_is_told_at_its_beginning_and_end(qtbot: QtBot, tasks: BackgroundTasks) -> None:
    told: list[bool] = []
    tasks.busy_changed.connect(told.append)
    tasks.run(lambda: None)
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert told == [True, False]


def test_closing_waits_for_what_runs_and_drops_what_does_not(qtbot: QtBot) -> None:
    tasks = BackgroundTasks(threads=1)
    has_begun, may_end, ran = threading.Event(), threading.Event(), []

    def first() -> None:
        has_begun.set()
        may_end.wait(5)
        ran.append("first")

    answers: list[object] = []
    tasks.run(first, answers.append)
    tasks.run(lambda: ran.append("second"), answers.append)
    assert has_begun.wait(5)
    may_end.set()
    assert tasks.close()
    assert ran in (["first"], ["first", "second"])
    QCoreApplication.sendPostedEvents()
    assert answers == []
    with pytest.raises(RuntimeError):
        tasks.run(lambda: None)
