"""The province's word to an office: entries in one row, each at the next position, none left out.

kind         what `body` holds                                                             actor
operation    device, epoch, seq, hash; `own`: true, or else "p"|"b" and "s" as in a push;  device:<id>
             `branch` ≥ 1 when it was adopted beside the chain of its epoch
verdict      verdict, device, epoch, seq_from, seq_to; number, field, reason where known   province
status       number, status, at, and what the agency adds                                  agency:<id> | province
alias        number, alias: the province's own code for a printed number                   province
notice       notice (id), title, text                                                      province
(other)      a newer province says more: keep the position, leave the content              —

`actor` is whoever did it and never the clerk at this counter. Entries are applied idempotently: an operation is
known by (device, epoch, seq), everything else by (incarnation, position).
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.codec import JsonObject, MalformedMessage
from sync.contract.messages import unb64
from sync.contract.push import PlainItem, SealedItem


class Kind:
    OPERATION = "operation"
    VERDICT = "verdict"
    STATUS = "status"
    ALIAS = "alias"
    NOTICE = "notice"


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
        expected = self.position - len(self.entries)
        for entry in self.entries:
            expected += 1
            if entry.position != expected:
                raise MalformedMessage("entries", "hole")


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
