"""The province's word to an office: entries in one row, each at the next position, none left out.

kind         what `body` holds                                                             actor
operation    device, epoch, seq, hash; `own`: true, or else "p"|"b" and "s" as in a push;  device:<id>
             `branch` ≥ 1 when it was adopted beside the chain of its epoch; `author_key` with
             the first of an epoch: a Signed of `author_key.AuthorKey`
verdict      verdict, device, epoch, seq_from, seq_to; number, field, reason where known   province
status       number, status, at, and what the agency adds                                  agency:<id> | province
alias        number, alias: the province's own code for a printed number                   province
notice       notice (id), title, text                                                      province
receipt      slip, collection (op_id), form, symbol, receipt, lookup: the electronic       province
             receipt that a temporary slip stood for; `number`: the dossier, if any
(other)      a newer province says more: keep the position, leave the content              —

An author who asks for `own_runs` gets its own operations that follow each other as one entry at the first of their
positions, with "seq_to" and the `hash` of the last: it has written them itself, and a chain whose last hash agrees
agrees everywhere. Who does not ask gets each alone, as programs of before do.

`actor` is whoever did it and never the clerk at this counter. Entries are applied idempotently: an operation is
known by (device, epoch, seq), everything else by (incarnation, position).
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.codec import JsonObject, MalformedMessage
from sync.contract.messages import unb64
from sync.contract.push import PlainItem, SealedItem

AUTHOR_KEY = "author_key"
BRANCH = "branch"


class Kind:
    OPERATION = "operation"
    VERDICT = "verdict"
    STATUS = "status"
    ALIAS = "alias"
    NOTICE = "notice"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Entry:
    position: int
    kind: str
    actor: str
    at: str                                        # when the province wrote it
    body: JsonObject


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries after the cursor, without a hole; `position` is the cursor after applying them."""

    incarnation: str
    position: int
    entries: tuple[Entry, ...]
    more: bool

    def __post_init__(self) -> None:
        expected = self.position - sum(map(positions_of, self.entries))
        for entry in self.entries:
            if entry.position != expected + 1:
                raise MalformedMessage("entries", "hole")
            expected += positions_of(entry)


def positions_of(entry: Entry) -> int:
    """How many positions it fills: one, or those of a run of the author's own operations.

    Raises MalformedMessage when it says that it is a run and is none.
    """
    body = entry.body
    if entry.kind != Kind.OPERATION or "seq_to" not in body:
        return 1
    first, last = body.get("seq"), body["seq_to"]
    if type(first) is not int or type(last) is not int or not 0 < first <= last < 2**53 or BRANCH in body:
        raise MalformedMessage("seq_to", "not_a_run")
    return last - first + 1


@dataclass(frozen=True, slots=True)
class OperationsPage:
    """Operations of one epoch of the asking device in order of seq; bodies as in the feed."""

    epoch: int
    items: tuple[JsonObject, ...]                  # {"seq", "hash", "p" | "b", "s"}
    more: bool


def operation_of(body: JsonObject) -> PlainItem | SealedItem | None:
    """The signed operation in an operation entry; None when it is our own. Raises MalformedMessage."""
    if body.get("own"):
        return None
    try:
        if "b" in body:
            return SealedItem(unb64(body["b"]), unb64(body["s"]), int(body.get("epoch", 0)), int(body["seq"]))
        payload = body["p"]
        if not isinstance(payload, str):
            raise MalformedMessage("p", "not_text")
        return PlainItem(payload, unb64(body["s"]))
    except MalformedMessage:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedMessage("body", "not_an_operation") from error
