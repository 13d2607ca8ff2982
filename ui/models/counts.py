"""Counts as people read them."""

from __future__ import annotations


def shown_count(count: int) -> str:
    """1.144.056: dots between thousands, in both languages of the window."""
    return f"{count:,}".replace(",", ".")
