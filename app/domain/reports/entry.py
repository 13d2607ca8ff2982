"""One thing that a figure counts and that is no dossier: a line of a hand-over, an item, an act, a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """`words` say what became of it; "" and None stand where a report has nothing to say."""

    key: str                       # its own among those behind one figure
    at: datetime
    code: str                      # of the dossier
    number: str                    # of the manifest, the item, the receipt, the online filing
    name: str                      # who or what it is about
    words: str
    clerk_name: str
    amount: int | None = None      # đồng
    place: tuple[Any, ...] = ()    # in the order of its list: where the next page begins
