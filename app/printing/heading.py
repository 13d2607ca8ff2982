"""The head that official papers share: state and motto, unit, number, place and date, and the row of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.papers import OfficeHead
from app.domain.vietnamese_dates import full_date
from app.errors import Refusal
from app.printing.codes import MM, bars, square
from app.printing.flow import FIRM, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.paragraph import Line, wrap

GUTTER = 4 * MM
BAR_HEIGHT = 10 * MM


@dataclass(frozen=True, slots=True)
class CodeArea:
    """Where the codes of page 1 lie: from `top` to `bottom`, in points from the top edge, over the whole width."""

    top: float
    bottom: float


def _column(flow: Flow, lines: Sequence[Line], size: float, x: float, room: float, y: float) -> float:
    for line in lines:
        flow.line(line, x, y + size, size, room, "centre")
        y += size * 1.2
    return y


def draw_head(flow: Flow, form: Form, head: OfficeHead, *, number: int | str | None, day: date) -> None:
    """Unit on the left, state and motto with its rule on the right, then number and "place, day" on one line.

    `number` may be `fields.OPEN`, room to write it; None: this paper has no number.
    """
    paper = flow.paper
    size = paper.head
    if form.number:
        flow.text([(form.number, BOLD)], paper.small, align="right")
        flow.skip(2)
    top = flow.y
    state = wrap([(form.words["state"], BOLD)], size, paper.room)
    right_width = max(line.width for line in state) + 2
    right_x = paper.left + paper.room - right_width
    left_width = paper.room - right_width - GUTTER

    motto = wrap([(form.words["motto"], BOLD)], size + 0.5, right_width)
    right = _column(flow, state, size, right_x, right_width, top)
    right = _column(flow, motto, size + 0.5, right_x, right_width, right) + 2.5
    length = motto[-1].width
    middle = right_x + right_width / 2
    flow.rule(middle - length / 2, right, middle + length / 2, right, FIRM)

    superior = wrap([(head.superior.upper(), ROMAN)], size, left_width)
    left = _column(flow, superior, size, paper.left, left_width, top)
    unit = wrap([(head.unit.upper(), BOLD)], size, left_width)
    left = _column(flow, unit, size, paper.left, left_width, left) + 2.5
    length = max((line.width for line in unit), default=0.0) * 0.4
    middle = paper.left + left_width / 2
    flow.rule(middle - length / 2, left, middle + length / 2, left, FIRM)

    below = max(left, right) + 3.5
    ends = [below]
    if number is not None:
        said = form.words["number"].format(number=number, suffix=head.number_suffix)
        ends.append(_column(flow, wrap([(said, ROMAN)], size, left_width), size, paper.left, left_width, below))
    said = form.words["place_date"].format(place=head.place, date=full_date(day))
    ends.append(_column(flow, wrap([(said, ITALIC)], size, right_width), size, right_x, right_width, below))
    flow.y = max(ends)


def draw_codes(flow: Flow, form: Form, code: str, qr_content: str) -> CodeArea:
    """Code 128 on the left with the code in letters below it, QR on the right, each with its quiet zone.

    `qr_content` is the code, and from version 2 on the version too (`app.domain.receipt_code`).
    """
    paper = flow.paper
    qr = square(qr_content, paper.qr_module_mm)
    # The margins are white: they serve as quiet zone, left of the bars and right of the QR.
    qr_x = paper.left + paper.room - qr.width
    code_128 = bars(code, qr_x - qr.quiet - paper.left + min(paper.left, 5 * MM))
    if code_128 is None:
        raise Refusal("code_too_long", dossier_code=code, size=paper.name)
    top = flow.y
    flow.bars(code_128, paper.left, top, BAR_HEIGHT)
    flow.square(qr, qr_x, top)
    letters = wrap([(form.words["code"] + " ", ROMAN), (code, BOLD)], paper.body + 1, qr_x - qr.quiet - paper.left)
    y = _column(flow, letters, paper.body + 1, paper.left, code_128.width, top + BAR_HEIGHT + 1.5)
    flow.y = max(y, top + qr.width + qr.quiet / 2)
    return CodeArea(top - 2 * MM, max(top + BAR_HEIGHT, top + qr.width) + 2 * MM)
