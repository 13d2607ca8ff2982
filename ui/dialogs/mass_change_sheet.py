"""A landslide of changes from the province: each dossier with its state and what it would become; two answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.dossier import State
from app.errors import KnownError
from app.services.mass_change import Change, HeldPull, held_pull
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.dialogs.sheet import Sheet
from ui.models.counts import shown_count
from ui.models.state_words import STATES, state_words
from ui.operations.accept_mass_change import accept_held
from ui.operations.desk import Desk, warn_of
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.line_field import LineField
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import ROW_HEIGHT, RowTable
from ui.widgets.text import Text

LEAST_ROWS, MOST_ROWS = 2, 7
AROUND = 470
"""Of the window's height, what is not for the list."""


def _words(state: int) -> tuple[str, Tone]:
    """Of a status of the national list; a number of a newer province as it is."""
    return state_words(State(state)) if state in STATES else (str(state), "neutral")


COLUMNS: tuple[Column[Change], ...] = (
    Column(mark("Mã hồ sơ"), lambda line: line.code),
    Column(mark("Đang là"), lambda line: _words(line.state)[0], tone=lambda line: _words(line.state)[1]),
    Column(mark("Tỉnh muốn đổi thành"), lambda line: _words(line.becomes)[0],
           tone=lambda line: _words(line.becomes)[1]),
)


class MassChangeSheet(Sheet):
    """`ask`; `confirmed` when it was accepted, and the courier is to be woken. Accepting wants the count typed."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(
            host, tr("Tỉnh muốn đổi nhiều hồ sơ cùng lúc"), tr("Nhận các thay đổi"),
            way_back=tr("Chưa nhận, báo tỉnh"), width=860,
        )
        self._desk = desk
        self._held: HeldPull | None = None
        self.what = Text("", is_wrapped=True)
        self.table = RowTable(tr("Hồ sơ sẽ đổi"))
        self.table.set_delegate(0, CodeDelegate())
        self.table.set_delegate(1, ChipDelegate())
        self.table.set_delegate(2, ChipDelegate())
        self.lines: PagedTableModel[Change] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.code, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(-2, -3, -3)
        self.rest = Text("", "secondary", is_wrapped=True)
        self.amount = LineField(tr("Đã xem và muốn nhận: gõ số hồ sơ sẽ đổi"), is_figures=True)
        self.amount.edited.connect(lambda _: self.amount.set_message(""))
        for widget in (self.what, self.table, self.rest, self.amount):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        for key, step in (("Down", 1), ("Up", -1)):        # through the list, wherever the focus is
            move = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            move.activated.connect(partial(self._move, step))

    def ask(self, held: HeldPull) -> None:
        self.show_held(held)
        self.amount.set_text("")
        self.amount.set_message("")
        self.open(self.amount.line)
        self.table.stand_on(0)

    def show_held(self, held: HeldPull) -> None:
        self._held = held
        said = [tr("{n} trong {open} hồ sơ đang mở sẽ đổi trạng thái.",
                   n=shown_count(held.changed), open=shown_count(held.open))]
        if held.earlier:
            said.append(tr("24 giờ qua tỉnh đã đổi {n} hồ sơ khác từng ít một.", n=shown_count(held.earlier)))
        said.append(tr("Phần này chưa đổi gì trên máy; việc gửi đi vẫn chạy. Gọi tỉnh hỏi trước khi nhận nếu bạn "
                       "không chờ điều này."))
        self.what.setText(" ".join(said))
        self.lines.set_source(ListSource(held.some))
        room = max(LEAST_ROWS, min(MOST_ROWS, (self._host.height() - AROUND) // ROW_HEIGHT))
        self.table.setFixedHeight(min(room, len(held.some)) * ROW_HEIGHT + 36)
        left = held.changed - len(held.some)
        self.rest.setText(tr("và {n} hồ sơ nữa", n=shown_count(left)) if left else "")
        self.rest.setVisible(bool(left))

    def may_confirm(self) -> bool:
        assert self._held is not None
        typed = self.amount.text().replace(".", "").strip()
        if typed == str(self._held.changed):
            return True
        self.amount.set_message(tr("Gõ đúng số hồ sơ sẽ đổi: {n}", n=shown_count(self._held.changed)))
        self.amount.line.setFocus()
        return False

    def confirm(self) -> None:
        """Nothing is taken that was not shown: what came meanwhile is shown first."""
        if not self.is_open or self._held is None or not self.may_confirm():
            return
        try:
            is_same = accept_held(self._desk, self._held)
            with self._desk.office.database.reading() as connection:
                held = held_pull(connection)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        if is_same or held is None:
            self._is_answered = True
            self.close_sheet()
            self.confirmed.emit()
            return
        self.show_held(held)
        self.amount.set_text("")
        self.amount.set_message(tr("Danh sách vừa đổi. Xem lại rồi gõ số mới."), "warn")

    def _move(self, step: int) -> None:
        if self.lines.rowCount():
            row = self.table.currentIndex().row() + step
            self.table.stand_on(max(0, min(self.lines.rowCount() - 1, row)))
