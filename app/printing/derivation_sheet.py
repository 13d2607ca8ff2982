"""Vì sao ngày này? The promised date and each step that led to it, for the citizen to check."""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier_papers import DerivationPaper, DerivationPart
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.due_box import draw_framed
from app.printing.fields import put_field
from app.printing.flow import ASCENT, LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out, printed_by
from app.printing.heading import CodeArea
from app.printing.notes import contact_note
from app.printing.opening import draw_opening
from app.printing.paragraph import Run, wrap
from app.printing.plain_table import TextColumn, draw_plain_table
from app.printing.subject_fields import put_request

NUMBER = 2.2                       # room for a step's number, over type size: two digits


def render_derivation_sheet(paper: DerivationPaper, *, size: str = "A5",
                            copies: tuple[str, ...] | None = None) -> bytes:
    """The sheet as PDF on "A5" or "A4", one copy; steps are numbered through all its parts.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("derivation")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies,
                    foot=printed_by(form, paper.printed_at, paper.clerk_name))


def _lay_out(paper: DerivationPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.printed_at, code=paper.subject.code)
    put_field(flow, words["applicant"], paper.subject.applicant_name, face=BOLD)
    put_request(flow, form, paper.subject)
    put_field(flow, words["processing"], paper.processing_time)
    if paper.changes:
        original = paper.original_due_at
        put_field(flow, words["original_due"], clock_and_date(original) if original else words["no_moment"])
    draw_framed(flow, words["due"], clock_and_date(paper.due_at) if paper.due_at else words["no_due"])
    number = 1
    for part in paper.parts:
        _put_part(flow, part, number)
        number += len(part.sentences)
    if paper.changes:
        _put_changes(flow, form, paper)
    _close(flow, form, paper, has_code=area is not None)
    return flow, area


def _put_part(flow: Flow, part: DerivationPart, number: int) -> None:
    sheet = flow.paper
    room = NUMBER * sheet.body
    flow.need(3 * sheet.body * LEADING)
    if part.title:
        flow.skip(sheet.gap)
        flow.text([(part.title, BOLD)], sheet.body)
    for step, sentence in enumerate(part.sentences, number):
        lines = wrap([(sentence, ROMAN)], sheet.body, sheet.room - room)
        flow.need(min(len(lines), 2) * sheet.body * LEADING)
        marker = wrap([(f"{step}.", ROMAN)], sheet.body, room)[0]
        flow.line(marker, sheet.left, flow.y + sheet.body * ASCENT, sheet.body, room - 4, "right")
        flow.lines(lines, sheet.body, x=sheet.left + room, room=sheet.room - room)
    flow.skip(sheet.gap)


def _put_changes(flow: Flow, form: Form, paper: DerivationPaper) -> None:
    words, sheet = form.words, flow.paper
    columns = (TextColumn(words["column_row"], 6, "centre"), TextColumn(words["column_at"], 18, "centre"),
               TextColumn(words["column_before"], 20, "centre"), TextColumn(words["column_after"], 20, "centre"),
               TextColumn(words["column_reason"], 34), TextColumn(words["column_by"], 24))
    rows: list[list[list[Run]]] = []
    for number, change in enumerate(paper.changes, 1):
        said = (str(number), _short(form, change.at), _short(form, change.before), _short(form, change.after),
                change.reason, change.by)
        rows.append([[(text, BOLD if index == 3 else ROMAN)] for index, text in enumerate(said)])
    flow.need(sheet.body * LEADING * 6)
    flow.skip(sheet.gap)
    flow.text([(words["changes"], BOLD)], sheet.body)
    flow.skip(2)
    draw_plain_table(flow, columns, rows)
    flow.skip(sheet.gap)


def _close(flow: Flow, form: Form, paper: DerivationPaper, *, has_code: bool) -> None:
    """Doubts about the calendar, what was counted by, what this sheet is not, and whom to ask."""
    words, sheet = form.words, flow.paper
    named = (("calendar", paper.calendar_version), ("policy", paper.policy_version))
    sources = "; ".join(words[key].format(version=version) for key, version in named if version)
    said: list[list[Run]] = [[(words["warnings"] + " ", BOLD), (warning, ROMAN)] for warning in paper.warnings]
    said += [[(sources, ROMAN)], [(form.notes["explain"], ITALIC)],
             [(contact_note(form, paper.head, has_code=has_code), ROMAN)]]
    lines = [wrap(runs, sheet.small, sheet.room) for runs in said]
    flow.need(4 + sheet.small * LEADING * sum(map(len, lines)))
    flow.skip(4)
    for paragraph in lines:
        flow.lines(paragraph, sheet.small, align="both")


def _short(form: Form, moment: datetime | None) -> str:
    if moment is None:
        return form.words["no_moment"]
    there = local(moment)
    return f"{short_date(there.date())}\n{there:%H:%M}"
