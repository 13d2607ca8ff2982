"""Nothing that was said, scanned or turned is lost with the window; a page that failed can be tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.arrangement import TRAY
from app.domain.digitised import PaperAbout
from app.domain.scanning import Feed, Treatment
from app.errors import EnvironmentFault, KnownError
from app.imaging.prepared import Prepared
from app.imaging.table_process import LightTable
from app.services.tray_notes import BatchStart
from tests.ui.digitise.desk import Bench, bench, scan_desk, settled
from tests.ui.digitise.hands import CARD, FORM, lies, press, scanned, separators, stand_on, stored
from tests.ui.digitise.scanner import sheet
from ui.background.page_work import keep
from ui.models.scanned_pages import PageState
from ui.pages.digitise.page import DigitisePage


class UnsteadyTable:
    """A light table that fails as many times as it is told, and is the real one otherwise."""

    def __init__(self, table: LightTable, *codes: str) -> None:
        self._table, self.codes = table, list(codes)
        self.prepared: list[str] = []              # names of the treatments asked for

    def prepare(self, original: bytes, treatment: Treatment) -> Prepared:
        self.prepared.append(treatment.name)
        if self.codes:
            raise EnvironmentFault(self.codes.pop(0), seconds=10)
        return self._table.prepare(original, treatment)

    def __getattr__(self, name: str) -> object:
        return getattr(self._table, name)


@contextmanager
def unsteady(folder: Path, table: LightTable, *pages: bytes) -> Iterator[tuple[Bench, UnsteadyTable]]:
    made = UnsteadyTable(table)
    with bench(folder, *pages, table=made) as held:  # type: ignore[arg-type]  # all that is asked of one
        yield held, made


def restarted(qtbot: QtBot, held: Bench, page: DigitisePage, table: LightTable) -> DigitisePage:
    """The window is closed and opened again."""
    page.deleteLater()
    held.scans.close()
    held.desk, held.scans = scan_desk(held.office, held.desk, held.pile, table)
    return held.page(qtbot)


@pytest.mark.parametrize("code", ["light_table_timeout", "light_table_died", "light_table_memory"])
def test_a_fault_of_the_light_table_is_tried_a_second_time_before_it_is_the_pages(
    qtbot: QtBot, tmp_path: Path, table: LightTable, code: str
) -> None:
    with unsteady(tmp_path, table, sheet("text")) as (held, light):
        light.codes = [code]
        page = held.page(qtbot)
        scanned(qtbot, held, page, 1)
        assert lies(page) == {FORM: [[1]]} and len(light.prepared) == 2
        assert [paper.requirement for paper in page.filing.ready()] == [FORM]


def test_a_page_that_failed_twice_is_kept_said_and_mended_with_one_key(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with unsteady(tmp_path, table, sheet("text")) as (held, light):
        light.codes = ["light_table_timeout"] * 2
        page = held.page(qtbot)
        scanned(qtbot, held, page, 1)
        only = next(iter(page.intake.pages.values()))
        assert only.failure == "light_table_timeout" and lies(page) == {TRAY: [[1]]}
        assert held.office.application.blobs.read(only.original.sha256) == sheet("text")
        page.go_to(TRAY)
        stand_on(page, 0)
        assert page.pages.model.cell(0).state is PageState.FAILED
        assert "Shift+S" in page.viewer.view.accessibleDescription()
        again = restarted(qtbot, held, page, table)    # it failed before the restart, it is mended after it
        settled(qtbot, again, 1)
        again.go_to(TRAY)
        stand_on(again, 0)
        press(qtbot, again, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
        assert again.pages.model.cell(0).state is PageState.WAITING
        settled(qtbot, again, 1)
        assert again.pages.model.cell(0).state is PageState.READY
        assert again.pages.model.cell(0).stack_words == "Vừa làm lại"
        press(qtbot, again, Qt.Key.Key_1)
        assert lies(again) == {FORM: [[1]]} and len(again.filing.ready()) == 1


def test_a_separator_that_is_read_only_at_the_second_try_is_set_aside(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with unsteady(tmp_path, table) as (held, light):
        held.pile.pages = [separators(held, CARD)[CARD], sheet("text")]
        light.codes = ["light_table_died"] * 2
        page = held.page(qtbot)
        page.go_to(TRAY)
        scanned(qtbot, held, page, 2)
        assert lies(page) == {TRAY: [[1], [2]]}
        page.intake.try_again([page.intake.arrangement.tray.pages[0].page_id])
        settled(qtbot, page, 2)
        assert lies(page) == {TRAY: [[2]]} and len(page.intake.arrangement.separators) == 1


def test_a_page_done_again_is_treated_as_its_paper_wants_and_stays_as_it_was_when_that_fails(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    errors: list[KnownError] = []
    with unsteady(tmp_path, table, sheet("card")) as (held, light):
        page = held.page(qtbot)
        page.intake.refused.connect(errors.append)
        scanned(qtbot, held, page, 1)
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_3)                 # it was the photo
        before = next(iter(page.intake.pages.values()))
        light.codes = ["light_table_memory"] * 2
        assert page.intake.try_again([before.id]) == 1
        settled(qtbot, page, 1)
        assert page.intake.pages[before.id] == before and [each.code for each in errors] == ["light_table_memory"]
        page.intake.try_again([before.id])
        settled(qtbot, page, 1)
        assert page.intake.pages[before.id].failure == "" and light.prepared[0] == "text"
        assert set(light.prepared[1:]) == {"photo"}


def test_checks_and_words_said_before_filing_are_there_after_a_restart_and_are_filed(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 1)
        press(qtbot, page, Qt.Key.Key_D)
        page.filing.note_about(FORM, PaperAbout(number="15/GCN"))
        settled(qtbot, page, 1)
        again = restarted(qtbot, held, page, table)
        settled(qtbot, again, 1)
        assert again.left_side.model.item(0).is_compared
        with qtbot.waitSignal(again.filing.ended, timeout=20_000):
            press(qtbot, again, Qt.Key.Key_F12)
        paper = stored(held, FORM)
        assert paper.checks.is_compared and paper.about.number == "15/GCN"
        assert again.filing.noted == {} and again.filing.ready() == ()
        last = restarted(qtbot, held, again, table)
        settled(qtbot, last, 1)
        assert last.filing.noted == {} and last.filing.ready() == ()


def test_a_turn_after_filing_is_a_change_after_a_restart_too(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 1)
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            press(qtbot, page, Qt.Key.Key_F12)
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_R)
        settled(qtbot, page, 1)
        again = restarted(qtbot, held, page, table)
        settled(qtbot, again, 1)
        assert [paper.requirement for paper in again.filing.ready()] == [FORM]
        with qtbot.waitSignal(again.filing.ended, timeout=20_000):
            press(qtbot, again, Qt.Key.Key_F12)
        assert stored(held, FORM).documents[0].turns == (90,) and again.filing.ready() == ()


def test_pages_that_a_crash_left_unfiled_go_where_their_scan_was_begun(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, table=table) as held:
        apart = separators(held, CARD)
        pile = [sheet("text"), sheet("text", 1), apart[CARD], sheet("blank"), sheet("text", 2)]
        for ordinal, content in enumerate(pile, 1):
            keep(held.office.application, intent="hồ-sơ-số-hóa", batch="lần-trước", ordinal=ordinal,
                 source="sane:test:0", content=content, mime="image/jpeg", now=held.office.clock.now(),
                 start=BatchStart(FORM, Feed.DUPLEX))
        page = held.page(qtbot)
        settled(qtbot, page, 5)
        assert lies(page) == {FORM: [[1, 2]], CARD: [[5]]}
        assert len(page.intake.arrangement.separators) == 2       # the sheet and its blank back
        assert page.intake.is_duplex("lần-trước")
