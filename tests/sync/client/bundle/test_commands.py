"""The same road by commands: a counter's stick, the province's operator, and the counter again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.gateway import bundle_command
from tests.sync.client.scans import file_at, scan
from tests.sync.client.trial import Counter, Trial
from ui.command_line.folder import KEYS
from ui.command_line.parser import parse

Enrol = Callable[..., Counter]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def counter(enrol: Enrol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """One that has had a contact; its commands find its keys."""
    found = enrol()
    found.sync()
    monkeypatch.setenv(KEYS, str(tmp_path / "counter-0" / "keys"))
    return found


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*words: object) -> dict[str, Any]:
        chosen = parse(["bundle", "--data", str(tmp_path / "counter-0" / "office"), *map(str, words)])
        code = chosen.run(chosen)
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert code == (0 if said["ok"] else 1)
        return said

    return asked


def operated(trial: Trial, capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    url = trial.opened.database.engine.url.render_as_string(hide_password=False)
    place = ["--data", str(trial.process.data), "--database", url]
    code = bundle_command.main([*place, *map(str, words)])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == (0 if said["ok"] else 1)
    return said


def test_a_stick_goes_there_and_back_by_commands(
    trial: Trial, counter: Counter, ask: Ask, capsys: pytest.CaptureFixture[str], stick: Path
) -> None:
    (code,) = counter.receive()
    file_at(counter, scan(90_000), code=code)
    assert (ask()["waiting"], ask()["bundles"]) == (2, [])
    made = ask("make", stick)
    assert (made["operations"], made["files"], made["files_left"]) == (2, 1, 0)
    assert ask()["bundles"][0]["is_open"] is True
    assert ask("take", stick)["reason"] == "bundle_no_answer"
    (said,) = operated(trial, capsys, stick)["bundles"]
    assert (said["taken"], said["files"], said["left"]) == (2, 1, [])
    again = operated(trial, capsys, made["file"])["bundles"][0]
    assert (again["taken"], again["already"], again["files"]) == (0, 2, 1)
    taken = ask("take", stick)
    assert (taken["report"]["waiting"], taken["report"]["files_waiting"]) == (0, 0)
    assert ask("take", stick)["reason"] == "bundle_known"
    assert ask()["bundles"][0]["is_open"] is False


def test_a_stick_with_other_things_on_it_is_read_as_far_as_it_is_ours(
    trial: Trial, counter: Counter, ask: Ask, capsys: pytest.CaptureFixture[str], stick: Path
) -> None:
    assert operated(trial, capsys, stick)["reason"] == "bundle_none_here"
    (stick / "ảnh.jpg").write_bytes(b"\xff\xd8")
    (stick / "rác.qmcb").write_bytes(b"\xff\xd8")
    counter.receive()
    ask("make", stick)
    said = operated(trial, capsys, stick)
    assert [each.get("reason", "") for each in said["bundles"]] == ["bundle_not_one", ""]
    assert operated(trial, capsys, stick / "nowhere")["reason"] == "file_unreadable"
