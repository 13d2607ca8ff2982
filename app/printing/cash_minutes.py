"""Biên bản chốt quỹ: every đồng of a session by where it came from, what was counted, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.money import format_money
from app.domain.till.papers import AmountLine, CashMinutesPaper
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.money_receipt import put_amount
from app.printing.opening import draw_opening
from app.printing.plain_table import TextColumn, draw_plain_table
from app.printing.signing import Signature, draw_signatures

SHOWN_HASH = 16


def render_cash_minutes(paper: CashMinutesPaper, *, size: str = "A4",
                        copies: tuple[str, ...] | None = None) -> bytes:
    """The minutes as PDF on "A4" or "A5"; None means the two copies of the form.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("cash-minutes")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies)


def _lay_out(paper: CashMinutesPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.closed_at, code=paper.number)
    put_pair(flow, (words["counter"], paper.counter_name, BOLD), (words["clerk"], paper.clerk_name, BOLD))
    put_pair(flow, (words["opened"], clock_and_date(paper.opened_at), ROMAN),
             (words["closed"], clock_and_date(paper.closed_at), ROMAN))
    for number, name in enumerate(("drawer", "collected", "transfers", "taken_back"), 1):
        _put_section(flow, form, f"{number}. {words[name]}", getattr(paper, name))
    _put_pieces(flow, form, paper)
    put_pair(flow, (words["expected"], format_money(paper.expected), BOLD),
             (words["counted"], format_money(paper.counted), BOLD))
    put_field(flow, words["said"], paper.counted_words, face=ITALIC)
    put_field(flow, words["difference"], _difference(form, paper), face=BOLD)
    if paper.carried:
        taker = words["taker"].format(name=paper.taker_name) if paper.taker_name else ""
        put_field(flow, words["carried"], format_money(paper.carried), after=taker)
    put_field(flow, words["reason"], paper.reason or words["no_reason"])
    journal = words["journal"].format(seq=paper.seq, head=paper.head_hash[:SHOWN_HASH])
    draw_signatures(flow, [Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name),
                           Signature(words["sign_taker"], words["sign_hint"], paper.taker_name)],
                    [[(form.notes["kept"], ITALIC)], [(journal, ROMAN)]])
    return flow, area


def _difference(form: Form, paper: CashMinutesPaper) -> str:
    if not paper.difference:
        return form.words["no_difference"]
    word = form.words["short" if paper.difference < 0 else "over"]
    return f"{word.format(amount=format_money(abs(paper.difference)))} ({paper.difference_words})"


def _put_section(flow: Flow, form: Form, title: str, lines: Sequence[AmountLine]) -> None:
    paper = flow.paper
    flow.need((1 + min(len(lines), 2)) * paper.body * LEADING)
    if not lines:
        flow.text([(f"{title}: ", BOLD), (form.words["none"], ROMAN)], paper.body)
    else:
        flow.text([(f"{title}:", BOLD)], paper.body)
    for line in lines:
        name = line.name if line.is_sum else "– " + line.name
        if line.note:
            name += f" ({line.note})"
        put_amount(flow, name, format_money(line.amount), BOLD if line.is_sum else ROMAN)
    flow.skip(1 + paper.gap)


def _put_pieces(flow: Flow, form: Form, paper: CashMinutesPaper) -> None:
    words = form.words
    if not paper.pieces:
        flow.text([(f"5. {words['pieces']}: ", BOLD), (words["none"], ROMAN)], flow.paper.body)
        flow.skip(1 + flow.paper.gap)
        return
    flow.text([(f"5. {words['pieces']}:", BOLD)], flow.paper.body)
    flow.skip(2)
    draw_plain_table(
        flow,
        [TextColumn(words["column_kind"], 3, "right"), TextColumn(words["column_pieces"], 2, "right"),
         TextColumn(words["column_amount"], 4, "right")],
        [*([[(_bare(kind), ROMAN)], [(_bare(pieces), ROMAN)], [(_bare(kind * pieces), ROMAN)]]
           for kind, pieces in paper.pieces),
         [[(words["sum"], BOLD)], [(_bare(sum(pieces for _, pieces in paper.pieces)), BOLD)],
          [(_bare(sum(kind * pieces for kind, pieces in paper.pieces)), BOLD)]]],
    )
    flow.skip(3 + flow.paper.gap)


def _bare(amount: int) -> str:
    return format_money(amount).removesuffix(" đ")
