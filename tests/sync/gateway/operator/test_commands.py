"""The page as a process of its own, and an operator's commands."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import requests

from sync.gateway import admin
from sync.gateway.operator import serve
from sync.gateway.operator.people import Act, acts
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.operator.test_page import CITIZEN, forked


def commanded(data: Path, *arguments: str) -> dict[str, Any]:
    said = io.StringIO()
    with redirect_stdout(said):
        admin.main([*arguments, "--data", str(data)])
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def test_the_page_is_a_process_whose_log_holds_no_token(tmp_path: Path) -> None:
    token = commanded(tmp_path, "operator-token", "--name", "Mẫu")["token"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.gateway", serve.COMMAND, "--data", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    with process, requests.Session() as session:
        session.trust_env = False
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ok"] and ready["url"].startswith("http://127.0.0.1:")
        assert session.get(ready["url"], timeout=30).status_code == 401
        page = session.post(ready["url"] + "/enter", data={"token": token}, timeout=30)
        assert page.status_code == 200 and "Mẫu" in page.text
        (cookie,) = session.cookies
        assert cookie.has_nonstandard_attr("HttpOnly") and not cookie.secure
        process.terminate()
        _, log = process.communicate(timeout=30)
    assert process.returncode in (0, -15) and '"event": "request"' in log
    assert token not in log and token.replace("-", "") not in log


def test_the_page_is_not_shown_beyond_this_machine_without_tls(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sync.gateway", serve.COMMAND, "--data", str(tmp_path), "--host", "0.0.0.0",
         "--port", "0"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "--tls-cert" in done.stderr and not done.stdout
    assert not list(tmp_path.iterdir())


def test_a_new_token_ends_the_old_one_and_ending_ends_both(tmp_path: Path) -> None:
    first = commanded(tmp_path, "operator-token", "--name", " Trần  Thị Mẫu ")
    second = commanded(tmp_path, "operator-token", "--name", "Trần Thị Mẫu")
    assert first["token"] != second["token"]
    assert commanded(tmp_path, "end-operator", "--name", "Trần Thị Mẫu")["ok"]
    assert commanded(tmp_path, "end-operator", "--name", "Trần Thị Mẫu")["reason"] == "unknown_operator"
    assert commanded(tmp_path, "operator-token", "--name", " ")["reason"] == "name_missing"


def test_a_branch_is_adopted_by_a_command_too(tmp_path: Path, gateway: InProcess) -> None:
    counter, _, _ = forked(gateway)
    said = admin.COMMANDS["adopt-branch"][0]
    with gateway.opened.database.writing() as connection:
        chosen = admin.Arguments(device=counter.device, epoch=1)
        done = said(connection, gateway.opened, chosen, gateway.now)
        assert done == {"device": counter.device, "epoch": 1, "operations": 2}
        assert said(connection, gateway.opened, chosen, gateway.now)["operations"] == 0
        assert [each.act for each in acts(connection, 5)] == [Act.BRANCH_ADOPTED] * 2
        assert CITIZEN not in str(acts(connection, 5))
