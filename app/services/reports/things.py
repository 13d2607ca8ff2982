"""The list behind a figure that counts no dossiers: which things, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Select

from app.domain.reports.entry import Entry
from app.store.queries.reports.entries import PAGE, Amount, amounts, entry_page

ALL = "all"
GROUP = "="
"""Before a row's own key, so that none can be taken for the sum."""


@dataclass(frozen=True, slots=True)
class Things:
    """Of `found` those of one `part` (None: all) and of these `words` only; `said` is how words are told."""

    found: Select[Any]
    part: str | None = None
    words: tuple[str, ...] | None = None
    said: Mapping[str, str] = field(default_factory=dict)


def of_row(row: str) -> str | None:
    """Which part the row of a report counts; None for the sum."""
    return None if row == ALL else row.removeprefix(GROUP)


def list_things(
    connection: Connection, things: Things, *, behind: Entry | None = None, limit: int = PAGE
) -> tuple[Entry, ...]:
    """Up to `limit` of them, the latest first, behind the one seen last."""
    page = entry_page(connection, things.found, part=things.part, words=things.words, behind=behind, limit=limit)
    return tuple(replace(each, words=things.said.get(each.words, each.words)) for each in page)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things each part has, by words: what the rows of a table are made of."""

    counted: tuple[Amount, ...]

    @property
    def parts(self) -> Mapping[str, str]:
        """The names of the parts, in the order of their keys."""
        return {each.part: each.name for each in sorted(self.counted, key=lambda each: each.part)}

    def of(self, part: str | None, *words: str) -> int:
        """Of that part (None: of all) with these words; without words, all."""
        return sum(
            each.amount for each in self.counted
            if part in (None, each.part) and (not words or each.words in words)
        )


def tally(connection: Connection, found: Select[Any]) -> Tally:
    return Tally(amounts(connection, found))
