"""Phiếu bàn giao kết quả, of a list that the counter wrote because the agency brought none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.intake import ReturnMethod
from app.domain.life.facts import Kind, ResultIn, read_facts
from app.domain.life.states import MoneyState
from app.domain.operation import Operation
from app.domain.route_papers import ResultHandoverPaper, ResultLinePaper
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import past_of

ROUTE = "Trực tiếp"
NEGATIVE = "Văn bản không giải quyết"


def result_handover_paper(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> ResultHandoverPaper:
    """The list of the operation as it stood when it was made."""
    body = operation.body
    about = body["about"]
    return ResultHandoverPaper(
        head=counter.paper_head,
        number=str(about["number"]),
        agency_name=str(about["agency_name"]),
        made_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        route=ROUTE,
        receiver_name=str(body["clerk_name"]),
        lines=tuple(_line(connection, operation, line) for line in body["lines"]),
        giver_name=str(about["giver_name"]),
    )


def _line(connection: Connection, operation: Operation, line: dict[str, object]) -> ResultLinePaper:
    code = str(line["code"])
    facts = read_facts(Kind.RESULT_IN, line["facts"])
    assert isinstance(facts, ResultIn)
    past = past_of(connection, operation, code)
    intake = past.body.intake
    assert intake.procedure is not None and intake.applicant is not None
    names = {one.id: one.name for one in past.life.originals}
    return ResultLinePaper(
        code=code,
        procedure_name=intake.procedure.name,
        result_name=facts.result.kind,
        result_number=facts.result.number,
        result_day=facts.result.day,
        applicant_name=intake.applicant.name,
        address=intake.applicant.address,
        owes=past.life.money is MoneyState.DUE,
        is_by_post=intake.return_method is ReturnMethod.POST,
        originals=tuple(names[one] for one in facts.originals if one in names),
        note=NEGATIVE if facts.result.is_negative else "",
    )
