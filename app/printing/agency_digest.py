"""Bảng tổng hợp trong ngày: what waits for one agency, by cause, to print or to send. It names no citizen."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.route_papers import AgencyDigest, DigestKind, DigestLine
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.list_closing import Closing
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.route_words import day_and_hour, totals
from app.printing.signing import Signature


def render_agency_digest(digest: AgencyDigest, *, size: str = "A4",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The digest as PDF on "A4" or "A4 landscape", one copy. It bears no code: nothing is done by scanning it."""
    form = load_form("agency-digest")
    flow = fit(size, lambda setting, most_pages: _lay_out(digest, form, setting, most_pages))
    return hand_out(flow, form, code="", area=None, copies=copies, foot=form.words["footer"].format(
        agency=digest.agency_name, time=clock_and_date(digest.made_at)))


def _lay_out(digest: AgencyDigest, form: Form, setting: Paper, most_pages: int | None) -> Flow:
    words = form.words
    flow = Flow(setting, most_pages)
    draw_opening(flow, form, digest.head, day=digest.made_at, code="")
    put_field(flow, words["to"], digest.agency_name, face=BOLD)
    kinds = {kind: [line for line in digest.lines if line.kind is kind] for kind in DigestKind}
    put_field(flow, words["summary"], totals(form, ("total", len(digest.lines)), *(
        (f"total_{kind}", len(lines)) for kind, lines in kinds.items())))
    known = words["as_of_never"] if digest.as_of is None else words["as_of"].format(
        time=clock_and_date(digest.as_of))
    flow.text([(known, ITALIC)], setting.small)
    flow.skip(2 + setting.gap)
    contact = "; ".join(part for part in (digest.head.contact, digest.head.phone) if part)
    asked = [form.notes["please"]] if digest.lines else []
    told = [form.notes["contact"].format(contact=contact)] if contact else []
    closing = Closing([Signature(words["sign_clerk"], words["sign_hint"], digest.clerk_name)],
                      notes=[[(note, ROMAN)] for note in (*asked, *told)])
    present = [(kind, lines) for kind, lines in kinds.items() if lines]
    for kind, lines in present:
        _put_kind(flow, form, kind, lines, closing if kind is present[-1][0] else None)
    if not present:
        closing.draw(flow)
    return flow


def _put_kind(flow: Flow, form: Form, kind: DigestKind, lines: Sequence[DigestLine],
              closing: Closing | None) -> None:
    title = form.words[f"kind_{kind}"].format(count=f"{len(lines):02d}")
    slots = (Slot("column_row", 8, "centre"), Slot("column_code", 30, is_whole=True), Slot("column_request"),
             Slot(f"since_{kind}", 22, "centre"), Slot("column_due", 22, "centre"), Slot("column_note", 28))
    draw_list(flow, form, slots, [_row(form, number, line) for number, line in enumerate(lines, 1)],
              title=[(title, BOLD)], closing=closing)


def _row(form: Form, number: int, line: DigestLine) -> list[Cell]:
    said = "\n".join(part for part in (line.manifest_number, line.note) if part)
    due = form.words["no_due"] if line.due_at is None else day_and_hour(line.due_at)
    return [[(str(number), ROMAN)], [(line.code, BOLD)], [(line.procedure_name, ROMAN)],
            [("" if line.since is None else day_and_hour(line.since), ROMAN)],
            [(due, ROMAN)], [(said, ITALIC)]]
