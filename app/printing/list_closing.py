"""The end of a list: totals, notes and signatures, together and below the list's last row.

A page with signatures alone could be put behind any list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD
from app.printing.paragraph import Run, wrap
from app.printing.signing import AIR, SIDE, Signature, draw_signatures


@dataclass(frozen=True, slots=True)
class Closing:
    """`total` stands one point larger than the body, the notes small, the signatures side by side."""

    signatures: Sequence[Signature]
    total: Sequence[Run] = ()
    notes: Sequence[Sequence[Run]] = ()

    def height(self, flow: Flow) -> float:
        """What must be free for all of it, in points."""
        sheet = flow.paper
        share = sheet.room / max(len(self.signatures), 2) - 2 * SIDE
        names = max(sum(size * len(wrap([(text, BOLD)], size, share)) for text, size in (
            (one.title, sheet.body), (one.hint, sheet.small), (one.name, sheet.body))) for one in self.signatures)
        notes = sum(len(wrap(note, sheet.small, sheet.room)) for note in self.notes)
        total = len(wrap(self.total, sheet.body + 1, sheet.room))
        lines = names + sheet.small * notes + (sheet.body + 1) * total
        return LEADING * lines + sheet.sign + AIR + 4 + sheet.gap

    def draw(self, flow: Flow) -> None:
        flow.need(self.height(flow))
        if self.total:
            flow.text(self.total, flow.paper.body + 1)
        draw_signatures(flow, self.signatures, self.notes)
