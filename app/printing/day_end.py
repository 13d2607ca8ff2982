"""Biên bản đối chiếu cuối ngày: receipts on paper, the counter's book and the province in one table."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.day_end import Column, DayEnd, DayEndLine, DayEndPaper, Named
from app.domain.money import format_money
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.list_closing import Closing
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.signing import Signature

_SLOTS = (
    Slot("column_row", 9, "centre"), Slot("column_agency"),
    Slot("column_papers", 14, "right", "above_papers"), Slot("column_papers_money", 24, "right", "above_papers"),
    Slot("column_book", 14, "right", "above_book"), Slot("column_book_money", 24, "right", "above_book"),
    Slot("column_there", 14, "right", "above_there"), Slot("column_there_money", 24, "right", "above_there"),
    Slot("column_taken", 22, "right", "above_taken"), Slot("column_taken_there", 22, "right", "above_taken"),
    Slot("column_differs", 24),
)
_NAMED = (
    Slot("column_row", 9, "centre"), Slot("column_code", 56, is_whole=True), Slot("column_kind"),
    Slot("column_here", 28, "right"), Slot("column_other", 28, "right"), Slot("column_turn", 44),
)


def render_day_end(paper: DayEndPaper, *, size: str = "A4 landscape",
                   copies: tuple[str, ...] | None = None) -> bytes:
    """The minutes as PDF, "A4 landscape". They bear no code: nothing is done by scanning them."""
    form = load_form("day-end")
    flow = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    said = form.words["footer"].format(time=clock_and_date(paper.made_at))
    return hand_out(flow, form, code="", area=None, copies=copies, foot=said)


def _lay_out(paper: DayEndPaper, form: Form, setting: Paper, most_pages: int | None) -> Flow:
    words, end = form.words, paper.end
    flow = Flow(setting, most_pages)
    below = words["day"].format(day=short_date(end.day), counter=paper.counter_name)
    draw_opening(flow, form, paper.head, day=paper.made_at, code="", below_title=below)
    said = words["not_compared_yet"]
    if end.compared_at is not None:
        said = words["compared_at"].format(time=clock_and_date(end.compared_at))
    put_field(flow, words["compared"], said)
    put_field(flow, words["result"], _result(form, end), face=BOLD)
    rows = [_row(form, str(at), line.agency_name, line) for at, line in enumerate(end.lines, 1)]
    if len(end.lines) > 1:
        rows.append(_row(form, "", words["sum"], _sum(end.lines)))
    signed = Closing([Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name),
                      Signature(words["sign_head"], words["sign_hint"], "")],
                     notes=[[(form.notes["recorded"], ITALIC)]])
    draw_list(flow, form, _SLOTS, rows, closing=None if end.named else signed)
    if end.named:
        draw_list(flow, form, _NAMED, [_named(form, at, each) for at, each in enumerate(end.named, 1)],
                  title=[(words["title_named"], BOLD)], closing=signed)
    return flow


def _result(form: Form, end: DayEnd) -> str:
    if end.compared_at is None and not end.named:
        return form.words["without_province"]
    amount = len(end.named) or sum(bool(line.differences) for line in end.lines)
    return form.words["unequal"].format(count=f"{amount:02d}") if amount else form.words["equal"]


def _row(form: Form, number: str, name: str, line: DayEndLine) -> list[Cell]:
    face = ROMAN if number else BOLD
    there = line.there
    differs = "; ".join(form.words[f"differs_{each}"] for each in line.differences) or form.words["agrees"]

    def cells(*amounts: int | None) -> list[Cell]:
        return [[("" if amount is None else _amount(amount), face)] for amount in amounts]

    return [
        [(number, face)], [(name, face)],
        *cells(line.papers.dossiers, line.papers.money, line.book.dossiers, line.book.money),
        *(cells(there.dossiers, there.money) if there else cells(None, None)),
        *cells(line.book.taken, there.taken if there else None),
        [(differs, BOLD if line.differences else ROMAN)],
    ]


def _named(form: Form, number: int, each: Named) -> list[Cell]:
    words = form.words
    return [
        [(str(number), ROMAN)], [(each.code, BOLD)], [(words[f"kind_{each.kind}"], ROMAN)],
        *([("" if amount is None else _amount(amount), ROMAN)] for amount in (each.here, each.there)),
        [(words[f"turn_{each.turn}"], ROMAN)],
    ]


def _sum(lines: Sequence[DayEndLine]) -> DayEndLine:
    theirs = [line.there for line in lines if line.there is not None]
    return DayEndLine("", "", _added([line.papers for line in lines]), _added([line.book for line in lines]),
                      _added(theirs) if len(theirs) == len(lines) else None)


def _added(columns: Sequence[Column]) -> Column:
    return Column(sum(each.dossiers for each in columns), sum(each.money for each in columns),
                  sum(each.taken for each in columns))


def _amount(amount: int) -> str:
    return format_money(amount).removesuffix(" đ")
