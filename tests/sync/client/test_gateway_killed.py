"""kill -9 on the gateway at random instants of a contact: nothing lost, nothing doubled, no count that lies."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.sync.client.fault_proxy import PASS, Asked, FaultProxy, Rule
from tests.sync.client.trial import Counter, Trial, trial_province

Enrol = Callable[..., Counter]


@pytest.fixture
def trial(postgres: PostgresServer, tmp_path: Path) -> Iterator[Trial]:
    """A gateway of this test's own: it will be killed."""
    url = postgres.create_database()
    with trial_province(tmp_path / "gateway", url) as found:
        yield found
    postgres.drop_database(url)


def test_a_gateway_killed_at_random_instants_loses_and_doubles_nothing(
    trial: Trial, enrol: Enrol, caplog: pytest.LogCaptureFixture,
) -> None:
    counter = enrol()
    noise = random.Random(3)
    codes: list[str] = []
    for _ in range(2):
        codes += counter.receive(noise.randrange(20, 60))
        killer = threading.Timer(noise.uniform(0.0, 0.25), trial.process.kill9)
        killer.start()
        counter.check_counts(counter.sync())
        killer.join()
        counter.check_counts(counter.sync())
        trial.process.start()
    counter.sync_until_quiet()
    found = trial.report(counter.place.office)
    assert found["codes"] == sorted(codes)
    assert (found["operations"], found["unsettled"], found["branches"]) == (len(codes), [], 0)


def test_a_gateway_killed_after_its_commit_and_before_its_answer_answers_already(
    trial: Trial, enrol: Enrol, caplog: pytest.LogCaptureFixture,
) -> None:
    counter = enrol()
    codes = counter.receive(25)

    def once(asked: Asked) -> Rule:
        if asked.path.startswith("/v1/push") and trial.process.url:
            line.forward(asked.raw)                    # it committed
            trial.process.kill9()                      # and is gone
            return Rule("drop_before")
        return PASS

    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        line.rule = once
        said = counter.sync()
        assert (said.problem, said.waiting) == ("line_down", 25)
        line.rule = lambda asked: PASS
        trial.process.start()
        said = counter.sync()
    assert (said.problem, said.sent, said.waiting) == ("", 0, 0)
    assert trial.report(counter.place.office)["codes"] == sorted(codes)
