"""A job that is not wanted any more is ended, also when whoever owned it goes without a word."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.background.one_job import OneJob

STUBBORN = "import threading; print('{\"event\": \"step\"}', flush=True); threading.Event().wait()"


def begun(qtbot: QtBot, owner: QObject) -> OneJob:
    job = OneJob([], owner)
    job._arguments = ["-c", STUBBORN]
    with qtbot.waitSignal(job.stepped):
        job.start()
    return job


def test_a_job_whose_owner_is_destroyed_is_ended_before_it(qtbot: QtBot, qtlog: Any) -> None:
    owner = QObject()
    job = begun(qtbot, owner)
    heard: list[object] = []
    job.ended.connect(heard.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert heard == []
    assert [each.message for each in qtlog.records if "QProcess" in each.message] == []
