"""What an act writes into the journal: whole, once, and with the ground on which it was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.life.facts import AgencyPaper, Extended, Facts, HandedOver, NewDue, Withdrawn
from app.domain.life.states import Source
from app.errors import Refusal
from app.services.life.acting import Line, act
from tests.app.services.life.counter import Desk
from tests.office import sample_intake

LIST = {"number": "BG-THỬ", "agency": "cong-an", "agency_name": "Công an tỉnh Mẫu", "route": "hand"}
PAPER = AgencyPaper("extension", "7/XL", None, "Ông Mẫu", "Sở Mẫu")


def two(desk: Desk) -> tuple[str, str]:
    """One dossier of each agency."""
    return desk.receive(sample_intake("a")), desk.receive(sample_intake("b", procedure="1.013225"))


def test_an_intent_is_one_act_on_one_set_of_dossiers(desk: Desk) -> None:
    one, other = two(desk)
    first = desk.act(one, HandedOver("m1"), intent="việc")
    assert not desk.act(one.lower(), HandedOver("m1"), intent="việc").is_new
    for lines in ([Line(one, Withdrawn("đổi ý", "Mẫu"))], [Line(other, HandedOver("m1"))],
                  [Line(one, HandedOver("m1")), Line(other, HandedOver("m1"))]):
        with pytest.raises(Refusal, match="intent_reused"):
            desk.do(act, lines, intent="việc")
    assert [event.id for event in desk.known(one).events] == [first.op_id]
    assert desk.known(other).events == ()


def test_an_act_names_what_it_builds_on(desk: Desk) -> None:
    code, _ = two(desk)
    handed = desk.act(code, HandedOver("m1"))
    last = desk.act(code, Withdrawn("đổi ý", "Mẫu"))
    assert [acted.operation.body["lines"][0]["base"] for acted in (handed, last)] == ["", handed.op_id]
    assert [event.base for event in desk.known(code).events] == ["", handed.op_id]


def test_a_new_date_keeps_the_promise_that_it_was_worked_out_from(desk: Desk) -> None:
    code, _ = two(desk)
    due = desk.life(code).due_at
    assert due is not None
    acted = desk.act(code, Extended(NewDue(due + timedelta(days=3)), "chờ", PAPER))
    facts = acted.operation.body["lines"][0]["facts"]
    assert facts["due"]["before"] == due.isoformat()


def test_an_act_is_written_whole(desk: Desk) -> None:
    one, other = two(desk)
    acted = desk.do(
        act, [Line(one.lower(), HandedOver("")), Line(other, HandedOver(""))], source=Source.PAPER,
        about=lambda op_id: LIST | {"of": op_id}, facts_by_id=_named,
    )
    body: dict[str, Any] = acted.operation.body
    assert [line["code"] for line in body["lines"]] == [one, other] == list(acted.codes)
    assert {line["facts"]["manifest"] for line in body["lines"]} == {acted.op_id}
    assert (body["source"], body["about"]) == ("paper", LIST | {"of": acted.op_id})
    assert acted.operation.header.agency_account == "", "of two agencies neither account"
    alone = desk.act(one, Withdrawn("đổi ý", "Mẫu"), about={"vì": "thử"})
    assert alone.operation.header.agency_account == "ca.thu"
    assert (alone.operation.body["source"], alone.operation.body["about"]) == ("counter", {"vì": "thử"})


def test_a_refused_act_names_the_line(desk: Desk) -> None:
    one, other = two(desk)
    desk.act(other, HandedOver("m1"))
    with pytest.raises(Refusal) as refused:
        desk.do(act, [Line(one, HandedOver("m2")), Line(other, HandedOver("m2"))])
    assert (refused.value.code, refused.value.values["code"]) == ("not_at_counter", other)


def _named(op_id: str, facts: Facts) -> Facts:
    assert isinstance(facts, HandedOver)
    return replace(facts, manifest=op_id)
