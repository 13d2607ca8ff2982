"""Kiểm tra sổ by its key: a process of its own beside the window, told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.store.database import open_database
from tests.ui.admin.test_admin import Job
from tests.ui.dossier.desk import at_desk, present
from ui.command_line.folder import KEYS
from ui.operations import verify_book as acts
from ui.pages.admin.page import AdminPage
from ui.pages.admin.self_check_card import SelfCheckCard
from ui.pages.admin.verify_act import SHOWN

LOOKED = {"tables": 67, "operations": 3, "scans": 0, "backups": 1}


def found(*sentences: str) -> dict[str, Any]:
    return {"ok": not sentences, "looked": LOOKED,
            "breaks": [{"where": "x", "what": "x", "vi": each, "en": "x"} for each in sentences]}


def test_the_key_verifies_beside_the_window_and_each_answer_is_told_in_words(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    with at_desk(tmp_path) as (_, desk, _):
        other = open_database(desk.office.folder.database, desk.office.book_key)
        with other.writing() as connection:
            connection.execute(text("UPDATE settings SET value = '\"Quầy Khác\"' WHERE name = 'counter_name'"))
        other.close()
        page = present(qtbot, AdminPage(desk))
        card = page.card(SelfCheckCard)
        qtbot.keyClick(page, Qt.Key.Key_V)
        assert card.progress.is_going and not card.verifying.button.isEnabled()
        qtbot.waitUntil(lambda: not card.progress.is_going, timeout=60_000)
        assert card.stand.tone == "bad" and card.verifying.button.isEnabled()
        assert "Bảng settings bị sửa" in card.trouble.accessibleName()
        for answer, is_good, said in (
            (found(), True, "67 bảng, 3 việc"),
            (found(*(f"Chỗ {n}." for n in range(SHOWN + 3))), False, "Còn 3 chỗ nữa."),
            ({"ok": False, "reason": "book_in_use"}, False, "lệnh verify"),
            ({}, False, "lệnh verify"),
        ):
            job = Job()
            monkeypatch.setattr(acts, "verify_job", lambda office, job=job: job)
            card.verifying.begin()
            job.stepped.emit({"event": "step", "what": "rows", "done": 1, "of": 11})
            job.ended.emit(answer)
            assert said in f"{card.said.text()} {card.trouble.accessibleName()}"
            assert card.trouble.isHidden() == is_good
        card.verifying.begin()
        card.progress.cancelled.emit()
        assert job.is_stopped and "chưa kiểm tra hết" in card.said.text()
