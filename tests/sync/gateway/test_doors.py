"""What is refused at the door, and how: problems in JSON, waits in Retry-After, an open description."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from sync.contract.problems import Code, read_problem
from sync.gateway.app import create_app
from sync.gateway.doors import Doors, Quota
from sync.gateway.envelope import Envelope
from sync.gateway.logs import JsonLines
from sync.gateway.opening import open_gateway
from sync.gateway.problem import ProblemRaised
from sync.gateway.reading import unzip
from sync.gateway.serve import listening_socket
from sync.gateway.serve import main as serve
from tests.postgres import PostgresServer
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import ask


def test_a_device_with_requests_under_way_waits_and_the_others_do_not() -> None:
    async def play() -> tuple[ProblemRaised, ProblemRaised]:
        doors = Doors(Quota(per_device=1, waiting=2))
        async with doors.enter("a"):
            with pytest.raises(ProblemRaised) as own:
                async with doors.enter("a"):
                    pass
            async with doors.enter("b"):
                with pytest.raises(ProblemRaised) as full:
                    async with doors.enter("c"):
                        pass
        async with doors.enter("a"), doors.enter("c"):
            return own.value, full.value

    own, full = asyncio.run(play())
    assert (own.problem.code, own.problem.status) == (Code.DEVICE_BUSY, 429)
    assert (full.problem.code, full.problem.status) == (Code.BUSY, 503)
    assert own.retry_after is not None and 1 <= own.retry_after <= 10
    assert full.headers["Retry-After"].isdigit()


def test_a_body_that_does_not_arrive_ends() -> None:
    async def never() -> Any:
        await asyncio.Event().wait()

    async def play() -> ProblemRaised:
        doors = Doors(Quota(body_seconds=0.01))
        request = Request({"type": "http", "method": "POST", "headers": [], "path": "/"}, never)
        with pytest.raises(ProblemRaised) as said:
            await doors.body_of(request, 10)
        return said.value

    assert asyncio.run(play()).problem.status == 408


def test_a_body_without_a_length_is_counted_as_it_comes() -> None:
    pieces = iter([b"x" * 6] * 3)

    async def receive() -> Any:
        return {"type": "http.request", "body": next(pieces), "more_body": True}

    async def play() -> ProblemRaised:
        request = Request({"type": "http", "method": "POST", "headers": [], "path": "/"}, receive)
        with pytest.raises(ProblemRaised) as said:
            await Doors(Quota()).body_of(request, 10)
        return said.value

    assert asyncio.run(play()).problem.status == 413
    assert next(pieces) == b"x" * 6


def test_only_gzip_is_unzipped() -> None:
    for body, encoding in ((b"x", "br"), (b"x", "gzip"), (b"", "gzip")):
        with pytest.raises(ProblemRaised, match="malformed"):
            unzip(body, encoding)
    assert unzip(b"x", "identity") == b"x"


@pytest.mark.parametrize(("method", "path", "status", "code"), [
    ("GET", "/", 404, "unknown_path"), ("GET", "/v1/push", 405, "unknown_path"),
    ("PUT", "/v1/hello", 405, "unknown_path"), ("GET", "/v1/feed?position=-1&incarnation=x", 400, "malformed"),
    ("GET", "/v1/feed?position=99999999999999999999999&incarnation=x", 400, "malformed"),
    ("GET", "/v1/feed?position=1", 400, "malformed"), ("POST", "/v1/enrol", 400, "malformed"),
])
def test_every_no_is_a_problem_in_json(gateway: InProcess, method: str, path: str, status: int, code: str) -> None:
    answer = gateway.line.request(method, path)
    problem = read_problem(answer.json())
    assert (answer.status_code, problem.status, problem.code) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_is_answered_with_a_reference_and_logged_without_its_words(
    gateway: InProcess, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> Any:
        raise RuntimeError("049000000045")

    with monkeypatch.context() as patched:
        patched.setattr(gateway.opened.database, "reading", fail)
        answer = gateway.line.request("GET", "/health")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    (said,) = (record for record in caplog.records if record.msg == "fault")
    line = JsonLines().format(said)
    assert answer.json()["reference"] in line and "RuntimeError" in line and "049000000045" not in line
    assert ask(gateway.line, "GET", "/health").json()["ok"] is True


def test_a_lost_database_is_a_wait_and_not_an_end(postgres: PostgresServer, tmp_path: Path) -> None:
    opened = open_gateway(tmp_path, postgres.create_database(), MORNING)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: MORNING)
    with served(app) as url:
        line = HttpLine(url)
        assert line.request("GET", "/health").status_code == 200
        postgres.drop_database(str(opened.database.engine.url.render_as_string(hide_password=False)))
        answer = line.request("GET", "/health")
        line.close()
    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_description_is_reachable_and_names_every_path(gateway: InProcess) -> None:
    page = ask(gateway.line, "GET", "/openapi.json").json()
    assert set(page["paths"]) == {
        "/v1/enrol", "/v1/hello", "/v1/push", "/v1/feed", "/v1/operations", "/v1/epoch",
        "/v1/packages/{kind}/{version}", "/v1/files", "/v1/files/{sha256}", "/v1/files/have",
        "/v1/sealed", "/v1/recovery-key", "/v1/reconcile", "/v1/reconcile/{day}", "/health", "/health/live",
        "/health/ready", "/metrics"}
    hello = page["paths"]["/v1/hello"]["post"]
    asked = hello["requestBody"]["content"]["application/json"]["schema"]
    assert "lease_usage" in asked["properties"] and "lease_usage" not in asked["required"]
    said = hello["responses"]["200"]["content"]["application/json"]["schema"]
    assert said["title"] == "HelloAnswer" and "leases" in said["properties"]
    assert "429" in hello["responses"]
    chunk = page["paths"]["/v1/files/{sha256}"]["patch"]
    assert {"Upload-Offset", "Upload-Checksum", "Tus-Resumable"} <= {each["name"] for each in chunk["parameters"]}
    assert {"204", "409", "460", "507"} <= set(chunk["responses"])


def test_beyond_this_machine_it_serves_only_with_tls(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        serve(["--host", "0.0.0.0", "--port", "0"])
    assert ended.value.code == 2 and "--tls-cert" in capsys.readouterr().err


def test_accepted_connections_are_known_as_tcp_so_that_no_answer_waits_for_an_acknowledgement() -> None:
    with listening_socket("127.0.0.1", 0) as bound, socket.create_connection(bound.getsockname()):
        accepted, _ = bound.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP


def test_websockets_and_lifespan_pass_the_envelope_untouched() -> None:
    seen: list[str] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return {}

    asyncio.run(Envelope(inner)({"type": "lifespan"}, nothing, nothing))
    assert seen == ["lifespan"]
