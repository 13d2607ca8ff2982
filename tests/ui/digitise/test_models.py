"""The lists of the page as Qt sees them: sound under any change, and nothing decoded that nobody looks at."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentFault
from tests.ui.dossier.desk import AtOnce
from ui.background.pictures import MOST_KEPT, Thumbnails
from ui.models.paper_items import PaperItem, PaperItemsModel
from ui.models.scanned_pages import PageCell, PagesModel, PageState, carried_pages
from ui.widgets.page_thumbs import PageThumbs


def cells(names: str) -> list[PageCell]:
    return [PageCell(name, number, 0, thumbnail=f"sha-{name}") for number, name in enumerate(names, 1)]


@pytest.mark.parametrize(("before", "after"), [
    ("", "abc"), ("abc", ""), ("abc", "abcd"), ("abc", "xabc"), ("abcd", "abxd"), ("abcd", "acbd"),
    ("abcd", "bcd"),
    ("abc", "abc"), ("aba", "bab"), ("abcdef", "fedcba"),
])
def test_the_page_list_shows_exactly_what_it_was_given(
    qtmodeltester: ModelTester, before: str, after: str
) -> None:
    model = PagesModel()
    qtmodeltester.check(model, force_py=True)
    model.show_cells(cells(before))
    model.show_cells(cells(after))
    assert [cell.page for cell in model.cells()] == list(after)
    qtmodeltester.check(model, force_py=True)


def test_a_page_that_arrives_leaves_the_others_in_their_rows(qtbot: QtBot) -> None:
    model = PagesModel()
    model.show_cells(cells("abc"))
    removed: list[QModelIndex] = []
    model.rowsRemoved.connect(lambda *rows: removed.append(rows[0]))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last, roles: changed.extend(range(first.row(), last.row() + 1)))
    model.show_cells([*cells("abc")[:2], replace(cells("abc")[2], state=PageState.READY), cells("abcd")[3]])
    assert removed == [] and changed == [2] and model.rowCount() == 4


def test_a_drag_carries_the_pages_in_their_order(qtbot: QtBot) -> None:
    model = PagesModel()
    model.show_cells(cells("abcd"))
    assert carried_pages(model.mimeData([model.index(3), model.index(1)])) == ("b", "d")


def test_the_checklist_keeps_its_rows_when_only_what_lies_in_them_changes(
    qtmodeltester: ModelTester,
) -> None:
    model = PaperItemsModel()
    rows = [PaperItem(str(number), number, f"Giấy {number}", "Chưa số hóa", "neutral") for number in range(1, 4)]
    model.show_items(rows)
    qtmodeltester.check(model, force_py=True)
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.show_items([rows[0], replace(rows[1], state="Đã lưu 2 trang", tone="ok"), rows[2]])
    assert resets == [] and model.row_of("3") == 2
    model.show_items(rows[:2])
    assert len(resets) == 1 and model.row_of("3") == -1


def small_picture() -> bytes:
    held = io.BytesIO()
    Image.new("L", (170, 240), 230).save(held, "JPEG")
    return held.getvalue()


def thumbs_of(qtbot: QtBot, count: int, read: Callable[[str], bytes]) -> tuple[PageThumbs, Thumbnails]:
    model = PagesModel()
    pictures = Thumbnails(read, AtOnce(), model)
    shown = PageThumbs(model, pictures)
    model.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(420, 560)
    shown.show()
    numbers = range(1, count + 1)
    model.show_cells([PageCell(f"p{number}", number, 0, thumbnail=f"sha-{number}") for number in numbers])
    return shown, pictures


def test_of_three_hundred_pages_only_those_that_stood_still_are_decoded(qtbot: QtBot) -> None:
    picture = small_picture()
    asked: list[str] = []

    def read(sha256: str) -> bytes:
        asked.append(sha256)
        return picture

    shown, pictures = thumbs_of(qtbot, 300, read)
    qtbot.waitUntil(lambda: pictures.decoded >= 9)
    at_rest = pictures.decoded
    assert at_rest <= 12                             # three columns, three rows and the one that is cut
    bar = shown.verticalScrollBar()
    for place in range(0, bar.maximum(), 40):        # a long pull at the scroll bar, no pause
        bar.setValue(place)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: "sha-300" in asked)
    qtbot.waitUntil(lambda: pictures.decoded >= at_rest + 6)
    assert pictures.decoded <= at_rest + 12
    assert len(asked) == len(set(asked)) == pictures.decoded
    bar.setValue(0)                                  # back at the top: still held, nothing is decoded again
    before = pictures.decoded
    shown.viewport().repaint()
    assert pictures.decoded == before


def test_a_thumbnail_that_is_missing_is_asked_for_once(qtbot: QtBot) -> None:
    asked: list[str] = []

    def read(sha256: str) -> bytes:
        asked.append(sha256)
        raise EnvironmentFault("blob_missing", sha256=sha256)

    shown, pictures = thumbs_of(qtbot, 2, read)
    qtbot.waitUntil(lambda: len(asked) == 2)
    shown.viewport().repaint()
    assert pictures.pixmap("sha-1") is None and sorted(asked) == ["sha-1", "sha-2"] and pictures.decoded == 0


def test_no_more_pictures_are_held_than_a_few_screens(qtbot: QtBot) -> None:
    picture = small_picture()
    owner = QWidget()
    qtbot.addWidget(owner)
    pictures = Thumbnails(lambda _: picture, AtOnce(), owner)
    names = [f"sha-{number}" for number in range(MOST_KEPT + 30)]

    def ask(part: Sequence[str]) -> None:
        for name in part:
            pictures.pixmap(name)

    for start in range(0, len(names), 30):
        ask(names[start:start + 30])
        before = min(start + 30, len(names))
        qtbot.waitUntil(lambda: pictures.decoded == before)  # noqa: B023  waited for inside this turn
    held = sum(pictures._kept.get(name) is not None for name in names)
    assert held == MOST_KEPT
