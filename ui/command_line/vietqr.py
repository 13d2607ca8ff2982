"""`python -m app vietqr --bin … --account …`: the text of a payment square, worked out without any line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.vietqr import payload
from ui.command_line.answer import Said, text_of


def vietqr(said: Said) -> Mapping[str, Any]:
    return {"payload": payload(said.bin, said.account, amount=said.amount, purpose=text_of(said.purpose))}
