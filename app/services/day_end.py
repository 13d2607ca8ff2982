"""The end of a counter's day: receipts on paper, the book and the province side by side, each difference named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.day_comparison import MONEY, TAKEN, Kind
from app.domain.day_end import Column, DayEnd, DayEndLine, DayEndPaper, Named
from app.domain.dossier_code import parse_code
from app.domain.intake import FeeTiming
from app.domain.operation import Type, parse
from app.services.counter import Clerk, Counter
from app.services.day_money import Due, day_money
from app.services.reconcile import Compared, compared_day, standing_differences
from app.services.stored_dossier import read_body
from app.store.tables import dossiers, journal, print_jobs

RECEIPT = "receipt"
_MONEY = (Type.RESULT_RETURNED, Type.FEE_TAKEN)


@dataclass(slots=True)
class _Sums:
    name: str = ""
    papers: list[int] = field(default_factory=list)
    book: list[int] = field(default_factory=list)
    taken: int = 0


def day_end(connection: Connection, counter: Counter, day: date) -> DayEnd:
    """What this counter received and took on `day`, as three ends have it; agencies by name."""
    on = day.isoformat()
    sums: dict[str, _Sums] = {}
    named: list[Named] = []
    dues: dict[str, Due] = {}
    rows = connection.execute(
        select(dossiers.c.code, dossiers.c.code_key, dossiers.c.agency, dossiers.c.agency_name, dossiers.c.op_id)
        .where(dossiers.c.business_date == on, dossiers.c.device == counter.device).order_by(dossiers.c.id)
    ).all()
    printed = _printed(connection, [row.code for row in rows])
    for row in rows:
        of = sums.setdefault(row.agency, _Sums())
        of.name = row.agency_name
        money = _at_reception(connection, row.op_id)
        of.book.append(money)
        dues[row.code_key] = Due(row.code, row.agency, row.agency_name, money)
        if row.code in printed:
            of.papers.append(money)
        else:
            named.append(Named(row.code, RECEIPT, "counter"))
    for taken in _taken(connection, counter, on):
        of = sums.setdefault(taken.agency, _Sums())
        of.name, of.taken = of.name or taken.agency_name, of.taken + taken.amount
        dues.setdefault(parse_code(taken.code).key, replace(taken, amount=0)).amount += taken.amount
    compared = compared_day(connection, on)
    named += _named(connection, counter, on)
    there = _there(compared, counter.device)
    for agency in there or ():
        sums.setdefault(agency, _Sums(agency))
    lines = sorted((_line(agency, of, there) for agency, of in sums.items()), key=lambda line: line.agency_name)
    return DayEnd(day, compared.at if compared else None, tuple(lines), tuple(named),
                  day_money(connection, counter, day, dues, compared))


def day_end_paper(
    connection: Connection, counter: Counter, clerk: Clerk, day: date, now: datetime
) -> DayEndPaper:
    """The minutes of that day, for two signatures."""
    return DayEndPaper(counter.paper_head, counter.name, now, day_end(connection, counter, day), clerk.name)


def _line(agency: str, of: _Sums, there: Mapping[str, Column] | None) -> DayEndLine:
    return DayEndLine(
        agency, of.name or agency, Column(len(of.papers), sum(of.papers)),
        Column(len(of.book), sum(of.book), of.taken), None if there is None else there.get(agency, Column()),
    )


def _printed(connection: Connection, codes: list[str]) -> frozenset[str]:
    """Those of which a receipt came out of the printer, in any version."""
    found: set[str] = set()
    for at in range(0, len(codes), 500):
        found.update(connection.execute(
            select(print_jobs.c.code).where(print_jobs.c.code.in_(codes[at:at + 500]),
                                            print_jobs.c.state == "printed")).scalars())
    return frozenset(found)


def _at_reception(connection: Connection, op_id: str) -> int:
    intake = read_body(connection, op_id).intake
    if intake.fee_timing is not FeeTiming.BEFORE:
        return 0
    return sum(line.amount or 0 for line in intake.fees)


def _taken(connection: Connection, counter: Counter, on: str) -> Iterator[Due]:
    """Each line by which money came in here after reception."""
    for payload in connection.execute(
        select(journal.c.payload).where(journal.c.business_date == on, journal.c.device == counter.device,
                                        journal.c.type.in_(_MONEY))
    ).scalars():
        for line in parse(payload, b"").body["lines"]:
            money: Mapping[str, Any] | None = line["facts"].get("money")
            if money:
                found = connection.execute(
                    select(dossiers.c.agency, dossiers.c.agency_name)
                    .where(dossiers.c.code_key == parse_code(line["code"]).key)).first()
                agency, name = found or ("", "")
                yield Due(line["code"], agency, name, int(money["amount"]))


def _there(compared: Compared | None, device: str) -> Mapping[str, Column] | None:
    if compared is None:
        return None
    return {
        agency: Column(
            of.get("received", 0), of.get("before", 0),
            sum(amount for name, amount in of.items() if name.startswith(TAKEN)),
        )
        for (_, agency, by), of in compared.theirs.items()
        if by == device and not all(name.startswith(MONEY) for name in of)     # money alone has its own rows
    }


def _named(connection: Connection, counter: Counter, on: str) -> Iterator[Named]:
    """Differences of that day that concern this counter's own dossiers."""
    own = set(connection.execute(
        select(dossiers.c.code).where(dossiers.c.business_date == on, dossiers.c.device == counter.device)
    ).scalars())
    for each in standing_differences(connection, on):
        one = each.difference
        is_ours = one.code in own or one.kind is Kind.NUMBER or one.values.get("device") == counter.device
        if is_ours:
            here, there = (one.values.get(name) for name in ("here", "there"))
            yield Named(one.code, str(one.kind), str(one.turn), here if isinstance(here, int) else None,
                        there if isinstance(there, int) else None)
