"""Bảng kê nộp tiền from the operation that handed the money on and the lines it took along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.amount_words import amount_words
from app.domain.dossier_code import parse_code
from app.domain.operation import Operation
from app.domain.till.papers import RemittanceListPaper, RemittanceRow
from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.services.stored_dossier import read_body
from app.services.till.remitting import RemittanceLine, lines_of_remittance
from app.services.till.rule import read_money_rule
from app.store.tables import dossiers


def remittance_list(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> RemittanceListPaper:
    """The list as it was handed on."""
    body = operation.body
    lines = lines_of_remittance(connection, operation.header.op_id)
    total = body["cash"] + body["transferred"]
    said = amount_words(abs(total), linh=read_money_rule(connection).linh)
    return RemittanceListPaper(
        head=counter.paper_head, number=code, owner_name=str(body["owner_name"]),
        made_at=local(datetime.fromisoformat(operation.header.wall_time)),
        rows=tuple(_row(connection, line) for line in lines),
        cash=body["cash"], transferred=body["transferred"], said=said if total >= 0 else f"Âm {said.lower()}",
        clerk_name=str(body["clerk_name"]),
    )


def _row(connection: Connection, line: RemittanceLine) -> RemittanceRow:
    procedure = owner = address = ""
    if line.code:
        row = connection.execute(
            select(dossiers.c.procedure_name, dossiers.c.applicant_name, dossiers.c.op_id)
            .where(dossiers.c.code_key == parse_code(line.code).key)
        ).first()
        if row is not None:
            procedure, owner = row.procedure_name, row.applicant_name
            applicant = read_body(connection, row.op_id).intake.applicant
            who = applicant.person or applicant.organisation if applicant is not None else None
            address = who.address if who is not None else ""
    amounts = {"fee": 0, "charge": 0, "other": 0} | {line.kind: line.amount}
    return RemittanceRow(line.code, procedure, owner, address, line.payer, line.name, local(line.at),
                         amounts["charge"], amounts["fee"], amounts["other"])
