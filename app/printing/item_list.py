"""A sentence and the points below it, each with its dash."""

from __future__ import annotations

from collections.abc import Sequence

from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import ITALIC, ROMAN
from app.printing.paragraph import Run, wrap

INDENT = 0.9                       # of the dash and of the text after it, over type size


def put_items(flow: Flow, intro: str, items: Sequence[str | tuple[str, str]]) -> None:
    """`intro`, then the items; the second of a pair follows in italics (a legal basis, a note).

    The intro never stands alone at a page's end.
    """
    paper = flow.paper
    indent = INDENT * paper.body
    lines = wrap([(intro, ROMAN)], paper.body, paper.room)
    flow.need((len(lines) + 2) * paper.body * LEADING)
    flow.lines(lines, paper.body, align="both")
    dash = wrap([("–", ROMAN)], paper.body, indent)[0]
    for item in items:
        text, after = (item, "") if isinstance(item, str) else item
        runs: list[Run] = [(text, ROMAN)]
        if after:
            runs.append((f" ({after})", ITALIC))
        shown = wrap(runs, paper.body, paper.room - 2 * indent)
        flow.need(min(len(shown), 2) * paper.body * LEADING)
        flow.line(dash, paper.left + indent, flow.y + paper.body * ASCENT, paper.body, indent)
        flow.lines(shown, paper.body, x=paper.left + 2 * indent, room=paper.room - 2 * indent, align="both")
    flow.skip(paper.gap)
