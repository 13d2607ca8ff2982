"""The promised date: framed and in the largest type of the body, because it is what the citizen lives by."""

from __future__ import annotations

from datetime import datetime

from app.domain.vietnamese_dates import clock_and_date
from app.printing.flow import ASCENT, FIRM, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.paragraph import wrap

PAD = 4.0
APART = 6.0


def draw_due(flow: Flow, form: Form, due_at: datetime | None, note: str) -> None:
    """The form's label and the promised moment, or its words for "no date"; `note` in italics below."""
    draw_framed(flow, form.words["due"], form.words["no_due"] if due_at is None else clock_and_date(due_at), note)


def draw_framed(flow: Flow, label: str, said: str, note: str = "") -> None:
    """Label and value in a frame, on one line where both fit, else below each other; `note` in italics below."""
    paper = flow.paper
    room, x = paper.room - 2 * PAD, paper.left + PAD
    big, small = paper.body + 2, paper.body - 0.5
    label_lines = wrap([(label, ROMAN)], paper.body, room)
    value = wrap([(said, BOLD)], big, room)
    notes = wrap([(note, ITALIC)], small, room)
    is_one_line = len(label_lines) == len(value) == 1 and label_lines[0].width + value[0].width + APART <= room
    height = 2 * PAD + LEADING * (big * len(value) + small * len(notes))
    height += 0.0 if is_one_line else LEADING * paper.body * len(label_lines)
    flow.skip(1)
    flow.need(height + 3)
    flow.box(paper.left, flow.y, paper.room, height, FIRM)
    y = flow.y + PAD
    align = "right" if is_one_line else "centre"
    if is_one_line:
        flow.line(label_lines[0], x, y + big * ASCENT, paper.body, room)
    else:
        for line in label_lines:
            flow.line(line, x, y + paper.body * ASCENT, paper.body, room)
            y += paper.body * LEADING
    for size, lines in ((big, value), (small, notes)):
        for line in lines:
            flow.line(line, x, y + size * ASCENT, size, room, align)
            y += size * LEADING
    flow.skip(height + 3 + paper.gap)
