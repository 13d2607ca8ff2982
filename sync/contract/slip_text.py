"""Light reading of collections: the temporary slips they gave; and the electronic receipt that follows each.

What cannot be read gave no slip and is never a reason to refuse. Tests hold it against the office's own writing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.contract.codec import MalformedMessage, is_storable
from sync.contract.limits import MAX_ID

COLLECTED = "money.collected"
KINDS = frozenset(("fee", "charge"))
"""Of the State: postage and other collections never get a biên lai."""
MOST_SLIPS = 200

_WORD = re.compile(r"[!-~]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class ElectronicReceipt:
    """As the tax authority's system numbers it; `lookup` is the code it is looked up by, "" where there is none.

    Raises MalformedMessage: `form`, `symbol` and `lookup` are at most 40 plain signs without blanks.
    """

    form: str
    symbol: str
    number: str
    lookup: str = ""

    def __post_init__(self) -> None:
        for name in ("form", "symbol", "lookup"):
            text = getattr(self, name)
            if not _WORD.fullmatch(text) and (text or name == "symbol"):
                raise MalformedMessage(name, "not_plain")
        if not _NUMBER.fullmatch(self.number):
            raise MalformedMessage("number", "not_a_number")


def slips_given(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Numbers of the slips for state fees that an operation gave, each once."""
    body = fields.get("body")
    collection = body.get("collection") if fields.get("type") == COLLECTED and isinstance(body, Mapping) else None
    receipts = collection.get("receipts") if isinstance(collection, Mapping) else None
    found: list[str] = []
    for receipt in receipts[:MOST_SLIPS] if isinstance(receipts, list) else ():
        slip = receipt.get("slip") if isinstance(receipt, Mapping) and receipt.get("kind") in KINDS else None
        if isinstance(slip, str) and 0 < len(slip) <= MAX_ID and is_storable(slip) and slip not in found:
            found.append(slip)
    return tuple(found)


def dossier_of(fields: Mapping[str, Any]) -> str | None:
    """The dossier that a collection was for; None where it was for none."""
    body = fields.get("body")
    collection = body.get("collection") if isinstance(body, Mapping) else None
    code = collection.get("code") if isinstance(collection, Mapping) else None
    return code if isinstance(code, str) and 0 < len(code) <= MAX_ID and is_storable(code) else None
