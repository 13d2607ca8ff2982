"""Help is there in both languages, leads nowhere dead, names only what can be seen, and is one key away."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOON
from tests.ui.every_kind import every_kind
from tests.ui.help_keys import key_page
from tests.ui.help_pictures import MOST_BYTES, PICTURES_OF, WIDTH
from tests.ui.test_translations import sources
from ui.help_pages import (
    DIGITISE_PAGE,
    DOSSIER_PAGE,
    FOLDER,
    PAGE_OF,
    PAGES,
    PICTURES,
    POST_PAGE,
    read_page,
    title_of,
)
from ui.main_window import MainWindow
from ui.shortcuts import Place
from ui.theme import THEMES, Theme
from ui.translations import ENGLISH, LANGUAGES, VIETNAMESE, Language, read_catalogue
from ui.widgets.help_text import KEY, PICTURE
from ui.widgets.help_view import HelpView
from ui.widgets.page import Page

BESIDE_PLACES = (DIGITISE_PAGE, POST_PAGE, DOSSIER_PAGE)
KEY_ROW = re.compile(r"^\| \*\*(.+?)\*\* \| (.*?) \|$", re.MULTILINE)
COMMON = {"Enter", "Esc", "Space", "Delete", "↑", "↓", "←", "→"}
HOME, INTAKE, SEARCH, HANDOVER, RETURN, POST, CASH, REPORT, DOSSIER, DIGITISE, SYNC, ADMIN, ENROL = range(1, 14)
"""The sections of the page of keys, in the order in which it is written."""
KEYS_NAMED: dict[str, tuple[tuple[int, ...], set[str]]] = {
    "start": ((HOME,), set()),
    "first-run": ((HOME, ENROL, ADMIN), {"F11", "F12", "Ctrl O", "C"}),
    "practice": ((ENROL, ADMIN, DIGITISE), {"Ctrl 1", "Ctrl 2", "Ctrl 3", "Ctrl 4"}),
    "intake": ((INTAKE, DOSSIER), {"Dấu cách", "0", "9", "A", "Đ", "G", "N", "L", "R", "Alt H"}),
    "card": ((INTAKE,), {"E", "V", "Ctrl Shift"}),          # those of the input method
    "digitise": ((DIGITISE, DOSSIER, HOME), {"9"}),
    "reprint": ((DOSSIER, HOME, INTAKE), set()),
    "life": ((DOSSIER,), {"F12"}),
    "handover": ((HANDOVER,), set()),
    "return": ((RETURN,), {"1", "2"}),
    "post": ((POST, RETURN), set()),
    "cash": ((CASH, DOSSIER), set()),
    "report": ((REPORT, SEARCH), set()),
    "search": ((SEARCH, DOSSIER), set()),
    "offline": ((SYNC,), set()),
    "sync": ((SYNC, DOSSIER), set()),
    "sign-in": ((HOME, ADMIN), {"Ctrl Enter"}),
    "admin": ((ADMIN, SYNC), set()),
    "trouble": ((HOME, ADMIN), {"R", "P", "L", "T", "G", "Q", "Esc"}),
    "personal-data": ((SEARCH, ADMIN), {"Ctrl S"}),
    "catalogue": ((INTAKE,), set()),
    "due-date": ((INTAKE, DOSSIER), {"?"}),
    "questions": ((DOSSIER,), set()),
    "known-problems": ((DIGITISE, HOME, SYNC), set()),
}
"""By page of help: the screens it speaks of, and the keys of their sheets and lists."""
EVERY_PAGE = [(name, language) for language in LANGUAGES for name in PAGES]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
NO_SCREEN = {"personal-data", "keys", "questions", "catalogue", "known-problems"}
"""Pages about no screen of their own: no picture is missed there."""
BOLD = re.compile(r"\*\*(.+?)\*\*")
VIETNAMESE_WORD = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


# the files

@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_there_and_no_other(language: str) -> None:
    assert {file.stem for file in (FOLDER / language).iterdir()} == set(PAGES)


def test_each_place_has_its_page() -> None:
    assert set(PAGE_OF) == set(Place)
    assert {*PAGE_OF.values(), DOSSIER_PAGE, DIGITISE_PAGE} <= set(PAGES)


def test_each_page_of_the_program_names_a_help_page_that_there_is() -> None:
    pages = list(every_kind(Page))
    assert {kind.__name__: kind.help_page for kind in pages if kind.help_page not in ("", *PAGES)} == {}
    assert {each.__name__ for each in pages} >= {"SelfCheckPage", "RestorePage", "ObstaclePage"}


def test_no_link_is_dead() -> None:
    found = {(*page, target) for page in EVERY_PAGE for target in targets(read_page(*page))}
    assert {link for link in found if link[2].removesuffix(".md") not in PAGES or "." not in link[2]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_every_other(language: str) -> None:
    assert {target.removesuffix(".md") for target in LINK.findall(read_page("start", language))} == set(PAGES[1:])


def test_the_languages_have_the_same_headings_and_links() -> None:
    def frame(language: str, name: str) -> list[str]:
        text = read_page(name, language)
        heads = [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")]
        return [*heads, *targets(text), *(file for _, file in PICTURE.findall(text))]

    assert [name for name in PAGES if frame(VIETNAMESE, name) != frame(ENGLISH, name)] == []


def test_a_page_begins_with_its_title_and_does_not_shout() -> None:
    def is_right(text: str) -> bool:
        return text.startswith("# ") and text.count("\n# ") == 0 and "!" not in PICTURE.sub("", text)

    texts = {page: read_page(*page) for page in EVERY_PAGE}
    assert [page for page, text in texts.items() if not is_right(text)] == []
    assert [page for page, text in texts.items() if not unicodedata.is_normalized("NFC", text)] == []


def test_english_pages_are_english() -> None:
    quoted = re.compile(r"\*\*[^*]+\*\*|\*[^*]+\*|BẢN SAO|Quầy Một Cửa|\(the Đ key\)")
    found = {name: VIETNAMESE_WORD.findall(quoted.sub("", read_page(name, ENGLISH))) for name in PAGES}
    assert {name: letters for name, letters in found.items() if letters} == {}


def test_each_page_about_a_screen_shows_it_and_no_picture_is_dead_or_idle() -> None:
    shown = {page: [file for _, file in PICTURE.findall(read_page(*page))] for page in EVERY_PAGE}
    assert {name for (name, _), files in shown.items() if not files} <= NO_SCREEN
    assert {*PAGE_OF.values(), *BESIDE_PLACES} & NO_SCREEN == set(), "whoever presses F1 somewhere sees a picture"
    files = {file for each in shown.values() for file in each}
    assert all(file.startswith("../pictures/") for file in files)
    names = {Path(file).stem for file in files}
    there = {file.stem for file in PICTURES.iterdir()}
    assert names <= there, "a picture is missing: python -m tests.ui.help_pictures"
    assert there - names == set(), "nobody looks at it"


def test_the_pictures_are_small_and_can_be_made_again() -> None:
    files = sorted(PICTURES.iterdir())
    assert {file.stem for file in files} == set(PICTURES_OF) and {file.suffix for file in files} == {".png"}
    sizes = [file.stat().st_size for file in files]
    assert max(sizes) <= MOST_BYTES and sum(sizes) <= 1_500_000 and len(files) <= 40
    for file in files:
        with Image.open(file) as picture:
            assert picture.format == "PNG" and (picture.width <= WIDTH + 2 or file.stem == "intake"), file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_that_help_names_is_one_of_its_screens(language: str) -> None:
    """By the page of keys, which is written from the screens themselves; the rest belongs to sheets and lists."""
    sections = [dict(KEY_ROW.findall(part)) for part in read_page("keys", language).split("\n## ")[1:]]
    everywhere = keys_of(sections[0]) | COMMON
    wrong = {}
    for name in set(PAGES) & set(KEYS_NAMED):
        places, more = KEYS_NAMED[name]
        known = everywhere.union(more, *(keys_of(sections[place]) for place in places))
        text = read_page(name, language).replace("\\*", "")
        named = {bold for bold in BOLD.findall(text) if KEY.fullmatch(bold)}
        if left := {key for key in named if not set(key.split()) <= known and key not in known}:
            wrong[name] = left
    assert wrong == {}
    assert set(PAGES) - set(KEYS_NAMED) == {"keys"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_of_the_start_screen_are_those_of_the_list(language: str) -> None:
    told = re.findall(r"^- \*\*([^*]+)\*\* – \*\*([^*]+)\*\*", read_page("start", language), re.MULTILINE)
    bound = dict(KEY_ROW.findall(read_page("keys", language).split("\n## ")[2]))
    assert len(told) >= 8 and {key: bound.get(key) for key, _ in told} == dict(told)


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
    assert view.titles.item(PAGES.index("intake")).text() == title_of(read_page("intake", ENGLISH))


def keys_of(section: dict[str, str]) -> set[str]:
    """Each key of a section; "Alt 1 … Alt 9" as nine."""
    found: set[str] = set()
    for caps in section:
        first, _, last = caps.partition(" … ")
        if last and first[:-1] == last[:-1] and first[-1].isdigit():
            found |= {f"{first[:-1]}{digit}" for digit in range(int(first[-1]), int(last[-1]) + 1)}
        else:
            found |= {first, last} - {""}
    return found


def words_on_screen(language: str) -> set[str]:
    said = json.loads((FOLDER.parent / "i18n" / "messages.json").read_text(encoding="utf-8"))
    titles = {each[language]["title"].casefold() for each in said.values() if "title" in each[language]}
    if language == VIETNAMESE:
        return {source.casefold().rstrip(":") for source, _ in sources()} | titles
    entries = read_catalogue(ENGLISH).values()
    texts = {text for entry in entries for text in (entry.values() if isinstance(entry, dict) else (entry,))}
    return {text.casefold().rstrip(":") for text in texts} | titles


def targets(text: str) -> list[str]:
    return sorted(set(LINK.findall(text)))
