"""Signatures side by side with room to sign, and the notes above them, together on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC
from app.printing.paragraph import Line, Run, wrap

AIR = 3.0                          # above the notes, points
SIDE = 2.0                         # between two signatures, points, on each side
MORE_ROOM_TO_SIGN = 24.0           # at most so much of a page's spare height goes to the signatures


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` stands below the room to sign; "" leaves it to the hand. `hint`: "(Ký và ghi rõ họ tên)"."""

    title: str
    hint: str
    name: str = ""


def draw_signatures(flow: Flow, signatures: Sequence[Signature], notes: Sequence[Sequence[Run]] = ()) -> None:
    """Two or more share the width; one alone stands in the right half, as Nghị định 30/2020 places it."""
    sheet = flow.paper
    places = max(len(signatures), 2)
    share = sheet.room / places
    blocks = [_lines(flow, signature, share - 2 * SIDE) for signature in signatures]
    said = [wrap(note, sheet.small, sheet.room) for note in notes]
    tall = sheet.sign + max(sum(size * LEADING * len(lines) for lines, size in block) for block in blocks)
    flow.need(sheet.small * LEADING * sum(map(len, said)) + AIR + 4 + sheet.gap + tall)
    flow.skip(AIR)
    for lines in said:
        flow.lines(lines, sheet.small, align="both")
    flow.skip(4 + sheet.gap)
    spare = min(max(flow.left_over - tall, 0.0), MORE_ROOM_TO_SIGN)
    for index, block in enumerate(blocks):
        x = sheet.left + share * (places - len(blocks) + index) + SIDE
        y = flow.y
        for part, (block_lines, size) in enumerate(block):
            y += sheet.sign + spare if part == len(block) - 1 else 0.0
            for line in block_lines:
                flow.line(line, x, y + size * ASCENT, size, share - 2 * SIDE, "centre")
                y += size * LEADING
    flow.skip(tall + spare)


def _lines(flow: Flow, signature: Signature, room: float) -> list[tuple[Sequence[Line], float]]:
    """Title, hint and name, each with its type size."""
    body, small = flow.paper.body, flow.paper.small
    return [(wrap([(text, face)], size, room), size) for text, face, size in
            ((signature.title, BOLD, body), (signature.hint, ITALIC, small), (signature.name, BOLD, body))]
