"""`verify --data`: the book of a folder by the verifier that shares no code with the program."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from app.store.keys import find_key
from tests.ui.command_line.conftest import Run
from ui.command_line.folder import KEYS


def test_a_whole_book_is_whole_and_an_edit_is_named_in_words(run: Run, demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "chép"
    shutil.copytree(demo, home)
    said = run("verify", "--data", home)
    assert (said.code, said.json["ok"], said.json["breaks"], said.err) == (0, True, [], "")
    assert said.json["looked"]["tables"] > 60
    key = find_key(home / "counter.db", None, Path(os.environ[KEYS])).key
    book = sqlcipher.connect(str(home / "counter.db"), isolation_level=None)
    book.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    book.execute("UPDATE settings SET value = '\"Quầy Khác\"' WHERE name = 'counter_name'")
    book.close()
    said = run("verify", "--data", home)
    assert (said.code, said.json["reason"]) == (1, "book_changed")
    (found,) = said.json["breaks"]
    assert (found["where"], found["what"]) == ("settings", "table_changed")
    assert found["vi"].startswith("Bảng settings bị sửa")
    assert found["en"].startswith("Table settings was changed")
    assert said.err.strip() == found["vi"]
