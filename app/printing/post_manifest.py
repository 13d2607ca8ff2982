"""Bảng kê bưu gửi: the day's items, from the counter to the delivery post office."""

from __future__ import annotations

from app.domain.money import format_money
from app.domain.route_papers import PostLine, PostManifestPaper
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, clock_words, short_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.list_closing import Closing
from app.printing.list_opening import draw_list_opening
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.paragraph import Run
from app.printing.route_words import item_code_text, totals
from app.printing.signing import Signature

_SLOTS = (
    Slot("column_row", 9, "centre"), Slot("column_item", 34), Slot("column_code", 30, is_whole=True),
    Slot("column_receiver", 52), Slot("column_address"), Slot("column_weight", 17, "right"),
    Slot("column_cod", 24, "right"), Slot("column_note", 30),
)


def render_post_manifest(paper: PostManifestPaper, *, size: str = "A4 landscape",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape"; None means the two copies of the form, one for each side.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("post-manifest")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies, foot=paper.post_office)


def _lay_out(paper: PostManifestPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_list_opening(flow, form, paper.head, paper.number, local(paper.made_at).date())
    put_pair(flow, (words["sender"], paper.head.unit, ROMAN), (words["post_office"], paper.post_office, BOLD))
    cutoff = "" if paper.cutoff_at is None else words["cutoff"].format(
        time=clock_words(local(paper.cutoff_at).time()), day=short_date(local(paper.cutoff_at).date()))
    put_field(flow, words["made"], clock_and_date(paper.made_at), after=cutoff)
    if paper.note:
        put_field(flow, words["note"], paper.note)
    closing = Closing([Signature(words["sign_giver"], words["sign_hint"], paper.giver_name),
                       Signature(words["sign_receiver"], words["sign_receiver_hint"], paper.receiver_name)],
                      _total(form, paper), [[(form.notes["how"], ITALIC)]])
    draw_list(flow, form, _SLOTS, [_row(number, line) for number, line in enumerate(paper.lines, 1)],
              least_lines=2, closing=closing)
    return flow, area


def _row(number: int, line: PostLine) -> list[Cell]:
    receiver: list[Run] = [(line.receiver_name, BOLD)]
    if line.phone:
        receiver.append(("\n" + line.phone, ROMAN))
    weight = "" if line.weight is None else f"{line.weight:,}".replace(",", ".")
    return [[(str(number), ROMAN)], [(item_code_text(line.item_code), BOLD)], [(line.code, ROMAN)], receiver,
            [(line.address, ROMAN)], [(weight, ROMAN)],
            [(format_money(line.cod_amount) if line.cod_amount else "", ROMAN)], [(line.note, ITALIC)]]


def _total(form: Form, paper: PostManifestPaper) -> list[Run]:
    words, lines = form.words, paper.lines
    said = totals(form, ("total_items", len(lines)),
                  ("total_cod_items", sum(line.cod_amount > 0 for line in lines)))
    amount = sum(line.cod_amount for line in lines)
    runs: list[Run] = [(words["total"] + " ", ROMAN), (said, BOLD)]
    if amount:
        runs += [(" " + words["total_cod"] + " ", ROMAN), (format_money(amount) + ".", BOLD)]
    return runs
