"""Bảng tổng hợp for one agency, as it stood when it was made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body
from app.domain.operation import Operation
from app.domain.route_papers import AgencyDigest, DigestLine
from app.domain.vietnam_time import local
from app.services.counter import Counter


def agency_digest_paper(connection: Connection, counter: Counter, operation: Operation, code: str) -> AgencyDigest:
    said = operation.body["digest"]
    as_of = said["as_of"]
    return AgencyDigest(
        head=counter.paper_head,
        agency_name=str(said["agency_name"]),
        made_at=local(datetime.fromisoformat(said["made_at"])),
        lines=tuple(from_body(DigestLine, line) for line in said["lines"]),
        clerk_name=str(operation.body["clerk_name"]),
        as_of=local(datetime.fromisoformat(as_of)) if as_of else None,
    )
