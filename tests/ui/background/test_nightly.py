"""Left alone, a counter checks its scans once a day and keeps room on its disk; a hand at work puts that off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.background.nightly import AGAIN, Nightly

NIGHT = datetime(2026, 11, 22, 19, 10, tzinfo=UTC)


@dataclass
class Night:
    """What the counter did, and when it last did it."""

    now: datetime = NIGHT
    last: datetime | None = None
    checks: int = 0
    tends: int = 0

    def check(self) -> None:
        self.checks += 1
        self.last = self.now

    def tend(self) -> None:
        self.tends += 1

    def watch(self, app: QApplication, quiet_ms: int) -> Nightly:
        return Nightly(app, lambda: self.now, lambda: self.last, self.check, self.tend, quiet_ms=quiet_ms)


@pytest.mark.parametrize(("ago", "checks"), [
    (None, 1), (AGAIN, 1), (AGAIN + timedelta(days=30), 1), (AGAIN - timedelta(minutes=1), 0), (timedelta(0), 0),
])
def test_it_checks_once_when_it_is_due_and_tends_the_disk_each_time(
    qtbot: QtBot, qapp: QApplication, ago: timedelta | None, checks: int
) -> None:
    night = Night(last=None if ago is None else NIGHT - ago)
    nightly = night.watch(qapp, quiet_ms=1)
    qtbot.waitUntil(lambda: night.tends >= 3)
    nightly.deleteLater()
    assert night.checks == checks


def test_it_checks_again_the_next_night(qtbot: QtBot, qapp: QApplication) -> None:
    night = Night()
    nightly = night.watch(qapp, quiet_ms=1)
    qtbot.waitUntil(lambda: night.checks == 1 and night.tends >= 2)
    night.now += timedelta(days=1)
    qtbot.waitUntil(lambda: night.checks == 2)
    nightly.deleteLater()


def test_a_key_begins_the_quiet_anew(qtbot: QtBot, qapp: QApplication) -> None:
    night = Night()
    nightly = night.watch(qapp, quiet_ms=60_000)
    field_ = QLineEdit()
    qtbot.addWidget(field_)
    field_.show()
    counts = [nightly._quiet.timerId()]                        # another one each time it begins anew
    qtbot.keyClick(field_, Qt.Key.Key_A)
    counts.append(nightly._quiet.timerId())
    qtbot.mouseClick(field_, Qt.MouseButton.LeftButton)
    counts.append(nightly._quiet.timerId())
    qtbot.mouseMove(field_)                                    # a table that is knocked against is no work
    is_on = nightly._quiet.timerId() == counts[-1]
    nightly.deleteLater()
    assert len(set(counts)) == 3 and is_on
    assert field_.text() == "a"                                # the key goes on to where it was meant
    assert (night.checks, night.tends) == (0, 0)
