"""Phiếu kiểm soát that travels in the cover: each trip to the agency that is known, then room for the next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_papers import ControlSheetPaper, Hop
from app.domain.life.facts import Acknowledged, LineVerdict
from app.domain.life.life import Handover
from app.domain.operation import Operation
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.reading import KnownLife, read_life
from app.services.papers.handover_list import life_before
from app.services.papers.subject import subject_of
from app.services.stored_dossier import read_version

BLANK_HOPS = 3                     # the agency's own way, and the way back


def control_sheet_paper(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> ControlSheetPaper:
    """Of one dossier of the manifest `operation`."""
    about = operation.body["about"]
    version = next(
        int(version) for line, version in zip(operation.body["lines"], about["versions"], strict=True)
        if line["code"] == code
    )
    held = read_life(connection, code)
    before = life_before(connection, held, operation.header.op_id, version)
    body = read_version(connection, code, version)
    unit, agency = counter.paper_head.unit, str(about["agency_name"])
    made_at = datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM)
    item_code = str(about.get("item_code", ""))
    return ControlSheetPaper(
        form_set=body.form_set,
        head=counter.paper_head,
        subject=subject_of(body),
        due_at=before.due_at.astimezone(VIETNAM) if before.due_at else None,
        partners=tuple(leg.name for leg in body.due.legs if not leg.is_own),
        hops=(
            *(_hop(held, trip, unit, agency) for trip in before.handovers if trip.verdict is not None),
            Hop(unit, agency, made_at, None, giver=str(operation.body["clerk_name"]), note=item_code),
        ),
        blank_hops=BLANK_HOPS,
        printed_at=made_at,
    )


def _hop(held: KnownLife, trip: Handover, unit: str, agency: str) -> Hop:
    """An earlier trip; what was refused was never taken, and the reason stands in the note."""
    given, said = held.event(trip.manifest), held.event(trip.event)
    is_taken = trip.verdict in (LineVerdict.ACCEPTED, LineVerdict.EXTRA)
    taker = said.facts.by_name if said is not None and isinstance(said.facts, Acknowledged) else ""
    return Hop(
        unit, agency, trip.at.astimezone(VIETNAM),
        trip.acknowledged_at.astimezone(VIETNAM) if is_taken and trip.acknowledged_at else None,
        giver=given.name if given is not None else "", taker=taker if is_taken else "",
        note="" if is_taken else trip.reason,
    )
