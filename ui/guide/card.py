"""The card at the side: which step of how many, what to do, what to type, which key. It never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.guide.steps import STEPS, Step
from ui.practice import keys
from ui.theme import set_look
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.key_hint import KeyHint
from ui.widgets.text import Text

WIDTH = 264
"""What a window of 1366 can give without the page beside it becoming narrow."""


class GuideCard(QFrame):
    """`show_step` changes it; `left` when she puts it away."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "guide")
        self.setFixedWidth(WIDTH)
        self._step: Step | None = None
        self._count = Text("", "secondary")
        self._marks = [QFrame() for _ in range(STEPS)]
        self._title = Text("", "title", is_wrapped=True)
        self._words = Text("", is_wrapped=True)
        self._type_lead, self._typing = Text("", "secondary"), Text("", "code", is_wrapped=True)
        self._key_lead, self._key = Text("", "secondary"), KeyHint("")
        self._wait = Text("", "secondary", is_wrapped=True)
        self._stay = Text("", "secondary", is_wrapped=True)
        self.leave = ActionButton("", keys.GUIDE.cap)
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.clicked.connect(self.left)
        self._arrange()

    def show_step(self, step: Step) -> None:
        """What is next; a screen reader hears it as the card's name."""
        if step == self._step:
            return
        self._step = step
        self._tell()

    @property
    def step(self) -> Step | None:
        return self._step

    def typing(self) -> str:
        """What the card says is to be typed, "" for nothing."""
        return "" if self._typing.isHidden() else self._typing.text()

    def key(self) -> str:
        """The key that the card shows, as on its cap; "" where there is only to wait."""
        return "" if self._key.isHidden() else self._key.text()

    # inside

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        marks = QHBoxLayout()
        marks.setSpacing(4)
        for each in self._marks:
            each.setFixedHeight(4)
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            marks.addWidget(each)
        column.addWidget(self._count)
        column.addLayout(marks)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(6)
        column.addWidget(self._type_lead)
        column.addWidget(self._typing)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._key_lead)
        row.addWidget(self._key)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._wait)
        column.addStretch(1)
        column.addWidget(self._stay)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell(self) -> None:
        self.leave.set_label(tr("Cất hướng dẫn"))
        self._stay.setText(tr("Muốn làm việc khác cứ làm: bài này đợi, và nối tiếp từ chỗ bạn đang đứng."))
        step = self._step
        if step is None:
            return
        said = tr("Hồ sơ đầu tiên · bước {number}/{all}", number=step.number, all=STEPS)
        self._count.setText(said)
        for number, each in enumerate(self._marks, 1):
            set_look(each, surface="guide-done" if number <= step.number else "guide-ahead")
        self._title.setText(tr(step.title))
        self._words.setText(tr(step.words))
        self._type_lead.setText(tr("Gõ"))
        self._typing.setText(step.typing)
        self._key_lead.setText(tr("rồi bấm") if step.typing else tr("Bấm"))
        self._key.setText(step.key)
        for widget in (self._type_lead, self._typing):
            widget.setVisible(bool(step.typing))
        for widget in (self._key_lead, self._key):
            widget.setVisible(bool(step.key))
        self._wait.setText(tr("Chưa phải bấm gì."))
        self._wait.setVisible(not step.key)
        told = [said, tr(step.title), tr(step.words)]
        if step.typing:
            told.append(f"{tr('Gõ')} {step.typing}")
        if step.key:
            told.append(f"{self._key_lead.text()} {step.key}")
        self.setAccessibleName(". ".join(told))

    # Qt's side

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
