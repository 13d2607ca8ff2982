"""Documents give way: records written meanwhile, and what the province says, go before the rest of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.store.tables import dossiers
from sync.contract import paths
from tests.sync.client.fault_proxy import (
    PASS,
    Asked,
    FaultProxy,
    Rule,
)
from tests.sync.client.scans import LineTime, file_at, holds, is_chunk, scan, sent_bytes, waiting
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def state_of(counter: Counter, code: str) -> int:
    with counter.office.application.database.reading() as connection:
        return int(connection.execute(select(dossiers.c.state).where(dossiers.c.code == code)).scalar_one())


def test_records_written_meanwhile_go_before_the_rest_of_the_documents(trial: Trial, enrol: Enrol) -> None:
    counter, content, clock = enrol(), scan(1_500_000, 350), LineTime()
    (blob,) = file_at(counter, content)
    received: list[str] = []

    def receive_once(asked: Asked) -> Rule:
        clock.carry(asked)
        if is_chunk(asked) and not received:
            received.extend(counter.receive(2))
        return PASS

    with FaultProxy(trial.url, receive_once) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=clock)
    assert (said.problem, said.sent, said.waiting, said.files_sent) == ("", 3, 0, 1)
    steps = [each.path if not is_chunk(each) else "chunk" for each in line.asked]
    pushed = len(steps) - 1 - steps[::-1].index(paths.PUSH)
    assert "chunk" in steps[:pushed] and "chunk" in steps[pushed:]
    assert holds(trial, blob, content) and set(received) <= set(trial.report(counter.place.office)["codes"])


def test_what_the_province_says_comes_in_beside_the_documents(trial: Trial, enrol: Enrol) -> None:
    counter, content, clock = enrol(), scan(1_500_000, 355), LineTime()
    (code,) = counter.receive(1)
    assert counter.sync().is_good
    (blob,) = file_at(counter, content)
    said: list[int] = []

    def say_once(asked: Asked) -> Rule:
        clock.carry(asked)
        if is_chunk(asked) and not said:
            said.append(1)
            trial.post_status(code, "4")
        return PASS

    with FaultProxy(trial.url, say_once) as line:
        counter.move(line.url)
        assert counter.sync(monotonic=clock).files_sent == 1
    steps = [each.path if not is_chunk(each) else "chunk" for each in line.asked]
    first, last = steps.index("chunk"), len(steps) - 1 - steps[::-1].index("chunk")
    assert any(step.startswith(paths.FEED) for step in steps[first:last])
    assert state_of(counter, code) == 4 and holds(trial, blob, content)


def test_a_contact_gives_documents_a_share_and_the_next_goes_on_at_once(
    trial: Trial, enrol: Enrol, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sync.files.SHARE_SECONDS", 60.0)      # thirty chunks: two thirds of the document
    counter, content, clock = enrol(), scan(1_500_000, 360), LineTime()
    (blob,) = file_at(counter, content)

    def carry(asked: Asked) -> Rule:
        clock.carry(asked)
        return PASS

    with FaultProxy(trial.url, carry) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=clock)
        assert (said.problem, said.next_try_seconds, said.files_waiting) == ("", 0.0, 1)
        assert 0 < said.file_bytes < len(content)
        while not counter.sync().is_good or waiting(counter)[0]:
            pass
        assert sent_bytes(line.asked) == len(content), "what was kept is not sent again"
    assert holds(trial, blob, content)
