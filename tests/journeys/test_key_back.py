"""The key of the book is gone from its place: the letters of the province open the same book again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from sync.contract.key_letters import key_digits, key_letters
from tests.office import make_office, sample_intake
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.hands import Hands
from ui.pages.home.page import HomePage
from ui.pages.key_back_page import KeyBackPage
from ui.theme import Theme
from ui.translations import Language


def test_letters_typed_wrong_of_another_book_and_right(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    office = make_office(tmp_path)
    code = office.receive(sample_intake("before")).dossier.code
    key = office.application.book_key
    office.application.close()
    shutil.rmtree(tmp_path / "keys")
    counter = CounterWindow(qapp, look, language, DataFolder(tmp_path / "office"))
    try:
        counter.window.show()
        assert not counter.open()
        page = counter.window.page()
        assert isinstance(page, KeyBackPage)
        hands = Hands(counter.window, counter.scans, is_hurried=True)
        right = "".join(key_letters(key))
        wrong = right[:32] + ("0" if right[32] != "0" else "1") + right[33:]

        def said(title: str) -> None:
            hands.until(lambda: title in page.refused.title(), title)

        hands.type(wrong.lower())
        assert "7" in page.letters.message() and page.letters.text().count("-") == 12
        hands.press("F12")
        said("Khóa khôi phục gõ chưa đúng")
        page.letters.set_text(right[:-5])
        hands.press("F12")
        said("chưa đủ chữ")
        page.letters.set_text(key_digits(key)[::-1])
        hands.press("F12")
        said("Mã vuông đọc chưa đúng")
        page.letters.set_text("-".join(key_letters(bytes(32))))
        hands.press("F12")
        said("của sổ khác")
        page.letters.set_text("")
        hands.type(right.lower())
        assert page.letters.message() == ""
        hands.press("Return")
        hands.until(lambda: isinstance(counter.window.page(), HomePage), "the office is open", 60)
        assert counter.desk is not None
        with counter.desk.office.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT code FROM dossiers").scalars().all() == [code]
    finally:
        counter.close()
        counter.deleteLater()
