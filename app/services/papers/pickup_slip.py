"""Phiếu thu gom: from the call, to be taken along; or from the collection, with the papers really taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.domain.fee_words import charged_line
from app.domain.intake import PaperGiven, PaperStatus, ReturnMethod
from app.domain.life.life import originals_of
from app.domain.operation import Operation, Type
from app.domain.papers import PaperLine
from app.domain.phone import format_phone
from app.domain.pickup import PickupCall
from app.domain.route_papers import PickupSlip
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.post.pickups import read_call, the_pickup

PLANNED = "Người thu gom ghi số lượng thực nhận; phiếu được in lại sau khi thu gom"
BY_POST = "Qua dịch vụ bưu chính công ích: {address}"


def pickup_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> PickupSlip:
    """`code` is the temporary number. Raises `pickup_unknown`, `operation_unknown`."""
    held = the_pickup(connection, code)
    call, body = read_call(connection, held.id), operation.body
    papers, collector, visit, note = call.papers, call.collector_name, call.visit, PLANNED
    if operation.header.type == Type.PICKUP_MOVED:
        papers = tuple(from_body(PaperGiven, each) for each in body["papers"])
        collector = str(body["collector_name"]) or held.collector
        visit = str(body["visit"]) or held.visit
        note = ""
    present = [paper for paper in papers if paper.status is PaperStatus.PRESENT]
    return PickupSlip(
        head=counter.paper_head,
        number=held.number,
        made_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        citizen_name=call.name,
        citizen_identifier=call.identifier,
        phone=format_phone(call.phone),
        address=_address(call),
        procedure_code=call.procedure.code,
        procedure_name=call.procedure.name,
        case_name=call.procedure.case_name,
        agency_name=call.procedure.agency_name,
        papers=tuple(
            PaperLine(paper.name, paper.originals, paper.certified, paper.copies) for paper in present
        ),
        originals=tuple(one.name for paper in present for one in originals_of(to_body(paper))),
        collector_name=collector,
        visit=visit,
        return_place=_return_place(counter, call),
        fees=tuple(map(charged_line, call.fees)),
        note=". ".join(part for part in (note, call.note) if part),
        is_planned=operation.header.type == Type.PICKUP_MADE,
    )


def _address(call: PickupCall) -> str:
    address = call.address
    return f"{address.shown} ({address.old_text})" if address.has_other_old_text else address.shown


def _return_place(counter: Counter, call: PickupCall) -> str:
    if call.return_method is ReturnMethod.POST:
        return BY_POST.format(address=call.return_address or call.address.shown)
    return counter.paper_head.unit
