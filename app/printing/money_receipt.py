"""Biên lai thu tiền phí, lệ phí and the temporary slip: A5 landscape, the amount in figures and words."""

from __future__ import annotations

from app.domain.money import format_money
from app.domain.till.electronic import ElectronicReceipt
from app.domain.till.papers import MoneyReceiptPaper
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import ASCENT, LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.opening import draw_opening
from app.printing.paragraph import wrap
from app.printing.signing import Signature, draw_signatures

INDENT = 8.0


def render_money_receipt(paper: MoneyReceiptPaper, *, size: str = "A5 landscape",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """All copies of the form as PDF: three of a biên lai, two of a slip; the codes hold its name.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("collection-slip" if paper.slip else "money-receipt")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.name, area=area, copies=copies)


def _lay_out(paper: MoneyReceiptPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    is_state = paper.kind in ("fee", "charge")
    if paper.slip:
        waits = "below_title_bound" if paper.electronic else "below_title"
        below = words[waits if is_state else "below_title_other"]
    else:
        below = words["series"].format(form=paper.form, symbol=paper.symbol, number=paper.number)
    area = draw_opening(flow, form, paper.head, day=paper.taken_at, code=paper.name, below_title=below)
    if paper.tax_code:
        put_field(flow, words["tax_code"], paper.tax_code)
    put_field(flow, words["payer"], paper.payer, face=BOLD)
    if paper.address:
        put_field(flow, words["address"], paper.address)
    _put_what(flow, form, paper)
    if paper.owner_name:
        put_field(flow, words["owner"], paper.owner_name)
    if paper.code:
        put_field(flow, words["dossier"], paper.code, face=BOLD)
    put_pair(flow, (words["amount"], format_money(paper.amount), BOLD), (words["means"], paper.means, ROMAN))
    put_field(flow, words["said"], paper.said, face=ITALIC)
    put_field(flow, words["taken"], clock_and_date(paper.taken_at))
    if paper.electronic:
        put_field(flow, words["electronic"], _electronic(form, paper.electronic), face=BOLD)
    is_waiting = is_state and paper.electronic is None
    notes = [[(note, ROMAN)] for note in form.notes.values()] if is_waiting else []
    draw_signatures(flow, [Signature(words["sign_payer"], words["sign_hint"], paper.payer),
                           Signature(words["sign_collector"], words["sign_hint"], paper.clerk_name)], notes)
    return flow, area


def _electronic(form: Form, receipt: ElectronicReceipt) -> str:
    words = form.words
    parts = [words["electronic_form"].format(form=receipt.form)] if receipt.form else []
    parts.append(words["electronic_name"].format(symbol=receipt.symbol, number=receipt.number))
    if receipt.lookup:
        parts.append(words["electronic_lookup"].format(lookup=receipt.lookup))
    return ", ".join(parts)


def _put_what(flow: Flow, form: Form, paper: MoneyReceiptPaper) -> None:
    label = form.words[f"kind_{paper.kind}"]
    if len(paper.lines) == 1:
        put_field(flow, label, paper.lines[0][0])
        return
    put_field(flow, label, form.words["several"].format(count=f"{len(paper.lines):02d}"))
    for name, amount in paper.lines:
        put_amount(flow, "– " + name, format_money(amount))
    flow.skip(flow.paper.gap)


def put_amount(flow: Flow, name: str, amount: str, face: str = ROMAN) -> None:
    """Name on the left, amount on the right of its last line."""
    sheet = flow.paper
    shown = wrap([(amount, face)], sheet.body, sheet.room / 2)[0]
    lines = wrap([(name, face)], sheet.body, sheet.room - shown.width - 2 * INDENT)
    flow.need(len(lines) * sheet.body * LEADING)
    flow.lines(lines, sheet.body, x=sheet.left + INDENT)
    flow.line(shown, sheet.left, flow.y - sheet.body * (LEADING - ASCENT), sheet.body, sheet.room, "right")
