"""Danh sách vướng mắc of a period, for the meeting: what hindered, with whom it lies, what was answered."""

from __future__ import annotations

from collections import Counter

from app.domain.route_papers import ObstacleCause, ObstacleLine, ObstacleListPaper
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.list_closing import Closing
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.paragraph import Run
from app.printing.route_words import totals
from app.printing.signing import Signature

_SLOTS = (
    Slot("column_row", 9, "centre"), Slot("column_noted", 21, "centre"), Slot("column_subject", 58),
    Slot("column_text"), Slot("column_cause", 38), Slot("column_answer", 52), Slot("column_closed", 21, "centre"),
)


def render_obstacle_list(paper: ObstacleListPaper, *, size: str = "A4 landscape",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape", one copy. It bears no code: nothing is done by scanning it."""
    form = load_form("obstacle-list")
    flow = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    said = form.words["footer"].format(time=clock_and_date(paper.made_at))
    return hand_out(flow, form, code="", area=None, copies=copies, foot=said)


def _lay_out(paper: ObstacleListPaper, form: Form, setting: Paper, most_pages: int | None) -> Flow:
    words = form.words
    flow = Flow(setting, most_pages)
    period = words["period"].format(first=short_date(paper.first_day), last=short_date(paper.last_day))
    draw_opening(flow, form, paper.head, day=paper.made_at, code="", below_title=period)
    causes = Counter(line.cause for line in paper.lines)
    closed = sum(line.closed_on is not None for line in paper.lines)
    put_field(flow, words["summary"], totals(form, ("total", len(paper.lines)), ("total_closed", closed),
                                             ("total_open", len(paper.lines) - closed)), face=BOLD)
    if paper.lines:
        put_field(flow, words["by_cause"], "; ".join(f"{words[f'cause_{cause}']} {causes[cause]:02d}"
                                                     for cause in ObstacleCause if causes[cause]) + ".")
    draw_list(flow, form, _SLOTS, [_row(form, number, line) for number, line in enumerate(paper.lines, 1)],
              closing=Closing([Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name)]))
    return flow


def _row(form: Form, number: int, line: ObstacleLine) -> list[Cell]:
    words = form.words
    subject: list[Run] = [(line.procedure_name, ROMAN)]
    if line.code:
        subject.append(("\n" + line.code, BOLD))
    cause: list[Run] = [(words[f"cause_{line.cause}"], BOLD)]
    if line.agency_name:
        cause.append(("\n" + line.agency_name, ROMAN))
    closed: Run = (words["open"], ITALIC) if line.closed_on is None else (short_date(line.closed_on), ROMAN)
    return [[(str(number), ROMAN)], [(short_date(line.noted_on), ROMAN)], subject, [(line.text, ROMAN)], cause,
            [(line.answer, ROMAN)], [closed]]
