"""One step of a page that is worked from top to bottom: lit while present, one line when done.

A `StepStack` holds the steps of a page in one card with hairlines between them. The page decides which step
is present; a step only shows it and says when the clerk asks for it (`asked`, by click or Enter).
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.text import ElidedText

_BADGE, _LEFT, _TOP = 24, 16, 11


class StepState(Enum):
    WAITING = "waiting"            # its turn has not come; folded, grey number
    PRESENT = "present"            # where the clerk is: open, amber
    DONE = "done"                  # folded to its summary, green tick
    ATTENTION = "attention"        # done before, something changed since: folded, red number


class StepCard(QWidget):
    """A step `number` called `title`; `body` shows while present, `set_summary` is its folded line."""

    asked = Signal()

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._name = title
        self._is_last = False
        self.state = StepState.WAITING
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = ElidedText(title, "heading")
        self._summary = ElidedText("", "lead")
        self._hint = ElidedText("", "secondary")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._aside = QHBoxLayout()
        self._aside.setContentsMargins(0, 0, 0, 0)
        self._aside.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._hint, 2)
        head.addLayout(self._aside)
        self._body = QWidget()
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(0, 6, 0, 2)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT + _BADGE + 16, _TOP, 16, _TOP)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._summary)
        column.addWidget(self._body)
        self.set_state(StepState.WAITING)

    def set_state(self, state: StepState) -> None:
        """Folds or opens the step; the state is told to a screen reader with the title."""
        self.state = state
        is_present = state is StepState.PRESENT
        self._body.setVisible(is_present)
        is_answered = state in (StepState.DONE, StepState.ATTENTION)   # Shift+Tab walks back over answers
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_answered else Qt.FocusPolicy.NoFocus)
        self._summary.setVisible(not is_present and bool(self._summary.text()))
        # While the step is open its name stays whole and the hint gives way.
        self._title.setMinimumWidth(self._title.sizeHint().width() if is_present else 0)
        self._hint.setVisible(is_present and bool(self._hint.text()))
        self.setAccessibleName(f"{self._number}. {self._title.text()}")
        self.setAccessibleDescription(self._summary.text())
        self.setCursor(Qt.CursorShape.ArrowCursor if is_present else Qt.CursorShape.PointingHandCursor)
        self.update()

    def set_title(self, title: str = "") -> None:
        """What the head says once the step is answered ("3.000333 · Cấp Phiếu …"); "" is the step's name."""
        self._title.setText(title or self._name)
        self.set_state(self.state)

    def set_summary(self, text: str) -> None:
        self._summary.setText(text)
        self.set_state(self.state)

    def set_hint(self, text: str) -> None:
        """The keys that work inside, at the right of the head while the step is present."""
        self._hint.setText(text)
        self.set_state(self.state)

    def set_aside(self, *widgets: QWidget) -> None:
        """Replaces what stands at the right of the head: a chip, an amount."""
        while (item := self._aside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for widget in widgets:
            self._aside.addWidget(widget)

    def set_last(self, is_last: bool) -> None:
        """The last step of a stack draws no hairline below."""
        self._is_last = is_last
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.state is not StepState.PRESENT and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.state is not StepState.PRESENT:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self.state is StepState.PRESENT:
            painter.fillRect(self.rect(), look.color("present-tint"))
            painter.fillRect(0, 0, 4, self.height(), look.color("focus"))
        if not self._is_last:
            painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        ground, ink = {
            StepState.WAITING: ("neutral-soft", "neutral-ink"),
            StepState.PRESENT: ("focus", "focus-ink"),
            StepState.DONE: ("ok-soft", "ok-ink"),
            StepState.ATTENTION: ("bad-soft", "bad-ink"),
        }[self.state]
        box = QRect(_LEFT, _TOP - 1, _BADGE, _BADGE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawEllipse(QRectF(box))
        if self.state is StepState.DONE:
            pixmap = look.pixmap("check", ink, 14, self.devicePixelRatio())
            painter.drawPixmap(box.left() + 5, box.top() + 5, pixmap)
        else:
            painter.setFont(look.font("chip"))
            painter.setPen(QPen(look.color(ink)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -2.5), 6, 6)


class StepStack(QFrame):
    """The steps of one page in one card, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 4, 1, 4)
        self._column.setSpacing(0)
        self.steps: list[StepCard] = []

    def add_step(self, step: StepCard, stretch: int = 0) -> None:
        """Appends a step; a step with `stretch` takes the room that is left (the checklist at fifty papers)."""
        if self.steps:
            self.steps[-1].set_last(False)
        step.set_last(True)
        self.steps.append(step)
        self._column.addWidget(step, stretch)
