"""The program's own test: a step that fails is the last line, and nothing of the account is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.paths import DataFolder
from tests.gateway_process import ReadyGateway
from tests.installed.province import SELF_TEST, Province
from ui.command_line import self_test_steps
from ui.command_line.folder import KEYS
from ui.command_line.parser import parse
from ui.command_line.self_test import StepFailed, Told, _own_surroundings, _run


def failing(error: Exception) -> Callable[[], Told]:
    def step() -> Told:
        raise error

    return step


def steps_with(bad: Callable[[], Told]) -> Iterator[tuple[str, Callable[[], Told]]]:
    yield "first", lambda: {"found": 1}
    yield "second", bad
    yield "third", dict


@pytest.mark.parametrize(("error", "told"), [
    (EnvironmentFault("disk_full"), {"reason": "disk_full"}),
    (StepFailed("no receipt was printed"), {"reason": "no receipt was printed"}),
    (ModuleNotFoundError("No module named 'x'"), {"reason": "ModuleNotFoundError"}),
])
def test_the_first_step_that_fails_is_the_last_line(
    error: Exception, told: dict[str, str], capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run(steps_with(failing(error))) == 1
    first, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["step"], first["ok"], first["found"]) == ("first", True, 1)
    assert (last["step"], last["ok"]) == ("second", False)
    assert told.items() <= last.items()


def test_what_a_step_says_meanwhile_is_no_line_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    def talking() -> Told:
        print("for people")                # noqa: T201 - as the played main job does
        return {}

    assert _run(iter([("talks", talking)])) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert "for people" in said.err


def test_books_of_every_earlier_revision_are_brought_along(tmp_path: Path) -> None:
    before = dict(os.environ)
    with _own_surroundings(tmp_path):
        assert os.environ[KEYS] == str(tmp_path / "keys")
        assert self_test_steps.empty_book(tmp_path / "empty")["revision"]
        found = self_test_steps.old_books(tmp_path / "old", tmp_path / "keys")
    assert found["from"][0] == "0001"
    assert found["to"] not in found["from"]
    assert dict(os.environ) == before


def test_it_joins_a_given_province_and_one_dossier_arrives(tmp_path: Path) -> None:
    province = Province(tmp_path / "province")
    province.gateway = ReadyGateway(tmp_path / "province")
    try:
        province.publish()
        with _own_surroundings(tmp_path):
            found = self_test_steps.gateway(
                DataFolder(tmp_path / "joined"), province.gateway.url, province.code(SELF_TEST), None)
        assert province.gateway.report()["codes"] == [found["code"]]
    finally:
        province.gateway.stop()


def test_an_installer_asks_by_an_option_a_person_by_a_command() -> None:
    for words in (["--self-test"], ["self-test"]):
        said = parse([*words, "--gateway", "http://127.0.0.1:1", "--code", "A"])
        assert (said.gateway, said.code, said.ca, said.given_keys) == ("http://127.0.0.1:1", "A", None, None)
