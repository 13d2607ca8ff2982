"""The beginning of a paper about a dossier: head, codes where it has one, title."""

from __future__ import annotations

from datetime import datetime

from app.domain.papers import OfficeHead
from app.domain.vietnam_time import local
from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD, ITALIC
from app.printing.forms import Form
from app.printing.heading import CodeArea, draw_codes, draw_head


def draw_opening(flow: Flow, form: Form, head: OfficeHead, *, day: datetime, code: str,
                 number: int | str | None = None, below_title: str = "") -> CodeArea | None:
    """Returns where the codes lie; None without `code`. `below_title` stands in italics under the title."""
    paper = flow.paper
    if not form.number and any(form.copies):
        flow.skip(paper.small * LEADING + 2)       # the copy's name stands there, else beside the form's number
    draw_head(flow, form, head, number=number, day=local(day).date())
    area = None
    if code:
        flow.skip(5 + paper.gap)
        area = draw_codes(flow, form, code, code)
    flow.skip((4 if code else 8) + paper.gap)
    flow.text([(form.title, BOLD)], paper.title, align="centre")
    if below_title:
        flow.text([(below_title, ITALIC)], paper.body, align="centre")
    flow.skip(3 + paper.gap)
    return area
