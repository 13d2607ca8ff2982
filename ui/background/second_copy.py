"""The second copy beside the window: its child process, and for how long a paper waits for it.

The child writes and reads back; here it is only heard. Whoever is about to print waits on a worker thread until
what stands in the book is on the medium, a try has failed, or the time that a citizen may wait is over. A medium
that did not answer in time is not waited for again until it has been heard from.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.services.second_copy import CITIZEN_SECONDS
from ui.background.child import Child


class SecondCopyKeeper(QObject):
    """Make, `start` and `stop` it in the GUI thread; `wait_kept` and `wait_first_look` are for worker threads.

    `changed` when the child has ended a try; `hung` when one waited in vain.
    """

    changed = Signal()
    hung = Signal()
    _wanted = Signal()

    def __init__(self, child: Child, parent: QObject | None = None, *, seconds: float = CITIZEN_SECONDS) -> None:
        super().__init__(parent)
        self._child, self._seconds = child, seconds
        self._heard = threading.Condition()
        self._is_on = False
        self._reached: dict[int, int] = {}
        self._begun = 0                                # tries that the child has begun, and those that have ended
        self._ended = 0
        self._code = ""
        self._is_hung = False
        child.said.connect(self._on_said)
        child.ended.connect(self._on_ended)
        self._wanted.connect(self.wake, Qt.ConnectionType.QueuedConnection)

    @property
    def is_on(self) -> bool:
        return self._is_on

    def start(self) -> None:
        """A second copy is set up: keep it from now on. Nothing happens when it is kept already."""
        if not self._is_on:
            with self._heard:
                self._is_on, self._is_hung = True, False
                self._begun = self._ended = 0
                self._reached = {}
            self._child.start()

    def stop(self) -> None:
        """No second copy any more, or the window closes; whoever waits goes on at once."""
        if self._is_on:
            with self._heard:
                self._is_on = False
                self._heard.notify_all()
            self._child.stop(2_000)

    def wake(self) -> None:
        """Something was committed."""
        if self._is_on:
            self._child.wake()

    def wait_kept(self, epoch: int, seq: int) -> bool:
        """Whether the medium holds everything up to that operation. Waits CITIZEN_SECONDS at most."""
        with self._heard:
            asked = self._begun
        return self._wait(lambda: self._reached.get(epoch, 0) >= seq, lambda: self._ended > asked)

    def wait_first_look(self) -> None:
        """Until the medium was looked at once since the start: it may know that this book is not the newest."""
        self._wait(lambda: self._ended > 0, lambda: False)

    # inside

    def _wait(self, is_done: Callable[[], bool], is_over: Callable[[], bool]) -> bool:
        """`is_over`: a try that began after we asked has ended, and not well."""
        with self._heard:
            if not self._is_on or is_done():
                return self._is_on
            if self._is_hung:
                return False
        self._wanted.emit()
        with self._heard:
            is_heard = self._heard.wait_for(
                lambda: not self._is_on or is_done() or (is_over() and bool(self._code)), self._seconds
            )
            if is_heard:
                return self._is_on and is_done()
            self._is_hung = True
        self.hung.emit()
        return False

    def _on_said(self, message: dict[str, Any]) -> None:
        with self._heard:
            self._is_hung = False
            if message.get("event") == "keeping":
                self._begun += 1
            elif message.get("event") == "kept":
                if message.get("code") != "second_copy_busy":
                    self._ended = self._begun
                self._code = str(message.get("code", ""))
                self._reached = {int(epoch): int(seq) for epoch, seq in message.get("reached", {}).items()}
            self._heard.notify_all()
        if message.get("event") == "kept":
            self.changed.emit()

    def _on_ended(self, code: int) -> None:
        """It is started again; whoever waits does so no longer than for a medium that does not answer."""
        with self._heard:
            self._reached = {}
            self._heard.notify_all()
