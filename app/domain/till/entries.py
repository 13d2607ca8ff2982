"""What an entry of the cash book is; the names are data in the book."""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    OPENED = "opened"              # a session, with its float
    MOVED = "moved"                # cash put into the drawer or taken out of it, with a reason
    COLLECTED = "collected"
    VOIDED = "voided"              # a whole collection taken back with its receipts
    REFUNDED = "refunded"          # money given back, whole or in part; the receipts stand
    CLOSED = "closed"


class ReceiptState(StrEnum):
    USED = "used"
    VOID = "void"                  # the collection it was given for was voided
    SPOILED = "spoiled"            # torn, misprinted: a number that nobody paid on


class TransferState(StrEnum):
    CLAIMED = "claimed"            # khách báo đã chuyển
    CONFIRMED = "confirmed"        # a bank statement says so
    VOID = "void"
