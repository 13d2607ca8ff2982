"""Light reading of an operation's text: what custody needs, without the client's rules.

Tests hold it against `app.domain.operation`, which writes these texts. Only the place in the chain must be
readable; everything else may be missing, strange or newer, because custody does not depend on content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.contract.json_text import read_json

GENESIS = "0" * 64
SCHEMA = 1
"""The newest operation schema this end understands."""

HEADER = frozenset((
    "op_id", "device", "epoch", "seq", "prev", "type", "intent", "office", "staff", "agency_account",
    "business_date", "wall_time", "clock_offset_ms", "number", "schema",
))
"""Fields of an operation beside `body`."""

TYPES = frozenset((
    "dossier.received", "dossier.corrected", "paper.digitised", "paper.checked", "receipt.printed",
    "person.revealed", "numbers.closed", "clock.jumped", "notice.seen", "supplement.asked",
    "supplement.received", "payment.done", "dossier.withdrawn", "agency.said", "due.extended", "handover.made",
    "handover.undone", "handover.acknowledged", "dossier.found", "results.taken_in", "result.shelved",
    "result.posted", "post.said", "result.returned", "return.recalled", "papers.returned", "original.moved",
    "fee.taken", "stage.begun", "conflict.settled", "manifest.reminded", "refusal.made", "item_range.taken",
    "item_code.voided", "post.listed", "pickup.made", "pickup.moved", "online.assisted", "obstacle.noted",
    "obstacle.closed", "shift.handed_over", "paper.printed", "cash.opened", "cash.moved", "cash.closed",
    "money.collected", "money.voided", "money.refunded", "transfer.confirmed", "statement.read",
    "money.remitted", "remittance.acknowledged", "receipt_range.taken", "money_receipt.spoiled",
    "bank_account.set", "data.asked", "feed.mass_change_accepted", "sign_in.noted", "backup.tried",
    "scans.purged", "persons.unlisted",
))
"""Operation types this end understands; others are kept and judged later."""

_MAX_SEQ = 2**53


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation stands, and all it says."""

    device: str
    epoch: int
    seq: int
    prev: str
    fields: Mapping[str, Any]

    @property
    def number(self) -> object:
        return self.fields.get("number")


def digest(payload: bytes) -> str:
    """Hex SHA-256 of the payload bytes: the next operation's `prev`."""
    return hashlib.sha256(payload).hexdigest()


def read(payload: str | bytes) -> Place:
    """Raises ValueError when the text names no place in a chain."""
    try:
        fields = read_json(payload if isinstance(payload, bytes) else payload.encode())
        device, epoch, seq, prev = fields["device"], fields["epoch"], fields["seq"], fields["prev"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not an operation") from error
    if not (isinstance(device, str) and type(epoch) is int and type(seq) is int and isinstance(prev, str)):
        raise ValueError("not an operation")
    if not (0 < seq < _MAX_SEQ and 0 <= epoch < _MAX_SEQ and len(prev) == 64):
        raise ValueError("not an operation")
    return Place(device, epoch, seq, prev, fields)
