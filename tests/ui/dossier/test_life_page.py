"""The dossier page driven by keys: supplement, payment, withdrawal, the agency's papers, conflicts, sheets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dossier import State
from app.domain.life.facts import AgencySaid, Gap, HandedOver
from app.domain.life.states import Custody, Source
from tests.app.services.life.counter import LETTER, Desk, at
from tests.app.services.life.test_stage import returned
from tests.office import Office, sample_intake, with_kept_original
from tests.ui.dossier.desk import Around, at_desk, present
from tests.ui.dossier.life_stories import DISPUTED, MOVED, PAUSED, neighbour
from tests.ui.dossier.stories import printed
from ui.dialogs.agency_paper_sheet import AGAIN, EXTENSION, STOP, words_for
from ui.dialogs.sheet import Sheet
from ui.operations.desk import Desk as WindowDesk
from ui.pages.dossier.page import DossierPage
from ui.widgets.text import Text
from ui.widgets.tick import Tick


def page_of(qtbot: QtBot, desk: WindowDesk, code: str) -> DossierPage:
    return present(qtbot, DossierPage(desk, code))


def open_by(qtbot: QtBot, page: DossierPage, key: Qt.Key) -> Sheet:
    qtbot.keyClick(page.primary, key)
    sheet = page.acts.open_sheet
    assert sheet is not None
    return sheet


def write(qtbot: QtBot, field: QWidget, text: str) -> None:
    """As an input method commits it: QTest's keys know no Vietnamese."""
    line = getattr(field, "line", field)
    line = getattr(line, "line", line)
    line.setFocus()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(line, commit)
    qtbot.waitUntil(line.hasFocus)


def enter(qtbot: QtBot) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)


def received(office: Office, procedure: str = "1.013225") -> str:
    made = office.receive(with_kept_original(sample_intake("a", procedure=procedure)))
    printed(office, made.print_job)
    return made.dossier.code


def slips(around: Around) -> list[str]:
    return [slip for slip, _, _ in around.tray.papers]


def said(widget: QWidget) -> str:
    return " | ".join(text.text() for text in widget.findChildren(Text) if text.text())


def test_a_supplement_is_asked_and_brought_with_the_same_key(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        page = page_of(qtbot, desk, code)
        ask = open_by(qtbot, page, Qt.Key.Key_T)
        qtbot.keyClick(ask.papers.rows[0].tick, Qt.Key.Key_Space)       # type: ignore[attr-defined]
        assert ask.papers.rows[0].counts() == (1, 0, 0)                 # type: ignore[attr-defined]
        write(qtbot, ask.papers.rows[1].name_line, "ghi lại mục 7")     # type: ignore[attr-defined]
        write(qtbot, ask.reason, "Giấy tờ chưa đủ")                     # type: ignore[attr-defined]
        enter(qtbot)
        life = Desk(office).life(code)
        assert not ask.is_open and life.business is State.SUPPLEMENT_ASKED
        assert life.gaps == (Gap("Tờ khai yêu cầu (Mẫu thử)", "1", 1), Gap("Yêu cầu khác", note="ghi lại mục 7"))
        assert slips(around) == ["supplement_request"]
        assert "Chờ bổ sung" in page.header.chip_words() and page.timeline.entries[-1].lane == "next"
        assert page.buttons.supplement.label() == "Nhận bổ sung"
        office.clock.at = at("2026-11-27 09:00")
        brought = open_by(qtbot, page, Qt.Key.Key_T)
        assert "ghi lại mục 7" in said(brought)
        enter(qtbot)
        life = Desk(office).life(code)
        assert (life.business, life.paused_since) == (State.RECEIVED, None) and len(life.originals) == 1
        assert slips(around) == ["supplement_request", "derivation"]
        assert "đã bổ sung" in said(page.deadline) and "Hẹn lúc tiếp nhận" in said(page.deadline)


def test_an_original_brought_later_gets_its_label_behind_the_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        Desk(office).ask(code, (Gap("Tờ khai yêu cầu (Mẫu thử)", "1", 1),))
        page = page_of(qtbot, desk, code)
        brought = open_by(qtbot, page, Qt.Key.Key_T)
        kept = next(tick for tick in brought.findChildren(Tick) if tick.text() == "Giữ bản gốc")
        qtbot.keyClick(kept, Qt.Key.Key_Space)
        qtbot.keyClick(brought.note.line, Qt.Key.Key_Return)            # type: ignore[attr-defined]
        assert [one.id for one in Desk(office).life(code).originals] == ["1#1", "1#2"]
        assert slips(around) == ["derivation", "original_label"], "the first one has its label already"


def test_a_request_without_papers_or_reason_stays_open_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        ask = open_by(qtbot, page_of(qtbot, desk, code), Qt.Key.Key_T)
        enter(qtbot)
        assert ask.is_open and ask.nothing.isVisible()                  # type: ignore[attr-defined]
        qtbot.keyClick(ask.papers.rows[0].tick, Qt.Key.Key_Space)       # type: ignore[attr-defined]
        enter(qtbot)
        assert ask.is_open and "Ghi lý do." in said(ask)
        assert Desk(office).life(code).requests == 0 and slips(around) == []


def test_a_second_request_is_warned_of_and_needs_the_tick(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "lived") as (office, desk, _around):
        page = page_of(qtbot, desk, MOVED)
        ask = open_by(qtbot, page, Qt.Key.Key_T)
        assert "đã yêu cầu bổ sung 1 lần" in said(ask)
        qtbot.keyClick(ask.papers.rows[0].tick, Qt.Key.Key_Space)       # type: ignore[attr-defined]
        write(qtbot, ask.reason, "Vẫn thiếu chữ ký")                    # type: ignore[attr-defined]
        enter(qtbot)
        assert ask.is_open and ask.refused.isVisible() and Desk(office).life(MOVED).requests == 1  # type: ignore[attr-defined]
        qtbot.keyClick(ask.again, Qt.Key.Key_Space)                     # type: ignore[attr-defined]
        enter(qtbot)
        assert not ask.is_open and Desk(office).life(MOVED).requests == 2


def test_a_reason_is_taken_from_the_library_and_its_gap_is_filled(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = received(office)
        ask = open_by(qtbot, page_of(qtbot, desk, code), Qt.Key.Key_T)
        qtbot.keyClick(ask.papers.rows[0].tick, Qt.Key.Key_Space)       # type: ignore[attr-defined]
        write(qtbot, ask.reason, "chua ky")                             # type: ignore[attr-defined]
        qtbot.keyClick(ask.reason.line, Qt.Key.Key_Down)                # type: ignore[attr-defined]
        enter(qtbot)                                                    # takes the answer
        assert "chưa ký" in ask.reason.text() and "…" in ask.reason.text()      # type: ignore[attr-defined]
        enter(qtbot)                                                    # its gap is still open
        assert ask.is_open and "chưa ghi" in said(ask)
        write(qtbot, ask.reason, "tờ khai")                             # type: ignore[attr-defined]
        enter(qtbot)
        assert not ask.is_open and "tờ khai" in Desk(office).known(code).events[-1].facts.reason  # type: ignore[union-attr]


def test_a_withdrawal_gives_back_what_is_here(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        page = page_of(qtbot, desk, code)
        sheet = open_by(qtbot, page, Qt.Key.Key_R)
        write(qtbot, sheet.reason, "không còn nhu cầu xây dựng nữa")    # type: ignore[attr-defined]
        enter(qtbot)                                                    # her own words, whatever else would fit
        life = Desk(office).life(code)
        assert (life.business, life.custody) == (State.WITHDRAWN, Custody.CITIZEN)
        assert "bản gốc đã trả đủ" in said(page.papers)
        page.withdraw()                                                 # nothing is left, the sheet says so itself
        assert page.acts.open_sheet is not None
        assert around.frame.words[-1][0] == "ok"


def test_originals_that_come_back_from_the_agency_are_ticked_and_given(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        counter = Desk(office)
        counter.act(code, HandedOver("m1", ("1#1",)))
        counter.withdraw(code)
        counter.act(code, AgencySaid(State.WITHDRAWN), source=Source.PAPER)
        page = page_of(qtbot, desk, code)
        sheet = open_by(qtbot, page, Qt.Key.Key_R)
        assert "trả sau" not in said(sheet)
        tick = sheet._ticks[0][1]                                       # type: ignore[attr-defined]
        qtbot.keyClick(tick, Qt.Key.Key_Space)
        enter(qtbot)
        assert sheet.is_open and "Ghi ai đem bản gốc về." in said(sheet)
        write(qtbot, sheet.brought_by, "Lê Mẫu")                        # type: ignore[attr-defined]
        enter(qtbot)
        assert sheet.is_open, "the papers are still under way and nobody may give them back"
        assert sheet.refused.isVisible()                                # type: ignore[attr-defined]
        assert around.frame.warnings == []


def test_an_extension_is_read_off_the_paper_and_moves_the_date(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        page = page_of(qtbot, desk, code)
        sheet = open_by(qtbot, page, Qt.Key.Key_C)
        enter(qtbot)
        assert sheet.is_open and "Ghi số của văn bản." in said(sheet)
        write(qtbot, sheet.paper.number, "77/SXD-XL")                   # type: ignore[attr-defined]
        write(qtbot, sheet.paper.day, "31/02/2026")                     # type: ignore[attr-defined]
        write(qtbot, sheet.paper.signer, "Lê Mẫu")                      # type: ignore[attr-defined]
        write(qtbot, sheet.day, "16/12/2026")                           # type: ignore[attr-defined]
        write(qtbot, sheet.reason, "Cần xác minh thực địa")             # type: ignore[attr-defined]
        enter(qtbot)
        assert sheet.is_open and "05/10/2026" in said(sheet)
        sheet.paper.day.line.clear()                                    # type: ignore[attr-defined]
        write(qtbot, sheet.paper.day, "23112026")                       # type: ignore[attr-defined]
        enter(qtbot)
        life = Desk(office).life(code)
        assert not sheet.is_open and life.due_at == at("2026-12-16 17:00")
        assert slips(around) == ["extension_notice"] and page.timeline.entries[-2].lane == "paper"
        page.show_why()
        assert page._why is not None and "77/SXD-XL" in said(page._why)
        qtbot.keyClick(page._why, Qt.Key.Key_P)
        assert slips(around) == ["extension_notice", "derivation"]


@pytest.mark.parametrize(("state", "first"), [
    (State.RECEIVED, EXTENSION), (State.PAYMENT_ASKED, EXTENSION), (State.STOPPED, AGAIN),
])
def test_the_papers_that_fit_the_state_are_offered(state: State, first: object) -> None:
    words = words_for(state)
    assert words[0] is first and (STOP in words) is (state is not State.STOPPED)


def test_a_payment_slip_lets_the_clock_run_on(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        Desk(office).owe(code)
        page = page_of(qtbot, desk, code)
        assert page.buttons.supplement.label() == "Đã nộp tiền"
        sheet = open_by(qtbot, page, Qt.Key.Key_T)
        enter(qtbot)
        assert sheet.is_open and "Ghi số của giấy nộp tiền." in said(sheet)
        write(qtbot, sheet.proof, "GNT-0099")                           # type: ignore[attr-defined]
        enter(qtbot)
        assert Desk(office).life(code).paused_since is None and slips(around) == ["derivation"]


def test_a_conflict_is_decided_by_a_person_with_a_note(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "lived") as (office, desk, _around):
        page = page_of(qtbot, desk, DISPUTED)
        assert page.trouble_banner.isVisible() and "không thể cùng đúng" in page.trouble_banner.title()
        assert any(entry.tone == "bad" for entry in page.timeline.entries)
        sheet = open_by(qtbot, page, Qt.Key.Key_M)
        assert "Quầy khác" in said(sheet) and "Máy này" in said(sheet)
        enter(qtbot)
        assert sheet.is_open and "Ghi vì sao" in said(sheet)
        sheet.choice.setCurrentIndex(1)                                 # type: ignore[attr-defined]
        write(qtbot, sheet.note, "Công dân để lại hồ sơ")               # type: ignore[attr-defined]
        enter(qtbot)
        life = Desk(office).life(DISPUTED)
        assert (life.conflicts, life.business, life.custody) == ((), State.RECEIVED, Custody.ON_THE_WAY)
        assert not page.trouble_banner.isVisible()


def test_two_dates_that_did_not_know_of_each_other_are_counted_together(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        counter = Desk(office)
        code = received(office)
        with neighbour(office) as counters:
            there = counters.desks[1]
            office.clock.at = at("2026-11-25 09:00")
            counter.ask(code)
            counters.meet()
            office.clock.at, there.office.clock.at = at("2026-11-26 09:00"), at("2026-11-27 09:00")
            counter.extend(code, at("2026-12-18 09:00"))
            there.bring(code)
            counters.meet()
        page = page_of(qtbot, desk, code)
        sheet = open_by(qtbot, page, Qt.Key.Key_M)
        write(qtbot, sheet.note, "đã xem cả hai")                       # type: ignore[attr-defined]
        enter(qtbot)
        life = counter.life(code)
        assert (life.due_at, life.conflicts) == (at("2026-12-22 09:00"), ()) and slips(around) == ["derivation"]


def test_while_the_clock_stands_the_page_says_so_and_counts_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "lived") as (office, desk, _around):
        office.clock.advance(timedelta(days=30))
        page = page_of(qtbot, desk, PAUSED)
        assert "đồng hồ đang dừng" in said(page.header) and "quá hạn" not in said(page.header)
        assert "còn 7 giờ 40 phút" in said(page.deadline)
        assert page.timeline.entries[-2].lane == "paper"


def test_a_pause_the_agency_ended_alone_is_counted_with_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        counter = Desk(office)
        office.clock.at = at("2026-11-25 09:00")
        counter.ask(code)
        office.clock.at = at("2026-11-27 09:00")
        counter.act(code, AgencySaid(State.IN_PROCESS), source=Source.AGENCY)
        page = page_of(qtbot, desk, code)
        assert "chưa trừ thời gian chờ" in page.trouble_banner.title()
        qtbot.keyClick(page.primary, Qt.Key.Key_L)
        assert Desk(office).life(code).due_at == at("2026-12-03 09:00")
        assert not page.trouble_banner.isVisible() and slips(around) == ["derivation"]


def test_an_ended_dossier_says_that_nothing_can_be_asked(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = received(office)
        Desk(office).withdraw(code, originals=("1#1",), papers_given_back=True)
        page = page_of(qtbot, desk, code)
        for key in (Qt.Key.Key_T, Qt.Key.Key_C):
            qtbot.keyClick(page.primary, key)
            assert page.acts.open_sheet is None and around.frame.words[-1][0] == "warn"
        qtbot.keyClick(page.primary, Qt.Key.Key_M)
        assert around.frame.words[-1] == ("info", "Hồ sơ này không có việc nào chưa khớp.")


def test_the_second_stage_begins_with_the_same_key_once_the_first_result_is_out(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = returned(Desk(office))
        page = page_of(qtbot, desk, code)
        assert page.buttons.supplement.label() == "Giai đoạn 2"
        sheet = open_by(qtbot, page, Qt.Key.Key_T)
        write(qtbot, sheet.papers.rows[0].name_line, "Giấy nộp tiền")   # type: ignore[attr-defined]
        sheet.papers.rows[0].originals.set_value(1)                     # type: ignore[attr-defined]
        enter(qtbot)
        life = Desk(office).life(code)
        assert (life.stage, life.business) == (2, State.IN_PROCESS)
        assert slips(around)[-1] == "derivation" and "giai đoạn 2" in said(page.timeline)
        assert page.buttons.supplement.label() == "Bổ sung"


def test_the_history_is_printed_and_leaves_a_line(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "lived") as (_office, desk, around):
        page = page_of(qtbot, desk, MOVED)
        qtbot.keyClick(page.primary, Qt.Key.Key_H)
    assert slips(around) == ["history"]


def test_who_holds_an_original_stands_beside_its_paper(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "lived") as (_office, desk, _around):
        page = page_of(qtbot, desk, MOVED)
        model = page.papers.table.model()
        assert model.index(0, 3).data() == "Ở cơ quan" and model.index(0, 1).data() == "2 chính"
        assert LETTER.kind == "extension"
