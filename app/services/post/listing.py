"""Bảng kê bưu gửi: what goes with the next run to the delivery post office, on one numbered list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.item_code import read_item_code
from app.domain.operation import Operation, Type
from app.domain.paper_number import PaperKind
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.post.rule import read_post_rule
from app.services.results.numbering import next_number
from app.store import journal as book
from app.store import projection
from app.store.queries.post import FoundItem, find_items, unlisted_items

POST_LIST = "post_manifest"


@dataclass(frozen=True, slots=True)
class Listed:
    """The list as stored. `codes` are the item codes on it, in its order."""

    op_id: str
    number: str
    codes: tuple[str, ...]
    job: str
    is_new: bool


def list_items(
    connection: Connection, counter: Counter, clerk: Clerk, items: Sequence[str] | None = None, *,
    post_office: str = "", intent: str, now: datetime, randomness: Randomness,
) -> Listed:
    """Everything this counter has posted and nobody has listed yet, or exactly `items` (item codes; another
    counter's of the office too). `post_office` empty: the office's usual one.

    Raises `nothing_to_list`, `item_code_unknown` (item), `item_already_listed` (item, number), `item_not_here`
    (item, code): its posting has come to an end or stands in dispute; `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        if known.header.type != Type.POST_LISTED:
            raise Refusal("intent_reused", code="")
        return _listed(connection, known, clerk, now, is_new=False)
    chosen = unlisted_items(connection, counter.device) if items is None else [
        _the_item(connection, text) for text in dict.fromkeys(items)
    ]
    if not chosen:
        raise Refusal("nothing_to_list")
    day = today_at_counter(connection, now)
    rule = read_post_rule(connection)
    operation = book.append(connection, counter.author(clerk), book.Event(
        op_id=uuid7(now, randomness), type=Type.POST_LISTED, intent=intent, now=now, business_date=day,
        body={
            "clerk_name": clerk.name,
            "about": {
                "number": next_number(connection, counter, PaperKind.POST, Type.POST_LISTED, day),
                "post_office": post_office.strip() or rule.post_office, "cutoff": rule.cutoff,
            },
            "lines": [{"posting": one.op_id, "item_code": one.item_code, "code": one.code} for one in chosen],
        },
    ))
    projection.apply(connection, operation, is_own=True)
    return _listed(connection, operation, clerk, now, is_new=True)


def _the_item(connection: Connection, text: str) -> FoundItem:
    item = read_item_code(text)
    found = find_items(connection, item.text)
    if not found:
        raise Refusal("item_code_unknown", item=item.shown)
    under_way = [each for each in found if each.is_under_way]
    waiting = [each for each in under_way if not each.list_number]
    if waiting:
        return waiting[0]
    if under_way:
        raise Refusal("item_already_listed", item=item.shown, number=under_way[0].list_number)
    raise Refusal("item_not_here", item=item.shown, code=found[0].code)


def _listed(connection: Connection, operation: Operation, clerk: Clerk, now: datetime, *, is_new: bool) -> Listed:
    op_id, number = operation.header.op_id, str(operation.body["about"]["number"])
    job = ask_print(connection, paper=POST_LIST, op_id=op_id, code=number, clerk_name=clerk.name, now=now)
    codes = tuple(str(line["item_code"]) for line in operation.body["lines"])
    return Listed(op_id, number, codes, job, is_new)
