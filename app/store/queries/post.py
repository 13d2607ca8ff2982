"""Frozen rows of what is at the post: items by their last word, daily lists, codes that two covers bear.

The lists of items are the work lists of dossiers (`Work.POSTED`, `Work.UNDELIVERED`) with their postings beside
them, so a count and its list read the same rows. Pages by key, never by offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select, tuple_

from app.domain.life.facts import PostWord
from app.domain.life.states import Delivery
from app.domain.life.work import Work
from app.domain.posting import Standing
from app.store.tables import dossiers, manifests, post_lists, postings, worklist

PAGE = 200


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A posting by its item code; several where two counters used one code."""

    op_id: str
    item_code: str
    code: str                      # of the dossier
    receiver: str
    posted_at: datetime
    device: str
    list_number: str               # "" while it is here
    standing: Standing
    word: PostWord | None
    as_of: datetime | None
    note: str

    @property
    def is_under_way(self) -> bool:
        return self.standing is Standing.UNDER_WAY


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of "Đang gửi" or "Phát không được". `heard_at`: when the last word was true, else the posting."""

    id: int                        # of the dossier
    code: str
    applicant_name: str
    procedure_name: str
    delivery: Delivery
    shelf: str
    op_id: str                     # of the posting; "" for a result that is being fetched back
    item_code: str
    receiver: str
    posted_at: datetime | None
    list_number: str
    word: PostWord | None
    heard_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class PostListRow:
    id: str
    number: str
    at: datetime
    clerk_name: str
    post_office: str
    items: int


@dataclass(frozen=True, slots=True)
class CodeClash:
    """One item code on the covers of several dossiers, at least one of them under way."""

    item_code: str
    codes: tuple[str, ...]


After = tuple[datetime, int]
"""Where a page of items ended."""


def code_clashes(connection: Connection) -> tuple[CodeClash, ...]:
    """Codes that two counters used apart, until all but one of their postings have come to an end."""
    doubled = (
        select(postings.c.item_code).group_by(postings.c.item_code)
        .having(func.count(postings.c.dossier.distinct()) > 1,
                func.sum(postings.c.standing == str(Standing.UNDER_WAY)) > 0)
    )
    rows = connection.execute(
        select(postings.c.item_code, postings.c.code).where(postings.c.item_code.in_(doubled))
        .where(postings.c.standing.not_in([str(Standing.UNDELIVERED), str(Standing.ENDED)]))
        .order_by(postings.c.item_code, postings.c.op_id)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.item_code, []).append(row.code)
    return tuple(
        CodeClash(item, tuple(dict.fromkeys(codes))) for item, codes in found.items() if len(set(codes)) > 1
    )


def find_items(connection: Connection, item_code: str) -> tuple[FoundItem, ...]:
    """All postings with this code, the latest first."""
    return _found(connection, postings.c.item_code == item_code)


def bag_of(connection: Connection, item_code: str) -> str:
    """The number of the hand-over list that travelled under this code, "" when none did."""
    return connection.execute(
        select(manifests.c.number).where(manifests.c.item_code == item_code)
        .order_by(manifests.c.made_at.desc()).limit(1)
    ).scalar_one_or_none() or ""


def items_of_dossier(connection: Connection, dossier: int) -> tuple[FoundItem, ...]:
    """All postings of this dossier (its row id), the latest first."""
    return _found(connection, postings.c.dossier == dossier)


def unlisted_items(connection: Connection, device: str) -> tuple[FoundItem, ...]:
    """What `device` posted and no daily list holds yet, in the order it was posted."""
    found = _found(
        connection, literal_column("postings.list_id") == literal_column("''"), postings.c.device == device,
        postings.c.standing == str(Standing.UNDER_WAY),
    )
    return tuple(reversed(found))


def count_unlisted(connection: Connection, device: str) -> int:
    """How many `unlisted_items` there are."""
    return connection.execute(
        select(func.count()).select_from(postings).where(
            literal_column("postings.list_id") == literal_column("''"), postings.c.device == device,
            postings.c.standing == str(Standing.UNDER_WAY))
    ).scalar_one()


def item_rows(
    connection: Connection, work: Work, *, after: After | None = None, limit: int = PAGE
) -> tuple[ItemRow, ...]:
    """Up to `limit` of the list behind `after`, the one nobody has spoken of for longest first."""
    # Under way is one posting at most; several may have come back.
    is_shown = postings.c.standing == str(Standing.UNDER_WAY)
    if work is not Work.POSTED:
        is_shown = postings.c.op_id == (
            select(func.max(postings.c.op_id))
            .where(postings.c.dossier == dossiers.c.id, postings.c.standing == str(Standing.UNDELIVERED))
            .correlate(dossiers).scalar_subquery()
        )
    heard = func.coalesce(postings.c.as_of, postings.c.posted_at, dossiers.c.moved_at, dossiers.c.received_at)
    query = (
        select(
            dossiers.c.id, dossiers.c.code, dossiers.c.applicant_name, dossiers.c.procedure_name,
            dossiers.c.delivery, dossiers.c.shelf, postings.c.op_id, postings.c.item_code, postings.c.receiver,
            postings.c.posted_at, post_lists.c.number, postings.c.word, heard.label("heard_at"), postings.c.note,
        )
        .select_from(worklist).join(dossiers, dossiers.c.id == worklist.c.dossier)
        .outerjoin(postings, and_(postings.c.dossier == dossiers.c.id, is_shown))
        .outerjoin(post_lists, post_lists.c.id == postings.c.list_id)
        .where(worklist.c.kind == int(work)).order_by(heard, dossiers.c.id).limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(heard, dossiers.c.id) > after)
    return tuple(_item(row) for row in connection.execute(query))


def place_after(row: ItemRow) -> After:
    """What `item_rows` goes on from behind `row`."""
    return row.heard_at, row.id


def recent_lists(connection: Connection, limit: int = 20) -> tuple[PostListRow, ...]:
    """Newest first."""
    return _lists(connection, select(post_lists).order_by(post_lists.c.id.desc()).limit(limit))


def find_list(connection: Connection, name: str) -> PostListRow | None:
    """By the id of its operation or by its number."""
    found = _lists(connection, select(post_lists).where(
        or_(post_lists.c.id == name, post_lists.c.number == name.strip().upper())
    ).order_by(post_lists.c.id.desc()).limit(1))
    return found[0] if found else None


def _found(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[FoundItem, ...]:
    rows = connection.execute(
        select(postings, post_lists.c.number)
        .select_from(postings).outerjoin(post_lists, post_lists.c.id == postings.c.list_id)
        .where(*conditions).order_by(postings.c.posted_at.desc(), postings.c.item_code.desc())
    )
    return tuple(
        FoundItem(
            row.op_id, row.item_code, row.code, row.receiver, row.posted_at, row.device, row.number or "",
            Standing(row.standing), PostWord(row.word) if row.word else None, row.as_of, row.note,
        )
        for row in rows
    )


def _item(row: Any) -> ItemRow:
    return ItemRow(
        row.id, row.code, row.applicant_name, row.procedure_name, Delivery(row.delivery), row.shelf,
        row.op_id or "", row.item_code or "", row.receiver or "", row.posted_at, row.number or "",
        PostWord(row.word) if row.word else None, row.heard_at, row.note or "",
    )


def _lists(connection: Connection, query: Any) -> tuple[PostListRow, ...]:
    return tuple(
        PostListRow(row.id, row.number, row.at, row.clerk_name, row.post_office, row.items)
        for row in connection.execute(query)
    )
