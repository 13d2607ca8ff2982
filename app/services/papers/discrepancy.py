"""Phiếu chênh lệch bàn giao: what an acknowledgement did not accept, and what the bag held beside the list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.life.facts import Acknowledged, HandedOver, Kind, LineVerdict, read_facts
from app.domain.life.states import Source
from app.domain.operation import JsonBody, Operation
from app.domain.route_papers import DiscrepancyKind, DiscrepancyLine, DiscrepancySlip
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.handover.answering import Extra, ExtraKind
from app.services.life.reading import read_life
from app.store import projection
from app.store.tables import manifests

SOURCES = {Source.COUNTER: "Quét lại", Source.PAPER: "Theo danh sách giấy đã ký"}
EXTRA_WORDS = {
    ExtraKind.KEPT: "Không có trong danh sách; cơ quan đã nhận",
    ExtraKind.OTHER_AGENCY: "Thuộc {about}; trả về quầy",
    ExtraKind.OTHER_MANIFEST: "Đi theo danh sách {about}; xác nhận ở danh sách đó",
    ExtraKind.ELSEWHERE: "Theo sổ của quầy, hồ sơ không ở quầy; trả về quầy để kiểm tra",
    ExtraKind.UNKNOWN: "Không có hồ sơ mang mã này; trả về quầy",
}
KINDS = {LineVerdict.REFUSED: DiscrepancyKind.REFUSED, LineVerdict.MISSING: DiscrepancyKind.MISSING}


def discrepancy_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> DiscrepancySlip:
    """The slip of one acknowledgement. Accepted lines are counted, those of earlier acknowledgements too."""
    body, about = operation.body, operation.body["about"]
    manifest = connection.execute(select(manifests).where(manifests.c.id == str(about["manifest"]))).one()
    said = [(str(line["code"]), _facts(line)) for line in body["lines"]]
    bad = [(one, facts) for one, facts in said if facts.verdict in KINDS]
    extras = [Extra(one["code"], ExtraKind(one["kind"]), one["about"]) for one in about["extras"]]
    return DiscrepancySlip(
        head=counter.paper_head,
        number=str(about["slip"]),
        manifest_number=manifest.number,
        agency_name=manifest.agency_name,
        handed_over_at=manifest.made_at.astimezone(VIETNAM),
        acknowledged_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        listed=int(about["listed"]),
        accepted=int(about["accepted"]),
        lines=(
            *(_bad_line(connection, one, facts) for one, facts in bad),
            *(_extra_line(connection, extra) for extra in extras),
        ),
        giver_name=manifest.clerk_name,
        receiver_name=str(about["by_name"]),
        source=SOURCES[Source(body["source"])],
    )


def _facts(line: JsonBody) -> Acknowledged:
    facts = read_facts(Kind.ACKNOWLEDGED, line["facts"])
    assert isinstance(facts, Acknowledged)
    return facts


def _bad_line(connection: Connection, code: str, facts: Acknowledged) -> DiscrepancyLine:
    held = read_life(connection, code)
    handed = held.event(facts.manifest)
    travelled = handed.facts.originals if handed is not None and isinstance(handed.facts, HandedOver) else ()
    names = {one.id: one.name for one in held.life.originals}
    procedure, applicant = held.body.intake.procedure, held.body.intake.applicant
    assert procedure is not None and applicant is not None
    return DiscrepancyLine(
        code, procedure.name, applicant.name, KINDS[facts.verdict], facts.reason,
        tuple(names.get(one, one) for one in travelled),
    )


def _extra_line(connection: Connection, extra: Extra) -> DiscrepancyLine:
    words = EXTRA_WORDS[extra.kind].format(about=extra.about or "khác")
    if projection.find_dossier(connection, extra.code) is None:
        return DiscrepancyLine(extra.code, "", "", DiscrepancyKind.EXTRA, words)
    intake = read_life(connection, extra.code).body.intake
    assert intake.procedure is not None and intake.applicant is not None
    return DiscrepancyLine(
        extra.code, intake.procedure.name, intake.applicant.name, DiscrepancyKind.EXTRA, words
    )
