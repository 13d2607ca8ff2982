"""The clerks of this counter, to be chosen by arrow, first letter or pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.people.grant import Standing
from app.domain.text import fold
from app.services.people.sign_in import Asks, State
from ui.theme import theme
from ui.translations import mark, tr

ROW = 56
STANDINGS = {
    Standing.MISSING: mark("Tỉnh chưa cấp quyền ở đây"),
    Standing.EXPIRED: mark("Quyền đã hết hạn, chờ nối mạng"),
    Standing.REVOKED: mark("Tỉnh đã thôi quyền"),
    Standing.FOREIGN: mark("Quyền của bưu cục khác"),
    Standing.FALSE: mark("Quyền ghi trong sổ không đúng chữ ký"),
}


def state_words(state: State) -> str:
    """How she stands, in a word."""
    if state.standing is not Standing.GOOD:
        return tr(STANDINGS[state.standing])
    if state.is_locked:
        return tr("Đã khóa, cần trưởng ca")
    if state.wait:
        return tr("Thử lại sau {seconds} giây", seconds=state.wait)
    return {
        Asks.SECRET: tr("Nhập mã bí mật"),
        Asks.CODE: tr("Lần đầu: cần mã cá nhân"),
        Asks.NOTHING: tr("Chưa có mã cá nhân"),
    }[state.asks]


def _icon(state: State) -> tuple[str, str]:
    if state.standing is not Standing.GOOD or state.is_locked:
        return "lock", "bad-ink"
    if state.wait:
        return "clock", "warn-ink"
    return ("person", "ink-2") if state.asks is Asks.SECRET else ("info", "info-ink")


class PeopleList(QListWidget):
    """`chosen` carries the clerk's id as the list moves; `accepted` when Enter says: this one."""

    chosen = Signal(str)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pages")
        self.setAccessibleName(tr("Người của quầy này"))
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda _: self.chosen.emit(self.clerk()))

    def clerk(self) -> str:
        """Id of the one chosen; "" in an empty list."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_states(self, states: Sequence[State], chosen: str) -> None:
        """Everybody anew, with `chosen` (or the first) chosen; nothing is told of that."""
        self.blockSignals(True)
        self.clear()
        for state in states:
            item = QListWidgetItem(f"{state.clerk.name}\n{state_words(state)}")
            item.setData(Qt.ItemDataRole.UserRole, state.clerk.id)
            item.setSizeHint(QSize(0, ROW))
            item.setIcon(theme().icon(*_icon(state)))
            self.addItem(item)
        ids = [state.clerk.id for state in states]
        self.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self.setFixedHeight(max(1, min(len(states), 7)) * ROW + 4)
        self.blockSignals(False)

    def step(self, by: int) -> None:
        """One up or down, round and round: for a field that keeps the focus."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = fold(event.text())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif letter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._go_to(letter)
        else:
            super().keyPressEvent(event)

    def _go_to(self, letter: str) -> None:
        """The next whose given name (the last word) begins with it: that is what colleagues call her."""
        for offset in range(1, self.count() + 1):
            row = (self.currentRow() + offset) % self.count()
            name = self.item(row).text().partition("\n")[0]
            if fold(name.rpartition(" ")[2]).startswith(letter):
                self.setCurrentRow(row)
                return
