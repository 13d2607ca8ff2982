"""What the province says of this version stands first on its page, counted until it was read, and is only text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.known_problem import KnownProblem
from app.services.known_problems import Known, mark_seen, read_problems, take_problems
from sync import __version__
from tests.app.domain.test_known_problem import ENTRY
from tests.office import Office, office_in
from tests.ui.conftest import NOON
from tests.ui.dossier.desk import make_desk
from ui.counter_figures import counter_state
from ui.help_pages import PROBLEMS_PAGE
from ui.main_window import MainWindow
from ui.pages.admin.page import AdminPage
from ui.pages.admin.problems_card import ProblemsCard
from ui.shortcuts import Place
from ui.widgets.counter_state import CounterState
from ui.widgets.help_view import HelpView

HOSTILE = "<img src=x> **đậm** [bấm](https://xấu) # đầu\n| bảng |"


def known(title: str = "Máy in A5 cắt dòng cuối", *, is_new: bool = True, **changes: object) -> Known:
    entry = {"kind": "known_problem", **ENTRY, "vi": {**ENTRY["vi"], "title": title}, **changes}
    return Known(KnownProblem.from_payload(json.dumps(entry)), datetime(2026, 11, 22, 3, tzinfo=UTC), is_new)


def opened(window: MainWindow) -> HelpView:
    window.show_help(PROBLEMS_PAGE)
    view = window.findChild(HelpView)
    assert view is not None and view.page == PROBLEMS_PAGE
    return view


def window_with(qtbot: QtBot, *said: Known) -> MainWindow:
    window = MainWindow(lambda: NOON)
    qtbot.addWidget(window)
    window.show()
    window.register_place(Place.HOME, lambda: QLabel("đầu"))
    window.go(Place.HOME)
    window.show_state(CounterState(known_problems=said))
    return window


def test_it_stands_first_with_its_day_and_is_counted_until_read(qtbot: QtBot) -> None:
    window = window_with(qtbot, known(), known("Việc thứ hai", is_new=False, until=""))
    assert window.state_line._help.label() == "Trợ giúp · 1 điều mới" and window.state.new_problems == 1
    seen: list[str] = []
    window.help_shown.connect(seen.append)
    view = opened(window)
    assert seen == [PROBLEMS_PAGE] and view.text.verticalScrollBar().value() == 0
    lines = view.text.document().toPlainText().splitlines()
    assert lines[1:7] == [
        "Tỉnh báo về bản đang chạy", "Máy in A5 cắt dòng cuối   mới",
        "Tới quầy này ngày 22/11/2026. Có ở bản 0.3 đến 0.3.2.", "Nhận biết: Dòng cuối mất.",
        "Trong lúc chờ: Chọn A4.", "Việc thứ hai",
    ]
    assert "chưa có bản sửa" in lines[7] and view.titles.currentItem().text().startswith("1 mới · ")
    window.show_state(CounterState(known_problems=(replace(known(), is_new=False),)))
    assert window.state_line._help.label() == "Trợ giúp"
    assert "mới" not in opened(window).titles.currentItem().text()


def test_without_news_the_page_is_as_it_was_shipped(qtbot: QtBot) -> None:
    view = opened(window_with(qtbot))
    assert "Tỉnh báo về bản đang chạy" not in view.text.document().toPlainText()


def test_hostile_words_stay_words(qtbot: QtBot) -> None:
    view = opened(window_with(qtbot, known(HOSTILE)))
    document = view.text.document()
    assert " ".join(HOSTILE.split()) in document.toPlainText()
    block = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            look = part.fragment().charFormat()
            if "đậm" in part.fragment().text():
                assert not look.isAnchor() and not look.isImageFormat()
            part += 1
        block = block.next()


def told(office: Office) -> None:
    application = office.application
    payload = json.dumps({"kind": "known_problem", **ENTRY, "since": "0.0.1", "until": ""})
    with application.database.writing() as connection:
        take_problems(connection, application.enrolled.province_key,
                      [(payload, office.province.key.sign(payload.encode()))], office.clock.now())


def test_f9_counts_it_and_leads_to_it(qtbot: QtBot, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        told(office)
        desk = make_desk(office)[0]
        state = counter_state(desk, {})
        assert state.badges[Place.SETTINGS] == 1 and state.new_problems == 1
        window = window_with(qtbot, *state.known_problems)
        window.register_place(Place.SETTINGS, lambda: AdminPage(desk))
        page = window.go(Place.SETTINGS)
        assert isinstance(page, AdminPage)
        facts = page.card(ProblemsCard).facts
        assert facts is not None and facts[0].what == ENTRY["vi"]["title"] and facts[0].tone == "warn"
        page.card(ProblemsCard).read_.click()
        view = window.findChild(HelpView)
        assert view is not None and view.isVisible() and view.page == PROBLEMS_PAGE
        with office.application.database.writing() as connection:
            mark_seen(connection, ["in-mau-a5"])
            key = office.application.enrolled.province_key
            assert [each.is_new for each in read_problems(connection, key, __version__)] == [False]
        assert counter_state(desk, {}).badges[Place.SETTINGS] == 0


def test_a_page_with_pictures_opens_at_its_top_and_they_fit(qtbot: QtBot) -> None:
    window = window_with(qtbot)
    window.resize(700, 500)
    window.show_help("start")
    view = window.findChild(HelpView)
    assert view is not None
    qtbot.waitUntil(lambda: view.text.document().size().height() > view.text.viewport().height())
    assert view.text.verticalScrollBar().value() == 0
    assert view.text.document().size().width() <= view.text.viewport().width()
