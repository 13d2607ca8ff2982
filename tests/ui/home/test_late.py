"""What is overdue, broken down on the start screen; each part opens exactly its list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.life.facts import HandedOver
from app.services.life.acting import Line, act
from app.store.queries.dossiers import DossierList
from app.store.queries.late import LateBy
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from ui.changes import Change
from ui.models.list_words import HOLDERS, LIST_WORDS, late_words
from ui.pages.home.page import HomePage
from ui.pages.search.page import SearchPage


def hand_over(office: Office, code: str) -> None:
    with office.application.database.writing() as connection:
        act(connection, office.application.enrolled, office.clerk, [Line(code, HandedOver("m1"))],
            intent=f"giao {code}", now=office.clock.now(), randomness=office.noise.randbytes)


def test_who_holds_what_is_overdue_is_seen_and_opened(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _):
        page = present(qtbot, HomePage(desk))
        late = next(row for row in page.table.dossiers.rows() if row.due_at and row.due_at < office.clock.now())
        hand_over(office, late.code)
        desk.changes.publish(Change(dossiers=frozenset({late.code})))
        said = [(late_words(line), line.amount) for line in page.late.lines if line.part.by is LateBy.HOLDER]
        assert said == [("Ở quầy mình", 3), ("Đang trên đường giao", 1)]
        search = SearchPage(desk)
        qtbot.addWidget(search)
        page.late_requested.connect(lambda part, name: search.show_list(DossierList.OVERDUE, part, name))
        for line in page.late.lines:
            page.late.opened.emit(line)
            assert search.table.dossiers.rowCount() == line.amount
            assert search._card.accessibleName() or search.lists.others.isChecked()
        assert search.lists.others.label().startswith("Quá ngày hẹn: ")


def test_the_sheet_names_every_part_and_enter_opens_it(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, _around):
        page = present(qtbot, HomePage(desk))
        wanted: list[tuple[object, str]] = []
        page.late_requested.connect(lambda part, name: wanted.append((part.by, name)))
        qtbot.keyClick(page.table, Qt.Key.Key_B)
        sheet = page._late
        assert sheet is not None and sheet.is_open
        assert {line.part.by for line in sheet.lines.rows()} == set(LateBy)
        sheet.table.stand_on(sheet.lines.rowCount() - 1)
        qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
        assert not sheet.is_open
    assert wanted == [(LateBy.CLERK, "Trần Thị Thử")]


def test_an_office_with_nothing_overdue_shows_no_card(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        page = present(qtbot, HomePage(desk))
        assert not page.late.isVisibleTo(page)
        qtbot.keyClick(page.table, Qt.Key.Key_B)
        assert page._late is not None and page._late.lines.rowCount() == 0
        page._late.close_sheet()


def test_every_list_and_every_holder_has_its_words() -> None:
    assert set(LIST_WORDS) == set(DossierList)
    assert len(HOLDERS) == 5
