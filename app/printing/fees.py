"""Phí, lệ phí: one line for one charge, a line each and the total for several."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.money import format_money
from app.domain.papers import FeeLine
from app.printing.fields import put_field
from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import BOLD, ROMAN
from app.printing.forms import Form
from app.printing.paragraph import wrap

INDENT = 8.0


def _amount(form: Form, line: FeeLine) -> str:
    if line.rate:
        return line.rate
    return form.words["fee_unknown"] if line.amount is None else format_money(line.amount)


def _noted(name: str, note: str) -> str:
    return f"{name} ({note})" if note else name


def draw_fees(flow: Flow, form: Form, fees: Sequence[FeeLine], note: str = "") -> None:
    """The section; `note` says how the money is taken ("Thu trước", "Đã thu")."""
    words = form.words
    if len(fees) < 2:
        said = "".join(_noted(f"{line.name}: {_amount(form, line)}", line.note) for line in fees)
        put_field(flow, words["fees"], said or words["no_fees"], after=f"({note})" if note else "")
        return
    flow.need(4 * flow.paper.body * LEADING)
    flow.text([(words["fees"] + (f" ({note})" if note else ""), ROMAN)], flow.paper.body)
    for line in fees:
        if line.rate:              # too long for the right margin
            _row(flow, "– " + _noted(f"{line.name}: {line.rate}", line.note), "", ROMAN)
        else:
            _row(flow, "– " + _noted(line.name, line.note), _amount(form, line), ROMAN)
    amounts = [line.amount for line in fees if line.amount is not None and not line.rate]
    if len(amounts) == len(fees):
        _row(flow, words["fee_total"], format_money(sum(amounts)), BOLD)
    flow.skip(flow.paper.gap)


def _row(flow: Flow, name: str, amount: str, face: str) -> None:
    """Name on the left, amount on the right of its last line."""
    paper = flow.paper
    shown = wrap([(amount, face)], paper.body, paper.room / 2)[0] if amount else None
    taken = shown.width if shown is not None else 0
    lines = wrap([(name, face)], paper.body, paper.room - taken - 2 * INDENT)
    flow.need(len(lines) * paper.body * LEADING)
    flow.lines(lines, paper.body, x=paper.left + INDENT)
    if shown is not None:
        flow.line(shown, paper.left, flow.y - paper.body * (LEADING - ASCENT), paper.body, paper.room, "right")
