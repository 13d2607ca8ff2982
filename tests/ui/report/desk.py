"""The page of reports on a real book in which some things happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.store import journal
from app.store.tables import dossiers
from tests.app.services.handover.desk import ACCEPTED, answer, hand_over
from tests.app.services.till.desk import CashDesk
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import Around, at_desk, present
from ui.operations.desk import Desk
from ui.pages.report.page import ReportPage

NAMES = ("Nguyễn Thị Mẫu Ánh", "Trần Văn Thử", "Lê Hoàng Ví Dụ", "Phạm Thị Giả Định", "Đỗ Minh Mẫu")


@dataclass
class Bench:
    office: Office
    desk: Desk
    around: Around

    def asked(self) -> list[dict[str, object]]:
        """The bodies of all lines `data.asked`."""
        with self.office.application.database.reading() as connection:
            return [dict(line.body) for _, line in journal.operations(connection)
                    if line.header.type == "data.asked"]

    def show(self, qtbot: QtBot) -> ReportPage:
        return present(qtbot, ReportPage(self.desk), 1240, 660)


def play(office: Office, dossiers: int = 5) -> None:
    """Dossiers of two fields, one of them online and one handed over, and money in cash."""
    for turn in range(dossiers):
        procedure = ("3.000333", "1.013225")[turn % 2]
        intake = sample_intake(f"báo-cáo-{turn}", procedure=procedure, name=NAMES[turn % len(NAMES)])
        office.receive(replace(intake, channel=2 if turn == 1 else 1))
    _hand_over(office)
    cash = CashDesk(office)
    for _ in range(2):
        cash.collect()


def _hand_over(office: Office) -> None:
    """The first dossier goes to its agency, which signs for it."""
    with office.application.database.reading() as connection:
        code = connection.execute(select(dossiers.c.code).order_by(dossiers.c.id)).scalars().first()
    assert code is not None
    answer(office, hand_over(office, [code]).op_id, {code: ACCEPTED})


@contextmanager
def bench(folder: Path, dossiers: int = 5) -> Iterator[Bench]:
    with at_desk(folder) as (office, desk, around):
        play(office, dossiers)
        yield Bench(office, desk, around)


def press(page: ReportPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """At whatever has the focus, as a hand does."""
    target: QWidget = QApplication.focusWidget() or page
    QTest.keyClick(target, key, held)


def typed(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    for letter in text:                            # QTest.keyClicks ends the process at a letter beyond Latin 1
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
