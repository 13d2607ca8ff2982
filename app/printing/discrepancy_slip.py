"""Phiếu chênh lệch bàn giao: which dossiers of a hand-over list were refused, missing or too many, and why."""

from __future__ import annotations

from collections import Counter

from app.domain.route_papers import DiscrepancyKind, DiscrepancyLine, DiscrepancySlip
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.list_closing import Closing
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.paragraph import Run
from app.printing.route_words import originals_runs, totals
from app.printing.signing import Signature

_SLOTS = (Slot("column_row", 8, "centre"), Slot("column_code", 29, is_whole=True), Slot("column_request"),
          Slot("column_kind", 19), Slot("column_reason"))


def render_discrepancy_slip(slip: DiscrepancySlip, *, size: str = "A4",
                            copies: tuple[str, ...] | None = None) -> bytes:
    """The slip as PDF on "A4" or "A5"; None means the two copies of the form, one for each side.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("discrepancy-slip")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(slip, form, setting, most_pages))
    return hand_out(flow, form, code=slip.number, area=area, copies=copies)


def _lay_out(slip: DiscrepancySlip, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, slip.head, day=slip.acknowledged_at, code=slip.number)
    put_field(flow, words["manifest"], slip.manifest_number, face=BOLD,
              after=words["handed_over"].format(time=clock_and_date(slip.handed_over_at)))
    put_field(flow, words["agency"], slip.agency_name, face=BOLD)
    put_field(flow, words["acknowledged"], clock_and_date(slip.acknowledged_at),
              after=f"({slip.source})" if slip.source else "")
    put_field(flow, words["outcome"], _outcome(form, slip))
    closing = Closing([Signature(words["sign_giver"], words["sign_hint"], slip.giver_name),
                       Signature(words["sign_receiver"], words["sign_hint"], slip.receiver_name)],
                      notes=[[(form.notes["after"], ROMAN)]])
    draw_list(flow, form, _SLOTS, [_row(form, number, line) for number, line in enumerate(slip.lines, 1)],
              closing=closing)
    return flow, area


def _outcome(form: Form, slip: DiscrepancySlip) -> str:
    counts = Counter(line.kind for line in slip.lines)
    return totals(form, ("total_listed", slip.listed), ("total_accepted", slip.accepted),
                  *((f"total_{kind}", counts[kind]) for kind in DiscrepancyKind))


def _row(form: Form, number: int, line: DiscrepancyLine) -> list[Cell]:
    request: list[Run] = [(line.procedure_name, ROMAN)]
    if line.applicant_name:
        request.append(("\n" + line.applicant_name, BOLD))
    return [[(str(number), ROMAN)], [(line.code, BOLD)], [*request, *originals_runs(form, line.originals)],
            [(form.words[f"kind_{line.kind}"], BOLD)], [(line.reason, ROMAN)]]
