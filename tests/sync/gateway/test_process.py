"""The gateway as a process: killed at any moment, started again, operated beside it."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests
from sqlalchemy import text

from sync.gateway.__main__ import main as gateway
from sync.gateway.admin import COMMANDS
from sync.gateway.admin import main as operator
from sync.gateway.bundle_command import COMMAND as TAKE_BUNDLE
from sync.gateway.opening import open_gateway
from sync.gateway.operator.serve import COMMAND as OPERATOR
from sync.gateway.process import GatewayFailed, GatewayProcess
from sync.gateway.serve import listening_socket
from sync.gateway.serve import main as serve
from sync.gateway.support_command import COMMANDS as SUPPORT
from sync.gateway.times import business_day
from tests.gateway_process import OFFICE, running_gateway
from tests.sync.gateway.conftest import HttpLine
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, outcomes


def today() -> date:
    return business_day(datetime.now(UTC))


class Operate(Protocol):
    def __call__(self, *arguments: str, expect: int = 0) -> dict[str, Any]: ...


@pytest.fixture
def operate(tmp_path: Path, database_url: str | None, capsys: pytest.CaptureFixture[str]) -> Operate:
    """The operator's commands in this process: beside the one that serves."""
    place = ["--data", str(tmp_path / "gateway"), *(["--database", database_url] if database_url else [])]

    def run(*arguments: str, expect: int = 0) -> dict[str, Any]:
        assert operator([*arguments, *place]) == expect
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert answer["ok"] is (expect == 0)
        return answer

    return run


def test_killed_at_any_moment_of_a_push_and_sent_again_everything_is_there_once(
    tmp_path: Path, database_url: str | None,
) -> None:
    moments = random.Random(11)
    with running_gateway(tmp_path, database_url) as process:
        line = HttpLine(process.url)
        counter = FakeCounter(line)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        said: list[str] = []
        lost = written = 0
        # On a quick machine a push may be over before it is hit: on until one was, while the slot has numbers.
        while written < 80 or (not lost and written < 460):
            first = written + 1
            batch = [counter.write(number=counter.number(first + n, day=today())) for n in range(20)]
            killer = threading.Timer(moments.uniform(0, 0.06), process.kill9)
            killer.start()
            try:
                counter.push(batch)
            # Cut before the answer, or in the middle of its body.
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                lost += 1
            killer.join()
            process.start()
            said += outcomes(counter.push(batch))
            written += 20
        assert set(said) <= {"taken", "already"} and lost > 0
        feed = counter.whole_feed()
        assert [entry.body["seq"] for entry in feed if entry.kind == "operation"] == list(range(1, written + 1))
        assert counter.hello().have[1].hash == counter.prev
        report = process.report()
        assert report["dossiers"] == written and report["unsettled"] == [] and report["branches"] == 0
        line.close()


def test_what_an_operator_does_beside_the_serving_process_reaches_the_counter(
    tmp_path: Path, database_url: str | None, operate: Operate,
) -> None:
    with running_gateway(tmp_path / "gateway", database_url) as process:
        line = HttpLine(process.url)
        counter = FakeCounter(line)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        number = counter.number(1, day=today())
        counter.push([counter.write(number=number, business_date=today().isoformat())])
        operate("post-status", number, "processing")
        operate("post-alias", number, "T-1")
        operate("post-notice", "--office", "bc-mau", "--title", "Thử", "một tin")
        slip = ("bind-receipt", "PT-260921-7K3H-001-P", "--symbol", "28AA-26E", "--number", "0000123")
        assert operate(*slip, expect=1)["reason"] == "unknown_slip"
        assert operate(*slip[:-1], "12a", expect=1)["reason"] == "file_malformed"
        operate("set-min-app", "0.2.0")
        operate("revoke-clerk", "nv2")
        catalogue = tmp_path / "catalogue.json"
        catalogue.write_text(json.dumps({"procedures": ["Cấp phiếu lý lịch tư pháp"] * 50}, ensure_ascii=False))
        told = operate("import-package", str(catalogue), "--kind", "catalogue", "--version", "2026-09",
                               "--valid-from", "2026-09-01")
        hello = counter.hello()
        assert hello.min_app == "0.2.0"
        assert [(each.kind, each.id) for each in hello.revocations] == [("clerk", "nv2")]
        assert [(note.version, note.sha256, note.size) for note in hello.packages] == [
            ("2026-09", told["sha256"], catalogue.stat().st_size)]
        got = line.request("GET", "/v1/packages/catalogue/2026-09", headers=counter.headers)
        assert got.headers["Content-Encoding"] == "gzip" and got.content == catalogue.read_bytes()
        assert [entry.kind for entry in counter.whole_feed()][2:] == ["status", "alias", "notice"]
        report = operate("report")
        assert (report["codes"], report["by_status"], report["by_agency"], report["by_day"]) == (
            [number], {"processing": 1}, {"cong-an": 1}, {today().isoformat(): 1})
        assert report["statuses"] == {number: "processing"} and report["counters"][0]["head_seq"] == 1
        line.close()


def test_the_operator_is_told_no_in_codes(tmp_path: Path, operate: Operate) -> None:
    office_file = tmp_path / "office.json"
    office_file.write_text(json.dumps(OFFICE))
    assert operate("add-office", str(office_file)) == {
        "ok": True, "office": "bc-mau", "agencies": 2, "counters": OFFICE["counters"], "sign_in": False}
    note = tmp_path / "package"
    note.write_text('{"a": 1}')
    package = ("import-package", str(note), "--kind", "calendar", "--version", "1", "--valid-from", "2026-01-01")
    assert operate(*package) == operate(*package)
    note.write_text('{"a": 2}')
    bad_office = tmp_path / "office"
    bad_office.write_text(json.dumps({**OFFICE, "counters": ["Quầy 1", "Quầy 1"]}))
    for arguments, reason in (
        (package, "package_differs"),
        (("post-status", "H47.15-260921-0001", "done"), "unknown_number"),
        (("enrol-code", "--office", "bc-mau", "--counter", "Quầy 9"), "unknown_counter"),
        (("enrol-code", "--office", "x", "--counter", "Quầy 1"), "unknown_office"),
        (("post-notice", "--office", "x", "--title", "a", "b"), "unknown_office"),
        (("revoke-device", "c0"), "unknown_device"),
        (("add-office", str(bad_office)), "file_malformed"),
        (("add-office", str(tmp_path / "none")), "file_unreadable"),
    ):
        assert operate(*arguments, expect=1)["reason"] == reason


def test_it_does_not_begin_on_what_it_must_not_touch(
    tmp_path: Path, database_url: str | None, capsys: pytest.CaptureFixture[str],
) -> None:
    """One JSON line with the code, and an end."""
    def begin(folder: Path, *more: str) -> tuple[int, str]:
        code = serve(["--data", str(folder), *(["--database", database_url] if database_url else []), *more])
        return code, str(json.loads(capsys.readouterr().out)["reason"])

    home = tmp_path / "home"
    opened = open_gateway(home, database_url, datetime.now(UTC))
    with listening_socket("127.0.0.1", 0) as taken:
        assert begin(home, "--port", str(taken.getsockname()[1])) == (1, "port_taken")
    (tmp_path / "file").write_text("")
    assert begin(tmp_path / "file") == (1, "data_folder_or_url (FileExistsError)")
    (home / "province.key").unlink()
    assert begin(home) == (1, "key_of_other_province")
    with opened.database.writing() as connection:
        connection.execute(text("INSERT INTO schema_steps VALUES (99, 'x')"))
    opened.database.close()
    assert begin(home) == (1, "database_newer")
    assert serve(["--data", str(home), "--database", "mysql://x/y"]) == 1
    assert json.loads(capsys.readouterr().out)["reason"] == "data_folder_or_url (ValueError)"


def test_a_gateway_that_cannot_begin_says_so_to_who_started_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GatewayFailed, match="data_folder_or_url"):
        GatewayProcess(tmp_path / "file", log=tmp_path / "log").operate("report")


def test_the_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    with running_gateway(tmp_path) as process:
        assert requests.get(f"{process.url}/health", timeout=10).json()["ok"] is True
    assert (tmp_path / "province.key").stat().st_mode & 0o077 == 0


def test_logs_say_what_happened_and_nothing_of_what_was_written(tmp_path: Path) -> None:
    with running_gateway(tmp_path) as process:
        line = HttpLine(process.url)
        counter = FakeCounter(line)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        counter.push([counter.write(body={"họ_tên": "NGUYỄN THỊ CHIM HOÀNG YẾN", "số": "049000000045"})])
        with pytest.raises(SaidNo):
            counter.push_body(b"049000000045")
        token = counter.token
        line.close()
    log = (tmp_path / "gateway.log").read_text()
    assert [json.loads(each)["status"] for each in log.splitlines()] == [200, 200, 400]
    for secret in ("YẾN", "Y\\u1ebeN", "049000000045", token):
        assert secret not in log


def test_every_process_of_ours_is_gone_after_a_stop(tmp_path: Path) -> None:
    process = GatewayProcess(tmp_path).start()
    started = process._process
    assert started is not None
    process.stop()
    assert started.returncode in (0, -signal.SIGTERM)
    with pytest.raises(ProcessLookupError):
        os.kill(started.pid, 0)


def test_help_names_every_word_that_the_gateway_knows(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        gateway(["--help"])
    said = capsys.readouterr().out
    named = {line.split()[0] for line in said.rsplit(":\n", 1)[-1].splitlines() if line.startswith("  ")}
    assert left.value.code == 0
    assert named == {*COMMANDS, OPERATOR, TAKE_BUNDLE, *SUPPORT, "bridge"}
