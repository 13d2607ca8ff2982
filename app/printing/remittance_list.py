"""Bảng kê nộp tiền: one line a collection, what went back as negative, and room for the taker's word."""

from __future__ import annotations

from app.domain.money import format_money
from app.domain.till.papers import RemittanceListPaper, RemittanceRow
from app.domain.vietnam_time import local
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.list_closing import Closing
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.signing import Signature

_STATE = (Slot("column_charge", 22, "right", is_whole=True), Slot("column_fee", 22, "right", is_whole=True))
_OTHER = (Slot("column_other", 26, "right", is_whole=True),)


def render_remittance_list(paper: RemittanceListPaper, *, size: str = "A4 landscape",
                           copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape"; None means the two copies of the form.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("remittance-list")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies)


def _lay_out(paper: RemittanceListPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.made_at, code=paper.number)
    put_field(flow, words["owner"], paper.owner_name, face=BOLD)
    put_pair(flow, (words["cash"], format_money(paper.cash), BOLD),
             (words["transferred"], format_money(paper.transferred), BOLD))
    is_other = any(row.other for row in paper.rows)
    slots = (
        Slot("column_row", 9, "centre"), Slot("column_code", 40, is_whole=True), Slot("column_procedure"),
        Slot("column_owner"), Slot("column_address"), Slot("column_payer"), Slot("column_text"),
        Slot("column_day", 20, "centre"), *(_OTHER if is_other else _STATE),
    )
    rows = [_row(str(at), row, is_other=is_other) for at, row in enumerate(paper.rows, 1)]
    if len(paper.rows) > 1:
        rows.append(_sum(form, paper, is_other=is_other))
    amount = paper.cash + paper.transferred
    total = words["total"].format(amount=format_money(amount), said=paper.said)
    note = form.notes["acknowledged" if amount >= 0 else "given_back"]
    draw_list(flow, form, slots, rows, closing=Closing(
        [Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name),
         Signature(words["sign_taker"], words["sign_hint"], "")],
        total=[(total, BOLD)], notes=[[(note, ITALIC)]]))
    return flow, area


def _row(number: str, row: RemittanceRow, *, is_other: bool) -> list[Cell]:
    amounts = (row.other,) if is_other else (row.charge, row.fee)
    texts = (number, row.code, row.procedure, row.owner, row.address, row.payer, row.text,
             f"{local(row.taken_at):%d/%m/%Y}")
    return [*([(text, ROMAN)] for text in texts), *([(_bare(amount), ROMAN)] for amount in amounts)]


def _sum(form: Form, paper: RemittanceListPaper, *, is_other: bool) -> list[Cell]:
    names = ("other",) if is_other else ("charge", "fee")
    sums = [sum(getattr(row, name) for row in paper.rows) for name in names]
    return [[("", ROMAN)], [(form.words["sum"], BOLD)], *([("", ROMAN)] for _ in range(6)),
            *([(format_money(amount).removesuffix(" đ"), BOLD)] for amount in sums)]


def _bare(amount: int) -> str:
    return format_money(amount).removesuffix(" đ") if amount else ""
