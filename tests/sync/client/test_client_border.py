"""Whatever comes over the line, the client says one of four things; no foreign error passes this border."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sync.client
from app.errors import KnownError
from sync.client import GatewayClient
from sync.contract.messages import EnrolRequest, Hello
from sync.contract.problems import Code
from sync.contract.push import PushHead
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater
from tests.sync.client.fault_proxy import HANG, FaultProxy, Rule, page

HELLO = Hello("d", 1, None, None, None, "0", {}, "2026-11-23T02:00:00.000+00:00")


@pytest.fixture
def line(caplog: pytest.LogCaptureFixture) -> Iterator[FaultProxy]:
    with FaultProxy("http://127.0.0.1:9") as found:
        yield found


def ask(line: FaultProxy, rule: Rule) -> KnownError:
    """What the client says of this answer to a hello."""
    line.rule = lambda asked: rule
    with GatewayClient(line.url, "the") as client, pytest.raises(KnownError) as said:
        client.hello(HELLO)
    return said.value


def problem(status: int, code: str, *headers: str, **values: object) -> Rule:
    body = json.dumps({"code": code, "status": status, **values}).encode()
    return page(f"{status} X", body, "application/problem+json", *headers)


@pytest.mark.parametrize(
    ("rule", "kind", "code"),
    [
        (problem(503, Code.BUSY), TryLater, "busy"),
        (problem(503, Code.STORE_UNAVAILABLE), TryLater, "store_unavailable"),
        (problem(429, Code.DEVICE_BUSY), TryLater, "device_busy"),
        (problem(500, Code.INTERNAL, reference="ab"), TryLater, "internal"),
        (problem(408, Code.MALFORMED), TryLater, "malformed"),
        (problem(599, "mới"), TryLater, "mới"),
        (problem(412, Code.INCARNATION_CHANGED, incarnation="x"), HelloAgain, "incarnation_changed"),
        (problem(412, Code.UNKNOWN_CURSOR, head=1), HelloAgain, "unknown_cursor"),
        (problem(401, Code.NOT_ENROLLED), CallPerson, "not_enrolled"),
        (problem(403, Code.DEVICE_REVOKED), CallPerson, "device_revoked"),
        (problem(409, Code.STALE_EPOCH, epoch=1, current_epoch=2), CallPerson, "stale_epoch"),
        (problem(400, Code.PROTOCOL_UNKNOWN), CallPerson, "protocol_unknown"),
        (problem(413, Code.TOO_LARGE, limit=1), ItemRefused, "too_large"),
        (problem(400, Code.MALFORMED), ItemRefused, "malformed"),
        (page("200 OK", b"<html>"), TryLater, "answer_unreadable"),
        (page("200 OK", b"[]"), TryLater, "answer_unreadable"),
        (page("200 OK", b"\xff\xfe"), TryLater, "answer_unreadable"),
        (page("204 None", b""), TryLater, "answer_unreadable"),
        (page("302 Found", b"", "text/html", "Location: http://x.example/"), TryLater, "not_a_gateway"),
        (page("403 Forbidden", b"<html>proxy says no</html>"), TryLater, "not_a_gateway"),
        (page("407 Proxy", b"{}", "application/json"), TryLater, "not_a_gateway"),
        (page("500 Oh", b"[" * 50_000, "application/json"), TryLater, "not_a_gateway"),
        (page("500 Oh", b'{"code": 1, "status": "x"}', "application/json"), TryLater, "not_a_gateway"),
        (Rule("answer", answer=b"SSH-2.0-OpenSSH\r\n"), TryLater, "line_down"),
        (Rule("answer", answer=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
         TryLater, "line_broken"),
        (Rule("drop_before"), TryLater, "line_down"),
        (Rule("reset"), TryLater, "line_down"),
    ],
)
def test_each_answer_is_sorted_by_who_must_act(
    line: FaultProxy, rule: Rule, kind: type[KnownError], code: str,
) -> None:
    said = ask(line, rule)
    assert (type(said), said.code) == (kind, code)


@pytest.mark.parametrize(
    ("header", "after"), [("7", 7.0), ("0", 0.0), ("9" * 400, 3600.0), ("-1", None), ("soon", None), ("٣", None)]
)
def test_the_wait_that_is_asked_for_is_kept_within_an_hour(
    line: FaultProxy, header: str, after: float | None,
) -> None:
    body = b'{"code":"busy","status":503}'
    head = f"HTTP/1.1 503 X\r\nContent-Length: {len(body)}\r\nRetry-After: {header}\r\n\r\n".encode()
    said = ask(line, Rule("answer", answer=head + body))
    assert isinstance(said, TryLater)
    assert said.after == after


def test_an_answer_that_never_comes_is_given_up(line: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync.client, "READ_SECONDS", 0.2)
    assert ask(line, HANG).code == "line_timeout"


@pytest.mark.parametrize(
    "url", ["", "http://", "nonsense", "http://[::1", "http://127.0.0.1:99999", "http://x y/", "ftp://a"],
)
def test_an_address_that_is_none_calls_a_person(url: str) -> None:
    with GatewayClient(url) as client, pytest.raises(CallPerson, match="gateway_address_wrong"):
        client.hello(HELLO)
    with GatewayClient(url) as client:
        assert not client.is_there()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.one_of(
    st.binary(max_size=300),
    st.builds(lambda body: page("200 OK", body).answer, st.binary(max_size=200)),
    st.builds(lambda code, body: page(f"{code} X", body, "application/json").answer, st.integers(100, 999),
              st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner)
                           | st.dictionaries(st.sampled_from(["code", "status", "x"]), inner), max_leaves=6)
              .map(lambda value: json.dumps(value).encode())),
))
def test_any_bytes_at_all_are_one_of_the_four(line: FaultProxy, noise: bytes) -> None:
    line.rule = lambda asked: Rule("answer_and_close", answer=noise)
    for act in _acts():
        with GatewayClient(line.url, "the") as client:
            try:
                act(client)
            except (TryLater, HelloAgain, CallPerson, ItemRefused):
                continue


def _acts() -> tuple[Callable[[GatewayClient], object], ...]:
    request = EnrolRequest("x", "y", "z", "p", "0", "")
    return (
        lambda client: client.hello(HELLO), lambda client: client.feed("nhà-1", 0),
        lambda client: client.push(PushHead("d", 1, 0, "nhà-1"), []), lambda client: client.enrol(request),
        lambda client: client.package("catalogue", "1"),
    )


def test_the_accounts_netrc_never_takes_the_place_of_the_token(
    line: FaultProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "netrc").write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    # The rule of loopback would hide it: here the counter's province has a name.
    monkeypatch.setattr(sync.client, "LOOPBACK", frozenset())
    line.rule = lambda asked: problem(503, Code.BUSY)
    with GatewayClient(line.url, "the-token") as client, pytest.raises(TryLater):
        client.hello(HELLO)
    assert b"Authorization: Bearer the-token\r\n" in line.asked[0].raw


def test_a_web_proxy_does_not_stand_before_a_gateway_on_this_machine(
    line: FaultProxy, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert ask(line, problem(503, Code.BUSY)).code == "busy"
