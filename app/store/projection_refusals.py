"""Forms that became no dossier (từ chối tiếp nhận), as lists and the month's figures ask for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from app.domain.operation import Operation
from app.store.tables import refusals

TABLES = (refusals,)
"""Emptied before they are replayed."""


def refuse(connection: Connection, operation: Operation, is_own: bool) -> None:
    body = operation.body
    intake = body["intake"]
    procedure = intake["procedure"]
    owner = intake["applicant"].get("person") or intake["applicant"]["organisation"]
    connection.execute(insert(refusals), {
        "id": operation.header.op_id,
        "number": str(body["number"]),
        "at": datetime.fromisoformat(operation.header.wall_time),
        "name": owner["full_name"] if "full_name" in owner else owner["name"],
        "procedure_code": procedure["code"],
        "procedure_name": procedure["name"],
        "agency": procedure["agency"],
        "reason": " ".join(reason["text"] for reason in body["reasons"]),
        "national_code": body["national_code"],
        "clerk_name": body["clerk_name"],
    })
