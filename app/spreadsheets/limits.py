"""How much of a file from outside is read at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`packed` and `unpacked` in bytes; `cells` counts the empty ones too, since those take room as well."""

    packed: int = 32 * 1024 * 1024
    unpacked: int = 160 * 1024 * 1024
    rows: int = 200_000
    columns: int = 512
    cells: int = 4_000_000


MOST = Limits()
"""A bank's statement of a year has some ten thousand lines; a report of ours has a hundred thousand."""
