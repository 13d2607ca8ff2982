"""`verify --data`: the book of a folder by the verifier that shares no code with the program."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.book_verifier import STEPS
from app.store.hold import BookHold
from app.store.keys import find_key
from tests.ui.command_line.conftest import Run
from ui.command_line.folder import KEYS


def test_a_whole_book_is_whole_and_an_edit_is_named_in_words(run: Run, demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "chép"
    shutil.copytree(demo, home)
    said = run("verify", "--data", home)
    assert (said.code, said.json["ok"], said.json["breaks"]) == (0, True, [])
    (note,) = said.json["notes"]
    assert note["what"] == "program_not_checked" and said.err.strip() == note["vi"]
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
    assert said.err.splitlines() == [found["vi"], note["vi"]]


def test_a_counter_at_work_is_not_accused(run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BookHold.take_alone, "__defaults__", (0.0,))
    window = BookHold(demo / "counter.db")
    window.share()
    said = run("verify", "--data", demo)
    asked = run("verify", "--steps", "--data", demo)
    window.close()
    assert (said.code, said.json["reason"]) == (1, "book_in_use")
    *steps, answer = (json.loads(line) for line in asked.out.splitlines())
    assert [(each["done"], each["what"]) for each in steps] == list(enumerate(STEPS))
    assert answer["ok"] and answer["looked"]["tables"] > 60, "the window itself asks beside its work"
    assert run("verify", "--data", demo).code == 0, "closed, and nothing was left locked"


def test_a_copy_where_nothing_can_be_written_is_looked_at(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = os.open

    def read_only(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_ACCMODE != os.O_RDONLY:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return really(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    assert run("verify", "--data", demo).json["breaks"] == []
