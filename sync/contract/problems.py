"""Names of what can go wrong, as they stand in an error answer's `code`. Data: a name keeps its meaning.

The comment after each name is what the client does (sync.md, "Errors").
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.codec import JsonObject, from_json


class Code:
    """`code` of a Problem."""

    # The request itself; sending it again changes nothing: quarantine, tell support.
    MALFORMED = "malformed"                        # 400 {where, what}
    TOO_LARGE = "too_large"                        # 413 {limit}
    UNKNOWN_PATH = "unknown_path"                  # 404, 405
    PROTOCOL_UNKNOWN = "protocol_unknown"          # 400 {protocol}: one end is too old
    # Who asks; stop and call a person.
    NOT_ENROLLED = "not_enrolled"                  # 401 token missing or unknown
    DEVICE_REVOKED = "device_revoked"              # 403
    STALE_EPOCH = "stale_epoch"                    # 409 {epoch, current_epoch}: this counter goes on elsewhere
    WRONG_OFFICE = "wrong_office"                  # 403
    UNKNOWN_DEVICE = "unknown_device"              # 404
    # Enrolment.
    CODE_WRONG = "code_wrong"                      # 403 {tries_left | null}
    CODE_EXPIRED = "code_expired"                  # 403
    CODE_USED = "code_used"                        # 403
    CODE_LOCKED = "code_locked"                    # 403 too many tries
    WRONG_COUNTER = "wrong_counter"                # 403 {counter}: the code's; this book is of another
    PROOF_WRONG = "proof_wrong"                    # 403 not signed with the key that is to be enrolled
    # Re-read: hello again.
    INCARNATION_CHANGED = "incarnation_changed"    # 412 {incarnation}
    UNKNOWN_CURSOR = "unknown_cursor"              # 412 {head}: a position that this province never gave
    UNKNOWN_EPOCH = "unknown_epoch"                # 404
    UNKNOWN_PACKAGE = "unknown_package"            # 404
    # Files (`files.py`). Read the offset again, send the chunk again, begin anew, set aside: in this order.
    OFFSET_DIFFERS = "offset_differs"              # 409 {offset}
    CHECKSUM_DIFFERS = "checksum_differs"          # 460 the chunk was damaged on the way
    FILE_HASH_DIFFERS = "file_hash_differs"        # 422 the whole is not what its name says; nothing is kept of it
    FILE_SIZE_DIFFERS = "file_size_differs"        # 400 {named} no operation names it in this size
    FILE_UNNAMED = "file_unnamed"                  # 404 no operation of this office that can be read names it
    FILE_NOT_BEGUN = "file_not_begun"              # 404 create it first
    # Retry, after Retry-After seconds.
    STORE_FULL = "store_full"                      # 507 no room for files; operations are taken all the same
    DEVICE_BUSY = "device_busy"                    # 429 this counter already has requests under way
    BUSY = "busy"                                  # 503
    STORE_UNAVAILABLE = "store_unavailable"        # 503 the database is away
    INTERNAL = "internal"                          # 500 {reference}


class Refused:
    """`reason` of a refused push item: not in custody, and never will be in this form."""

    MALFORMED = "malformed"                        # no operation: push it sealed instead (`push.SealedItem`)
    TOO_LARGE = "too_large"
    SIGNATURE = "signature"                        # not signed by this device's key of that epoch
    OTHER_DEVICE = "other_device"                  # payload names another device than the batch
    UNKNOWN_EPOCH = "unknown_epoch"


class Fork:
    """`reason` of a fork. The bytes are kept beside the chain; a person decides."""

    HASH_DIFFERS = "hash_differs"                  # same (device, epoch, seq), other bytes
    PREV_DIFFERS = "prev_differs"                  # does not follow what the province holds
    STALE_EPOCH = "stale_epoch"                    # session of an epoch that has been replaced


class Verdict:
    """`verdict` of a verdict entry."""

    ACCEPTED = "accepted"
    NEEDS_FIX = "needs_fix"                        # {field, reason}: the issuing counter corrects
    REFUSED = "refused"                            # {field, reason}
    HELD = "held"                                  # the province does not know this type or schema yet


class VerdictReason:
    UNREAD = "unread"                              # custody of sealed bytes that are no operation
    HEADER_INCOMPLETE = "header_incomplete"
    BAD_TEXT = "bad_text"                          # NUL or half a surrogate pair
    TOO_LONG = "too_long"
    OP_ID_TAKEN = "op_id_taken"
    NUMBER_TAKEN = "number_taken"
    NUMBER_OUTSIDE_LEASE = "number_outside_lease"
    NUMBER_UNREADABLE = "number_unreadable"
    OFFICE_DIFFERS = "office_differs"
    SCHEMA_UNKNOWN = "schema_unknown"
    TYPE_UNKNOWN = "type_unknown"
    NOT_JUDGED = "not_judged"                      # the judging itself failed; custody stands


@dataclass(frozen=True, slots=True)
class Problem:
    """Body of every answer that is not 2xx."""

    code: str
    status: int
    values: JsonObject

    def to_json(self) -> dict[str, object]:
        return {"code": self.code, "status": self.status, **self.values}


@dataclass(frozen=True, slots=True)
class _ProblemCore:
    code: str
    status: int


def read_problem(value: object) -> Problem:
    """The problem in an error answer's JSON. Raises MalformedMessage (a proxy's page is not one of ours)."""
    core = from_json(_ProblemCore, value)
    assert isinstance(value, dict)
    rest = {name: each for name, each in value.items() if name not in ("code", "status")}
    return Problem(core.code, core.status, rest)
