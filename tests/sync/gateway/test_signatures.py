"""Who has to sign, and that what was signed is taken once, in time, and from nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import func, select

from sync.contract import codec
from sync.contract.messages import Hello
from sync.contract.signatures import EMPTY_DIGEST, WINDOW_SECONDS
from sync.gateway.app import create_app
from sync.gateway.database import Database
from sync.gateway.doors import Quota
from sync.gateway.opening import open_gateway
from sync.gateway.signature_tables import nonces, signers, signing_began
from sync.gateway.signatures import KEPT_SECONDS, Rule
from sync.signing import SignedBearer
from tests.gateway_process import ReadyGateway, office
from tests.postgres import PostgresServer
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import FakeCounter, SaidNo
from tests.sync.gateway.files import digitise, scan, send
from tests.sync.gateway.signed import later, prepared, sent, signer, signs


def rows(database: Database, table: Any) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def hello_of(counter: FakeCounter) -> bytes:
    return codec.dumps(Hello(counter.device, counter.epoch, None, None, None, "0", {}, "2026-09-21T01:00:00.000Z"))


def test_a_counter_that_signs_does_everything_and_never_again_without(gateway: InProcess) -> None:
    counter = gateway.counter()
    plain = FakeCounter(gateway.line, key=counter.key, answer=counter.answer, token=counter.token,
                        device=counter.device, epoch=counter.epoch)
    assert plain.hello().current_epoch == 1, "one that never signed may go on without, in this rule"
    signs(counter, lambda: gateway.now)
    content = scan(200_000)
    digitise(counter, content)
    assert send(counter, content).headers["Upload-Complete"] == "?1"
    assert counter.hello().have[1].seq == 1 and counter.whole_feed()[0].kind == "operation"
    with pytest.raises(SaidNo, match="signature_missing") as said:
        plain.hello()
    assert said.value.problem.status == 401
    assert rows(gateway.opened.database, signers) == 1


def test_who_must_sign_follows_from_the_rule(gateway: InProcess) -> None:
    before = gateway.counter()
    with gateway.opened.database.writing() as connection:      # enrolled before this database knew signatures
        connection.exec_driver_sql("ALTER TABLE signing_began RENAME TO was")
        signing_began.create(connection)
        connection.execute(signing_began.insert().values(after=gateway.now.isoformat().replace("+00:00", ".000Z")))
    gateway.advance(seconds=1)
    after = gateway.counter()
    may_go_without = {}
    for rule in Rule:
        app = create_app(gateway.opened.database, gateway.opened.seal, gateway.opened.files,
                         clock=lambda: gateway.now, signed=rule)
        with served(app) as url:
            line = HttpLine(url)
            may_go_without[rule] = [
                line.request("POST", "/v1/hello", data=hello_of(each), headers=each.headers).status_code == 200
                for each in (before, after)]
            line.close()
    assert may_go_without == {Rule.ALL: [False, False], Rule.NEW: [True, False], Rule.KNOWN: [True, True]}


def test_every_path_of_counters_asks_for_a_signature(gateway: InProcess) -> None:
    counter = signs(gateway.counter(), lambda: gateway.now)
    counter.hello()
    app = create_app(gateway.opened.database, gateway.opened.seal, gateway.opened.files, clock=lambda: gateway.now)
    asked = [(method, route.path) for route in app.routes if isinstance(route, APIRoute)
             for method in (route.methods or ()) if route.path.startswith("/v1/")]
    assert len(asked) >= 11
    for method, path in asked:
        answer = gateway.line.request(method, path, headers=counter.headers)
        assert answer.status_code == 401, (method, path)
        assert method == "HEAD" or answer.json()["code"] == "signature_missing"


def test_a_request_is_taken_once_by_all_processes_together(gateway: InProcess) -> None:
    counter = gateway.counter()
    auth = SignedBearer(counter.token, signer(counter, lambda: gateway.now))
    again = create_app(gateway.opened.database, gateway.opened.seal, gateway.opened.files,
                       clock=lambda: gateway.now)
    request = prepared(gateway.line.url, auth, "POST", "/v1/hello", data=hello_of(counter))
    assert sent(request).status_code == 200
    assert code_of(sent(request)) == (401, "request_replayed")
    with served(again) as other:
        request.url = f"{other}/v1/hello"
        assert code_of(sent(request)) == (401, "request_replayed")


@pytest.mark.parametrize("seconds", [-WINDOW_SECONDS - 2, WINDOW_SECONDS + 2, -10**9])
def test_a_clock_that_is_wrong_is_told_the_time(gateway: InProcess, seconds: int) -> None:
    counter = gateway.counter()
    auth = SignedBearer(counter.token, signer(counter, later(lambda: gateway.now, seconds)))
    answer = sent(prepared(gateway.line.url, auth, "POST", "/v1/hello", data=hello_of(counter)))
    assert code_of(answer) == (401, "clock_differs")
    assert answer.json()["server_time"] == "2026-09-21T01:00:00.000Z"
    assert rows(gateway.opened.database, nonces) == rows(gateway.opened.database, signers) == 0


@pytest.mark.parametrize("seconds", [-WINDOW_SECONDS + 1, WINDOW_SECONDS - 1])
def test_a_clock_that_is_nearly_right_is_right(gateway: InProcess, seconds: int) -> None:
    counter = signs(gateway.counter(), later(lambda: gateway.now, seconds))
    assert counter.hello().current_epoch == 1


def test_a_nonce_is_forgotten_only_when_its_request_would_be_too_old(gateway: InProcess) -> None:
    counter = gateway.counter()
    auth = SignedBearer(counter.token, signer(counter, later(lambda: gateway.now, WINDOW_SECONDS)))
    request = prepared(gateway.line.url, auth, "POST", "/v1/hello", data=hello_of(counter))
    assert sent(request).status_code == 200                    # as far ahead as is allowed
    seen = []
    for _ in range(2 * KEPT_SECONDS // 60):
        gateway.advance(seconds=60)
        signs(FakeCounter(gateway.line, key=counter.key, answer=counter.answer, token=counter.token,
                          device=counter.device, epoch=counter.epoch), lambda: gateway.now).hello()
        seen.append(code_of(sent(request)))
    assert set(seen) == {(401, "request_replayed"), (401, "clock_differs")}
    assert seen == sorted(seen, key=lambda each: each[1], reverse=True), "never again accepted in between"
    assert rows(gateway.opened.database, nonces) < 20


def test_nobody_signs_for_another_or_for_an_epoch_that_is_over(gateway: InProcess) -> None:
    one, other = gateway.counter(), gateway.counter()
    url, now = gateway.line.url, lambda: gateway.now

    def said(token: str, key_of: FakeCounter, names: FakeCounter, epoch: int | None = None) -> tuple[int, str]:
        hers = signer(names, now, epoch=epoch)
        auth = SignedBearer(token, type(hers)(hers.device, hers.epoch, key_of.key, hers.time))
        return code_of(sent(prepared(url, auth, "POST", "/v1/hello", data=hello_of(one))))

    assert said(one.token, other, one) == (401, "signature_wrong")
    assert said(one.token, other, other) == (401, "signature_wrong")
    assert said(other.token, one, one) == (401, "signature_wrong")
    assert said(one.token, one, one, epoch=2) == (401, "signature_wrong")
    assert said("x" * 43, one, one) == (401, "not_enrolled")
    old = FakeCounter(gateway.line, key=one.key, answer=one.answer, token=one.token, device=one.device, epoch=1)
    gateway.advance(seconds=1)
    FakeCounter(gateway.line).enrol(gateway.code("Quầy 1"))
    with pytest.raises(SaidNo, match="stale_epoch"):
        signs(old, now).hello()


@pytest.mark.parametrize("name", ["Upload-Offset", "Content-Encoding", "Content-Type"])
def test_a_header_that_means_something_cannot_be_added(gateway: InProcess, name: str) -> None:
    counter = gateway.counter()
    auth = SignedBearer(counter.token, signer(counter, lambda: gateway.now))
    request = prepared(gateway.line.url, auth, "GET", "/v1/feed", params={
        "incarnation": counter.incarnation, "position": 0})
    request.headers[name] = "0"
    assert code_of(sent(request)) == (401, "signature_wrong")
    del request.headers[name]
    assert sent(request).status_code == 200


def test_a_body_is_the_one_that_was_signed(gateway: InProcess) -> None:
    counter = gateway.counter()
    auth = SignedBearer(counter.token, signer(counter, lambda: gateway.now))

    def with_body(body: bytes, method: str = "POST", path: str = "/v1/hello", **more: Any) -> tuple[int, str]:
        request = prepared(gateway.line.url, auth, method, path, **more)
        request.body = body
        request.headers["Content-Length"] = str(len(body))
        return code_of(sent(request))

    good = hello_of(counter)
    assert with_body(good.replace(b'"0"', b'"1"'), data=good) == (400, "body_altered")
    assert with_body(b"", data=good) == (400, "body_altered")
    assert with_body(b"{}", "GET", "/v1/feed", params={"incarnation": "x", "position": 0}) == (400, "body_altered")
    assert with_body(b"x", path="/v1/files", headers={
        "Tus-Resumable": "1.0.0", "Upload-Length": "1", "Upload-Metadata": "sha256 eA=="}) == (413, "too_large")
    request = prepared(gateway.line.url, auth, "POST", "/v1/hello", data=good)
    request.headers["Content-Digest"] = EMPTY_DIGEST
    assert code_of(sent(request)) == (401, "signature_wrong")


def test_a_flood_of_one_token_waits_before_its_signatures_are_looked_at(tmp_path: Any) -> None:
    opened = open_gateway(tmp_path / "g", None, MORNING)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: MORNING + timedelta(0),
                     quota=Quota(per_device=0, files_per_device=0))
    with served(app) as url:
        line = HttpLine(url)
        answer = line.request("GET", "/v1/feed", headers={"Authorization": "Bearer t"})
        assert code_of(answer) == (429, "device_busy") and int(answer.headers["Retry-After"]) > 0
        line.close()


def test_a_gateway_that_is_started_without_a_word_makes_new_counters_sign(
    tmp_path: Path, postgres: PostgresServer,
) -> None:
    process = ReadyGateway(tmp_path, postgres.create_prepared_database()).start()
    process.add_office(office())
    line = HttpLine(process.url)
    counter = FakeCounter(line)
    counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
    with pytest.raises(SaidNo, match="signature_missing"):
        counter.hello()
    assert signs(counter, lambda: datetime.now(UTC)).hello().current_epoch == 1
    line.close()
    process.stop()
