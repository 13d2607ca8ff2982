"""`python -m app words 1234567`: an amount of đồng in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.domain.amount_words import MOST, amount_words
from app.errors import Refusal
from ui.command_line.answer import Said, text_of

_AMOUNT = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4}")


def words(said: Said) -> Mapping[str, Any]:
    """Digits, with dots between the thousands or without. Raises Refusal `amount_without_words` (most)."""
    text = text_of(said.amount).strip()
    if not _AMOUNT.fullmatch(text):
        raise Refusal("amount_without_words", most=MOST)
    return {"words": amount_words(int(text.replace(".", "")), linh=not said.le)}
