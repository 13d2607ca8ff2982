"""Whose turn it is, as a chip says it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.turn import Turn
from ui.theme import Tone
from ui.translations import mark, tr

_TURNS: Mapping[Turn, tuple[str, Tone]] = {
    Turn.COUNTER: (mark("Quầy"), "bad"),
    Turn.PROVINCE: (mark("Tỉnh"), "warn"),
    Turn.MACHINE: (mark("Phụ trách máy"), "warn"),
}


def turn_words(turn: Turn) -> tuple[str, Tone]:
    words, tone = _TURNS[turn]
    return tr(words), tone
