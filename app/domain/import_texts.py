"""Texts out of foreign rows: NFC, one blank between words, nothing that a package or a printer refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.package_reader import MAX_NAME, UNPRINTABLE
from app.domain.text import nfc

MOST_TEXTS = 200


def text_of(row: Any, name: str) -> str:
    """The text under `name`; "" when there is none."""
    value = row.get(name) if isinstance(row, Mapping) else None
    return clean(value) if isinstance(value, str) else ""


def texts_of(row: Any, name: str) -> list[str]:
    """The texts of the list under `name`, without empty ones."""
    value = row.get(name) if isinstance(row, Mapping) else None
    if not isinstance(value, list):
        return []
    found = (clean(item) for item in value if isinstance(item, str))
    return [item for item in found if item][:MOST_TEXTS]


def clean(text: str) -> str:
    """Printable, NFC, one blank between words, no longer than a name may be."""
    return " ".join(nfc(UNPRINTABLE.sub(" ", text)).split())[:MAX_NAME].rstrip()
