"""Work that takes longer than a hand may wait: done on a pool, its result given back in the GUI thread.

A function connected straight to a worker's signal would run in the worker's thread. So the worker only posts to
this object, which lives in the GUI thread, and this object calls the answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")


class Cancelled(Exception):
    """Raised by work that noticed it is not wanted any more; neither answer is called."""


class Task:
    """One piece of work on its way. `cancel` tells it, and drops its answer; it ends when the work looks."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def check(self) -> None:
        """For the work itself, between two steps: raises `Cancelled` when it should stop."""
        if self.is_cancelled:
            raise Cancelled


class _Work(QRunnable):
    def __init__(self, task: Task, run: Callable[[], Any], end: Callable[[int, Any, BaseException | None], None]):
        super().__init__()
        self._task, self._run, self._end = task, run, end

    def run(self) -> None:
        result: Any = None
        failure: BaseException | None = None
        try:
            self._task.check()
            result = self._run()
        except BaseException as error:  # carried to the GUI thread, where it is said or raised
            failure = error
        self._end(self._task.number, result, failure)


class BackgroundTasks(QObject):
    """Runs callables on its own pool. Make, use and `close` it in the GUI thread.

    `failed` tells an error that a call gave no `on_failure` for.
    """

    failed = Signal(object)        # the exception
    busy_changed = Signal(bool)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._answers: dict[int, tuple[Task, Callable[[Any], object] | None, Callable[[Any], object] | None]] = {}
        self._next = 0
        self._is_closed = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[..., T],
        on_done: Callable[[T], object] | None = None,
        on_failure: Callable[[Exception], object] | None = None,
        *,
        takes_task: bool = False,
    ) -> Task:
        """Runs `work` on the pool, then one answer here. With `takes_task` the work gets its `Task` to look at."""
        if self._is_closed:
            raise RuntimeError("the window is closing; no new work")
        self._next += 1
        task = Task(self._next)
        self._answers[task.number] = (task, cast(Callable[[Any], object] | None, on_done), on_failure)
        call: Callable[[], Any] = (lambda: work(task)) if takes_task else work
        if len(self._answers) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Work(task, call, self._ended.emit))
        return task

    @property
    def is_busy(self) -> bool:
        return bool(self._answers)

    def close(self, wait_ms: int = 10_000) -> bool:
        """Cancels what has not begun, tells the rest, waits for it; True when all of it has ended."""
        self._is_closed = True
        for task, _, _ in self._answers.values():
            task.cancel()
        self._pool.clear()
        is_done = self._pool.waitForDone(wait_ms)
        self._answers.clear()
        return is_done

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: object, failure: BaseException | None) -> None:
        task, on_done, on_failure = self._answers.pop(number, (None, None, None))
        if not self._answers:
            self.busy_changed.emit(False)
        if task is None or task.is_cancelled or isinstance(failure, Cancelled):
            return
        if failure is None:
            if on_done is not None:
                on_done(result)
        elif isinstance(failure, Exception) and on_failure is not None:
            on_failure(failure)
        else:
            self.failed.emit(failure)
