"""Two people where a promise is taken back: the second one proves herself with her own secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.till.second_person import second_person
from app.store import journal as book
from tests.app.services.people.signing import LEADS, SECRET, sign_ins
from tests.office import Office, office_in
from tests.people import CODE, grant
from tests.ui.dossier.desk import Around, make_desk, present
from ui.dialogs.cash_second import SecondPerson
from ui.dialogs.second_sheet import SecondSheet, with_second
from ui.operations.desk import Desk, counter_at
from ui.operations.till import carry_out
from ui.pages.home.page import HomePage

ROLES = {"nv-1": ["intake", "return"], "nv-2": ["shift_lead"]}


@contextmanager
def two_people(folder: Path) -> Iterator[tuple[Office, Desk, Around]]:
    with office_in(folder) as office:
        grant(office, ROLES)
        office.application.sign_ins = known = sign_ins(office)
        known.take_up(office.application.enrolled, "nv-2", CODE, LEADS)
        known.take_up(office.application.enrolled, "nv-1", CODE, SECRET)
        yield office, *make_desk(office)


def host_of(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 600)
    host.show()
    return host


def test_nothing_is_done_before_the_second_has_proved_herself(qtbot: QtBot, tmp_path: Path) -> None:
    with two_people(tmp_path) as (_, desk, _around):
        host, done = host_of(qtbot), []
        with_second(host, desk, Type.RETURN_RECALLED, lambda found: done.append(counter_at(found).second))
        sheet = host.findChild(SecondSheet)
        assert sheet is not None and sheet.is_open and done == []
        assert [sheet.who.itemText(n) for n in range(sheet.who.count())] == ["Lê Văn Ví Dụ"]
        sheet.secret.line.setText(SECRET)                      # the first one's own
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert done == [] and sheet.is_open and sheet.refused.isVisible()
        sheet.secret.line.setText(LEADS)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert done == ["nv-2"] and not sheet.isVisible()


def test_where_nobody_may_confirm_it_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    with two_people(tmp_path) as (office, desk, _around):
        grant(office, {"nv-1": ["return"], "nv-2": ["cashier"]})
        host = host_of(qtbot)
        with_second(host, desk, Type.RETURN_RECALLED, lambda _: None)
        sheet = host.findChild(SecondSheet)
        assert sheet is not None and not sheet.who.isVisible() and not sheet.act.isEnabled()


def test_without_personal_sign_in_one_person_does_it_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        desk, _ = make_desk(office)
        host, done = host_of(qtbot), []
        with_second(host, desk, Type.RETURN_RECALLED, done.append)
        assert done == [desk] and host.findChild(SecondSheet) is None


def test_the_next_shift_begins_with_her_own_secret(qtbot: QtBot, tmp_path: Path) -> None:
    with two_people(tmp_path) as (office, desk, around):
        page = present(qtbot, HomePage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        sheet = page._shift
        assert sheet is not None and sheet.secret.isVisible()
        qtbot.keyClick(sheet.to, Qt.Key.Key_Return)
        assert sheet.is_open and office.application.enrolled.shift_clerk == "nv-1", "no secret, no shift"
        sheet.secret.line.setText(SECRET)
        qtbot.keyClick(sheet.secret.line, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.refused.isVisible() and office.application.enrolled.shift_clerk == "nv-1"
        sheet.secret.line.setText(LEADS)
        qtbot.keyClick(sheet.secret.line, Qt.Key.Key_Return)
        assert not sheet.is_open and desk.office.enrolled.shift_clerk == "nv-2"
        assert office.application.sign_ins.acting() == "nv-2"
        assert any(change.has_settings for change in around.published)
        with office.application.database.reading() as connection:
            (line,) = [each for _, each in book.operations(connection) if each.header.type == "shift.handed_over"]
        assert line.header.staff == "nv-1"


def test_money_goes_back_only_with_the_second_ones_secret(qtbot: QtBot, tmp_path: Path) -> None:
    with two_people(tmp_path) as (office, desk, _around):
        grant(office, {"nv-1": ["cashier"], "nv-2": ["shift_lead"]})
        host, second = host_of(qtbot), SecondPerson()
        second.setParent(host)
        second.show_clerks(desk)
        second.show()
        assert [second.choice.itemText(n) for n in range(1, second.choice.count())] == ["Lê Văn Ví Dụ"]
        second.choice.setCurrentIndex(1)
        assert not second.is_chosen() and second.secret.message()
        second.secret.line.setText(SECRET)
        assert second.is_chosen()
        done: list[object] = []
        failed: list[Exception] = []

        def act(intent: str) -> None:
            carry_out(desk, stood_by, second=second.id, proof=second.proof, intent=intent, on_done=done.append,
                      on_failure=failed.append)

        act("một")
        assert done == [] and [str(each) for each in failed] == ["secret_wrong(left=9)"]
        assert second.proof == "", "nothing typed stays"
        second.secret.line.setText(LEADS)
        act("hai")
        assert done == ["nv-2"]


def test_the_till_believes_no_name_without_a_secret(tmp_path: Path) -> None:
    with two_people(tmp_path) as (office, _desk, _around):
        counter = office.application.enrolled
        one = counter.clerk("nv-1")
        with pytest.raises(Refusal, match="second_person_needed"):
            second_person(counter, one, "nv-2")
        assert second_person(counter.with_second("nv-2"), one, "nv-2").id == "nv-2"
        with pytest.raises(Refusal, match="act_not_allowed"):
            second_person(counter.with_second("nv-1"), counter.clerk("nv-2"), "nv-1")


def stood_by(
    connection: Connection, counter: Counter, clerk: Clerk, *, second: str, intent: str, now: datetime,
    randomness: Randomness,
) -> str:
    """Stands for each act of the till that takes money back: what it asks of the second person, and no more."""
    return second_person(counter, clerk, second).id
