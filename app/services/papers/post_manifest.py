"""Bảng kê bưu gửi of a day's run; printed again it says which covers were taken out of the bag since."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Connection

from app.domain.item_code import read_item_code
from app.domain.life.facts import Kind, Posted, read_facts
from app.domain.operation import JsonBody, Operation
from app.domain.phone import format_phone
from app.domain.route_papers import PostLine, PostManifestPaper
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.post.pool import why_void
from app.services.stored_operation import read_operation

ORIGINALS = "kèm {n} bản gốc"
TAKEN_OUT = "Sau khi lập đã rút lại, không gửi: {items}"


def post_manifest_paper(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> PostManifestPaper:
    """The list of the operation, without the covers taken out of the bag since: they are named in its note, so
    that its totals are what the post takes over."""
    body, about = operation.body, operation.body["about"]
    made_at = datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM)
    lines = [_line(connection, line) for line in body["lines"]]
    items = {line.item_code: read_item_code(line.item_code) for line in lines}
    out = [item for item in items.values() if why_void(connection, item)]
    return PostManifestPaper(
        head=counter.paper_head,
        number=str(about["number"]),
        post_office=str(about["post_office"]),
        made_at=made_at,
        giver_name=str(body["clerk_name"]),
        lines=tuple(line for line in lines if items[line.item_code] not in out),
        cutoff_at=_cutoff(str(about.get("cutoff", "")), made_at),
        note=TAKEN_OUT.format(items=", ".join(item.shown for item in out)) if out else "",
    )


def _line(connection: Connection, line: JsonBody) -> PostLine:
    posting = read_operation(connection, str(line["posting"]))
    stated = next(each for each in posting.body["lines"] if each["code"] == line["code"])
    facts = read_facts(Kind.POSTED, stated["facts"])
    assert isinstance(facts, Posted)
    receiver = facts.receiver
    return PostLine(
        item_code=facts.item_code, code=str(line["code"]), receiver_name=receiver.name,
        phone=format_phone(receiver.phone),
        address=", ".join(part for part in (receiver.line, receiver.commune, receiver.province) if part),
        cod_amount=facts.cod or 0, note=ORIGINALS.format(n=len(facts.originals)) if facts.originals else "",
    )


def _cutoff(text: str, made_at: datetime) -> datetime | None:
    """The hour of the run on the day of the list; None when none, or nothing readable, was set."""
    try:
        return datetime.combine(made_at.date(), time.fromisoformat(text), VIETNAM)
    except ValueError:
        return None
