"""Papers for whoever looks after the machine: the self-check's sheet, the slip after a crash, the test page."""

from __future__ import annotations

from app.domain.support_papers import CrashSlip, LoopPage, SelfCheckSheet, SheetLine
from app.domain.vietnamese_dates import clock_and_date
from app.errors import EnvironmentFault
from app.printing.codes import MM, bars, square
from app.printing.decode_back import codes_on_pages
from app.printing.fields import put_field, put_pair
from app.printing.flow import FIRM, LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import CHECKED_DPI, hand_out
from app.printing.paragraph import Run, wrap
from app.printing.plain_table import TextColumn, draw_plain_table

SQUARE_MM = 0.7
BARS_MM = 18.0
RULER_MM = 100.0


def render_self_check(sheet: SelfCheckSheet, *, size: str = "A5") -> bytes:
    """The sheet as PDF on "A5" or "A4"."""
    form = load_form("self-check")

    def lay_out(setting: Paper, most_pages: int | None) -> Flow:
        flow, words = Flow(setting, most_pages), form.words
        _open(flow, form, sheet.unit)
        _put_support(flow, form, sheet.support_code, (
            (words["counter"], sheet.counter_name), (words["at"], clock_and_date(sheet.checked_at)),
            (words["program"], sheet.program),
        ))
        columns = (TextColumn(words["part"], 26), TextColumn(words["state"], 18),
                   TextColumn(words["meaning"], 74))
        draw_plain_table(flow, columns, [_row(line) for line in sheet.lines])
        _close(flow, form.notes["no_person"])
        return flow

    return hand_out(fit(size, lay_out), form, code="", area=None, copies=None)


def render_crash_slip(slip: CrashSlip, *, size: str = "A5") -> bytes:
    """The slip as PDF on "A5" or "A4"."""
    form = load_form("crash-slip")

    def lay_out(setting: Paper, most_pages: int | None) -> Flow:
        flow, words = Flow(setting, most_pages), form.words
        _open(flow, form, slip.unit)
        stopped = clock_and_date(slip.stopped_at) if slip.stopped_at else words["not_known"]
        _put_support(flow, form, slip.support_code, (
            (words["counter"], slip.counter_name), (words["printed"], clock_and_date(slip.printed_at)),
            (words["stopped"], stopped),
        ))
        put_field(flow, words["doing"], slip.doing or words["nothing"], face=BOLD)
        if slip.verdict:
            put_field(flow, words["verdict"], slip.verdict, face=BOLD)
        saved = slip.last_saved or (words["none_saved"],)
        put_field(flow, words["saved"], saved[0])
        for more in saved[1:]:
            flow.text([("– " + more, ROMAN)], setting.body, x=setting.left + 12, room=setting.room - 12)
        flow.skip(4 + setting.gap)
        if slip.lines:
            flow.text([(words["lines"], BOLD)], setting.body)
            flow.skip(2)
            columns = (TextColumn(words["matter"], 28), TextColumn(words["what"], 46), TextColumn(words["do"], 44))
            draw_plain_table(flow, columns, [
                [[(line.state, BOLD)], [(line.name, ROMAN)], [(line.press or line.meaning, ROMAN)]]
                for line in slip.lines
            ])
        else:
            flow.text([(words["no_lines"], BOLD)], setting.body)
        _close(flow, form.notes["safe"])
        return flow

    return hand_out(fit(size, lay_out), form, code="", area=None, copies=None)


def render_loop_page(page: LoopPage, *, size: str = "A5") -> bytes:
    """The test page as PDF, its bars read back. Raises EnvironmentFault `barcode_unreadable`."""
    form = load_form("loop-page")
    flow, words = fit(size, lambda setting, most_pages: Flow(setting, most_pages)), form.words
    setting = flow.paper
    _open(flow, form, page.unit)
    put_pair(flow, (words["counter"], page.counter_name, BOLD),
             (words["printed"], clock_and_date(page.printed_at), ROMAN))
    flow.skip(10 * MM)
    code = bars(page.code, setting.room)
    if code is None:
        raise EnvironmentFault("barcode_unreadable", missing="Code128", dpi=CHECKED_DPI)
    flow.bars(code, setting.left + (setting.room - code.width) / 2, flow.y, BARS_MM * MM)
    flow.skip(BARS_MM * MM + 2 * MM)
    flow.text([(page.code, BOLD)], setting.body, align="centre")
    flow.skip(4 * MM)
    flow.text([(words["scan"], BOLD)], setting.title, align="centre")
    flow.skip(10 * MM)
    flow.text([(words["ruler"], ROMAN)], setting.body, align="centre")
    left = setting.left + (setting.room - RULER_MM * MM) / 2
    middle = flow.y + 5 * MM
    flow.rule(left, middle, left + RULER_MM * MM, middle, FIRM)
    for end in (left, left + RULER_MM * MM):
        flow.rule(end, middle - 2 * MM, end, middle + 2 * MM, FIRM)
    flow.skip(14 * MM)
    for size_of_type in (setting.small, setting.body, setting.title):
        flow.text([(words["letters"], ROMAN)], size_of_type, align="centre")
        flow.skip(1 * MM)
    _close(flow, form.notes["throw_away"])
    pdf = hand_out(flow, form, code="", area=None, copies=None)
    if page.code not in {text for _, text in next(iter(codes_on_pages(pdf, dpi=CHECKED_DPI)))}:
        raise EnvironmentFault("barcode_unreadable", missing="Code128", dpi=CHECKED_DPI)
    return pdf


def _open(flow: Flow, form: Form, unit: str) -> None:
    flow.text([(unit.upper(), BOLD)], flow.paper.head, align="centre")
    flow.skip(4 + flow.paper.gap)
    flow.text([(form.title, BOLD)], flow.paper.title + 1, align="centre")
    flow.skip(5 + flow.paper.gap)


def _put_support(flow: Flow, form: Form, code: str, fields: tuple[tuple[str, str], ...]) -> None:
    """Facts on the left, the support code as a square on the right with its letters among the facts."""
    paper = flow.paper
    qr = square(code, SQUARE_MM)
    top, room = flow.y, paper.room - qr.width - 2 * qr.quiet
    flow.square(qr, paper.left + paper.room - qr.width, top)
    for label, value in (*fields, (form.words["support"], code)):
        flow.lines(wrap([(label + " ", ROMAN), (value, BOLD)], paper.body, room), paper.body, room=room)
        flow.skip(1)
    flow.y = max(flow.y, top + qr.width) + 4 + paper.gap


def _row(line: SheetLine) -> list[list[Run]]:
    said: list[Run] = [(line.meaning, ROMAN)]
    if line.press:
        said += [(" " + line.press, BOLD)]
    return [[(line.name, BOLD)], [(line.state, ROMAN)], said]


def _close(flow: Flow, note: str) -> None:
    paper = flow.paper
    lines = wrap([(note, ITALIC)], paper.small, paper.room)
    flow.skip(4)
    flow.need(paper.small * LEADING * len(lines))
    flow.lines(lines, paper.small)
