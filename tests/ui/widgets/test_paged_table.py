"""The table of every list: pages by key, never twice, never frozen, whole rows by keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOON
from ui.delegates.cells import ChipDelegate, CodeDelegate, NumberDelegate
from ui.delegates.dates import due_words
from ui.delegates.relative_date import RelativeDateDelegate
from ui.theme import Tone
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import (
    PAGE_SIZE,
    Column,
    ListSource,
    Page,
    PagedTableModel,
    RowRole,
    SortRole,
    ToneRole,
)
from ui.widgets.row_table import RowTable


@dataclass(frozen=True, slots=True)
class Dossier:
    number: int
    person: str

    @property
    def code(self) -> str:
        return f"H47.15-261121-{self.number:06d}"


COL_CODE, COL_PERSON, COL_FEE, COL_STATE, COL_DUE = range(5)


def tone(row: Dossier) -> Tone:
    return "bad" if row.number % 7 == 0 else "ok"


COLUMNS = (
    Column[Dossier]("Mã hồ sơ", lambda row: row.code, sort="code"),
    Column[Dossier]("Người nộp", lambda row: row.person),
    Column[Dossier]("Phải thu", lambda row: f"{row.number} đ", value=lambda row: row.number, is_number=True),
    Column[Dossier]("Đang ở", lambda row: "Sở Xây dựng", tone=tone),
    Column[Dossier]("Hẹn trả", lambda row: "", value=lambda row: NOON + timedelta(hours=row.number)),
)


class Keyset:
    """A source as the store has it: counts what it is asked, refuses to be asked twice for a place."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[tuple[object, str, bool]] = []

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[Dossier]:
        self.asked.append((after, sort, is_descending))
        start = int(after) + 1 if isinstance(after, int) else 0
        end = min(start + limit, self.size)
        numbers = range(start, end)
        rows = tuple(Dossier(number, f"Người Thử {number}") for number in numbers)
        if is_descending:
            rows = tuple(replace(row, person=f"Ngược {row.number}") for row in rows)
        return Page(rows, end - 1 if end < self.size else None)


def model_of(size: int) -> tuple[PagedTableModel[Dossier], Keyset]:
    source = Keyset(size)
    model = PagedTableModel(COLUMNS, source, lambda row: row.number)
    model.reload()
    return model, source


@pytest.mark.parametrize("size", [0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 1000])
def test_the_model_keeps_qts_rules_and_shows_each_row_once(qtmodeltester: ModelTester, size: int) -> None:
    model, source = model_of(size)
    qtmodeltester.check(model)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [row.number for row in model.rows()] == list(range(size))
    assert len({after for after, _, _ in source.asked}) == len(source.asked)


def test_a_view_that_asks_again_while_rows_arrive_gets_no_row_twice(qtbot: QtBot) -> None:
    model, source = model_of(1000)
    model.rowsInserted.connect(lambda *_: model.fetchMore(QModelIndex()))
    model.rowsAboutToBeInserted.connect(lambda *_: model.fetchMore(QModelIndex()))
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 1000
    assert len(source.asked) == 5


def test_sorting_is_the_sources_work(qtbot: QtBot) -> None:
    model, source = model_of(10)
    model.sort(COL_CODE, Qt.SortOrder.DescendingOrder)
    model.sort(COL_CODE, Qt.SortOrder.DescendingOrder)
    assert source.asked == [(None, "", False), (None, "code", True)]
    assert model.row(0).person == "Ngược 0"


def test_a_column_that_cannot_be_sorted_keeps_the_lists_own_order(qtbot: QtBot) -> None:
    model, source = model_of(10)
    model.sort(COL_PERSON, Qt.SortOrder.AscendingOrder)
    assert source.asked == [(None, "", False)]


def test_a_failed_page_leaves_the_model_usable(qtbot: QtBot) -> None:
    class Failing(Keyset):
        fails = True

        def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[Dossier]:
            if after is not None and self.fails:
                raise OSError("disk")
            return super().page(after, limit, sort, is_descending)

    source = Failing(400)
    model = PagedTableModel(COLUMNS, source, lambda row: row.number)
    model.reload()
    with pytest.raises(OSError):
        model.fetchMore(QModelIndex())
    source.fails = False
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 400


@pytest.mark.parametrize(("column", "role", "expected"), [
    (COL_CODE, Qt.ItemDataRole.DisplayRole, "H47.15-261121-000007"),
    (COL_FEE, SortRole, 7),
    (COL_PERSON, SortRole, "Người Thử 7"),
    (COL_STATE, ToneRole, "bad"),
    (COL_CODE, RowRole, Dossier(7, "Người Thử 7")),
    (COL_FEE, Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
    (COL_CODE, Qt.ItemDataRole.DecorationRole, None),
])
def test_a_cell_tells_by_role(qtbot: QtBot, column: int, role: int, expected: object) -> None:
    model, _ = model_of(10)
    assert model.index(7, column).data(role) == expected


def test_a_changed_row_is_shown_in_place_and_a_gone_one_goes(qtbot: QtBot) -> None:
    model, source = model_of(10)
    with qtbot.waitSignal(model.dataChanged):
        assert model.replace_row(Dossier(3, "Tên mới"))
    assert model.row(3).person == "Tên mới"
    assert not model.replace_row(Dossier(99, "Không có"))
    assert model.remove_row(3)
    assert not model.remove_row(3)
    assert [row.number for row in model.rows()] == [0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert len(source.asked) == 1


def test_a_list_that_is_here_is_paged_too(qtbot: QtBot) -> None:
    rows = tuple(Dossier(number, "Mẫu") for number in range(450))
    model = PagedTableModel(COLUMNS, ListSource(rows), lambda row: row.number)
    model.reload()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rows() == rows


def table_of(qtbot: QtBot, size: int) -> tuple[RowTable, QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    table = RowTable("Hồ sơ")
    table.set_delegate(COL_CODE, CodeDelegate())
    table.set_delegate(COL_FEE, NumberDelegate())
    table.set_delegate(COL_STATE, ChipDelegate(has_icon=True))
    table.set_delegate(COL_DUE, RelativeDateDelegate(lambda: NOON, is_due=True))
    table.set_empty(EmptyState("Chưa có hồ sơ", "Hồ sơ sẽ hiện ở đây."))
    model, _ = model_of(size)
    model.setParent(table)
    table.setModel(model)
    table.set_widths(0, -2, 90, -1, 0)
    table.set_spare(COL_STATE)
    QVBoxLayout(window).addWidget(table)
    window.resize(900, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return table, window


def test_enter_opens_the_row_the_clerk_stands_on(qtbot: QtBot) -> None:
    table, window = table_of(qtbot, 10)
    table.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row.number == 1):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)


def test_letters_and_space_stay_the_pages_keys(qtbot: QtBot) -> None:
    table, window = table_of(qtbot, 10)
    table.setFocus()
    table.stand_on(0)
    for key in ("9", " ", "n"):
        QTest.keyClick(window.windowHandle(), key)
    assert table.current_row().number == 0


def test_tab_leaves_the_table(qtbot: QtBot) -> None:
    table, window = table_of(qtbot, 10)
    after = QLineEdit()
    window.layout().addWidget(after)
    after.show()
    table.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_reading_again_stays_on_the_same_dossier(qtbot: QtBot) -> None:
    table, _ = table_of(qtbot, 10)
    table.stand_on(4)
    table.reload()
    assert table.current_row().number == 4


@pytest.mark.parametrize("size", [0, 3])
def test_an_empty_list_says_what_will_be_there(qtbot: QtBot, size: int) -> None:
    table, _ = table_of(qtbot, size)
    said = table.findChild(EmptyState)
    assert said is not None
    assert said.isVisible() == (size == 0)
    assert table.horizontalHeader().isVisible() == (size > 0)


@pytest.mark.parametrize(("width", "is_hidden"), [(1200, False), (560, True)])
def test_a_narrow_table_gives_up_its_spare_column(qtbot: QtBot, width: int, is_hidden: bool) -> None:
    table, window = table_of(qtbot, 3)
    window.resize(width, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(COL_STATE) is is_hidden)
    shown = sum(table.columnWidth(column) for column in range(5) if not table.isColumnHidden(column))
    assert shown <= table.viewport().width() + 1


def test_rows_are_high_enough_for_a_finger(qtbot: QtBot) -> None:
    table, _ = table_of(qtbot, 3)
    assert all(table.rowHeight(row) >= 36 for row in range(3))
    table.set_row_height(20)
    assert table.rowHeight(0) == 36


def test_two_hundred_thousand_rows_are_painted_like_twenty(qtbot: QtBot) -> None:
    """Only the rows in sight are asked for, wherever the clerk stands."""
    rows = tuple(Dossier(number, f"Người Thử {number}") for number in range(200_000))
    asked: list[int] = []

    def person(row: Dossier) -> str:
        asked.append(row.number)
        return row.person

    columns = (COLUMNS[0], replace(COLUMNS[1], text=person))
    table = RowTable("Hồ sơ")
    qtbot.addWidget(table)
    model = PagedTableModel(columns, ListSource(rows), lambda row: row.number, parent=table)
    model.reload()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    table.setModel(model)
    table.resize(600, 400)
    table.show()
    table.stand_on(150_000)
    asked.clear()
    table.viewport().grab()
    assert 5 <= len(set(asked)) <= 15
    assert all(149_950 < number < 150_050 for number in asked)


def test_the_due_cell_says_the_words_the_rule_gives(qtbot: QtBot) -> None:
    table, _ = table_of(qtbot, 30)
    delegate = table.itemDelegateForColumn(COL_DUE)
    assert isinstance(delegate, RelativeDateDelegate)
    assert delegate.cell_text(table.model().index(4, COL_DUE)) == due_words(NOON + timedelta(hours=4), NOON)[0]
