"""`backup`, `rehearse` and `restore` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.backup.names import backups_in
from tests.office import make_office, sample_intake
from ui.command_line.folder import KEYS
from ui.launch import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    office = make_office(tmp_path)
    for turn in range(2):
        office.receive(sample_intake(f"form-{turn}"))
    office.application.close()
    return tmp_path / "office"


class Said:
    """What a command said: its JSON lines, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys, self._folder = capsys, folder

    def __call__(self, *words: str) -> tuple[int, list[dict[str, Any]]]:
        code = main([*words, "--data", str(self._folder)])
        out = self._capsys.readouterr().out
        return code, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], folder: Path) -> Said:
    return Said(capsys, folder)


def test_a_backup_is_taken_tried_and_put_back(say: Said, folder: Path) -> None:
    assert say("rehearse") == (1, [{"ok": False, "reason": "backup_none"}])
    code, (*steps, done) = say("backup", "--steps", "--at-close")
    assert code == 0 and done["ok"] and done["medium"] is None
    assert steps[-1] == {"event": "step", "where": "here", "what": "book", "done": 0, "of": 0}, "it is read back"
    (kept,) = backups_in(folder / "backups")
    assert done["here"] == str(kept.file) and kept.why == "close"
    code, (tried,) = say("rehearse")
    assert code == 0
    assert [(each["where"], each["dossiers"], each["newer"], each["problem"]) for each in tried["tried"]] == [
        ("here", 2, 0, "")]
    assert say("restore") == (1, [{"ok": False, "reason": "restore_not_needed"}])
    code, (done,) = say("restore", "--yes")
    assert code == 0 and done["dossiers"] == 2 and done["from_book"] == 1, "the line of the drill is newer"
    assert Path(done["aside"]).is_dir()


def test_a_backup_to_a_place_of_ones_own_brings_a_lost_book_back(say: Said, folder: Path, tmp_path: Path) -> None:
    code, (done,) = say("backup", "--to", str(tmp_path / "stick"))
    assert code == 0 and Path(done["file"]).parent == tmp_path / "stick" / "backups"
    for name in ("counter.db", "counter.db-wal", "counter.db-shm", "counter.id"):
        (folder / name).unlink(missing_ok=True)
    code, (back,) = say("restore", str(tmp_path / "stick" / "backups"))
    assert code == 0 and back["dossiers"] == 2 and back["aside"] is None
    code, (standing,) = say("status")
    assert code == 0, standing


def test_what_stands_in_the_way_is_said(say: Said, folder: Path, tmp_path: Path) -> None:
    assert say("restore", str(tmp_path))[1] == [{"ok": False, "reason": "backup_none"}]
    say("backup")
    (kept,) = backups_in(folder / "backups")
    kept.file.write_bytes(kept.file.read_bytes()[:8192])
    code, (tried,) = say("rehearse")
    assert code == 1 and tried["tried"][0]["problem"] == "backup_damaged"
    code, (answer,) = say("restore", "--yes")
    assert code == 1 and answer["reason"] == "backup_damaged"
