"""The end of a receipt: the notes and both signatures, which stay together so that no page holds signatures alone."""

from __future__ import annotations

from app.domain.papers import ReceiptPaper
from app.printing.codes import MM
from app.printing.flow import Flow
from app.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.paragraph import Line, wrap


def _notes(form: Form, paper: ReceiptPaper) -> list[str]:
    notes, head = form.notes, paper.head
    said = [notes["early"]]
    lookup = [notes["lookup"].format(lookup=head.lookup)] if head.lookup else []
    if paper.lookup_secret:
        lookup.append(notes["lookup_secret"].format(secret=paper.lookup_secret))
    contact = [notes["contact"].format(contact=head.contact)] if head.contact else []
    if head.phone:
        contact.append(notes["contact_phone"].format(phone=head.phone))
    said += ["; ".join(part) + "." for part in (lookup, contact) if part]
    return [*said, notes["return"]]


def _signature(flow: Flow, lines: list[tuple[list[Line], float, float]], x: float, room: float) -> None:
    y = flow.y
    for block, size, space in lines:
        y += space
        for line in block:
            flow.line(line, x, y + size * 0.93, size, room, "centre")
            y += size * 1.18


def draw_closing(flow: Flow, form: Form, paper: ReceiptPaper, gap: float) -> None:
    """Notes, then the two signatures side by side with room to sign, all on one page."""
    sheet, words = flow.paper, form.words
    half = sheet.room / 2
    space = (13 if sheet.name == "A5" else 20) * MM
    heading = wrap([(words["notes"], BOLD_ITALIC)], sheet.small, sheet.room)
    notes = [wrap([("– " + note, ROMAN)], sheet.small, sheet.room) for note in _notes(form, paper)]
    step = sheet.small * 1.18
    blocks = []
    for title, name in ((words["sign_submitter"], paper.submitter_name), (words["sign_clerk"], paper.clerk_name)):
        blocks.append([(wrap([(title, BOLD)], sheet.body, half), sheet.body, 0.0),
                       (wrap([(words["sign_hint"], ITALIC)], sheet.small, half), sheet.small, 0.0),
                       (wrap([(name, BOLD)], sheet.body, half - 4), sheet.body, space)])
    tall = max(sum(space + len(lines) * size * 1.18 for lines, size, space in block) for block in blocks)
    flow.need(step * (len(heading) + sum(len(note) for note in notes)) + 4 + gap + tall)
    flow.lines(heading, sheet.small)
    for note in notes:
        flow.lines(note, sheet.small, align="both")
    flow.skip(4 + gap)
    for index, block in enumerate(blocks):
        _signature(flow, block, sheet.left + index * half, half)
    flow.skip(tall)
