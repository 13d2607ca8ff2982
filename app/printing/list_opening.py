"""The beginning of a list on a broad sheet: the codes stand beside the title, so that more lines fit below."""

from __future__ import annotations

from datetime import date

from app.domain.papers import OfficeHead
from app.errors import Refusal
from app.printing.codes import MM, bars, square
from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.heading import CodeArea, draw_head
from app.printing.paragraph import wrap

BAR_HEIGHT = 9 * MM
APART = 4 * MM                     # between a code and the title


def draw_list_opening(flow: Flow, form: Form, head: OfficeHead, number: str, day: date,
                      below_title: str = "") -> CodeArea:
    """Head; then Code 128 of `number` with its letters, the title, and the QR in one row.

    A long title is divided where the form's word `title_lines` says.

    Raises Refusal `code_too_long` when no barcode of the number fits.
    """
    paper = flow.paper
    if any(form.copies):
        flow.skip(paper.small * LEADING)           # the copy's name stands there
    draw_head(flow, form, head, number=None, day=day)
    flow.skip(3)
    top = flow.y
    qr = square(number, paper.qr_module_mm)
    code_128 = bars(number, paper.room * 0.36)
    if code_128 is None:
        raise Refusal("code_too_long", dossier_code=number, size=paper.name)
    flow.bars(code_128, paper.left, top, BAR_HEIGHT)
    flow.square(qr, paper.left + paper.room - qr.width, top)
    side = max(code_128.width + code_128.quiet, qr.width + qr.quiet) + APART
    room = paper.room - 2 * side
    letters = wrap([(form.words["code"] + " ", ROMAN), (number, BOLD)], paper.body + 1, side - APART)
    y = top + BAR_HEIGHT + 1.5
    for line in letters:
        flow.line(line, paper.left, y + (paper.body + 1) * ASCENT, paper.body + 1, code_128.width, "centre")
        y += (paper.body + 1) * LEADING
    ends = [y, top + qr.width + qr.quiet / 2]
    flow.y = top + 2
    title = form.words.get("title_lines", form.title)
    for text, face, size in ((title, BOLD, _title_size(title, paper.title, room)),
                             (below_title, ITALIC, paper.body)):
        flow.text([(text, face)], size, x=paper.left + side, room=room, align="centre")
    flow.y = max(*ends, flow.y) + 2 + paper.gap
    return CodeArea(top - 2 * MM, top + max(BAR_HEIGHT, qr.width) + 2 * MM)


def _title_size(title: str, size: float, room: float) -> float:
    """Up to two points smaller where that keeps the title in its own lines."""
    wanted = title.count("\n") + 1
    smaller = (size - step / 2 for step in range(5))
    return next((one for one in smaller if len(wrap([(title, BOLD)], one, room)) <= wanted), size)
