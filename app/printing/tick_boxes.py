"""Boxes to tick on one line, each with its word behind it; one of them may be ticked already."""

from __future__ import annotations

from collections.abc import Sequence

from app.printing.flow import ASCENT, FIRM, LEADING, Flow
from app.printing.fonts import ROMAN
from app.printing.paragraph import wrap

APART = 14.0                       # between a word and the next box, points


def put_tick_boxes(flow: Flow, label: str, choices: Sequence[str], ticked: int | None) -> None:
    """`label`, then the choices; on the next line when they do not fit behind it."""
    paper = flow.paper
    size, side = paper.body, paper.body * 0.8
    said = wrap([(label, ROMAN)], size, paper.room)
    words = [wrap([(choice, ROMAN)], size, paper.room)[0] for choice in choices]
    wide = sum(word.width + side + 4 for word in words) + APART * len(words)
    flow.need((len(said) + 1) * size * LEADING)
    flow.lines(said, size)
    x = paper.left + APART
    if said and said[-1].width + wide <= paper.room:
        flow.skip(-size * LEADING)
        x = paper.left + said[-1].width + APART
    top = flow.y + size * (ASCENT - 0.75)
    for at, word in enumerate(words):
        flow.box(x, top, side, side, FIRM)
        if at == ticked:
            flow.rule(x + 1, top + 1, x + side - 1, top + side - 1, FIRM)
            flow.rule(x + 1, top + side - 1, x + side - 1, top + 1, FIRM)
        flow.line(word, x + side + 4, flow.y + size * ASCENT, size, word.width)
        x += side + 4 + word.width + APART
    flow.skip(size * LEADING + paper.gap)
