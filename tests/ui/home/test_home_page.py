from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.procedure import Catalogue
from app.services import courier
from app.services.drafts import save_draft
from app.services.outside_view import Alarm
from app.store.queries.dossiers import DossierList
from tests.office import sample_catalogue
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import receive
from ui.changes import Change
from ui.operations.desk import Desk
from ui.pages.home.alarm_words import alarm_words
from ui.pages.home.page import HomePage
from ui.pages.home.tiles import LINES, LISTS, TILES, Work
from ui.pages.search.page import SearchPage

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def page_of(qtbot: QtBot, desk: Desk) -> HomePage:
    return present(qtbot, HomePage(desk))


def shown(page: HomePage) -> dict[Work, int | None]:
    return {work: tile.count() for work, tile in page.tiles.tiles.items()}


@pytest.mark.parametrize("story", ["", "twenty", "trouble"])
def test_every_count_is_as_long_as_the_list_it_opens(qtbot: QtBot, tmp_path: Path, story: str) -> None:
    with at_desk(tmp_path, story) as (_, desk, _around):
        page = page_of(qtbot, desk)
        wanted: list[DossierList] = []
        page.list_requested.connect(wanted.append)
        search = SearchPage(desk)
        qtbot.addWidget(search)
        for work, what in LISTS.items():
            page.open_work(work)
            search.show_list(wanted[-1])
            assert wanted[-1] is what
            assert page.tiles.tiles[work].count() == search.table.dossiers.rowCount(), work


def test_a_bad_day_is_told_in_numbers(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        assert {work: count for work, count in shown(page_of(qtbot, desk)).items() if count} == {
            Work.SENT_BACK: 2, Work.OVERDUE: 4, Work.DUE_TODAY: 3, Work.DUE_SOON: 2, Work.PRINTS: 2,
            Work.PARKED: 2, Work.TO_HAND_OVER: 23, Work.SUPPLEMENT: 1,
            Work.TO_SCAN: 24, Work.UNSENT: 8, Work.RECEIVED: 10,
        }


def test_the_due_list_holds_the_counted_ones_first_and_then_those_that_come_up(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _):
        page = page_of(qtbot, desk)
        due = [row.due_at for row in page.table.dossiers.rows()]
    assert all(moment is not None for moment in due) and due == sorted(due, key=lambda moment: str(moment)[:10])
    assert len(due) == 9
    today = office.clock.now().date()
    assert sum(moment is not None and moment.date() <= today for moment in due) == 4 + 3


def test_each_digit_opens_its_count_and_f1_tells_all_keys(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        page = page_of(qtbot, desk)
        wanted: list[object] = []
        page.list_requested.connect(wanted.append)
        page.sent_back_requested.connect(lambda: wanted.append("sent back"))
        page.manifests_requested.connect(lambda: wanted.append("manifests"))
        page.obstacles_requested.connect(lambda: wanted.append("obstacles"))
        for work, look in (*TILES.items(), *LINES.items()):
            if work not in (Work.PRINTS, Work.PARKED):
                alt, _, sign = look.key.rpartition("+")
                with_alt = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
                qtbot.keyClick(page.table, Qt.Key(ord(sign)), with_alt)
        told = [key.sequence for key in (*page.keys(),)]
    assert wanted == [
        "manifests", DossierList.SENT_BACK, "sent back", *list(LISTS.values())[1:], "obstacles",
    ]
    assert told == [*"12345678", *(f"Alt+{number}" for number in "1234567890"), "L", "V", "D", "O", "B", "C", "K",
                    "Enter"]


def test_one_key_says_seen_and_the_next_one_comes_up(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        page = page_of(qtbot, desk)
        kinds = []
        for _ in range(6):
            first = page.outside.first()
            kinds.append(first.kind if first else "")
            qtbot.keyClick(page.table, Qt.Key.Key_D)
    assert kinds == ["notice", "verdict", "verdict", "status", "", ""]
    assert sum(change.has_notices for change in around.published) == 4


def test_a_notice_opens_its_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = page_of(qtbot, desk)
        opened: list[str] = []
        page.dossier_requested.connect(lambda code, paper: opened.append(code))
        qtbot.keyClick(page.table, Qt.Key.Key_O)          # the first is about no dossier
        qtbot.keyClick(page.table, Qt.Key.Key_D)
        qtbot.keyClick(page.table, Qt.Key.Key_O)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened[0] == "H47.07-261113-0001" and len(opened) == 2


def test_a_reception_changes_the_counts_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        page = page_of(qtbot, desk)
        assert set(shown(page).values()) == {0}
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        desk.changes.publish(Change(dossiers=frozenset({code})))
        assert shown(page)[Work.RECEIVED] == shown(page)[Work.UNSENT] == 1


def test_an_alarm_is_there_while_its_cause_is(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        page = page_of(qtbot, desk)
        before = page.alarms.said
        with office.application.database.writing() as connection:
            courier.note_contact(connection, office.clock.now(), 720_000)
        office.application.reread()
        desk.changes.publish(Change(has_sync=True))
        during = page.alarms.said
        with office.application.database.writing() as connection:
            courier.note_contact(connection, office.clock.now(), 0)
        office.application.reread()
        desk.changes.publish(Change(has_sync=True))
    assert during[0] == "Đồng hồ máy chậm 12 phút so với tỉnh, giờ đúng là 09:12"
    assert page.alarms.said == before


@pytest.mark.parametrize(("story", "is_asked"), [("trouble", True), ("twenty", False), ("", False)])
def test_after_a_start_only_what_was_in_flight_is_asked_about(
    qtbot: QtBot, tmp_path: Path, story: str, is_asked: bool
) -> None:
    with at_desk(tmp_path, story) as (office, desk, _):
        with office.application.database.writing() as connection:
            save_draft(connection, intent="tạm", label="", clerk="nv-1", form={}, now=NOON, is_parked=True)
        page = page_of(qtbot, desk)
        page.offer_recovery()
        assert (page._report is not None and page._report.is_open) is is_asked


def test_a_clock_set_back_tells_the_day_of_the_book(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        receive(office, "a", "Lê Văn Mẫu", 1)
        office.clock.at -= timedelta(days=3)
        page = page_of(qtbot, desk)
        assert page._lead.text().endswith("sổ ghi ngày Thứ Hai 23/11/2026")


@pytest.mark.parametrize("alarm", [
    Alarm("clock_fast", {"seconds": 600, "should_be": NOON}),
    Alarm("clock_slow", {"seconds": 600, "should_be": NOON}),
    Alarm("clock_behind_book", {"seconds": 90_000, "should_be": NOON}),
    Alarm("calendar_missing", {"year": 2027}), Alarm("calendar_estimated", {"year": 2027}),
    Alarm("numbers_none", {}), Alarm("numbers_gone", {"agency": "cong-an", "day": NOON.date()}),
    Alarm("numbers_few", {"agency": "cong-an", "left": 3, "size": 499}),
    Alarm("lease_ends", {"agency": "không-có", "to": NOON.date()}), Alarm("key_in_file", {}),
    Alarm("contact_old", {"since": NOON}), Alarm("sync_stopped", {"code": "fork", "seq": 3}),
], ids=lambda alarm: alarm.code)
def test_every_alarm_says_what_is_wrong_and_what_to_do(alarm: Alarm) -> None:
    catalogue: Catalogue = sample_catalogue()
    for language in ("vi", "en"):
        title, detail = alarm_words(alarm, catalogue, language)
        assert title and detail and "{" not in title + detail
    if alarm.values.get("agency") == "cong-an":
        assert "Công an tỉnh Mẫu" in title
