"""Several batches on their way at once: taken in order, confirmed in order, whatever becomes of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from sync.contract import paths
from sync.core.pace import FLIGHT
from tests.sync.client.far_line import Seconds, with_much_waiting
from tests.sync.client.fault_proxy import DROP_AFTER, DROP_BEFORE, PASS, Asked, FaultProxy, Rule, page
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]

A_WHILE = 60.0
FOLLOWS = re.compile(rb"\r\npush-follows:[^\r]*\r\n", re.IGNORECASE)
BUSY = page("429 Later", b'{"code":"device_busy","status":429}', "application/json", "Retry-After: 1")


def pushes(line: FaultProxy) -> list[Asked]:
    return [each for each in line.asked if each.path.startswith(paths.PUSH)]


def test_batches_that_follow_each_other_are_sent_together_and_arrive_in_order(trial: Trial, enrol: Enrol) -> None:
    counter = with_much_waiting(enrol())
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=Seconds())
    assert (said.problem, said.sent, said.already, said.waiting) == ("", 9, 0, 0)
    sent = pushes(line)
    assert len(sent) == FLIGHT
    assert sum(b"push-follows: " in each.raw.lower() for each in sent) == FLIGHT - 1
    counter.check_counts(said)


ANSWERS_LOST = {"first answer lost": (DROP_AFTER, 0), "third answer lost": (DROP_AFTER, 2)}
LOST = {"first lost": (DROP_BEFORE, 0), "second lost": (DROP_BEFORE, 1), "second turned away": (BUSY, 1)}
"""Whoever follows one of these waits for it at the gateway, as long as that is patient: a quarter of a minute."""


@pytest.mark.parametrize("faults", [
    pytest.param(ANSWERS_LOST, id="answers lost"), pytest.param(LOST, id="lost", marks=pytest.mark.slow),
])
def test_whatever_becomes_of_one_of_them_everything_is_there_once(
    trial: Trial, enrol: Enrol, faults: dict[str, tuple[Rule, int]],
) -> None:
    counters = {name: with_much_waiting(enrol()) for name in faults}
    with ThreadPoolExecutor(len(faults)) as threads:
        met = {name: threads.submit(fly_until_quiet, counters[name], *fault) for name, fault in faults.items()}
    for name, counter in counters.items():
        assert {0, 3, 6} <= met[name].result(), name
        codes = trial.report(counter.place.office)["codes"]
        assert len(codes) == len(set(codes)) == 9, name


def fly_until_quiet(counter: Counter, fault: Rule, nth: int) -> set[int]:
    """Meets the fault on the way of the nth of three; the places that batches said they follow."""
    places: set[int] = set()

    def rule(asked: Asked) -> Rule:
        if not asked.path.startswith(paths.PUSH) or (place := _place(asked)) in places:
            return PASS
        places.add(place)
        return fault if place == nth * 3 else PASS

    with FaultProxy(counter.place.trial.url, rule) as line:
        counter.move(line.url)
        while not (said := counter.sync(monotonic=Seconds())).is_good or said.waiting:
            counter.check_counts(said)
    counter.check_counts(said)
    return places


def test_a_gateway_that_keeps_no_batch_waiting_is_sent_one_after_the_other(trial: Trial, enrol: Enrol) -> None:
    """An older one does not know the word, and answers with a gap whoever comes before his place is free."""
    counter = with_much_waiting(enrol())
    is_answered = Event()

    def rule(asked: Asked) -> Rule:
        if not asked.path.startswith(paths.PUSH):
            return PASS
        place, unsaid = _place(asked), FOLLOWS.sub(b"\r\n", asked.raw)
        if place == 0 and len(pushes(line)) <= FLIGHT:
            is_answered.wait(A_WHILE)
        answer = line.forward(unsaid)
        if place:
            is_answered.set()
        return Rule("answer", answer=answer)

    with FaultProxy(trial.url, rule) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=Seconds())
    assert (said.problem, said.sent, said.waiting) == ("", 9, 0)
    assert is_answered.is_set()
    counter.check_counts(said)


def _place(asked: Asked) -> int:
    """Seq of the operation that this batch follows, 0 where it says none."""
    said = next((line for line in asked.raw.lower().split(b"\r\n") if line.startswith(b"push-follows")), b"")
    return int(said.rpartition(b".")[2] or 0)
