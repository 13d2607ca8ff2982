"""Biên bản bàn giao ca: what one clerk leaves open to the next; an empty section is said, not left out."""

from __future__ import annotations

from app.domain.route_papers import MinutesLine, MinutesSection, ShiftMinutes
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import ASCENT, LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.opening import draw_opening
from app.printing.paragraph import Run, wrap
from app.printing.signing import Signature, draw_signatures

INDENT = 8.0


def render_shift_minutes(minutes: ShiftMinutes, *, size: str = "A4",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The minutes as PDF on "A4" or "A5"; None means the two copies of the form, one for each clerk.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("shift-minutes")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(minutes, form, setting, most_pages))
    return hand_out(flow, form, code=minutes.number, area=area, copies=copies)


def _lay_out(minutes: ShiftMinutes, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, minutes.head, day=minutes.handed_at, code=minutes.number)
    put_pair(flow, (words["counter"], minutes.counter_name, BOLD),
             (words["handed"], clock_and_date(minutes.handed_at), ROMAN))
    put_pair(flow, (words["from"], minutes.from_clerk, BOLD), (words["to"], minutes.to_clerk, BOLD))
    for number, section in enumerate(minutes.sections, 1):
        _put_section(flow, form, number, section)
    put_field(flow, words["note"], minutes.note or words["no_note"])
    draw_signatures(flow, [Signature(words["sign_giver"], words["sign_hint"], minutes.from_clerk),
                           Signature(words["sign_receiver"], words["sign_hint"], minutes.to_clerk)],
                    [[(form.notes["counted"], ITALIC)]])
    return flow, area


def _put_section(flow: Flow, form: Form, number: int, section: MinutesSection) -> None:
    paper, words = flow.paper, form.words
    title: list[Run] = [(f"{number}. {words[f'section_{section.kind}']}: ", BOLD)]
    if not section.lines:
        title.append((words["none"], ROMAN))
    lines = wrap(title, paper.body, paper.room)
    flow.need((len(lines) + min(len(section.lines), 2)) * paper.body * LEADING)
    flow.lines(lines, paper.body)
    for line in section.lines:
        _put_line(flow, line)
    flow.skip(1 + paper.gap)


def _put_line(flow: Flow, line: MinutesLine) -> None:
    """Name and note on the left, the value on the right of its last line."""
    paper = flow.paper
    values = wrap([(line.value, BOLD)], paper.body, paper.room / 3)
    wide = max((value.width for value in values), default=0.0)
    name: list[Run] = [("– " + line.name, ROMAN)]
    if line.note:
        name.append((f" ({line.note})", ITALIC))
    lines = wrap(name, paper.body, paper.room - wide - 2 * INDENT)
    step = paper.body * LEADING
    flow.need(max(len(lines), len(values)) * step)
    missing = len(values) - len(lines)
    flow.lines(lines, paper.body, x=paper.left + INDENT)
    flow.skip(max(missing, 0) * step)
    for back, value in enumerate(reversed(values)):
        baseline = flow.y - (back + 1) * step + paper.body * ASCENT
        flow.line(value, paper.left, baseline, paper.body, paper.room, "right")
