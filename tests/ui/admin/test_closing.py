"""Closing takes a backup first, says so, and never hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.office import Office
from tests.ui.admin.shots import back_up
from tests.ui.admin.test_admin import Job
from tests.ui.dossier.desk import at_desk
from tests.ui.dossier.stories import receive
from ui.background.quiet_backup import QuietBackup
from ui.closing import ClosingBackup
from ui.main_window import MainWindow
from ui.operations.desk import Desk


class Closing:
    """A window with its closing backup, whose job the test plays."""

    def __init__(self, qtbot: QtBot, office: Office, desk: Desk, patience_ms: int = 60_000) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.window = MainWindow(office.clock.now)
        qtbot.addWidget(self.window)
        self.window.show()
        self.jobs: list[Job] = []
        self.guard = ClosingBackup(
            app, self.window, desk, self.window, make_job=self._job,  # type: ignore[arg-type]
            patience_ms=patience_ms,
        )

    def _job(self, desk: Desk) -> Job:
        self.jobs.append(Job())
        return self.jobs[-1]

    @property
    def is_closed(self) -> bool:
        return not self.window.isVisible()


@contextmanager
def closing(qtbot: QtBot, folder: Path, patience_ms: int = 60_000) -> Iterator[tuple[Office, Closing]]:
    with at_desk(folder) as (office, desk, _around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        made = Closing(qtbot, office, desk, patience_ms)
        yield office, made
        made.guard.remove()
        made.window.close()


def test_the_window_closes_by_itself_when_the_backup_is_done(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path) as (_office, made):
        made.window.close()
        (job,) = made.jobs
        sheet = made.guard.sheet
        assert job.is_started and not made.is_closed and sheet is not None and sheet.is_open
        made.window.close()                            # asked again: one backup, one sheet
        job.stepped.emit({"event": "step", "where": "here", "what": "book", "done": 1, "of": 2})
        assert sheet.progress.accessibleName() == "Đang chép sổ…" and len(made.jobs) == 1
        job.ended.emit({"ok": True, "here": "x", "medium": None, "problems": {}})
        assert made.is_closed


def test_a_stick_that_is_away_keeps_nobody_at_the_counter(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path) as (_office, made):
        made.window.close()
        away = {"code": "second_copy_missing", "values": {}}
        made.jobs[0].ended.emit({"ok": False, "here": "x", "medium": None, "problems": {"medium": away}})
        assert made.is_closed


def test_enter_closes_at_once_and_escape_goes_on_working(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path) as (_office, made):
        made.window.close()
        sheet = made.guard.sheet
        assert sheet is not None and "chưa có bản sao lưu nào" in sheet.words.text()
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert made.jobs[0].is_stopped and not made.is_closed and not sheet.is_open
        made.window.close()
        assert sheet.is_open and len(made.jobs) == 2
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert made.jobs[1].is_stopped and made.is_closed


def test_a_backup_that_came_to_nothing_is_said_before_the_window_goes(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path) as (_office, made):
        made.window.close()
        full = {"code": "backup_no_room", "values": {"needed_mb": 9, "free_mb": 1}}
        made.jobs[0].ended.emit({"ok": False, "here": None, "medium": None, "problems": {"here": full}})
        sheet = made.guard.sheet
        assert not made.is_closed and sheet is not None and sheet.title.text() == "Không đủ chỗ để sao lưu"
        assert sheet.act.label() == "Đóng, không sao lưu"
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert made.is_closed


def test_a_medium_that_does_not_answer_is_not_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path, patience_ms=50) as (_office, made):
        made.window.close()
        qtbot.waitUntil(lambda: made.is_closed, timeout=10_000)
        assert made.jobs[0].is_stopped


def test_with_nothing_new_since_the_last_backup_the_window_closes_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(qtbot, tmp_path) as (office, made):
        back_up(office)
        made.window.close()
        assert made.is_closed and not made.jobs


def test_a_machine_that_is_shut_down_waits_for_no_backup(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(qtbot, tmp_path) as (_office, made):
        monkeypatch.setattr(QApplication, "isSavingSession", lambda _: True)
        made.window.close()
        assert made.is_closed and not made.jobs


def test_a_window_that_stays_open_is_backed_up_at_a_quiet_hour(qtbot: QtBot, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with at_desk(tmp_path) as (office, desk, around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        jobs: list[Job] = []

        def make(_: Desk) -> Job:
            jobs.append(Job())
            return jobs[-1]

        quiet = QuietBackup(app, desk, quiet_ms=20, make_job=make)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(jobs) and jobs[0].is_started, timeout=10_000)
        around.published.clear()
        back_up(office)                                # as the job would
        office.clock.advance(-timedelta(hours=19))
        jobs[0].ended.emit({"ok": True})
        assert around.published, "Quản trị shows it"
        with qtbot.waitSignal(quiet._nights._quiet.timeout, timeout=10_000):
            pass
        assert len(jobs) == 1, "once a day"
        quiet.stop()
        quiet.deleteLater()
