"""What the gateway tells those who watch over it, and how it bears a counter that runs wild."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from sync.contract.problems import Code
from sync.gateway.app import create_app
from sync.gateway.doors import Quota
from sync.gateway.logs import LOGGER, JsonLines
from sync.gateway.metrics import Metrics
from sync.gateway.problem import ProblemRaised
from sync.gateway.turnstile import Shares
from sync.gateway.watching import Watch
from tests.gateway_process import running_gateway
from tests.sync.gateway.conftest import HttpLine, InProcess, served
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, ask, outcomes, sealed

DAY = date(2026, 9, 21)


def figures(line: HttpLine, **headers: str) -> dict[str, float]:
    answer = line.request("GET", "/metrics", headers=headers)
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    rows = [row.rsplit(" ", 1) for row in answer.text.splitlines() if not row.startswith("#")]
    return {name: float(value) for name, value in rows}


def test_figures_count_what_happened_and_name_nobody(gateway: InProcess) -> None:
    counter = gateway.counter()
    first = counter.write(number=counter.number(1, day=DAY))
    counter.push([first, counter.write()])
    counter.push([first])
    counter.hello()
    gateway.line.request("GET", f"/không-có/{counter.device}")
    found = figures(gateway.line)
    assert found['qmc_pushed_items_total{outcome="taken"}'] == 2
    assert found['qmc_pushed_items_total{outcome="already"}'] == 1
    assert found['qmc_requests_total{method="POST",path="/v1/push",status="200"}'] == 2
    assert found['qmc_requests_total{method="GET",path="",status="404"}'] == 1
    assert found['qmc_request_seconds_count{path="/v1/push"}'] == 2
    assert found['qmc_request_seconds_bucket{path="/v1/push",le="+Inf"}'] == 2
    of_push = 'qmc_request_seconds_bucket{path="/v1/push"'
    limits = [value for name, value in found.items() if name.startswith(of_push)]
    assert limits == sorted(limits) and 0 < found['qmc_request_seconds_sum{path="/v1/push"}'] < 60
    assert (found["qmc_counters"], found["qmc_unsettled"], found["qmc_requests_inside"]) == (1, 0, 1)
    assert counter.device not in gateway.line.request("GET", "/metrics").text
    gateway.advance(days=2)
    assert figures(gateway.line)["qmc_counters_silent"] == 1


@pytest.mark.parametrize(("token", "may_be_local", "shown", "status"), [
    ("", True, "", 200), ("", False, "", 401), ("bi-mat", False, "", 401), ("bi-mat", False, "sai", 401),
    ("bi-mat", False, "bi-mat", 200), ("bi-mat", True, "", 200),
])
def test_figures_are_for_this_machine_or_for_a_token(
    gateway: InProcess, token: str, may_be_local: bool, shown: str, status: int,
) -> None:
    opened = gateway.opened
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: gateway.now,
                     watch=Watch(Metrics(), token, may_be_local))
    with served(app) as url:
        line = HttpLine(url)
        headers = {"Authorization": f"Bearer {shown}".encode()} if shown else {}
        assert line.request("GET", "/metrics", headers=headers).status_code == status
        line.close()


def test_alive_without_its_database_but_not_ready(gateway: InProcess) -> None:
    for path in ("/health/live", "/health/ready", "/health"):
        assert gateway.line.request("GET", path).json()["ok"] is True
    if not gateway.opened.database.is_postgres:
        return
    url = gateway.opened.database.engine.url
    name = url.database
    at_server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(at_server, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")  # type: ignore[call-overload]
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        away = gateway.line.request("GET", "/health/ready")
        assert (away.status_code, away.json()["code"]) == (503, "store_unavailable")
        assert away.headers["Retry-After"].isdigit()
        assert gateway.line.request("GET", "/health/live").status_code == 200
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")  # type: ignore[call-overload]
        assert gateway.line.request("GET", "/health/ready").status_code == 200


def test_workers_of_one_port_answer_for_each_other(tmp_path: Path) -> None:
    mine, ended = Metrics(tmp_path), Metrics(tmp_path)
    mine.answered("GET", "/v1/feed", 200, 0.2)
    ended.began()
    ended.answered("GET", "/v1/feed", 200, 0.3)
    ended.began()
    ended.keep()
    (kept,) = tmp_path.glob("*.json")
    kept.rename(tmp_path / "4194999.json")         # beyond what a process id may be: one that has ended
    said = mine.text({})
    assert 'qmc_requests_total{method="GET",path="/v1/feed",status="200"} 2\n' in said
    assert 'qmc_request_seconds_sum{path="/v1/feed"} 0.500000\n' in said
    assert "qmc_workers 1\n" in said and "qmc_requests_inside -1\n" in said


def test_a_minutes_share_is_refilled_evenly_and_each_caller_has_its_own() -> None:
    now = [0.0]
    shares = Shares(Quota(requests_per_minute=60, bytes_per_minute=600), seconds=lambda: now[0])
    for _ in range(60):
        shares.spend_request("a")
    with pytest.raises(ProblemRaised) as said:
        shares.spend_request("a")
    assert (said.value.problem.code, said.value.problem.status) == (Code.DEVICE_BUSY, 429)
    assert said.value.retry_after is not None and 1 <= said.value.retry_after <= 5
    shares.spend_request("b")
    now[0] = 1.0
    shares.spend_request("a")
    with pytest.raises(ProblemRaised):
        shares.spend_request("a")


def test_a_large_body_is_taken_whole_and_waited_for_afterwards() -> None:
    now = [0.0]
    shares = Shares(Quota(requests_per_minute=60, bytes_per_minute=600), seconds=lambda: now[0])
    shares.spend_request("a")
    shares.spend_bytes("a", 1_200)
    with pytest.raises(ProblemRaised) as said:
        shares.spend_request("a")
    assert said.value.retry_after is not None and 60 <= said.value.retry_after <= 64
    now[0] = 61.0
    shares.spend_request("a")


def test_a_counter_that_runs_wild_is_told_to_wait_and_others_are_served(gateway: InProcess) -> None:
    opened = gateway.opened
    wild, calm = gateway.counter(), gateway.counter()
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: gateway.now,
                     quota=Quota(requests_per_minute=5))
    with served(app) as url:
        line = HttpLine(url)
        wild.line = calm.line = line
        with pytest.raises(SaidNo) as said:
            for _ in range(20):
                wild.feed()
        assert (said.value.code, said.value.headers["Retry-After"].isdigit()) == ("device_busy", True)
        calm.feed()
        for _ in range(20):
            assert line.request("GET", "/health/live").status_code == 200
        line.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Every line that the gateway and the libraries below it write; `caplog` says that a fault is looked for."""
    text_of = io.StringIO()
    handler = logging.StreamHandler(text_of)
    handler.setFormatter(JsonLines())
    plain = logging.StreamHandler(text_of)
    level, held = LOGGER.level, list(LOGGER.handlers)
    assert not caplog.records
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(plain)
    yield text_of
    LOGGER.handlers = held
    LOGGER.setLevel(level)
    logging.getLogger().removeHandler(plain)


CANARY = "Nguyễn Chim Yến 079203001234"


def test_no_log_line_carries_what_a_citizen_or_a_clerk_wrote(gateway: InProcess, log: io.StringIO) -> None:
    counter = gateway.counter()
    taken = counter.write(number=counter.number(1, day=DAY), body={"dossier": {"applicant": CANARY}})
    strange = counter.write(type=CANARY, staff=CANARY, number=CANARY, body={"a": CANARY})
    unread = counter.sign(CANARY)
    assert outcomes(counter.push([taken, strange, sealed(unread, 1, 3)])) == ["taken"] * 3
    counter.push_lines([f'{{"p": "{CANARY}"', CANARY, json.dumps({"p": "x", "s": CANARY})])
    for method, path, body in (
        ("POST", "/v1/enrol", f'{{"code": "{CANARY}"}}'), ("POST", "/v1/hello", CANARY),
        ("GET", f"/v1/feed?incarnation={CANARY}&position={CANARY}", ""), ("GET", f"/v1/packages/{CANARY}/1", ""),
        ("POST", "/v1/push", CANARY), (CANARY.split()[-1], "/v1/feed", ""),
    ):
        with pytest.raises(SaidNo):
            ask(gateway.line, method, path, data=body.encode(), headers=counter.headers)
    # A fault below us, with the row in the error's own text.
    with gateway.opened.database.writing() as connection:
        connection.execute(text("DROP TABLE attachments"))
    scan = [{"sha256": "a" * 64, "size": 10, "mime": "image/jpeg"}]
    counter.seq, counter.prev = 3, counter.hello().have[1].hash
    with pytest.raises(SaidNo, match="internal"):
        counter.push([counter.write(attachments=scan, body={"dossier": {"applicant": CANARY}})])
    said = log.getvalue()
    assert '"event": "fault"' in said and '"event": "request"' in said
    for part in CANARY.split():
        assert part not in said


def test_figures_come_from_all_workers_of_a_process(tmp_path: Path) -> None:
    with running_gateway(tmp_path) as process:
        process.stop()
        process.options = ["--workers", "2"]
        process.start()
        line = HttpLine(process.url)
        counter = FakeCounter(line)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        assert figures(line)["qmc_workers"] >= 1
        line.close()
