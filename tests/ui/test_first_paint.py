"""Heavy work begins when the frame can be seen, not before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from ui.first_paint import AfterFirstPaint


class Log(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def work(self) -> None:
        self.lines.append("work")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.lines.append(f"painted {watched.objectName()}")
        return False


def test_work_begins_once_after_the_window_and_all_in_it_was_painted(qtbot: QtBot) -> None:
    log = Log()
    window, label = QMainWindow(), QLabel("Quầy Một Cửa")
    window.setObjectName("window")
    label.setObjectName("label")
    window.setCentralWidget(label)
    qtbot.addWidget(window)
    for widget in (window, label):
        widget.installEventFilter(log)
    AfterFirstPaint(window, log.work)
    window.show()
    qtbot.waitUntil(lambda: "work" in log.lines)
    assert log.lines.index("work") > log.lines.index("painted window")
    assert log.lines.index("work") > log.lines.index("painted label")
    window.repaint()
    assert log.lines.count("work") == 1
