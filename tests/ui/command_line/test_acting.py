"""A command is no way around a secret."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from app.domain.people.roles import Act
from app.errors import Refusal
from tests.app.services.people.signing import LEADS, SECRET, begun, sign_ins
from tests.office import office_in
from ui.command_line.acting import acting_clerk
from ui.command_line.folder import KEYS
from ui.launch import main


def typed(patch: pytest.MonkeyPatch, text: str) -> None:
    patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="ascii"))


def test_without_personal_sign_in_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with office_in(tmp_path) as office:
        typed(monkeypatch, "")
        assert acting_clerk(office.application, "", Act.RECEIVE).id == "nv-1"
        assert acting_clerk(office.application, "nv-2", Act.RECEIVE).id == "nv-2"


@pytest.mark.parametrize(("clerk", "text", "act", "refusal"), [
    ("nv-1", f"{SECRET}\n", Act.RECEIVE, ""), ("", f"{SECRET}\r\nmore", Act.RECEIVE, ""),
    ("nv-2", LEADS, Act.ASK_DATA, ""), ("nv-1", "", Act.RECEIVE, "secret_wrong"),
    ("nv-1", LEADS, Act.RECEIVE, "secret_wrong"), ("nv-1", SECRET, Act.ASK_DATA, "act_not_allowed"),
])
def test_a_command_asks_for_the_secret_of_who_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clerk: str, text: str, act: Act, refusal: str,
) -> None:
    with begun(tmp_path) as (office, _):
        office.application.sign_ins = sign_ins(office)
        typed(monkeypatch, text)
        if refusal:
            with pytest.raises(Refusal, match=refusal):
                acting_clerk(office.application, clerk, act)
        else:
            assert acting_clerk(office.application, clerk, act).id == (clerk or "nv-1")


def test_a_drill_by_command_is_not_written_in_the_name_of_who_did_not_ask_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    with begun(tmp_path) as (office, _):
        folder = office.application.folder
        words = ["--data", str(folder.root)]
        monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
        typed(monkeypatch, "")
        assert main(["rehearse", *words]) == 1
        assert json.loads(capsys.readouterr().out)["reason"] in {"secret_wrong", "act_not_allowed"}


@pytest.mark.parametrize("command", [
    ["check"], ["second-copy", "off"], ["second-copy", "set", "."], ["sync", "--byte-window", "off"],
])
def test_checks_and_settings_by_command_ask_for_the_right_to_them(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    with begun(tmp_path) as (office, _):
        monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
        typed(monkeypatch, f"{SECRET}\n")
        assert main([*command, "--data", str(office.application.folder.root)]) == 1
        assert json.loads(capsys.readouterr().out)["reason"] == "act_not_allowed"
