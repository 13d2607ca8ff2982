"""What the citizen is told when the result is here, word for word, by each way of telling."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection

from app.domain.notices import Channel, NoticeBook, NoticeText, ResultReady, Sender, parse_notices
from app.paths import resource
from app.services.counter import Clerk, Counter
from app.services.results.known import find_here
from app.services.results.returning import amount_due


def ready_texts(
    connection: Connection, counter: Counter, clerk: Clerk, code: str
) -> tuple[NoticeText, ...]:
    """SMS, Zalo and what to say on the telephone, in this order. Raises `dossier_not_here` and its like."""
    held = find_here(connection, code)
    applicant = held.body.intake.applicant
    assert applicant is not None
    head = counter.paper_head
    sender = Sender(counter.office_name, head.contact or head.unit, head.phone, clerk.name)
    ready = ResultReady(held.code, applicant.name, amount_due(held) or 0)
    return tuple(_texts().write(ready, sender, channel) for channel in Channel)


@cache
def _texts() -> NoticeBook:
    return parse_notices(resource("notices.json").read_text(encoding="utf-8"))
