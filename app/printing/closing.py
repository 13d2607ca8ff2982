"""The end of a receipt: notes and both signatures, together, so that no page holds signatures alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.papers import ReceiptPaper
from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form
from app.printing.paragraph import Line, wrap

AIR = 3.0                          # above the notes, points
MORE_ROOM_TO_SIGN = 24.0           # at most so much of a page's spare height goes to the signatures


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


@dataclass(frozen=True, slots=True)
class _Signature:
    title: Sequence[Line]
    hint: Sequence[Line]
    name: Sequence[Line]

    def height(self, sheet: Paper) -> float:
        """Without the room to sign."""
        return LEADING * (sheet.body * (len(self.title) + len(self.name)) + sheet.small * len(self.hint))

    def draw(self, flow: Flow, x: float, room: float, to_sign: float) -> None:
        sheet, y = flow.paper, flow.y
        for lines, size, space in ((self.title, sheet.body, 0.0), (self.hint, sheet.small, 0.0),
                                   (self.name, sheet.body, to_sign)):
            y += space
            for line in lines:
                flow.line(line, x, y + size * ASCENT, size, room, "centre")
                y += size * LEADING


def draw_closing(flow: Flow, form: Form, paper: ReceiptPaper) -> None:
    """Notes, then the two signatures side by side with room to sign, all on one page."""
    sheet, words = flow.paper, form.words
    half = sheet.room / 2
    first, *others = _notes(form, paper)
    notes = [wrap([(words["notes"] + " ", BOLD), (first, ROMAN)], sheet.small, sheet.room)]
    notes += [wrap([("– " + note, ROMAN)], sheet.small, sheet.room) for note in others]
    names = (words["sign_submitter"], paper.submitter_name), (words["sign_clerk"], paper.clerk_name)
    hint = wrap([(words["sign_hint"], ITALIC)], sheet.small, half)
    blocks = [_Signature(wrap([(title, BOLD)], sheet.body, half), hint, wrap([(name, BOLD)], sheet.body, half - 4))
              for title, name in names]
    tall = sheet.sign + max(block.height(sheet) for block in blocks)
    lines = sum(len(note) for note in notes)
    flow.need(sheet.small * LEADING * lines + AIR + 4 + sheet.gap + tall)
    flow.skip(AIR)
    for note in notes:
        flow.lines(note, sheet.small, align="both")
    flow.skip(4 + sheet.gap)
    spare = min(max(flow.left_over - tall, 0.0), MORE_ROOM_TO_SIGN)
    for index, block in enumerate(blocks):
        block.draw(flow, sheet.left + index * half, half, sheet.sign + spare)
    flow.skip(tall + spare)
