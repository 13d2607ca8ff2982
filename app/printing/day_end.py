"""Biên bản đối chiếu cuối ngày: receipts on paper, the counter's book and the province in one table."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.day_end import Column, DayEnd, DayEndLine, DayEndPaper, Named
from app.domain.day_money import LooseMoney, OwnerMoney
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
_MONEY = (
    Slot("column_row", 9, "centre"), Slot("column_owner"),
    Slot("column_pieces", 11, "right", "above_receipts"), Slot("column_receipts", 21, "right", "above_receipts"),
    Slot("column_cash", 21, "right", "above_came"), Slot("column_confirmed", 21, "right", "above_came"),
    Slot("column_claimed", 21, "right", "above_came"), Slot("column_back", 20, "right"),
    Slot("column_net", 21, "right"), Slot("column_dossiers", 21, "right", "above_says"),
    Slot("column_beside", 20, "right", "above_says"), Slot("column_money_there", 21, "right"),
    Slot("column_differs", 20),
)
_LOOSE = (
    Slot("column_row", 9, "centre"), Slot("column_what", 50), Slot("column_name", 54, is_whole=True),
    Slot("column_amount", 24, "right"), Slot("column_since", 22, "centre"), Slot("column_repair"),
    Slot("column_key", 13, "centre"),
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
    if end.money is not None and end.money.is_blind:
        put_field(flow, words["session"], words["session_open"])
    rows = [_row(form, str(at), line.agency_name, line) for at, line in enumerate(end.lines, 1)]
    if len(end.lines) > 1:
        rows.append(_row(form, "", words["sum"], _sum(end.lines)))
    signed = Closing([Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name),
                      Signature(words["sign_head"], words["sign_hint"], "")],
                     notes=[[(form.notes["recorded"], ITALIC)]])
    tables: list[tuple[Sequence[Slot], list[list[Cell]], str]] = [(_SLOTS, rows, "")]
    if end.named:
        tables.append((_NAMED, [_named(form, at, each) for at, each in enumerate(end.named, 1)], "title_named"))
    if end.money is not None and end.money.owners and not end.money.is_blind:
        owners = [_owner(form, str(at), each, end.money.is_explained)
                  for at, each in enumerate(end.money.owners, 1)]
        if len(owners) > 1:
            owners.append(_owner(form, "", _all_owners(end.money.owners), end.money.is_explained))
        tables.append((_MONEY, owners, "title_money"))
    if end.money is not None and end.money.loose:
        tables.append((_LOOSE, [_loose(form, at, each) for at, each in enumerate(end.money.loose, 1)],
                       "title_loose"))
    for number, (slots, cells, title) in enumerate(tables, 1):
        draw_list(flow, form, slots, cells, title=[(words[title], BOLD)] if title else (),
                  closing=signed if number == len(tables) else None)
    return flow


def _result(form: Form, end: DayEnd) -> str:
    money = end.money
    amount = len(end.named) + (len(money.to_mend) if money is not None else 0)
    if not amount and money is not None and not money.is_equal:
        amount = sum(bool(each.differences) for each in money.owners)
    if end.compared_at is None and not amount:
        return form.words["without_province"]
    amount = amount or sum(bool(line.differences) for line in end.lines)
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


def _owner(form: Form, number: str, each: OwnerMoney, is_explained: bool) -> list[Cell]:
    face = ROMAN if number else BOLD
    words = form.words
    name = words.get(f"stream_{each.stream}", "") or each.owner_name or words["sum"]
    differs = "; ".join(words[f"differs_{what}"] for what in each.differences) or words["agrees"]
    if each.differences and is_explained:
        differs = words["differs_explained"]
    amounts: list[int | None] = [
        each.pieces, each.receipts, each.cash, each.confirmed, each.claimed, each.back, each.net, each.dossiers,
        each.beside, each.there,
    ]
    return [
        [(number, face)], [(name, face)],
        *([("" if amount is None else _amount(amount), face)] for amount in amounts),
        [(differs, BOLD if each.differences and not is_explained else ROMAN)],
    ]


def _all_owners(owners: Sequence[OwnerMoney]) -> OwnerMoney:
    there = [each.there for each in owners]
    sums = {name: sum(getattr(each, name) for each in owners) for name in (
        "pieces", "receipts", "cash", "confirmed", "claimed", "back", "dossiers", "beside")}
    return OwnerMoney("", "", "", **sums, there=None if None in there else sum(each or 0 for each in there))


def _loose(form: Form, number: int, each: LooseMoney) -> list[Cell]:
    words = form.words
    return [
        [(str(number), ROMAN)], [(words[f"loose_{each.kind}"], ROMAN)], [(each.name, BOLD)],
        [(_amount(each.amount) if each.amount else "", ROMAN)],
        [(short_date(each.since) if each.since else "", ROMAN)], [(words[f"repair_{each.kind}"], ROMAN)],
        [(each.key, BOLD)],
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
