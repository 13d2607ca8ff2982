"""Phiếu thu gom hồ sơ tại nhà: what the postman took along, under a temporary number.

It is no receipt and says so in a frame: the processing time starts at the official reception, not at the door.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.route_papers import PickupSlip
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fees import draw_fees
from app.printing.fields import put_field, put_pair
from app.printing.flow import FIRM, LEADING, Flow, fit
from app.printing.fonts import BOLD, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.item_list import put_items
from app.printing.opening import draw_opening
from app.printing.papers_table import draw_papers
from app.printing.paragraph import Run, wrap
from app.printing.signing import Signature, draw_signatures

PAD = 4.0                          # of the frame, points


def render_pickup_slip(slip: PickupSlip, *, size: str = "A5", copies: tuple[str, ...] | None = None) -> bytes:
    """The slip as PDF on "A5" or "A4"; None means the two copies of the form.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("pickup-slip")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(slip, form, setting, most_pages))
    return hand_out(flow, form, code=slip.number, area=area, copies=copies)


def _lay_out(slip: PickupSlip, form: Form, setting: Paper, most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, slip.head, day=slip.made_at, code=slip.number,
                        below_title=words["below_title"])
    _put_frame(flow, [(form.notes["starts"].format(unit=slip.head.unit), BOLD)])
    put_field(flow, words["citizen"], slip.citizen_name, face=BOLD)
    put_pair(flow, (words["identifier"], slip.citizen_identifier, ROMAN), (words["phone"], slip.phone, ROMAN))
    put_field(flow, words["address"], slip.address)
    code = words["procedure_code"].format(code=slip.procedure_code) if slip.procedure_code else ""
    put_field(flow, words["procedure"], slip.procedure_name, face=BOLD, after=code)
    if slip.case_name:
        put_field(flow, words["case"], slip.case_name)
    put_field(flow, words["agency"], slip.agency_name)
    draw_papers(flow, _worded(form, slip), slip.papers)
    if slip.originals:
        put_items(flow, words["originals"], slip.originals)
    else:
        put_field(flow, words["originals"], words["no_originals"])
    draw_fees(flow, form, slip.fees)
    if slip.return_place:
        put_field(flow, words["return"], slip.return_place)
    visit = words["visit"].format(visit=slip.visit) if slip.visit else ""
    put_field(flow, words["made_before" if slip.is_planned else "made"], clock_and_date(slip.made_at), after=visit)
    if slip.note:
        put_field(flow, words["note"], slip.note)
    draw_signatures(flow, [Signature(words["sign_citizen"], words["sign_hint"], slip.citizen_name),
                           Signature(words["sign_collector"], words["sign_hint"], slip.collector_name)],
                    [[(note, ROMAN)] for note in _notes(form, slip)])
    return flow, area


def _worded(form: Form, slip: PickupSlip) -> Form:
    """Before the visit the papers are to be prepared; nobody has received them."""
    if not slip.is_planned:
        return form
    return replace(form, words={**form.words, "papers": form.words["papers_planned"]})


def _notes(form: Form, slip: PickupSlip) -> list[str]:
    contact = [form.notes[key].format(**{key: value}) for key, value in
               (("contact", slip.head.contact), ("contact_phone", slip.head.phone)) if value]
    return [form.notes["receipt"], *(["; ".join(contact) + "."] if contact else [])]


def _put_frame(flow: Flow, said: list[Run]) -> None:
    paper = flow.paper
    lines = wrap(said, paper.body, paper.room - 2 * PAD)
    height = len(lines) * paper.body * LEADING + 2 * PAD
    flow.need(height)
    flow.box(paper.left, flow.y, paper.room, height, FIRM)
    flow.skip(PAD)
    flow.lines(lines, paper.body, x=paper.left + PAD, room=paper.room - 2 * PAD, align="both")
    flow.skip(PAD + 3 + paper.gap)
