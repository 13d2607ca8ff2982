"""Help is there in both languages, leads nowhere dead, names only what can be seen, and is one key away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOON
from tests.ui.help_keys import key_page
from tests.ui.test_translations import sources
from ui.help_pages import DIGITISE_PAGE, DOSSIER_PAGE, FOLDER, PAGE_OF, PAGES, read_page, title_of
from ui.main_window import MainWindow
from ui.shortcuts import Place
from ui.theme import THEMES, Theme
from ui.translations import ENGLISH, LANGUAGES, VIETNAMESE, Language, read_catalogue
from ui.widgets.help_text import KEY
from ui.widgets.help_view import HelpView
from ui.widgets.page import Page

EVERY_PAGE = [(name, language) for language in LANGUAGES for name in PAGES]
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
VIETNAMESE_WORD = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


# the files

@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_there_and_no_other(language: str) -> None:
    assert {file.stem for file in (FOLDER / language).iterdir()} == set(PAGES)


def test_each_place_has_its_page() -> None:
    assert set(PAGE_OF) == set(Place)
    assert {*PAGE_OF.values(), DOSSIER_PAGE, DIGITISE_PAGE} <= set(PAGES)


def test_no_link_is_dead() -> None:
    found = {(*page, target) for page in EVERY_PAGE for target in targets(read_page(*page))}
    assert {link for link in found if link[2].removesuffix(".md") not in PAGES or "." not in link[2]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_every_other(language: str) -> None:
    assert {target.removesuffix(".md") for target in LINK.findall(read_page("start", language))} == set(PAGES[1:])


def test_the_languages_have_the_same_headings_and_links() -> None:
    def frame(language: str, name: str) -> list[str]:
        text = read_page(name, language)
        return [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")] + targets(text)

    assert [name for name in PAGES if frame(VIETNAMESE, name) != frame(ENGLISH, name)] == []


def test_a_page_begins_with_its_title_and_does_not_shout() -> None:
    def is_right(text: str) -> bool:
        return text.startswith("# ") and text.count("\n# ") == 0 and "!" not in text

    texts = {page: read_page(*page) for page in EVERY_PAGE}
    assert [page for page, text in texts.items() if not is_right(text)] == []
    assert [page for page, text in texts.items() if not unicodedata.is_normalized("NFC", text)] == []


def test_english_pages_are_english() -> None:
    quoted = re.compile(r"\*\*[^*]+\*\*|\*[^*]+\*|BẢN SAO|Quầy Một Cửa|\(the Đ key\)")
    found = {name: VIETNAMESE_WORD.findall(quoted.sub("", read_page(name, ENGLISH))) for name in PAGES}
    assert {name: letters for name, letters in found.items() if letters} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_words_are_keys_or_stand_on_the_screen(language: str) -> None:
    seen = words_on_screen(language)
    wrong = [
        (name, bold) for name in PAGES for bold in BOLD.findall(read_page(name, language).replace("\\*", ""))
        if not KEY.fullmatch(bold) and bold.casefold() not in seen
    ]
    assert wrong == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_page_of_keys_is_what_the_pages_have_bound(language: Language, tmp_path: Path, name: str) -> None:
    """`python -m tests.ui.help_keys` writes it anew."""
    assert read_page("keys", name) == key_page(tmp_path, language, name)


# the view

class Desk(Page):
    def __init__(self) -> None:
        super().__init__("Bàn thử")
        self.field = QLineEdit()
        self.body.addWidget(self.field)

    def arrive(self) -> None:
        self.field.setFocus()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(lambda: NOON)
    qtbot.addWidget(made)
    for place in (Place.HOME, Place.INTAKE, Place.SEARCH):
        made.register_place(place, Desk)
    made.go(Place.HOME)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.top_line.stop()


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, held)
    QApplication.processEvents()


def help_in(window: MainWindow) -> HelpView | None:
    return next((view for view in window.findChildren(HelpView) if view.isVisible()), None)


def opened(window: MainWindow, name: str = "start") -> HelpView:
    window.show_help()
    view = help_in(window)
    assert view is not None
    view.open_at(name)
    return view


@pytest.mark.parametrize(("place", "name"), [(Place.HOME, "start"), (Place.INTAKE, "intake"),
                                             (Place.SETTINGS, "admin")])
def test_f1_twice_opens_the_page_of_the_place_and_esc_goes_back_to_work(
    window: MainWindow, place: Place, name: str
) -> None:
    page = window.go(place)
    press(Qt.Key.Key_F1)
    assert help_in(window) is None
    press(Qt.Key.Key_F1)
    view = help_in(window)
    assert view is not None
    assert view.page == name
    press(Qt.Key.Key_Escape)
    assert help_in(window) is None
    if isinstance(page, Desk):
        assert page.field.hasFocus()


def test_f1_a_third_time_puts_it_away(window: MainWindow) -> None:
    for _ in range(3):
        press(Qt.Key.Key_F1)
    assert help_in(window) is None


def test_a_dossier_has_its_own_page(window: MainWindow) -> None:
    window.open_beside(Place.SEARCH, Desk)
    window.show_help()
    view = help_in(window)
    assert view is not None
    assert view.page == DOSSIER_PAGE


def test_a_page_may_name_its_own_page(window: MainWindow) -> None:
    page = window.open_beside(Place.SEARCH, Desk)
    assert isinstance(page, Desk)
    page.help_page = DIGITISE_PAGE
    window.show_help()
    view = help_in(window)
    assert view is not None
    assert view.page == DIGITISE_PAGE


def test_another_place_puts_help_away(window: MainWindow) -> None:
    opened(window)
    press(Qt.Key.Key_F2)
    assert help_in(window) is None
    assert window.place() is Place.INTAKE


def test_a_link_goes_on_and_alt_left_comes_back(window: MainWindow) -> None:
    view = opened(window)
    assert not view.back.isEnabled()
    view.text.anchorClicked.emit("card.md")
    assert view.page == "card"
    assert view.titles.currentRow() == PAGES.index("card")
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert view.page == "start"
    assert not view.back.isEnabled()


def test_the_list_is_walked_with_the_arrows(window: MainWindow) -> None:
    view = opened(window)
    view.titles.setFocus()
    press(Qt.Key.Key_Down)
    assert view.page == PAGES[1]
    assert view.text.document().toPlainText().startswith(title_of(read_page(PAGES[1], VIETNAMESE)))


def test_the_text_scrolls_with_the_keys_and_a_new_page_begins_at_its_top(window: MainWindow) -> None:
    view = opened(window, "intake")
    press(Qt.Key.Key_PageDown)
    assert view.text.verticalScrollBar().value() > 0
    view.follow("card")
    assert view.text.verticalScrollBar().value() == 0


def test_tab_stays_inside(window: MainWindow) -> None:
    view = opened(window, "keys")          # no links in it
    for _ in range(6):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert view.isAncestorOf(focus)


def test_what_is_typed_does_not_reach_the_page_behind(window: MainWindow) -> None:
    page = window.page()
    assert isinstance(page, Desk)
    view = opened(window)
    QTest.keyClicks(view.text, "abc")
    press(Qt.Key.Key_Escape)
    assert page.field.text() == ""


@pytest.mark.parametrize("name", THEMES)
def test_the_text_wears_the_theme(window: MainWindow, look: Theme, name: str) -> None:
    view = opened(window, "offline")
    look.use(name)
    block = view.text.document().begin()
    title = block.begin().fragment().charFormat()
    assert title.foreground().color() == look.color("ink")
    assert title.font().pixelSize() == look.font("title").pixelSize()
    weights = set()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            weights.add(part.fragment().charFormat().fontWeight())
            part += 1
        block = block.next()
    assert max(weights) <= QFont.Weight.DemiBold


def test_another_language_has_other_pages(window: MainWindow, language: Language, qtbot: QtBot) -> None:
    opened(window)
    before = window.rail
    language.use(ENGLISH)
    qtbot.waitUntil(lambda: window.rail is not before and window.rail.isVisible())
    view = opened(window)
    assert view.text.document().toPlainText().startswith("First steps")
    assert view.titles.item(1).text() == title_of(read_page("intake", ENGLISH))


def words_on_screen(language: str) -> set[str]:
    if language == VIETNAMESE:
        return {source.casefold().rstrip(":") for source, _ in sources()}
    entries = read_catalogue(ENGLISH).values()
    texts = {text for entry in entries for text in (entry.values() if isinstance(entry, dict) else (entry,))}
    return {text.casefold().rstrip(":") for text in texts}


def targets(text: str) -> list[str]:
    return sorted(set(LINK.findall(text)))
