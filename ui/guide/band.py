"""The guide in a window too narrow for a card at its side: the same words in one low band below the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.guide.steps import STEPS, Step
from ui.practice import keys
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.key_hint import KeyHint
from ui.widgets.text import Text

HEIGHT = 60


class GuideBand(QFrame):
    """As `GuideCard`: `show_step` changes it, `left` when she puts it away."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "guide-band")
        self.setFixedHeight(HEIGHT)
        self._step: Step | None = None
        self._count = Text("", "secondary")
        self._title = Text("", "heading", is_wrapped=True)
        self._title.setFixedWidth(130)
        self._words = Text("", "secondary", is_wrapped=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._typing, self._key = Text("", "code"), KeyHint("")
        self.leave = ActionButton("", keys.GUIDE.cap)
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(10)
        row.addWidget(self._count)
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        row.addWidget(self._typing)
        row.addWidget(self._key)
        row.addWidget(self.leave)

    def show_step(self, step: Step) -> None:
        if step != self._step:
            self._step = step
            self._tell()

    def _tell(self) -> None:
        self.leave.set_label(tr("Cất"))
        step = self._step
        if step is None:
            return
        self._count.setText(f"{step.number}/{STEPS}")
        self._title.setText(tr(step.title))
        self._words.setText(tr(step.words))
        self._typing.setText(step.typing)
        self._key.setText(step.key)
        self._typing.setVisible(bool(step.typing))
        self._key.setVisible(bool(step.key))
        said = tr("Hồ sơ đầu tiên · bước {number}/{all}", number=step.number, all=STEPS)
        told = (said, tr(step.title), tr(step.words), step.typing, step.key)
        self.setAccessibleName(". ".join(part for part in told if part))

    # Qt's side

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
