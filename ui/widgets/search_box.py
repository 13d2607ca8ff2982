"""A field to search in, with its answers under it: the hand stays in the field, the arrows walk the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.theme import set_look, theme
from ui.widgets.key_hint import key_width, paint_key

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QAbstractItemDelegate, QListView

_ROWS_SHOWN = 8


class SearchBox(QLineEdit):
    """`typed` at every change, without delay: the search is fast enough to run per key.

    Give it a list model with `set_model`; whenever the model has rows and the field the focus, they stand
    under the field. Up and Down walk, Enter or a click `chose` one, Esc closes. Enter without answers is
    `submitted`. The field never loses the focus to its answers.
    """

    typed = Signal(str)
    chose = Signal(object)         # QModelIndex of the answer
    submitted = Signal(str)

    def __init__(self, name: str, hint: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMinimumHeight(36)
        self.setTextMargins(24, 0, key_width(key) + 8 if key else 0, 0)
        self._key = key
        self._popup: QFrame | None = None
        self._list: QListView | None = None
        self._model: QAbstractItemModel | None = None
        self.textEdited.connect(self.typed)

    def set_model(self, model: QAbstractItemModel, delegate: QAbstractItemDelegate | None = None) -> None:
        self._model = model
        # The list hears of a reset before this box does, or it would take the first answer's mark away again.
        self._fill_popup(model, delegate)
        model.modelReset.connect(self._on_answers_changed)
        model.rowsInserted.connect(self._on_answers_changed)
        model.rowsRemoved.connect(self._on_answers_changed)

    def is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def close_answers(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def current_answer(self) -> QModelIndex | None:
        """The answer that Enter would choose, None while none is shown."""
        return self._list.currentIndex() if self._list is not None and self.is_open() else None

    # the answers

    def _fill_popup(self, model: QAbstractItemModel, delegate: QAbstractItemDelegate | None) -> None:
        from PySide6.QtWidgets import QListView  # the find box of the top line has no list at the first paint

        self._list = QListView()
        self._list.setAccessibleName(self.accessibleName())
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._choose)
        if delegate is not None:
            self._list.setItemDelegate(delegate)
        self._list.setModel(model)
        self._popup = QFrame(self)
        self._popup.setProperty("surface", "popup")
        self._popup.hide()
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self._list)

    def _on_answers_changed(self) -> None:
        if self._model is None or self._model.rowCount() == 0 or not self.hasFocus():
            self.close_answers()
            return
        assert self._popup is not None
        assert self._list is not None
        if self._popup.parent() is not self.window():
            self._popup.setParent(self.window())     # over everything else, and never a window that takes focus
            self.window().installEventFilter(self)
            self.destroyed.connect(self._popup.deleteLater)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._place()
        self._popup.show()
        self._popup.raise_()

    def _place(self) -> None:
        if self._popup is None or self._list is None or self._model is None:
            return
        window = self.window()
        rows = min(_ROWS_SHOWN, self._model.rowCount())
        height = rows * max(36, self._list.sizeHintForRow(0)) + 8
        top_left = self.mapTo(window, QPoint(0, self.height() + 4))
        width = min(max(self.width(), 520), window.width() - 24)
        left = min(top_left.x(), window.width() - width - 12)
        self._popup.setGeometry(left, top_left.y(), width, min(height, window.height() - top_left.y() - 12))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.close_answers()
            self.chose.emit(index)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open() and self._list is not None and self._model is not None:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS_SHOWN,
                     Qt.Key.Key_PageUp: -_ROWS_SHOWN}
            if (step := steps.get(Qt.Key(event.key()))) is not None:
                row = self._list.currentIndex().row() + step
                self._list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1)), 0))
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentIndex())
                return
            if event.key() == Qt.Key.Key_Escape:
                self.close_answers()
                return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit(self.text())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_answers()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_open():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() // 2
        painter.drawPixmap(11, middle - 8, theme().pixmap("search", "ink-2", 16, self.devicePixelRatio()))
        if self._key and not self.hasFocus():
            paint_key(painter, self.width() - key_width(self._key) - 10, middle, self._key)

    def set_tone(self, tone: str) -> None:
        set_look(self, tone=tone)
