"""`python -m sync.gateway bridge`, and what it never says."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.contract.codec import MalformedMessage
from sync.gateway.bridge.command import main
from sync.gateway.bridge.configuration import read_settings
from sync.gateway.bridge.conversation import LookUp
from sync.gateway.bridge.line import HttpLine, LoginRefused, Lost, Said
from sync.gateway.logs import LOGGER
from tests.sync.gateway.bridge.conftest import Trial, write_configuration
from tests.sync.gateway.bridge.dossiers import receive
from tests.sync.gateway.bridge.national import National, running_national


@pytest.fixture
def command(trial: Trial, database_url: str | None, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    place = ["--data", str(trial.folder / "gateway"), *(["--database", database_url] if database_url else [])]

    def run(*arguments: str) -> tuple[int, dict[str, Any], str]:
        status = main([*arguments, *place])
        said = capsys.readouterr()
        return status, json.loads(said.out.splitlines()[-1]), said.err

    handlers = LOGGER.handlers
    yield run
    LOGGER.handlers = handlers


def test_once_says_what_is_due_and_no_log_line_says_a_citizen(trial: Trial, command: Any) -> None:
    long = "Đ" * 300
    trial.counter.push([receive(trial.counter, trial.number()) for _ in range(3)])
    trial.national.faults.extend(["refuse", "500_before", "lost_before"])
    config = str(write_configuration(trial.folder, trial.national, limits={"ChuHoSo": 5}))
    status, said, log = command("--once", "--config", config)
    assert (status, said["ok"], said["refused"], said["later"]) == (0, True, 1, 2) and long not in log
    status, figures, _ = command("--figures")
    assert figures["counts"] == {"dossier_refused": 1, "dossier_waiting": 2} and figures["unsure"] == 2
    refused = figures["needs_person"][0]["number"]
    assert command("--retry", refused)[:2] == (0, {"ok": True, "queued": 1})
    _, said, more = command("--once", "--config", config)
    assert said["sent"] == 2 and "bridge_cut" in more
    for line in (log + more).splitlines():
        assert json.loads(line)["event"].startswith("bridge_")
    for secret in ("Nguyễn", "Mẫu Ánh", "049190004217", "0905000123", "mật khẩu", "phien-mau"):
        assert secret not in log + more and secret not in json.dumps(figures, ensure_ascii=False)


def test_a_wrong_password_ends_the_round_and_costs_no_dossier_its_turn(trial: Trial, command: Any) -> None:
    trial.counter.push([receive(trial.counter, trial.number())])
    config = write_configuration(trial.folder, trial.national)
    trial.national.password = "khác"
    status, said, _ = command("--once", "--config", str(config))
    assert (status, said["ok"], said["reason"]) == (1, False, "login_refused")
    assert command("--figures")[1]["trouble"]["reason"] == "login_refused"
    assert trial.national.held == {} and trial.row().state == "waiting"


def test_serving_ends_with_the_dossier_in_hand_when_it_is_told_to(trial: Trial, command: Any) -> None:
    trial.counter.push([receive(trial.counter, trial.number()) for _ in range(5)])
    answer, before = trial.national.answer, signal.getsignal(signal.SIGTERM)

    def told_to_stop(body: dict[str, Any]) -> Any:
        os.kill(os.getpid(), signal.SIGTERM)
        return answer(body)

    trial.national.answer = told_to_stop  # type: ignore[method-assign]
    config = str(write_configuration(trial.folder, trial.national, interval_seconds=3_600))
    status, said, _ = command("--serve", "--config", config)
    assert (status, said["sent"], len(trial.national.held)) == (0, 1, 1)
    assert trial.figures()["unsure"] == 0 and signal.getsignal(signal.SIGTERM) is before


def test_what_cannot_be_done_is_said(trial: Trial, command: Any, tmp_path: Path) -> None:
    assert command("--retry", "H47.15-260921-7777")[1]["reason"] == "nothing_to_retry"
    assert command("--once", "--config", str(tmp_path / "keine.json"))[1]["reason"] == "file_unreadable"
    with pytest.raises(SystemExit):
        command("--once")


GOOD = {"login_url": "https://q.mau.example/l", "service_url": "https://q.mau.example/s", "unit": "H47",
        "username": "mau", "password_file": "mat-khau"}


@pytest.mark.parametrize(("changes", "where"), [
    ({"service_url": "http://q.mau.example/s"}, "service_url"),
    ({"login_url": "ftp://q.mau.example"}, "login_url"),
    ({"fold": {"5": "9"}}, "fold"),
    ({"folds": {"5": "11"}}, "folds"),
    ({"answers": {"sucess": ["0"]}}, "answers.sucess"),
    ({"progress": "sometimes"}, "progress"),
    ({"code": "mine"}, "code"),
    ({"returns": {"states": ["77"]}}, "returns"),
    ({"limits": {"GhiChu": 1}}, "timeout_seconds, interval_seconds, limits"),
    ({"unit": 5}, "unit"),
])
def test_a_configuration_that_is_not_understood_is_refused(
    tmp_path: Path, changes: dict[str, Any], where: str,
) -> None:
    (tmp_path / "mat-khau").write_text("x", encoding="utf-8")
    path = tmp_path / "bridge.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert read_settings(path).password == "x"
    path.write_text(json.dumps({**GOOD, **changes}), encoding="utf-8")
    with pytest.raises(MalformedMessage) as refused:
        read_settings(path)
    assert refused.value.where == where


@pytest.mark.parametrize(("fault", "reason", "is_unsure"), [
    ("lost_before", "cut_off", True), ("lost_after", "cut_off", True), ("500_after", "http_500", True),
    ("unreadable_after", "unreadable", True), ("busy", "http_429", False), ("redirect", "http_302", False),
])
def test_what_the_line_makes_of_what_breaks(
    national: National, tmp_path: Path, fault: str, reason: str, is_unsure: bool,
) -> None:
    line = HttpLine(read_settings(write_configuration(tmp_path, national)))
    national.faults.append(fault)
    lost = line.ask(LookUp("x"))
    assert isinstance(lost, Lost) and (lost.reason, lost.is_unsure) == (reason, is_unsure)
    assert lost.retry_after == (7 if fault == "busy" else None)
    assert isinstance(line.ask(LookUp("x")), Said)
    line.close()


def test_a_session_that_is_over_is_opened_again_and_the_question_repeated(
    national: National, tmp_path: Path,
) -> None:
    line = HttpLine(read_settings(write_configuration(tmp_path, national)))
    assert isinstance(line.ask(LookUp("x")), Said)
    national.faults.append("session")
    assert isinstance(line.ask(LookUp("x")), Said)
    assert len(national.asked) == 3 and len({body["session"] for body in national.bodies}) == 2
    line.close()


def test_nobody_there_is_known_not_to_have_taken_it(tmp_path: Path) -> None:
    with running_national() as gone:
        path = write_configuration(tmp_path, gone)
    line = HttpLine(read_settings(path))
    assert line.ask(LookUp("x")) == Lost("unreachable", is_unsure=False)
    line.close()


def test_a_server_that_is_silent_is_given_up_as_unsure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = National(url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        line = HttpLine(read_settings(write_configuration(tmp_path, here, timeout_seconds=1)))
        assert line.ask(LookUp("x")) == Lost("timeout", is_unsure=False)   # it was the login: nothing was told
        line.close()


def test_a_refused_login_is_said_with_their_code(national: National, tmp_path: Path) -> None:
    line = HttpLine(read_settings(write_configuration(tmp_path, national)))
    national.password = "khác"
    with pytest.raises(LoginRefused) as refused:
        line.ask(LookUp("x"))
    assert refused.value.code == "-1"
    line.close()
