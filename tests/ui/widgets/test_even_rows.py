"""Boxes in one row or two: none cut, none needing sideways scrolling, none lost on the way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.even_rows import EvenRows


def shown(qtbot: QtBot, width: int, *, is_stretched: bool = True) -> tuple[QWidget, EvenRows, list[QPushButton]]:
    rows = EvenRows(gap=10, is_stretched=is_stretched)
    boxes = [QPushButton(str(number)) for number in range(6)]
    for box in boxes:
        box.setMinimumWidth(100)
    rows.place(boxes)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(rows)
    window.resize(width, 200)
    window.show()
    QApplication.processEvents()
    return window, rows, boxes


@pytest.mark.parametrize(("width", "count"), [(2000, 1), (650, 1), (649, 2), (320, 2)])
def test_boxes_stand_in_as_few_rows_as_have_room(qtbot: QtBot, width: int, count: int) -> None:
    window, rows, boxes = shown(qtbot, width)
    assert rows.rows == count and len({box.y() for box in boxes}) == count
    assert all(box.x() >= 0 and box.geometry().right() < width for box in boxes)
    assert rows.minimumSizeHint().width() == 320 and window.isVisible()


@pytest.mark.parametrize(("is_stretched", "right"), [(True, 1199), (False, 649)])
def test_boxes_fill_the_row_or_keep_their_width(qtbot: QtBot, is_stretched: bool, right: int) -> None:
    window, _, boxes = shown(qtbot, 1200, is_stretched=is_stretched)
    assert boxes[-1].geometry().right() == right and window.isVisible()


def test_longer_words_make_it_two_rows(qtbot: QtBot) -> None:
    window, rows, boxes = shown(qtbot, 660)
    before = rows.rows
    boxes[0].setMinimumWidth(160)
    qtbot.waitUntil(lambda: rows.rows == 2)
    assert before == 1 and window.isVisible()
