"""What the province thinks of an operation it has taken: a verdict for the feed, never a reason to lose it.

Only what the gateway itself can know is judged: identity, number, lease, office, schema. The agency's judgement
comes later as statuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.contract.codec import is_storable
from sync.contract.limits import MAX_ID
from sync.contract.number_text import NumberText, read_number
from sync.contract.office_file import OfficeAgency
from sync.contract.operation_text import HEADER, SCHEMA, TYPES
from sync.contract.problems import Verdict, VerdictReason
from sync.gateway.reading import Pushed


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, and the columns that may be filled (None where taken by another operation or unusable)."""

    verdict: str = Verdict.ACCEPTED
    field: str | None = None
    reason: str | None = None
    op_id: str | None = None
    number: str | None = None
    number_key: str | None = None
    agency: str | None = None
    type: str | None = None
    business_date: str | None = None


@dataclass(slots=True)
class Knowledge:
    """What is looked up once for a batch; `op_ids` and `number_keys` grow as the batch is judged."""

    office: str
    op_ids: set[str]
    number_keys: set[str]
    agencies: Mapping[str, OfficeAgency]                            # by identifier
    leased: Mapping[tuple[str, str, int], tuple[str, int]]          # (agency, day, slot) → (device, epoch)


def lease_key(parts: NumberText, agency: OfficeAgency) -> tuple[str, str, int]:
    """(agency, day, slot): the row of `leased_days` that must allow this number."""
    lo, hi = agency.range_of(0)
    return agency.id, parts.day.isoformat(), (parts.number - 1) // (hi - lo + 1)


def short_text(value: object) -> str | None:
    """`value` if it can stand in an indexed column, else None."""
    return value if isinstance(value, str) and 0 < len(value) <= MAX_ID and is_storable(value) else None


def judge(item: Pushed, known: Knowledge) -> Judged:
    """Never raises: what cannot be judged is held, and custody stands."""
    try:
        return _judge(item, known)
    except Exception:    # a fault in the judging of one operation must not cost the custody of a hundred
        return Judged(Verdict.HELD, reason=VerdictReason.NOT_JUDGED)


def judged_before(item: Pushed) -> Judged:
    """Of an operation that has been adopted and now finds its place in the chain: it counts where it was adopted,
    and its verdict was given there."""
    fields = item.place.fields if item.place is not None else {}
    return Judged(number=short_text(fields.get("number")), type=short_text(fields.get("type")),
                  business_date=day_text(fields.get("business_date")))


def _judge(item: Pushed, known: Knowledge) -> Judged:
    if item.place is None:
        return Judged(Verdict.NEEDS_FIX, reason=VerdictReason.UNREAD)
    fields = item.place.fields
    columns: dict[str, Any] = {
        "type": short_text(fields.get("type")),
        "business_date": day_text(fields.get("business_date")),
    }
    op_id, number = short_text(fields.get("op_id")), short_text(fields.get("number"))
    parts = read_number(number)
    agency = known.agencies.get(parts.agency_key) if parts else None
    columns["agency"] = agency.id if agency else None
    columns["number"] = number
    if op_id is not None and op_id in known.op_ids:
        return Judged(Verdict.REFUSED, "op_id", VerdictReason.OP_ID_TAKEN, **columns)
    if op_id is not None:
        known.op_ids.add(op_id)
        columns["op_id"] = op_id
    number_key = parts.key if parts else number
    if number_key is not None and number_key in known.number_keys:
        return Judged(Verdict.REFUSED, "number", VerdictReason.NUMBER_TAKEN, **columns)
    if number_key is not None:
        known.number_keys.add(number_key)
        columns["number_key"] = number_key
    return _judge_content(item, fields, parts, agency, known, columns)


def _judge_content(
    item: Pushed, fields: Mapping[str, Any], parts: NumberText | None, agency: OfficeAgency | None,
    known: Knowledge, columns: dict[str, Any],
) -> Judged:
    if type(fields.get("schema")) is not int or fields["schema"] != SCHEMA:
        return Judged(Verdict.HELD, "schema", VerdictReason.SCHEMA_UNKNOWN, **columns)
    if not isinstance(fields.get("type"), str) or fields["type"] not in TYPES:
        return Judged(Verdict.HELD, "type", VerdictReason.TYPE_UNKNOWN, **columns)
    missing = sorted(HEADER - fields.keys())
    if missing or columns.get("op_id") is None or not isinstance(fields.get("body"), dict):
        return Judged(Verdict.NEEDS_FIX, missing[0] if missing else "op_id" if columns.get("op_id") is None
                      else "body", VerdictReason.HEADER_INCOMPLETE, **columns)
    if b"\\u0000" in item.payload and "\x00" in _texts(fields):
        return Judged(Verdict.NEEDS_FIX, "body", VerdictReason.BAD_TEXT, **columns)
    if fields["office"] != known.office:
        return Judged(Verdict.NEEDS_FIX, "office", VerdictReason.OFFICE_DIFFERS, **columns)
    if fields["number"] is None:
        return Judged(**columns)
    if parts is None or agency is None:
        return Judged(Verdict.HELD, "number", VerdictReason.NUMBER_UNREADABLE, **columns)
    if known.leased.get(lease_key(parts, agency)) != (fields["device"], fields["epoch"]):
        return Judged(Verdict.NEEDS_FIX, "number", VerdictReason.NUMBER_OUTSIDE_LEASE, **columns)
    return Judged(**columns)


def day_text(value: object) -> str | None:
    """`value` if it is a day, else None."""
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _texts(value: Any) -> str:
    """All texts inside, joined: looked through for NUL only when the payload hints at one."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "".join(_texts(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return "".join(map(_texts, value))
    return ""
