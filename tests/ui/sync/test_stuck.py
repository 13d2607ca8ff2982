"""Việc đang kẹt: as many rows as the count says, each with whose turn it is, each leading to its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.day_comparison import Difference
from app.domain.day_comparison import Kind as DayKind
from app.domain.turn import Turn
from app.services import courier
from app.services.reconcile import Standing
from app.services.stuck import Kind, Stuck
from tests.ui.dossier.desk import at_desk, present
from tests.ui.sync import standings
from ui.counter_figures import counter_state
from ui.models.turn_words import turn_words
from ui.operations.desk import Desk
from ui.pages.sync.page import SyncPage
from ui.pages.sync.stuck_words import press_words, what_words
from ui.pages.sync.waiting_card import fate_words
from ui.shortcuts import Place
from ui.translations import ENGLISH, Language


def page_of(qtbot: QtBot, desk: Desk) -> SyncPage:
    return present(qtbot, SyncPage(desk))


def stand_on(page: SyncPage, kind: Kind) -> Stuck:
    for number, line in enumerate(page.stuck.lines.rows()):
        if line.kind is kind:
            page.stuck.table.setFocus()
            page.stuck.table.stand_on(number)
            return line
    raise AssertionError(f"nothing of {kind} is stuck")


def test_the_count_of_the_rail_is_the_length_of_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (office, desk, _around):
        standings.everything(office)
        page = page_of(qtbot, desk)
        lines = page.stuck.lines.rows()
        assert counter_state(desk, {}).badges[Place.SYNC] == len(lines) == 6
    assert [line.since for line in lines] == sorted(line.since for line in lines)
    assert {line.kind for line in lines} == {Kind.NUMBERS, Kind.VERDICT, Kind.PARKED, Kind.SECOND_COPY}


def test_the_list_is_not_there_when_everything_moves(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, _around):
        page = page_of(qtbot, desk)
        assert not page.stuck.isVisibleTo(page)
        assert counter_state(desk, {}).badges[Place.SYNC] == 0


@pytest.mark.parametrize(("kind", "opened"), [
    (Kind.NUMBERS, "explaining"), (Kind.SECOND_COPY, "second copy"), (Kind.PARKED, "H47.15-261123-0007"),
    (Kind.VERDICT, "H47.07-261113-0001"),
])
def test_enter_opens_the_place_where_it_is_dealt_with(
    qtbot: QtBot, tmp_path: Path, kind: Kind, opened: str
) -> None:
    with at_desk(tmp_path, "trouble") as (office, desk, _around):
        standings.everything(office)
        page = page_of(qtbot, desk)
        codes: list[str] = []
        page.dossier_requested.connect(lambda code, paper: codes.append(code))
        line = stand_on(page, kind)
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
        explaining, copy = page.deciding.explaining, page.second_copy.sheet
        found = [
            *(["explaining"] if explaining is not None and explaining.is_open else []),
            *(["second copy"] if copy is not None and copy.is_open else []), *codes,
        ]
    assert found == [line.code or opened]


def test_a_branch_says_what_to_read_out_to_the_province(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.branch(office, 18, 20)
        page = page_of(qtbot, desk)
        line = stand_on(page, Kind.BRANCH)
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
        sheet = page.deciding.explaining
        assert sheet is not None and sheet.is_open and not sheet.act.isVisible()
        assert "Quầy 3, đời 1, mục 18 đến 20" in sheet.accessibleDescription()
        fates = [fate_words(row) for row in page.waiting.lines.rows()]
        assert fates == ["chờ lượt gửi"] + ["giữ riêng ở tỉnh"] * 3
    assert (line.turn, line.amount) == (Turn.PROVINCE, 3)


def test_days_without_a_contact_are_stuck_until_there_is_one(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        office.clock.advance(timedelta(days=3, hours=1))
        page = page_of(qtbot, desk)
        asked: list[bool] = []
        page.send_requested.connect(lambda: asked.append(True))
        stand_on(page, Kind.CONTACT)
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
        with office.application.database.writing() as connection:
            courier.note_contact(connection, office.clock.now(), 0)
        page.refresh()
        assert asked == [True] and page.stuck.lines.rowCount() == 0


def test_the_row_stays_where_the_clerk_stands_when_another_is_dealt_with(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (office, desk, _around):
        standings.everything(office)
        page = page_of(qtbot, desk)
        stood = stand_on(page, Kind.NUMBERS)
        with office.application.database.writing() as connection:
            courier.confirm(connection, office.application.enrolled, 1, 24, office.clock.now())
        page.refresh()
        assert page.stuck.table.current_row() == stood and page.stuck.lines.rowCount() == 4


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
EVERY = tuple(Stuck(kind, reason, turn, NOON, values=values) for kind, reason, turn, values in (
    (Kind.NUMBERS, "fork", Turn.COUNTER, {}),
    (Kind.SENDING, "device_revoked", Turn.COUNTER, {}),
    (Kind.SENDING, "tls_refused", Turn.MACHINE, {}),
    (Kind.PULL, "mass_change", Turn.COUNTER, {"changed": 80, "open": 90}),
    (Kind.BRANCH, "branch", Turn.PROVINCE, {"kept": True, "epoch": 1, "first": 3, "last": 5}),
    (Kind.BRANCH, "branch", Turn.COUNTER, {"kept": False, "epoch": 1, "first": 3, "last": 5}),
    (Kind.VERDICT, "held", Turn.PROVINCE, {"field": "", "why": "unread", "type": "numbers.closed"}),
    (Kind.PARKED, "unread", Turn.PROVINCE, {"attempts": 3, "type": "numbers.closed"}),
    (Kind.FILES, "blob_missing", Turn.MACHINE, {}),
    (Kind.SECOND_COPY, "second_copy_missing", Turn.COUNTER, {"place": "E:"}),
    (Kind.CONTACT, "contact_old", Turn.COUNTER, {}),
    (Kind.BUNDLE, "bundle", Turn.COUNTER, {"number": 2}),
    (Kind.PULL, "mass_change", Turn.COUNTER, {"changed": 3, "open": 9, "earlier": 10}),
    *((Kind.DAY, kind, Turn.MACHINE, {"difference": Difference(
        "2026-11-22", kind, "H47.15-261122-0001", Turn.MACHINE, "lost",
        {"here": 5, "there": 6, "missing": 2, "number": 7, "figure": "fee", "agency": "cong-an"},
    )}) for kind in DayKind),
))


@pytest.mark.parametrize("words", ["vi", ENGLISH])
@pytest.mark.parametrize("amount", [1, 12])
@pytest.mark.parametrize("line", EVERY, ids=lambda line: f"{line.kind}-{line.reason}-{line.turn}")
def test_every_kind_is_told_in_both_languages(language: Language, line: Stuck, amount: int, words: str) -> None:
    language.use(words)
    line = replace(line, amount=amount)
    said = (what_words(line, words), press_words(line), turn_words(line.turn)[0])
    assert all(said) and not any("{" in each for each in said)
    assert not said[0].endswith(": ")


def test_every_kind_is_in_the_list_above() -> None:
    assert {line.kind for line in EVERY} == set(Kind)


def test_documents_set_aside_are_one_row_for_each_reason(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        page = page_of(qtbot, desk)
        opened: list[str] = []
        page.dossier_requested.connect(lambda code, paper: opened.append(code))
        stand_on(page, Kind.FILES)
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
        rows = [(line.kind, line.reason) for line in page.stuck.lines.rows()]
        assert opened == [page.asides.first_code()] and opened[0]
    assert rows == [(Kind.FILES, "blob_missing"), (Kind.FILES, "file_unnamed")]


def test_days_that_differ_are_rows_and_enter_opens_the_comparison_there(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _):
        standings.differ(office, 3)
        page = page_of(qtbot, desk)
        rows = [(line.reason, line.turn, line.amount) for line in page.stuck.lines.rows()]
        assert rows == [("missing_there.lost", Turn.PROVINCE, 3), ("number.no_fate", Turn.MACHINE, 1)]
        assert counter_state(desk, {}).badges[Place.SYNC] == 2
        page.stuck.table.setFocus()
        page.stuck.table.stand_on(1)
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
        sheet = page.days.ways.sheet
        assert sheet is not None and sheet.is_open
        stood = sheet.table.current_row()
        assert isinstance(stood, Standing) and stood.difference.kind is DayKind.NUMBER
        assert "22/11/2026" in sheet.day.text()
        standings.differ(office, 0)
        page.refresh()
        assert page.stuck.lines.rowCount() == 0
