"""The label of a dossier's cover: code, barcode, promised date, procedure. No citizen's name stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from app.domain.papers import CoverLabel
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.errors import Refusal
from app.printing.codes import MM, Bars, Square, bars, square
from app.printing.decode_back import BOTH, QR_ONLY, check_codes
from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import LABEL, LABEL_BOLD
from app.printing.formats import Paper
from app.printing.forms import load_form
from app.printing.paragraph import Line, Run, wrap
from app.printing.sheet import write_pdf

EDGE = 3 * MM                      # label printers cannot reach the rim
LEAST_TYPE = 6.0
LABEL_DPI = 203
MOST_ENLARGED = 1.6                # type grows with the label, up to 14 points


def render_cover_label(label: CoverLabel, width_mm: float, height_mm: float, *, dpi: int = LABEL_DPI) -> bytes:
    """The label as PDF of exactly that size, its codes on whole dots of a `dpi` printer and read back at `dpi`.

    The QR is always there; the Code 128 stands at the foot when the width allows modules of 0.25 mm (a 25-letter
    code needs 82 mm). A procedure name too long even in 6-point type ends in "…". Refuses `label_too_small`;
    raises EnvironmentFault("barcode_unreadable").
    """
    width, height = width_mm * MM, height_mm * MM
    unit = min(sqrt(width * height / (100 * 60)) / MM, MOST_ENLARGED)
    qr = square(label.code, 0.6 * min(unit, 1.0) + 0.15 * max(unit - 1.0, 0.0), dpi)
    if width < qr.width + qr.quiet + 2 * EDGE + 25 * MM or height < qr.width + 2 * EDGE + 8 * MM:
        raise Refusal("label_too_small", width_mm=width_mm, height_mm=height_mm)
    body = max(LEAST_TYPE, 9.0 * unit)
    flow = Flow(Paper("label", width, height, EDGE, EDGE, EDGE, EDGE, head=body, body=body, small=body - 1,
                      title=body + 2, gap=1, sign=0, qr_module_mm=0.6), most_pages=1)
    code_128 = bars(label.code, width - 2 * MM, dpi)
    if code_128 and height < qr.width + 2 * EDGE + 18 * MM:
        code_128 = None
    end = _put_bars(flow, code_128, dpi) if code_128 else height - EDGE
    _put_facts(flow, label, qr, dpi, body)
    _put_procedure(flow, label, end, body)
    pdf = write_pdf(flow.paper, flow.pages, [[]], label.code)
    check_codes(pdf, label.code, dpi=dpi, formats=BOTH if code_128 else QR_ONLY)
    return pdf


def _put_bars(flow: Flow, code: Bars, dpi: int) -> float:
    """Bars at the foot, centred; returns how far down text may go."""
    tall = max(8 * MM, min(flow.paper.height * 0.16, 14 * MM))
    top = flow.paper.end - tall
    flow.bars(code, (flow.paper.width - code.width) / 2, top, tall, dpi)
    return top - 1.5 * MM


def _put_facts(flow: Flow, label: CoverLabel, qr: Square, dpi: int, body: float) -> None:
    """QR on the left; code, promised date, day of reception and count of papers beside it."""
    words = load_form("cover-label").words
    top = flow.y
    flow.square(qr, EDGE, top, dpi)
    x = EDGE + qr.width + qr.quiet + 1 * MM
    room = flow.paper.width - EDGE - x
    due = words["no_due"] if label.due_at is None else words["due"].format(time=clock_and_date(label.due_at))
    received = words["received"].format(day=short_date(label.received_on))
    rows: tuple[tuple[str, str, float, int], ...] = (
        (label.code, LABEL_BOLD, body + 3, 1), (due, LABEL_BOLD, body + 1, 2),
        (received + " · " + words["papers"].format(count=label.papers_total), LABEL, body, 1),
    )
    for text, face, size, most in rows:
        lines, used = _shrunk([(text, face)], size, room, most)
        for line in lines:
            flow.line(line, x, flow.y + used * ASCENT, used, room)
            flow.skip(used * LEADING + 1)
    flow.y = max(flow.y, top + qr.width + qr.quiet / 2) + 1.5 * MM


def _shrunk(runs: list[Run], size: float, room: float, most: int) -> tuple[Sequence[Line], float]:
    """`runs` in the largest type up to `size` that needs at most `most` lines; at the least type, all it needs."""
    while size > LEAST_TYPE:
        lines = wrap(runs, size, room)
        if len(lines) <= most:
            return lines, size
        size -= 0.5
    return wrap(runs, LEAST_TYPE, room), LEAST_TYPE


def _put_procedure(flow: Flow, label: CoverLabel, end: float, body: float) -> None:
    room = flow.paper.room
    agency, agency_size = _shrunk([(label.agency_name, LABEL)], body, room, most=1)
    free = end - flow.y - len(agency) * agency_size * LEADING
    size = body + 1
    lines = wrap([(label.procedure_name, LABEL_BOLD)], size, room)
    while len(lines) * size * LEADING > free and size > LEAST_TYPE:
        size = max(LEAST_TYPE, size - 0.5)
        lines = wrap([(label.procedure_name, LABEL_BOLD)], size, room)
    fitting = max(1, int(free / (size * LEADING)))
    if len(lines) > fitting:
        shown = " ".join("".join(text for text, _ in line.pieces) for line in lines[:fitting])
        lines = wrap([(shown, LABEL_BOLD)], size, room)
        while len(lines) > fitting or not shown.endswith("…"):
            shown = shown.removesuffix("…").rsplit(" ", 1)[0].rstrip(" ;,.") + "…"
            lines = wrap([(shown, LABEL_BOLD)], size, room)
    for part, part_size in ((lines, size), (agency, agency_size)):
        for line in part:
            flow.line(line, flow.paper.left, flow.y + part_size * ASCENT, part_size, room)
            flow.skip(part_size * LEADING)
