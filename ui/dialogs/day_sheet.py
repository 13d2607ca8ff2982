"""Đối chiếu ngày: what differs between this counter and the province, and one day's three columns to print."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.day_comparison import WITH_DOSSIER, Difference, Tried
from app.domain.day_end import Column as Side
from app.domain.day_end import DayEnd
from app.domain.day_money import LooseMoney
from app.domain.dossier_code import parse_code
from app.domain.money import format_money
from app.errors import Refusal
from app.services.reconcile import Standing
from ui.delegates.cells import CellDelegate, ChipDelegate, CodeDelegate
from ui.delegates.dates import day_text, lowered, near_moment
from ui.delegates.relative_date import RelativeDateDelegate
from ui.dialogs.sheet import Sheet
from ui.models.counts import shown_count
from ui.models.day_money_words import money_sentence, repair_words, what_is_loose
from ui.models.day_words import press_words, what_words
from ui.models.turn_words import turn_words
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import ROW_HEIGHT_TWO_LINES, RowTable
from ui.widgets.text import Text

WIDTH = 1180
EMPTY_HEIGHT = 124
LEAST_ROWS, MOST_ROWS, MOST_LOOSE = 3, 8, 3
AROUND = 440
"""Of the window's height, what is not for the list."""


def day_of(line: Standing) -> str:
    return day_text(date.fromisoformat(line.difference.day))


def _key(line: Standing) -> Hashable:
    return line.difference.day, line.difference.kind, line.difference.code


class DaySheet(Sheet):
    """`show_all`, then `open`. `opened` carries a dossier code; ◀ ▶ choose the day of the minutes."""

    opened = Signal(str)
    compare_asked = Signal()
    print_asked = Signal()
    pack_asked = Signal()
    day_asked = Signal(int)        # one day back or on

    def __init__(self, host: QWidget, clock: Callable[[], datetime]) -> None:
        super().__init__(host, tr("Đối chiếu ngày"), width=WIDTH)
        self._clock = clock
        self.state = Text("", "lead", is_wrapped=True)
        self.trouble = Banner()
        self.table = RowTable(tr("Chỗ lệch với tỉnh"), lines=2)
        self.table.set_delegate(0, ChipDelegate(has_icon=True))
        self.table.set_delegate(2, CodeDelegate())
        for column in (3, 4):
            self.table.set_delegate(column, CellDelegate(lines=2))
        self.table.set_delegate(5, RelativeDateDelegate(clock))
        columns: tuple[Column[Standing], ...] = (
            Column(mark("Đến lượt"), lambda line: turn_words(line.difference.turn)[0],
                   tone=lambda line: turn_words(line.difference.turn)[1]),
            Column(mark("Ngày"), day_of),
            Column(mark("Hồ sơ, số"), lambda line: line.difference.code),
            Column(mark("Lệch ở đâu"), lambda line: what_words(line.difference)),
            Column(mark("Bấm gì, gọi ai"), lambda line: press_words(line.difference)),
            Column(mark("Từ lúc"), lambda line: "", value=lambda line: line.since),
        )
        self.lines: PagedTableModel[Standing] = PagedTableModel(
            columns, ListSource(()), _key, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(0, 0, 0, -3, -4, 0)
        self.table.set_spare(5, 1)
        self._empty = EmptyState("", icon="sync")
        self.table.set_empty(self._empty)
        self.table.opened.connect(self._on_opened)
        self.day = Text("", "heading")
        self.end = Text("", is_wrapped=True)
        self.money = Text("", is_wrapped=True)
        self.loose = RowTable(tr("Tiền chưa khớp của ngày này"))
        self.loose.set_delegate(1, CodeDelegate())
        self.loose_lines: PagedTableModel[LooseMoney] = PagedTableModel((
            Column(mark("Tiền chưa khớp"), what_is_loose),
            Column(mark("Hồ sơ, biên lai, ca"), lambda each: each.name),
            Column(mark("Số tiền"), lambda each: format_money(each.amount) if each.amount else "",
                   value=lambda each: each.amount, is_number=True),
            Column(mark("Phím, cách xử lý"), repair_words, tooltip=repair_words),
        ), ListSource(()), lambda each: (each.kind, each.name), parent=self.loose)
        self.loose.setModel(self.loose_lines)
        self.loose.set_widths(-3, 0, 120, -5)
        self.loose.opened.connect(self._on_loose_opened)
        self._rows = 0
        self.compare = ActionButton(tr("Đối chiếu ngay"), "G")
        self.print = ActionButton(tr("In biên bản ngày này"), "I")
        self.pack = ActionButton(tr("Xuất hồ sơ minh bạch"), "X")
        for button, asked in ((self.compare, self.compare_asked), (self.print, self.print_asked),
                              (self.pack, self.pack_asked)):
            button.clicked.connect(asked)
            self.foot.addWidget(button)
        for widget in (self.state, self.trouble, self.table, self.day, self.end, self.money, self.loose):
            self.content.addWidget(widget)

    def show_all(self, last: Tried | None, lines: Sequence[Standing], days: int, *, is_busy: bool) -> None:
        """The newest try, every difference, and how many days were compared so far."""
        now = self._clock()
        self.trouble.silence()
        if last is None:
            self.state.setText(tr("Chưa đối chiếu lần nào. Máy tự đối chiếu khi liên lạc được với tỉnh."))
        elif last.problem:
            self.state.setText(tr("Danh sách dưới đây là của lần đối chiếu được trước đó."))
            self.trouble.say("warn", tr("Chưa đối chiếu được {at}", at=lowered(near_moment(last.at, now))),
                             tr("Máy tự thử lại. Mã: {code}", code=last.problem))
        else:
            at = lowered(near_moment(last.at, now))
            self.state.setText(tr("Đối chiếu lần cuối {at}: {n} chỗ lệch với tỉnh.", at=at,
                                  n=shown_count(len(lines))))
        is_equal = days > 0 and not lines
        self._empty.set_words(
            tr("Không có chỗ lệch với tỉnh") if is_equal else tr("Chưa có gì để so"),
            tr("Số hồ sơ, tiền, trạng thái và tệp bằng nhau ở {n} ngày đã so. Tiền trong quầy xem ở dưới.", n=days)
            if is_equal
            else tr("Bấm G để đối chiếu với tỉnh ngay."),
        )
        if tuple(lines) != tuple(self.lines.rows()):
            number = self.table.currentIndex().row()
            key = self.lines.key(number) if number >= 0 else None
            self.lines.set_source(ListSource(lines))
            if number >= 0:
                self.table.stand_on(max(0, self.lines.find(key)))
        self._rows = len(lines)
        self._fit_lists()
        self.compare.setEnabled(not is_busy)
        self.compare.set_label(tr("Đang đối chiếu") if is_busy else tr("Đối chiếu ngay"))

    def stand_on(self, wanted: Difference) -> None:
        """The row of that difference, if it still stands."""
        for number, line in enumerate(self.lines.rows()):
            if _key(line) == (wanted.day, wanted.kind, wanted.code):
                self.table.stand_on(number)

    def show_day(self, end: DayEnd) -> None:
        """One day's three columns, this counter's own."""
        self.day.setText(tr("◀ ▶  Ngày {day}", day=day_text(end.day)))
        papers, book = (_total([getattr(line, name) for line in end.lines]) for name in ("papers", "book"))
        theirs = [line.there for line in end.lines if line.there is not None]
        there = _side(_total(theirs)) if end.compared_at is not None else tr("chưa đối chiếu")
        words = [
            tr("Giấy tiếp nhận đã in: {side}", side=_side(papers)), tr("Sổ của quầy: {side}", side=_side(book)),
            tr("Tỉnh đang giữ: {side}", side=there),
        ]
        if book.taken:
            words.append(tr("Thu sau tiếp nhận: {money}", money=format_money(book.taken)))
        to_mend = len(end.money.to_mend) if end.money is not None else 0
        if end.is_equal:
            words.append(tr("Ba bên khớp nhau"))
        elif end.named or to_mend:
            words += [tr("{n} hồ sơ lệch, ghi tên trong biên bản", n=len(end.named))] * bool(end.named)
            words += [tr("{n} việc về tiền trong quầy, ở bảng dưới", n=to_mend)] * bool(to_mend)
        elif end.compared_at is not None:          # nothing differed then: what differs now came after it
            at = lowered(near_moment(end.compared_at, self._clock()))
            words.append(tr("Sổ đã đổi từ lần so {at}: bấm G để so lại.", at=at))
        self.end.setText(" · ".join(words))
        self.money.setText(money_sentence(end.money) if end.money is not None else "")
        self.money.setVisible(end.money is not None)
        self.loose_lines.set_source(ListSource(end.money.loose if end.money is not None else ()))
        self._fit_lists()

    def show_waiting(self, day: date) -> None:
        """That day is being added up; what stood of another one goes."""
        heading = tr("◀ ▶  Ngày {day}", day=day_text(day))
        if self.day.text() != heading:
            self.day.setText(heading)
            self.end.setText(tr("Đang cộng sổ của ngày này."))
            self.money.hide()
            self.loose_lines.set_source(ListSource(()))
            self._fit_lists()

    def may_open(self, line: object) -> bool:
        return isinstance(line, Standing) and line.difference.kind in WITH_DOSSIER

    def _on_loose_opened(self, each: LooseMoney) -> None:
        try:
            code = parse_code(each.name).text
        except Refusal:                            # a receipt, a session: the row names the key of its page
            return
        self.close_sheet()
        self.opened.emit(code)

    def _fit_lists(self) -> None:
        """As many rows of both lists as the window has room for."""
        loose = min(MOST_LOOSE if self._rows else MOST_LOOSE + 2, self.loose_lines.rowCount())
        self.loose.setVisible(loose > 0)
        self.loose.setFixedHeight(loose * 40 + 36)
        if not self._rows:                         # a sentence, not a list
            self.table.setFixedHeight(EMPTY_HEIGHT)
            return
        taken = AROUND + self._further_lines() + (self.loose.height() + 16 if loose else 0)
        room = max(LEAST_ROWS, min(MOST_ROWS, (self._host.height() - taken) // ROW_HEIGHT_TWO_LINES))
        self.table.setFixedHeight(max(LEAST_ROWS, min(room, self._rows)) * ROW_HEIGHT_TWO_LINES + 36)

    def _further_lines(self) -> int:
        """Pixels that the sentences of the day need beyond one line each."""
        width = min(WIDTH, self._host.width() - 48) - 64
        return sum(max(0, each.heightForWidth(width) - each.fontMetrics().height())
                   for each in (self.end, self.money) if each.text())

    def _on_opened(self, line: Standing) -> None:
        if self.may_open(line):
            self.close_sheet()
            self.opened.emit(line.difference.code)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = {Qt.Key.Key_G: self.compare_asked, Qt.Key.Key_I: self.print_asked,
                 Qt.Key.Key_X: self.pack_asked}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in asked and not event.isAutoRepeat():
            if key != Qt.Key.Key_G or self.compare.isEnabled():
                asked[key].emit()
            event.accept()
        elif key in steps:
            self.day_asked.emit(steps[key])
            event.accept()
        else:
            super().keyPressEvent(event)


def _total(sides: Sequence[Side]) -> Side:
    return Side(sum(each.dossiers for each in sides), sum(each.money for each in sides),
                sum(each.taken for each in sides))


def _side(side: Side) -> str:
    return tr("{n} hồ sơ, {money}", n=shown_count(side.dossiers), money=format_money(side.money))
