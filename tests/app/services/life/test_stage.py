"""The second stage of a procedure begins with the first result in the citizen's hands, under its own date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier import State
from app.domain.intake import Intake
from app.domain.life.facts import (
    Acknowledged,
    Collector,
    CollectorRole,
    HandedOver,
    LineVerdict,
    ResultIn,
    ResultPaper,
    Returned,
)
from app.domain.life.states import Custody, Delivery
from app.domain.procedure import ProcessingTime, TimeUnit
from app.errors import Refusal
from app.services.life.stage import begin_second_stage
from app.services.life.supplement import Brought
from app.store.queries.dossiers import DossierList
from tests.app.services.life.counter import CARD, Desk, at
from tests.office import sample_intake

OWNER = Collector(CollectorRole.OWNER, "Nguyễn Thị Mẫu Ánh", "049190004217")
LIST = {"number": "", "agency": "so-xay-dung", "agency_name": "Sở Xây dựng tỉnh Mẫu"}


def two_stages(intent: str) -> Intake:
    intake = sample_intake(intent, procedure="1.013225")
    assert intake.procedure is not None
    second = ProcessingTime(3, TimeUnit.WORKING_DAY)
    return replace(intake, procedure=replace(intake.procedure, second_stage=second))


def begin(desk: Desk, code: str, **named: str) -> Brought:
    return desk.do(begin_second_stage, code, (CARD,), rules=True, **named)


def returned(desk: Desk) -> str:
    code = desk.receive(two_stages("a"))
    desk.act(code, HandedOver("m1"))
    desk.act(code, Acknowledged("m1", LineVerdict.ACCEPTED))
    desk.act(code, ResultIn(ResultPaper("văn bản chấp thuận", "1/CT"), "A1"), about=LIST)
    desk.act(code, Returned(OWNER))
    return code


def test_the_second_stage_has_its_own_date_and_goes_to_the_agency_again(desk: Desk) -> None:
    code = returned(desk)
    desk.office.clock.at = at("2026-12-07 09:00")              # a Monday
    begun = begin(desk, code, intent="giai đoạn 2")
    life = desk.life(code)
    assert begun.due is not None and begun.due.at == at("2026-12-10 09:00") == life.due_at
    assert (life.business, life.custody, life.delivery) == (State.IN_PROCESS, Custody.COUNTER, Delivery.NONE)
    assert (life.stage, life.ended_at, life.result) == (2, None, None)
    assert desk.listed(DossierList.TO_HAND_OVER) == [code]
    assert desk.paper(begun.jobs[0]).subject.code == code
    again = begin(desk, code, intent="giai đoạn 2")
    assert not again.is_new and again.due == begun.due
    desk.act(code, HandedOver("m2"))
    desk.act(code, Acknowledged("m2", LineVerdict.ACCEPTED))
    desk.act(code, ResultIn(ResultPaper("giấy phép", "2/GP"), "B1"), about=LIST)
    desk.act(code, Returned(OWNER))
    with pytest.raises(Refusal, match="stage_already_begun"):
        begin(desk, code)


def test_a_pause_in_the_second_stage_counts_in_its_own_time(desk: Desk) -> None:
    code = returned(desk)
    desk.office.clock.at = at("2026-12-07 09:00")
    begin(desk, code)
    desk.office.clock.at = at("2026-12-08 09:00")
    desk.ask(code)
    desk.office.clock.at = at("2026-12-14 09:00")
    desk.bring(code)
    assert desk.life(code).due_at == at("2026-12-16 09:00")


def test_no_second_stage_where_there_is_none_or_before_the_first_result_is_out(desk: Desk) -> None:
    plain = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="no_second_stage"):
        begin(desk, plain)
    early = desk.receive(two_stages("b"))
    with pytest.raises(Refusal, match="stage_not_now"):
        begin(desk, early)
