"""A command meets an earlier version's book: it says who takes it over, or leaves the answer to that version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.own_program import FORMER, NOT_TAKEN_OVER
from app.services.backup.names import backups_in
from app.services.till.session import open_session
from tests.app.store.older_books import back_to_0005
from tests.office import MORNING, make_office, sample_intake
from ui.command_line.folder import KEYS
from ui.launch import main

COMMANDS = (
    ("backup",), ("rehearse",), ("status",), ("check",), ("sync",), ("rebuild",), ("second-copy",), ("reconcile",),
    ("export-journal", "lines.txt"), ("dossier", "x"), ("receive", "--card", "x", "--procedure", "3.000333"),
)


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawer is open in it."""
    root = tmp_path_factory.mktemp("older")
    office = make_office(root)
    office.receive(sample_intake("form-1"))
    application = office.application
    with application.database.writing() as connection:
        open_session(connection, application.enrolled, office.clerk, {100_000: 2}, intent="drawer", now=MORNING,
                     randomness=office.noise.randbytes)
    with application.database.writing() as connection:
        back_to_0005(connection)
    application.close()
    return root


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_no_command_takes_an_older_book_over(
    older: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(KEYS, str(older / "keys"))
    monkeypatch.chdir(older)
    folder = older / "office"
    before = (folder / "counter.db").read_bytes()
    assert main([*words, "--data", str(folder)]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {"ok": False, "reason": "upgrade_waits_window", "version": ""}
    assert "cửa sổ" in said.err
    monkeypatch.setenv(FORMER, "/opt/quay-mot-cua/former/quay-mot-cua")
    assert main([*words, "--data", str(folder)]) == NOT_TAKEN_OVER
    assert capsys.readouterr() == ("", ""), "the former version answers the same words"
    assert (folder / "counter.db").read_bytes() == before
    assert not backups_in(folder / "backups")
