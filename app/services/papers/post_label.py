"""Label on the cover of a posted result, as it was posted."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.life.facts import Kind, Posted, read_facts
from app.domain.operation import Operation
from app.domain.phone import format_phone
from app.domain.route_papers import PostLabel
from app.services.counter import Counter

IN_PERSON = "Phát tận tay người nhận"


def post_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> PostLabel:
    """Everything on it stands in the operation: no other counter's change alters a label printed again."""
    line = next(each for each in operation.body["lines"] if each["code"] == code)
    facts = read_facts(Kind.POSTED, line["facts"])
    assert isinstance(facts, Posted)
    return PostLabel(
        head=counter.paper_head,
        item_code=facts.item_code,
        code=code,
        receiver_name=facts.receiver.name,
        receiver_phone=format_phone(facts.receiver.phone),
        address=facts.receiver.line,
        commune=facts.receiver.commune,
        province=facts.receiver.province,
        old_address=facts.receiver.old_text,
        cod_amount=facts.cod or 0,
        note=IN_PERSON,
    )
