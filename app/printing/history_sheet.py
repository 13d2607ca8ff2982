"""Quá trình xử lý hồ sơ: everything that happened to one dossier, and how each thing is known."""

from __future__ import annotations

from app.domain.dossier_papers import HistoryLine, HistoryPaper
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out, printed_by
from app.printing.heading import CodeArea
from app.printing.opening import draw_opening
from app.printing.paragraph import Run
from app.printing.plain_table import TextColumn, draw_plain_table
from app.printing.subject_fields import put_request


def render_history_sheet(paper: HistoryPaper, *, size: str = "A4",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The history as PDF on "A4" or "A5", one copy.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("history")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies,
                    foot=printed_by(form, paper.printed_at, paper.clerk_name))


def _lay_out(paper: HistoryPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.printed_at, code=paper.subject.code)
    put_field(flow, words["applicant"], paper.subject.applicant_name, face=BOLD)
    put_request(flow, form, paper.subject)
    put_field(flow, words["due"], clock_and_date(paper.due_at) if paper.due_at else words["no_due"])
    put_field(flow, words["now"], paper.state, face=BOLD)
    flow.skip(2)
    if paper.lines:
        columns = (TextColumn(words["column_row"], 7, "centre"), TextColumn(words["column_at"], 20, "centre"),
                   TextColumn(words["column_event"], 55), TextColumn(words["column_actor"], 45),
                   TextColumn(words["column_source"], 24))
        draw_plain_table(flow, columns, [_row(form, number, line) for number, line in enumerate(paper.lines, 1)])
    else:
        flow.text([(words["empty"], ITALIC)], setting.body)
    flow.skip(4)
    known = paper.known_until
    said = words["known_until"].format(time=clock_and_date(known)) if known else words["known_never"]
    flow.text([(said, ITALIC)], setting.small)
    return flow, area


def _row(form: Form, number: int, line: HistoryLine) -> list[list[Run]]:
    there = local(line.at)
    event: list[Run] = [(line.event, BOLD)]
    if line.note:
        event.append(("\n" + line.note, ROMAN))
    actor: list[Run] = [("\n".join(part for part in (line.actor, line.place) if part), ROMAN)]
    return [[(str(number), ROMAN)], [(f"{short_date(there.date())}\n{there:%H:%M}", ROMAN)], event, actor,
            [(line.source or form.words["own_source"], ROMAN)]]
