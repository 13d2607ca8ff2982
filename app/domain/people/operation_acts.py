"""Which act each type of operation needs, and which types need a second person's act as well."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.operation import Type
from app.domain.people.roles import Act

OPERATION_ACTS: Mapping[str, Act] = {
    Type.DOSSIER_RECEIVED: Act.RECEIVE,
    Type.DOSSIER_CORRECTED: Act.CORRECT,
    Type.PAPER_DIGITISED: Act.DIGITISE,
    Type.PAPER_CHECKED: Act.DIGITISE,
    Type.RECEIPT_PRINTED: Act.PRINT,
    Type.PERSON_REVEALED: Act.SEE_PERSON,
    Type.NUMBERS_CLOSED: Act.CLOSE_DAY,
    Type.CLOCK_JUMPED: Act.SYSTEM,
    Type.NOTICE_SEEN: Act.NOTE,
    Type.SUPPLEMENT_ASKED: Act.FOLLOW,
    Type.SUPPLEMENT_RECEIVED: Act.RECEIVE,
    Type.PAYMENT_DONE: Act.FOLLOW,
    Type.DOSSIER_WITHDRAWN: Act.FOLLOW,
    Type.AGENCY_SAID: Act.FOLLOW,
    Type.DUE_EXTENDED: Act.EXTEND_DUE,
    Type.HANDOVER_MADE: Act.HAND_OVER,
    Type.HANDOVER_UNDONE: Act.HAND_OVER,
    Type.HANDOVER_ACKNOWLEDGED: Act.HAND_OVER,
    Type.DOSSIER_FOUND: Act.HAND_OVER,
    Type.RESULTS_TAKEN_IN: Act.RETURN,
    Type.RESULT_SHELVED: Act.RETURN,
    Type.RESULT_POSTED: Act.RETURN,
    Type.POST_SAID: Act.HAND_OVER,
    Type.RESULT_RETURNED: Act.RETURN,
    Type.RETURN_RECALLED: Act.REOPEN,
    Type.PAPERS_RETURNED: Act.FOLLOW,
    Type.ORIGINAL_MOVED: Act.FOLLOW,
    Type.FEE_TAKEN: Act.TAKE_MONEY,
    Type.STAGE_BEGUN: Act.RECEIVE,
    Type.CONFLICT_SETTLED: Act.FOLLOW,
    Type.MANIFEST_REMINDED: Act.HAND_OVER,
    Type.REFUSAL_MADE: Act.RECEIVE,
    Type.ITEM_RANGE_TAKEN: Act.HAND_OVER,
    Type.ITEM_CODE_VOIDED: Act.HAND_OVER,
    Type.POST_LISTED: Act.HAND_OVER,
    Type.PICKUP_MADE: Act.RECEIVE,
    Type.PICKUP_MOVED: Act.HAND_OVER,
    Type.ONLINE_ASSISTED: Act.RECEIVE,
    Type.OBSTACLE_NOTED: Act.NOTE,
    Type.OBSTACLE_CLOSED: Act.NOTE,
    Type.SHIFT_HANDED_OVER: Act.SHIFT,
    Type.PAPER_PRINTED: Act.PRINT,
    Type.CASH_OPENED: Act.TAKE_MONEY,
    Type.CASH_MOVED: Act.TAKE_MONEY,
    Type.CASH_CLOSED: Act.TAKE_MONEY,
    Type.MONEY_COLLECTED: Act.TAKE_MONEY,
    Type.MONEY_VOIDED: Act.UNDO_MONEY,
    Type.MONEY_REFUNDED: Act.UNDO_MONEY,
    Type.TRANSFER_CONFIRMED: Act.TAKE_MONEY,
    Type.STATEMENT_READ: Act.TAKE_MONEY,
    Type.MONEY_REMITTED: Act.REMIT,
    Type.REMITTANCE_ACKNOWLEDGED: Act.REMIT,
    Type.RECEIPT_RANGE_TAKEN: Act.KEEP_RECEIPTS,
    Type.MONEY_RECEIPT_SPOILED: Act.KEEP_RECEIPTS,
    Type.BANK_ACCOUNT_SET: Act.APPROVE_MONEY,           # where citizens' money goes: never the cashier alone
    Type.DATA_ASKED: Act.ASK_DATA,
    Type.FEED_MASS_CHANGE_ACCEPTED: Act.ACCEPT_CHANGE,
    Type.SIGN_IN_NOTED: Act.SIGN_IN,
    Type.BACKUP_TRIED: Act.BACK_UP,
    Type.SCANS_PURGED: Act.PURGE,
    Type.PERSONS_UNLISTED: Act.PURGE,
}

SECOND_ACTS: Mapping[str, Act] = {
    Type.DUE_EXTENDED: Act.APPROVE_DUE,
    Type.RETURN_RECALLED: Act.APPROVE_REOPEN,
    Type.MONEY_VOIDED: Act.APPROVE_MONEY,
    Type.MONEY_REFUNDED: Act.APPROVE_MONEY,
}
"""Types of which the second person needs an act of her own, where the office has personal sign-in."""


def act_of(kind: str) -> Act:
    """The act that an operation of type `kind` needs. A type that has none here is nobody's to write."""
    return OPERATION_ACTS.get(kind, Act.SYSTEM)
