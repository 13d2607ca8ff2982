"""One thing that happened at a counter, in the exact bytes that are hashed, signed, stored and sent.

The journal keeps `payload` (UTF-8 JSON, keys sorted, no blanks). `hash` is SHA-256 of the payload bytes and
`signature` is Ed25519 over the same bytes with the device key: what is signed is what is kept. The payload
holds `prev`, the hash of the operation before it on this (device, epoch), so a removed, changed or
reordered line is seen by anyone who holds the export and the device's public key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = 1
GENESIS = "0" * 64
"""`prev` of the first operation of an epoch."""

JsonBody = Mapping[str, Any]

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Type:
    """Names of operation types; data in the journal, so a name is never reused for another meaning."""

    DOSSIER_RECEIVED = "dossier.received"
    DOSSIER_CORRECTED = "dossier.corrected"
    PAPER_DIGITISED = "paper.digitised"
    PAPER_CHECKED = "paper.checked"
    RECEIPT_PRINTED = "receipt.printed"
    PERSON_REVEALED = "person.revealed"
    NUMBERS_CLOSED = "numbers.closed"
    CLOCK_JUMPED = "clock.jumped"
    NOTICE_SEEN = "notice.seen"
    # the life of dossiers, one line a dossier: also the names of `app.domain.life.facts.Kind`
    SUPPLEMENT_ASKED = "supplement.asked"
    SUPPLEMENT_RECEIVED = "supplement.received"
    PAYMENT_DONE = "payment.done"
    DOSSIER_WITHDRAWN = "dossier.withdrawn"
    AGENCY_SAID = "agency.said"
    DUE_EXTENDED = "due.extended"
    HANDOVER_MADE = "handover.made"
    HANDOVER_UNDONE = "handover.undone"
    HANDOVER_ACKNOWLEDGED = "handover.acknowledged"
    DOSSIER_FOUND = "dossier.found"
    RESULTS_TAKEN_IN = "results.taken_in"
    RESULT_SHELVED = "result.shelved"
    RESULT_POSTED = "result.posted"
    POST_SAID = "post.said"
    RESULT_RETURNED = "result.returned"
    RETURN_RECALLED = "return.recalled"
    PAPERS_RETURNED = "papers.returned"
    ORIGINAL_MOVED = "original.moved"
    FEE_TAKEN = "fee.taken"
    STAGE_BEGUN = "stage.begun"
    CONFLICT_SETTLED = "conflict.settled"
    # what a counter does beside the single dossier
    MANIFEST_REMINDED = "manifest.reminded"
    REFUSAL_MADE = "refusal.made"
    ITEM_RANGE_TAKEN = "item_range.taken"
    ITEM_CODE_VOIDED = "item_code.voided"
    POST_LISTED = "post.listed"
    PICKUP_MADE = "pickup.made"
    PICKUP_MOVED = "pickup.moved"
    ONLINE_ASSISTED = "online.assisted"
    OBSTACLE_NOTED = "obstacle.noted"
    OBSTACLE_CLOSED = "obstacle.closed"
    SHIFT_HANDED_OVER = "shift.handed_over"
    PAPER_PRINTED = "paper.printed"
    # money; see app.domain.till
    CASH_OPENED = "cash.opened"
    CASH_MOVED = "cash.moved"
    CASH_CLOSED = "cash.closed"
    MONEY_COLLECTED = "money.collected"
    MONEY_VOIDED = "money.voided"
    MONEY_REFUNDED = "money.refunded"
    TRANSFER_CONFIRMED = "transfer.confirmed"
    STATEMENT_READ = "statement.read"
    MONEY_REMITTED = "money.remitted"
    REMITTANCE_ACKNOWLEDGED = "remittance.acknowledged"
    RECEIPT_RANGE_TAKEN = "receipt_range.taken"
    MONEY_RECEIPT_SPOILED = "money_receipt.spoiled"
    BANK_ACCOUNT_SET = "bank_account.set"
    DATA_ASKED = "data.asked"
    FEED_MASS_CHANGE_ACCEPTED = "feed.mass_change_accepted"
    # who works here; see app.domain.people
    SIGN_IN_NOTED = "sign_in.noted"
    BACKUP_TRIED = "backup.tried"
    SCANS_PURGED = "scans.purged"
    PERSONS_UNLISTED = "persons.unlisted"


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about an operation but what happened. Times ISO 8601; `wall_time` UTC with milliseconds."""

    op_id: str                     # UUIDv7
    device: str
    epoch: int
    seq: int                       # 1, 2, 3 … without gaps inside (device, epoch)
    prev: str                      # hex hash of the operation before
    type: str
    intent: str                    # made when the form opened; unique in the journal
    office: str
    staff: str                     # who did it; "system" for what no clerk did
    agency_account: str
    business_date: str             # yyyy-mm-dd, Asia/Ho_Chi_Minh
    wall_time: str
    clock_offset_ms: int | None    # province's clock minus ours at the last contact; None: never measured
    number: str | None = None      # dossier code issued by this operation
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Operation:
    """A signed operation. Build with `seal`, read back with `parse`."""

    header: Header
    body: JsonBody
    payload: str
    hash: str                      # hex
    signature: bytes


def canonical(header: Header, body: JsonBody) -> str:
    """The payload text of an operation; equal values give equal text."""
    fields: dict[str, Any] = {name: getattr(header, name) for name in Header.__slots__}
    fields["body"] = body
    return _CANONICAL.encode(fields)


def digest(payload: str) -> str:
    """Hex SHA-256 of the payload's UTF-8 bytes."""
    return hashlib.sha256(payload.encode()).hexdigest()


def parse(payload: str, signature: bytes) -> Operation:
    """The operation in `payload`, which keeps its exact text. Raises ValueError when it is not one.

    The signature is carried, not checked: only the holder of the public key can do that.
    """
    try:
        fields = json.loads(payload)
        body = fields.pop("body")
        header = Header(**fields)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an operation") from error
    if not isinstance(body, dict) or not isinstance(header.seq, int):
        raise ValueError("not an operation")
    return Operation(header, body, payload, digest(payload), signature)
