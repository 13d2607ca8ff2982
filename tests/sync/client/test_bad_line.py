"""Answers lost, cut, doubled, replaced: each operation is at the province exactly once and no count lies."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from app.services import courier
from sync.contract import paths
from sync.core.pace import Pace
from tests.sync.client.fault_proxy import (
    BROKEN_SERVER,
    DROP_AFTER,
    DROP_BEFORE,
    DUPLICATE,
    PASS,
    PORTAL,
    PROXY_ERROR,
    REDIRECT,
    REPLAY,
    RESET,
    RESET_AFTER,
    Asked,
    FaultProxy,
    Rule,
    Rules,
    page,
    truncate,
)
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]

FAULTS = {
    "drop before": DROP_BEFORE, "drop after": DROP_AFTER, "reset": RESET, "reset after": RESET_AFTER,
    "duplicate": DUPLICATE, "replay": REPLAY, "cut in the head": truncate(20),
    "cut before the body": truncate(200), "cut in the body": truncate(450), "portal": PORTAL,
    "proxy error": PROXY_ERROR, "redirect": REDIRECT, "server error": BROKEN_SERVER,
    "empty answer": page("200 OK", b""),
    "json of somebody else": page("200 OK", b'{"ok": true}', "application/json"),
    "deep json": page("500 Oh", b"[" * 100_000, "application/json"),
    "a huge wait": page("429 Later", b'{"code":"busy","status":429}', "application/json",
                        "Retry-After: " + "9" * 300),
}
STEPS = (paths.HELLO, paths.PUSH, paths.FEED)


@pytest.fixture(autouse=True)
def _look_at_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The HTTP library says in the log what it thinks of cut answers."""


def once_at(step: str, fault: Rule, hit: list[Asked]) -> Rules:
    def rule(asked: Asked) -> Rule:
        if hit or not asked.path.startswith(step):
            return PASS
        hit.append(asked)
        return fault

    return rule


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_at_any_step_costs_one_contact_and_nothing_else(trial: Trial, enrol: Enrol, fault: str) -> None:
    counter = enrol()
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        for step in STEPS:
            hit: list[Asked] = []
            line.rule = once_at(step, FAULTS[fault], hit)
            counter.receive(2)
            assert counter.sync_until_quiet() <= 2
            assert hit
    found = trial.report(counter.place.office)
    assert (found["operations"], found["dossiers"], found["unsettled"], found["branches"]) == (6, 6, [], 0)
    assert counter.outbox().last_problem is None


@pytest.mark.parametrize("seed", range(2))
def test_a_line_on_which_every_other_request_breaks_delivers_all_exactly_once(
    trial: Trial, enrol: Enrol, seed: int,
) -> None:
    place = trial.place(counters=2)
    noise = random.Random(seed)
    kinds = [DROP_BEFORE, DROP_AFTER, RESET, RESET_AFTER, DUPLICATE, REPLAY, truncate(noise.randrange(600)),
             PORTAL]

    def often(asked: Asked) -> Rule:
        return noise.choice(kinds) if noise.random() < 0.5 else PASS

    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    with FaultProxy(trial.url, often) as line:
        codes: list[str] = []
        for counter in (one, two):
            counter.move(line.url)
        for _ in range(4):
            for counter in (one, two):
                codes += counter.receive(noise.randrange(1, 12))
                counter.check_counts(counter.sync())
        for counter in (one, two, one):
            counter.sync_until_quiet()
    found = trial.report(place.office)
    assert found["codes"] == sorted(codes)
    assert (found["operations"], found["unsettled"], found["branches"]) == (len(codes), [], 0)


def test_a_line_that_breaks_under_large_batches_still_delivers(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(60)

    def thin(asked: Asked) -> Rule:
        return DROP_BEFORE if len(asked.raw) > 9_000 else PASS

    with FaultProxy(trial.url, thin) as line:
        counter.move(line.url)
        contacts = counter.sync_until_quiet(tries=12)
    assert contacts > 1, "the first batches were too large for this line"
    assert trial.report(counter.place.office)["dossiers"] == 60


def test_a_line_that_mends_takes_whole_batches_again(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(10)
    with FaultProxy(trial.url, lambda asked: DROP_BEFORE if asked.path == paths.PUSH else PASS) as line:
        counter.move(line.url)
        for _ in range(5):
            assert counter.sync().waiting == 10
    application = counter.office.application
    counter.move(trial.url)
    assert counter.sync().sent == 10
    with application.database.reading() as connection:
        assert Pace.stored(courier.read_pace(connection)).breaks < 5
    counter.receive(100)
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        counter.sync()
        assert [asked.path for asked in line.asked].count(paths.PUSH) <= 3


def test_a_province_that_answers_for_somebody_else_confirms_nothing(trial: Trial, enrol: Enrol) -> None:
    """The answer to an earlier push comes again (a cache in between): it says that less is held."""
    counter = enrol()
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        counter.receive(2)
        counter.sync()
        told = next(asked for asked in line.asked if asked.path == paths.PUSH)
        stale = line.forward(told.raw)
        counter.receive(3)
        line.rule = lambda asked: Rule("answer", answer=stale) if asked.path == paths.PUSH else PASS
        said = counter.sync()
        assert said.waiting == 3
        counter.check_counts(said)
        line.rule = lambda asked: PASS
        assert counter.sync_until_quiet() == 1
    assert trial.report(counter.place.office)["dossiers"] == 5
