"""A batch whose place is not free yet waits for the one before it, for a while."""

from __future__ import annotations

import asyncio
from threading import Thread

import pytest
from sqlalchemy import Connection

from sync.contract import codec, paths
from sync.contract.push import PushAnswer, pack
from sync.gateway import following
from sync.gateway.following import Arrivals, place_of, reached
from sync.gateway.sessions import Session
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, ask, outcomes

A_WHILE, LONGER_THAN_ANY_TEST = 60.0, 3600.0


def push_behind(counter: FakeCounter, operations: list[Op], follows: str) -> PushAnswer:
    headers = {**counter.headers, "Content-Encoding": "gzip", paths.FOLLOWS: follows}
    body = pack(counter.head(len(operations)), [each.item for each in operations])
    return codec.loads(PushAnswer, ask(counter.line, "POST", "/v1/push", data=body, headers=headers).content)


def test_the_later_batch_that_comes_first_is_taken_behind_the_earlier(gateway: InProcess) -> None:
    counter = gateway.counter()
    first, second = ([counter.write() for _ in range(3)] for _ in range(2))
    answers: list[PushAnswer] = []
    early = Thread(target=lambda: answers.append(push_behind(counter, second, f"{counter.epoch}.3")))
    early.start()
    assert outcomes(counter.push(first)) == ["taken"] * 3
    early.join()
    assert outcomes(answers[0]) == ["taken"] * 3


def test_who_waited_in_vain_hears_of_the_gap(gateway: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PATIENCE", 0.05)
    counter = gateway.counter()
    _, second = counter.write(), counter.write()
    answer = push_behind(counter, [second], f"{counter.epoch}.1")
    assert [(each.outcome, each.need) for each in answer.items] == [("gap", 1)]


@pytest.mark.parametrize("is_early", [True, False], ids=["waits already", "comes later"])
def test_behind_a_batch_that_left_the_chain_nobody_waits(
    gateway: InProcess, monkeypatch: pytest.MonkeyPatch, is_early: bool,
) -> None:
    monkeypatch.setattr(following, "PATIENCE", LONGER_THAN_ANY_TEST)
    counter = gateway.counter()
    counter.push([counter.write()])
    first = [counter.write(prev="0" * 64), counter.write()]
    answers: list[PushAnswer] = []
    later = Thread(target=lambda: answers.append(push_behind(counter, [counter.write()], f"{counter.epoch}.3")))
    if is_early:
        later.start()
    assert outcomes(counter.push(first)) == ["fork", "gap"]
    if not is_early:
        later.start()
    later.join(A_WHILE)
    assert [(each.outcome, each.need) for said in answers for each in said.items] == [("gap", 2)]


def test_a_fork_that_the_chain_has_passed_holds_up_nobody_behind_it(
    gateway: InProcess, monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = gateway.counter()
    counter.push([counter.write()])
    seq, prev = counter.seq, counter.prev
    assert outcomes(counter.push([counter.write(prev="0" * 64)])) == ["fork"]
    counter.seq, counter.prev = seq, prev              # the machine that stayed on the chain
    assert outcomes(counter.push([counter.write(), counter.write()])) == ["taken"] * 2
    looks: list[int | None] = []

    def look(connection: Connection, session: Session, epoch: int) -> int | None:
        looks.append(reached(connection, session, epoch))
        return looks[-1]

    monkeypatch.setattr("sync.gateway.app.reached", look)
    assert outcomes(push_behind(counter, [counter.write()], f"{counter.epoch}.3")) == ["taken"]
    assert looks == [3]


def test_of_an_epoch_that_the_province_does_not_know_nothing_is_waited_for(
    gateway: InProcess, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "PATIENCE", LONGER_THAN_ANY_TEST)
    counter, answers = gateway.counter(), list[PushAnswer]()
    later = Thread(target=lambda: answers.append(push_behind(counter, [counter.write()], "7.3")))
    later.start()
    later.join(A_WHILE)
    assert [outcomes(each) for each in answers] == [["taken"]]


@pytest.mark.parametrize(("text", "place"), [
    ("3.1712", (3, 1712)), ("0.0", (0, 0)), ("", None), ("3", None), ("3.", None), (".4", None), ("-1.2", None),
    ("1.2.3", None), ("٣.٤", None), ("1." + "9" * 40, None), ("a.b", None),
])
def test_only_a_place_is_waited_for(text: str, place: tuple[int, int] | None) -> None:
    assert place_of(text) == place


def test_who_waits_is_woken_by_the_batch_before_and_by_no_other_callers() -> None:
    async def waiting() -> tuple[bool, bool, bool]:
        arrivals = Arrivals()
        first, second = (asyncio.ensure_future(arrivals.pause("a", A_WHILE)) for _ in range(2))
        await asyncio.sleep(0)
        arrivals.taken("b")
        await asyncio.sleep(0)
        is_asleep = not first.done()
        arrivals.taken("a")
        await asyncio.gather(first, second)
        arrivals.taken("a")                        # nobody waits: nothing is remembered of it
        short = asyncio.ensure_future(arrivals.pause("a", 0.001))
        await asyncio.sleep(0)
        is_not_remembered = not short.done()
        await short
        return is_asleep, is_not_remembered, not arrivals._waiting

    assert asyncio.run(waiting()) == (True, True, True)
