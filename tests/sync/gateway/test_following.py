"""A batch whose place is not free yet waits for the one before it, for a while."""

from __future__ import annotations

import threading

import pytest

from sync.contract import codec, paths
from sync.contract.push import PushAnswer, pack
from sync.gateway import following
from sync.gateway.following import place_of
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, ask, outcomes


def push_behind(counter: FakeCounter, operations: list[Op], follows: str) -> PushAnswer:
    headers = {**counter.headers, "Content-Encoding": "gzip", paths.FOLLOWS: follows}
    body = pack(counter.head(len(operations)), [each.item for each in operations])
    return codec.loads(PushAnswer, ask(counter.line, "POST", "/v1/push", data=body, headers=headers).content)


def test_the_later_batch_that_comes_first_is_taken_behind_the_earlier(gateway: InProcess) -> None:
    counter = gateway.counter()
    first, second = ([counter.write() for _ in range(3)] for _ in range(2))
    answers: list[PushAnswer] = []
    early = threading.Thread(target=lambda: answers.append(push_behind(counter, second, f"{counter.epoch}.3")))
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


@pytest.mark.parametrize(("text", "place"), [
    ("3.1712", (3, 1712)), ("0.0", (0, 0)), ("", None), ("3", None), ("3.", None), (".4", None), ("-1.2", None),
    ("1.2.3", None), ("٣.٤", None), ("1." + "9" * 40, None), ("a.b", None),
])
def test_only_a_place_is_waited_for(text: str, place: tuple[int, int] | None) -> None:
    assert place_of(text) == place
