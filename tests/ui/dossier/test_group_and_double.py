"""What came in with a dossier, and the other of two that were received for one code of the national portal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.dossier import State
from app.services.groups import ask_annex
from app.services.life.withdrawal import withdraw
from app.store.queries.finding import by_group
from tests.app.services.intake.counters import NATIONAL, in_group, online_intake, receive, tell
from tests.app.services.neighbour import DEVICE
from tests.office import SetClock, make_template, reopen, sample_intake
from tests.ui.dossier.desk import at_desk, present
from ui.models.dossier_rows import known_now
from ui.pages.dossier.page import DossierPage

Key = Qt.Key


def test_a_member_says_so_asks_for_the_others_and_prints_the_annex_again(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        codes = [receive(office, intake) for intake in in_group("nhóm-1", "a", "b")]
        page = present(qtbot, DossierPage(desk, codes[0]))
        assert "Nhóm 2 hồ sơ" in page.header.chip_words()
        with qtbot.waitSignal(page.group_requested) as asked:
            qtbot.keyClick(page.primary, Key.Key_G)
        assert asked.args == [codes[0]]
        qtbot.keyClick(page.primary, Key.Key_N)
        qtbot.keyClick(page.primary, Key.Key_N)
        assert [slip for slip, _, _ in around.tray.papers] == ["group_annex", "group_annex"]
        assert around.tray.papers[0][2] != around.tray.papers[1][2], "the second says that it is a copy"
        with office.application.database.writing() as connection:
            known = known_now(desk)
            rows = by_group(connection, codes[1], known)
            counter = office.application.enrolled
            job = ask_annex(connection, counter, office.clerk, "nhóm-1", now=office.clock.now())
            number = job.split(":")[3]
            assert by_group(connection, number, known) == rows
        assert sorted(row.code for row in rows) == sorted(codes)


def test_one_that_came_alone_says_so_and_prints_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        page = present(qtbot, DossierPage(desk, receive(office, sample_intake("a"))))
        for key in (Key.Key_G, Key.Key_N, Key.Key_K):
            qtbot.keyClick(page.primary, key)
        assert [words for _, words in around.frame.words] == ["Hồ sơ này nhận riêng, không thuộc nhóm nào."] * 2
        assert around.tray.papers == []


def test_the_other_of_two_is_said_and_opened_until_one_is_taken_out(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        make_template(tmp_path / "b", office.province, device=DEVICE, lo=5000, hi=5499)
        there = reopen(tmp_path / "b", office.province, SetClock(), seed=22)
        ours, theirs = receive(office, online_intake("a")), receive(there, replace(online_intake("b")))
        tell(there, office)
        there.application.close()
        page = present(qtbot, DossierPage(desk, ours))
        assert theirs in page.trouble_banner.title()
        with qtbot.waitSignal(page.other_requested) as asked:
            qtbot.keyClick(page.primary, Key.Key_K)
        assert asked.args == [theirs]
        with office.application.database.writing() as connection:
            withdraw(
                connection, office.application.enrolled, office.clerk, ours, reason="Hai quầy nhận trùng",
                by_name="Nguyễn Thị Mẫu Ánh", intent="rút", now=office.clock.now(),
                randomness=office.noise.randbytes,
            )
        page.refresh()
        assert page._shown.dossier.state is State.WITHDRAWN
        assert theirs not in page.trouble_banner.title()
        assert NATIONAL in page._shown.dossier.aliases
