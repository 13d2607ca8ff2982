"""One operation that the province cannot take: visible, counted, and never in the way of the other ninety-nine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.intake import Intake
from app.errors import Refusal
from app.services.feed import new_notices
from app.store.tables import parked_operations, verdicts
from sync.contract import paths
from tests.sync.client.fault_proxy import BROKEN_SERVER, PASS, Asked, FaultProxy, Rule, page
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def noted(text: str) -> Callable[[Intake], Intake]:
    return lambda intake: replace(intake, note=text)


def with_one_among_a_hundred(counter: Counter, change: Callable[[Intake], Intake]) -> str:
    """100 dossiers of which the 38th is changed; its code."""
    counter.receive(37)
    (strange,) = counter.receive(change=change)
    counter.receive(62)
    return strange


def judged(counter: Counter) -> dict[str, tuple[str, str]]:
    application = counter.office.application
    with application.database.reading() as connection:
        rows = connection.execute(select(verdicts)).all()
    return {row.op_id: (row.verdict, row.reason) for row in rows}


@pytest.mark.parametrize(
    ("text", "reason"), [("ghi chú\x00có số không", "bad_text"), ("Ghi chú dài. " * 200_000, None)],
    ids=["NUL", "2.6 million letters"],
)
def test_a_strange_note_arrives_with_all_others(
    trial: Trial, enrol: Enrol, text: str, reason: str | None,
) -> None:
    counter = enrol()
    with_one_among_a_hundred(counter, noted(text))
    said = counter.sync()
    assert (said.problem, said.waiting) == ("", 0)
    found = trial.report(counter.place.office)
    assert found["dossiers"] == 100
    assert [each["reason"] for each in found["unsettled"]] == ([reason] if reason else [])
    assert [why for _, why in judged(counter).values()] == ([reason] if reason else [])
    assert counter.outbox().needs_person == (1 if reason else 0), "it stays in the count until a person closes it"


def test_a_note_beyond_what_can_be_sent_is_refused_at_the_counter_before_a_number_is_taken(
    enrol: Enrol,
) -> None:
    counter = enrol()
    (first,) = counter.receive()
    with pytest.raises(Refusal, match="operation_too_large") as refused:
        counter.receive(change=noted("x" * 20_000_000))
    assert refused.value.values["limit"] == 4 * 1024 * 1024
    (second,) = counter.receive()
    assert (int(first[-4:]) + 1, counter.written()) == (int(second[-4:]), 2)
    assert counter.sync().sent == 2


def poisoned(asked: Asked, word: str) -> bool:
    """A server of an older build that falls over a word; sealed bytes it does not read."""
    return asked.path == paths.PUSH and word.encode() in asked.plain


def test_an_operation_on_which_the_server_breaks_travels_sealed_and_is_seen(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    strange = with_one_among_a_hundred(counter, noted("độc-hại"))
    with FaultProxy(trial.url, lambda asked: BROKEN_SERVER if poisoned(asked, "độc-hại") else PASS) as line:
        counter.move(line.url)
        said = counter.sync()
    assert (said.problem, said.waiting, said.sent, said.set_aside) == ("", 0, 100, 1)
    found = trial.report(counter.place.office)
    assert (found["operations"], found["dossiers"]) == (100, 99)
    assert [(each["verdict"], each["reason"]) for each in found["unsettled"]] == [("needs_fix", "unread")]
    assert strange not in found["codes"]
    box = counter.outbox()
    assert (box.needs_person, box.parked) == (1, 0), "in custody, and in a person's hands"
    with counter.office.application.database.reading() as connection:
        assert any(each.kind == "verdict" for each in new_notices(connection))


@pytest.mark.parametrize("status", ["413 Too Large", "400 Bad"])
def test_a_batch_that_is_refused_as_a_whole_is_taken_apart(trial: Trial, enrol: Enrol, status: str) -> None:
    counter = enrol()
    with_one_among_a_hundred(counter, noted("độc-hại"))
    code = b"too_large" if status.startswith("413") else b"malformed"
    no = page(status, b'{"code": "%s", "status": %s}' % (code, status[:3].encode()), "application/json")
    with FaultProxy(trial.url, lambda asked: no if poisoned(asked, "độc-hại") else PASS) as line:
        counter.move(line.url)
        said = counter.sync()
    assert (said.problem, said.waiting, said.set_aside) == ("", 0, 1)
    assert trial.report(counter.place.office)["operations"] == 100


def test_a_server_that_breaks_on_everything_is_waited_for_and_nothing_travels_sealed(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    counter.receive(5)
    with FaultProxy(trial.url, lambda asked: BROKEN_SERVER if asked.path == paths.PUSH else PASS) as line:
        counter.move(line.url)
        for _ in range(3):
            said = counter.sync()
            assert (said.problem, said.needs_person, said.waiting) == ("internal", False, 5)
        assert counter.outbox().parked == 0
        line.rule = lambda asked: PASS
        said = counter.sync()
    assert (said.problem, said.sent, said.set_aside) == ("", 5, 0)
    assert trial.report(counter.place.office)["unsettled"] == []


def test_an_operation_that_fails_even_sealed_is_shown_with_its_tries_and_what_went_before_is_safe(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    with_one_among_a_hundred(counter, noted("độc-hại"))

    def breaks(asked: Asked) -> Rule:
        is_bad = poisoned(asked, "độc-hại") or (asked.path == paths.PUSH and b'"b":' in asked.plain)
        return BROKEN_SERVER if is_bad else PASS

    with FaultProxy(trial.url, breaks) as line:
        counter.move(line.url)
        for attempts in (2, 4):
            said = counter.sync()
            counter.check_counts(said)
            assert (said.problem, said.waiting) == ("internal", 63)
            with counter.office.application.database.reading() as connection:
                (row,) = connection.execute(select(parked_operations)).all()
            assert (row.seq, row.reason, row.attempts) == (38, "internal", attempts)
        assert counter.outbox().parked == 1
        line.rule = lambda asked: PASS                # the province was mended
        assert counter.sync_until_quiet() == 1
    assert counter.outbox().parked == 0
    assert trial.report(counter.place.office)["dossiers"] == 100
