"""Danh sách bàn giao of a manifest, as its dossiers stood when it was made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.life.facts import HandedOver, Kind, read_facts
from app.domain.life.fold import fold
from app.domain.life.life import Life
from app.domain.life.states import Parcel
from app.domain.manifest import Route
from app.domain.operation import JsonBody, Operation
from app.domain.route_papers import HandoverLinePaper, HandoverListPaper
from app.domain.vietnam_time import VIETNAM, local
from app.services.counter import Counter
from app.services.life.reading import KnownLife, read_life
from app.services.stored_dossier import read_version
from app.store.projection_life import read_start
from app.store.tables import dossier_versions, manifests

ROUTES = {Route.HAND: "Trực tiếp", Route.POST: "Bưu chính"}
SUPPLEMENT = "Giấy tờ bổ sung"
AGAIN = "Giao lại"
VOID = "Danh sách này đã hủy, không có giá trị bàn giao"
NEXT_RUN = "Lập sau giờ chốt, đi chuyến kế tiếp"


def handover_list_paper(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> HandoverListPaper:
    """The list; printed after the manifest was undone, it says so itself."""
    body, about = operation.body, operation.body["about"]
    cutoff = about.get("cutoff_at")
    is_void = connection.execute(
        select(manifests.c.is_undone).where(manifests.c.id == operation.header.op_id)
    ).scalar_one_or_none()
    notes = [VOID if is_void else "", NEXT_RUN if about.get("is_next_run") else "", str(about.get("note", ""))]
    versions = about["versions"]
    return HandoverListPaper(
        head=counter.paper_head,
        number=str(about["number"]),
        agency_name=str(about["agency_name"]),
        made_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        route=ROUTES[Route(about["route"])],
        giver_name=str(body["clerk_name"]),
        lines=tuple(
            _line(connection, operation, line, version)
            for line, version in zip(body["lines"], versions, strict=True)
        ),
        cutoff_at=local(datetime.fromisoformat(cutoff)) if cutoff else None,
        item_code=str(about.get("item_code", "")),
        note=". ".join(note for note in notes if note),
    )


def life_before(connection: Connection, held: KnownLife, op_id: str, version: int) -> Life:
    """The life on which the operation's line was built: of that version and of what stands before it."""
    events = []
    for event in held.events:
        if event.id == op_id:
            break
        events.append(event)
    stated = connection.execute(
        select(dossier_versions.c.op_id).where(
            dossier_versions.c.dossier == held.id, dossier_versions.c.version == version
        )
    ).scalar_one()
    return fold(read_start(connection, stated), events)


def _line(connection: Connection, operation: Operation, line: JsonBody, version: int) -> HandoverLinePaper:
    code = str(line["code"])
    facts = read_facts(Kind.HANDED_OVER, line["facts"])
    assert isinstance(facts, HandedOver)
    held = read_life(connection, code)
    before = life_before(connection, held, operation.header.op_id, version)
    body = read_version(connection, code, version)
    procedure, applicant = body.intake.procedure, body.intake.applicant
    assert procedure is not None and applicant is not None
    names = {one.id: one.name for one in before.originals}
    notes = [SUPPLEMENT if before.parcel is Parcel.SUPPLEMENT else "", AGAIN if before.sent_back else ""]
    return HandoverLinePaper(
        code=code,
        procedure_name=procedure.name,
        sets=body.intake.sets,
        applicant_name=applicant.name,
        address=applicant.address,
        phone=applicant.phone,
        received_at=body.received_at.astimezone(VIETNAM),
        due_at=before.due_at.astimezone(VIETNAM) if before.due_at else None,
        originals=tuple(names.get(one, one) for one in facts.originals),
        note=". ".join(note for note in notes if note),
    )
