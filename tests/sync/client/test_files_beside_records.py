"""Documents give way: records written meanwhile, and what the province says, go before the rest of them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from sync.contract import paths
from tests.sync.client.fault_proxy import (
    PASS,
    Asked,
    FaultProxy,
    Rule,
)
from tests.sync.client.scans import file_at, holds, is_chunk, scan, sent_bytes, waiting
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


class Seconds:
    """A clock for waits that goes on by one step each time it is read."""

    def __init__(self, step: float) -> None:
        self._step, self._now, self._lock = step, 0.0, threading.Lock()

    def __call__(self) -> float:
        with self._lock:
            self._now += self._step
            return self._now


def test_records_written_meanwhile_go_before_the_rest_of_the_documents(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(1_500_000, 350)
    (blob,) = file_at(counter, content)
    received: list[str] = []

    def receive_once(asked: Asked) -> Rule:
        if is_chunk(asked) and not received:
            received.extend(counter.receive(2))
        return PASS

    with FaultProxy(trial.url, receive_once) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=Seconds(0.3))
    assert (said.problem, said.sent, said.waiting, said.files_sent) == ("", 3, 0, 1)
    steps = [each.path if not is_chunk(each) else "chunk" for each in line.asked]
    pushed = len(steps) - 1 - steps[::-1].index(paths.PUSH)
    assert "chunk" in steps[:pushed] and "chunk" in steps[pushed:]
    assert holds(trial, blob, content) and set(received) <= set(trial.report(counter.place.office)["codes"])


def test_what_the_province_says_comes_in_beside_the_documents(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(1_500_000, 355)
    (code,) = counter.receive(1)
    assert counter.sync().is_good
    (blob,) = file_at(counter, content)
    said: list[int] = []

    def say_once(asked: Asked) -> Rule:
        if is_chunk(asked) and not said:
            said.append(1)
            trial.post_status(code, "4")
        return PASS

    with FaultProxy(trial.url, say_once) as line:
        counter.move(line.url)
        assert counter.sync(monotonic=Seconds(3.0)).files_sent == 1
    steps = [each.path if not is_chunk(each) else "chunk" for each in line.asked]
    heard = len(steps) - 1 - next(n for n, step in enumerate(reversed(steps)) if step.startswith(paths.FEED))
    assert "chunk" in steps[:heard] and "chunk" in steps[heard:]
    assert holds(trial, blob, content)


def test_a_contact_gives_documents_a_share_and_the_next_goes_on_at_once(
    trial: Trial, enrol: Enrol, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sync.files.SHARE_SECONDS", 60.0)      # signatures do not bear more of these long seconds
    counter, content = enrol(), scan(1_500_000, 360)
    (blob,) = file_at(counter, content)
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=Seconds(13.0))
        assert (said.problem, said.next_try_seconds, said.files_waiting) == ("", 0.0, 1)
        assert 0 < said.file_bytes < len(content)
        while not counter.sync().is_good or waiting(counter)[0]:
            pass
        assert sent_bytes(line.asked) == len(content), "what was kept is not sent again"
    assert holds(trial, blob, content)
