from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sync.gateway import signature_gate, signatures
from tests.faults.altered_requests import Stage, run, stage_on
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer) -> Iterator[Stage]:
    """One gateway for all; counters are quick to sign again."""
    with stage_on(tmp_path_factory.mktemp("altered"), postgres.create_prepared_database(), 1) as found:
        yield found


def test_nobody_is_one_thing_to_the_gate_and_another_to_the_path(stage: Stage) -> None:
    found = run(stage, 40, kinds=("header_doubled",))
    assert found.is_clean, found


def test_no_request_that_was_bent_or_said_twice_is_taken(stage: Stage) -> None:
    found = run(stage, 220)
    assert found.is_clean, found


def _nothing(*_: Any) -> Any:
    return ()


MUTANTS: list[tuple[str, Any, str, Callable[..., Any] | Any, tuple[str, ...]]] = [
    ("a nonce is not spent", signatures, "insert_new", lambda *_, **__: True, ("replay", "used_nonce")),
    ("the body is not hashed", signature_gate, "_whole_or_nothing", lambda asked, digest, receive: receive,
     ("body", "body_cut", "body_chunked")),
    ("time is not looked at", signatures, "WINDOW_SECONDS", 10**12, ("too_late",)),
    ("less may be covered", signatures, "covered_of", _nothing, ("header_added",)),
    ("what is always covered may be left out", signatures, "ALWAYS", (), ("covers_less",)),
]


@pytest.mark.parametrize(("rule", "where", "name", "instead", "kinds"), MUTANTS, ids=[each[0] for each in MUTANTS])
def test_a_gate_that_lacks_a_rule_is_found_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, rule: str, where: Any, name: str, instead: Any,
    kinds: tuple[str, ...],
) -> None:
    monkeypatch.setattr(where, name, instead)
    if name == "ALWAYS":
        monkeypatch.setattr(where, "covered_of", _nothing)
    assert run(stage, 24, kinds=kinds).accepted, rule
