"""1366×768 at 125, 150 and 200 %: nothing is cut off, what does not fit scrolls, the one large action is there.

The scale itself is set before Qt starts, so each has a process of its own; the pages of an office are measured in
`test_heard`, in windows of the size that such a scale leaves.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.measured import cut_off
from ui.widgets.action_button import ActionButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.text import Text

_SHOW = """
import sys
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from tests.ui.gallery import SCENES
from tests.ui.measured import cut_off
from ui.theme import install_theme
from ui.translations import Language

scale = float(sys.argv[1])
app = QApplication([])
look, language = install_theme(app), Language(app)
size = QSize(round(1366 / scale), round(768 / scale))
for name in ("home", "intake"):
    window = SCENES[name](size.width(), size.height())
    app.processEvents()
    assert window.devicePixelRatio() == scale, window.devicePixelRatio()
    for fault in cut_off(window, size):
        print(name, fault)
    window.close()
"""


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_a_scaled_window_is_whole(scale: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, scale], env=os.environ | {"QT_SCALE_FACTOR": scale}, check=False,
        capture_output=True, text=True, timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def cut_words(column: QVBoxLayout) -> None:
    label = QLabel("Lập danh sách bàn giao cho Công an tỉnh Mẫu")
    label.setFixedWidth(60)
    column.addWidget(label)


def squeezed_button(column: QVBoxLayout) -> None:
    button = ActionButton("Lập danh sách bàn giao", "F12", kind="primary")
    button.setFixedWidth(70)
    column.addWidget(button)


def beyond_the_edge(column: QVBoxLayout) -> None:
    host = column.parentWidget()
    button = ActionButton("Lưu và in", "F12")
    button.setParent(host)
    button.move(host.width() - 30, 0)
    button.show()


def too_low(column: QVBoxLayout) -> None:
    words = Text("Sổ ở tỉnh và sổ trên máy này đã rẽ thành hai nhánh. " * 4, is_wrapped=True)
    words.setFixedSize(200, 20)
    column.addWidget(words)


def larger_than_the_screen(column: QVBoxLayout) -> None:
    column.parentWidget().resize(900, 300)


@pytest.mark.parametrize(
    "fault", [cut_words, squeezed_button, beyond_the_edge, too_low, larger_than_the_screen],
    ids=lambda fault: fault.__name__,
)
def test_what_is_cut_off_is_found(qtbot: QtBot, fault: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    column = QVBoxLayout(window)
    column.addWidget(QLabel("Hẹn trả"))
    window.show()
    room = QSize(400, 300)
    assert cut_off(window, room) == []
    fault(column)              # type: ignore[operator]
    QApplication.processEvents()
    assert cut_off(window, room) != []


@pytest.mark.parametrize(("height", "has_picture"), [(400, True), (70, False)])
def test_the_picture_of_an_empty_place_never_lies_under_its_words(
    qtbot: QtBot, height: int, has_picture: bool
) -> None:
    table = QWidget()
    qtbot.addWidget(table)
    empty = EmptyState("Quét bìa hồ sơ để đưa vào danh sách", "Hoặc G để gõ mã.", parent=table)
    empty.setGeometry(0, 0, 420, height)
    table.show()
    QApplication.processEvents()
    assert empty._glyph.isVisible() is has_picture
    assert not has_picture or empty._glyph.geometry().bottom() < empty._title.geometry().top()
