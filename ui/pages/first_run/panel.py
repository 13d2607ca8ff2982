"""What every step's panel is: what the step is for, perhaps something to choose, and one act on F12."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import KnownError
from app.services.first_run import Standing, State
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.widgets.banner import Banner
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text


class StepPanel(QWidget):
    """`changed` when the step may stand otherwise now, `label_changed` when the act is another.

    Give `label` (what F12 does here, "" for nothing) and `act`; `show_standing` is called with how it stands."""

    changed = Signal()
    label_changed = Signal()

    def __init__(self, desk: Desk, what: str) -> None:
        super().__init__()
        self._desk = desk
        self.standing: Standing | None = None
        self.label = ""
        self._is_busy = False
        self.what = Text(what, is_wrapped=True)
        self.result = Banner()
        self.progress = ProgressLine()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.what)
        column.addLayout(self.body)
        column.addWidget(self.progress)
        column.addWidget(self.result)
        column.addStretch(1)

    @property
    def is_done(self) -> bool:
        return self.standing is not None and self.standing.state is State.DONE

    def show_standing(self, standing: Standing, now: datetime) -> None:
        """How the step stands; called also when nothing changed."""
        self.standing = standing

    def enter(self) -> None:
        """The clerk has come to this step: ask the devices, if there is something to ask."""

    def act(self) -> None:
        """F12."""

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        return False

    def say(self, tone: Tone, title: str, detail: str = "") -> None:
        self.result.say(tone, title, detail)

    def begin(self, words: str) -> bool:
        """The act of this step starts now; False, and nothing happens, while it is under way already."""
        if self._is_busy:
            return False
        self._is_busy = True
        self.result.silence()
        self.progress.start(words, may_cancel=False)
        return True

    def finish(self) -> None:
        """It came to an end: F12 may be pressed again."""
        self._is_busy = False
        self.progress.finish()

    def fail(self, error: Exception) -> None:
        """It came to nothing."""
        self.finish()
        self.say_error(error)

    def say_error(self, error: Exception) -> None:
        """What stood in the way. What nobody foresaw is raised on."""
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.result.say("warn", said.title, f"{said.detail()} ({said.code})")

    def set_label(self, label: str) -> None:
        if label != self.label:
            self.label = label
            self.label_changed.emit()
