"""Notes counted kind by kind: digits, Enter, the next kind; the sum stands where its sheet puts it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.till.denominations import KINDS, MOST, counted
from ui.models.counts import shown_count
from ui.translations import tr
from ui.widgets.line_field import GroupedField
from ui.widgets.money_field import money_text
from ui.widgets.text import Text

_DIGITS = len(str(MOST))


class _Pieces(GroupedField):
    """How many of one kind; empty is none."""

    def __init__(self, kind: int) -> None:
        super().__init__("")
        self.line.setAccessibleName(tr("Số tờ {kind}", kind=money_text(kind)))
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setFixedWidth(96)

    def pieces(self) -> int:
        kept = self._kept(self.text())
        return int(kept) if kept else 0

    def _kept(self, text: str) -> str:
        return super()._kept(text)[:_DIGITS - 1]

    def _grouped(self, kept: str) -> str:
        return shown_count(int(kept)) if kept else ""


class CashCount(QWidget):
    """`changed` at every digit; `finished` with Enter on the last kind. Down, Up and Enter walk the kinds,
    Home and End go to the largest and the smallest.

    `sum` says what it comes to; the sheet puts it into its foot, where a low screen shows it too.
    """

    changed = Signal()
    finished = Signal()
    stood = Signal(QWidget)        # the field that has just got the focus

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[int, _Pieces] = {}
        self._amounts: dict[int, Text] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.addWidget(Text(tr("Loại"), "secondary"), 0, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Text(tr("Số tờ"), "secondary"), 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Text(tr("Thành tiền"), "secondary"), 0, 2, Qt.AlignmentFlag.AlignRight)
        for row, kind in enumerate(KINDS, start=1):
            field = _Pieces(kind)
            field.edited.connect(lambda _: self._show())
            field.line.installEventFilter(self)
            self.fields[kind] = field
            self._amounts[kind] = Text("", "figures")
            grid.addWidget(Text(money_text(kind), "figures"), row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, row, 1)
            grid.addWidget(self._amounts[kind], row, 2, Qt.AlignmentFlag.AlignRight)
        self.sum = Text("", "fact")
        self._message = Text("", "secondary", is_wrapped=True)
        self._message.set_tone("bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(grid)
        column.addWidget(self._message)
        self.clear()

    @property
    def first(self) -> QWidget:
        return self.fields[KINDS[0]].line

    def clear(self) -> None:
        for field in self.fields.values():
            field.set_text("")
        self._show()

    def count(self) -> dict[int, int]:
        """Kind in đồng to pieces, of the kinds that there are."""
        return {kind: field.pieces() for kind, field in self.fields.items() if field.pieces()}

    def total(self) -> int:
        return counted(self.count())

    def is_counted(self) -> bool:
        """Whether anything was written; an empty drawer is written as 0. Else a word and the focus."""
        if any(field.text() for field in self.fields.values()):
            return True
        self._message.setText(tr("Ghi số tờ từng loại; ngăn trống thì ghi 0."))
        self._message.show()
        self.first.setFocus()
        return False

    def _show(self) -> None:
        for kind, field in self.fields.items():
            self._amounts[kind].setText(money_text(kind * field.pieces()) if field.pieces() else "")
        self.sum.setText(tr("Cộng {amount}", amount=money_text(self.total())))
        self._message.hide()
        self.changed.emit()

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._step(watched, 1, is_repeat=event.isAutoRepeat() and event.key() != Qt.Key.Key_Down)
                return True
            if event.key() == Qt.Key.Key_Up:
                self._step(watched, -1)
                return True
            if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
                self._stand_on(0 if event.key() == Qt.Key.Key_Home else len(self.fields) - 1)
                return True
        return super().eventFilter(watched, event)

    def _step(self, line: QObject, by: int, *, is_repeat: bool = False) -> None:
        lines = [field.line for field in self.fields.values()]
        place = next(at for at, each in enumerate(lines) if each is line) + by
        if is_repeat:
            return
        if place >= len(lines):
            self.finished.emit()
        else:
            self._stand_on(max(0, place))

    def _stand_on(self, place: int) -> None:
        line = [field.line for field in self.fields.values()][place]
        line.setFocus(Qt.FocusReason.TabFocusReason)
        line.selectAll()
        self.stood.emit(line)
