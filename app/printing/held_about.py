"""Báo cáo dữ liệu cá nhân đang giữ: the answer to a person who asks what this counter holds about them.

No number of the paper and no barcode: what is in it is nobody's dossier, and its number would name a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.held_about import HeldAbout, HeldDossier
from app.domain.money import format_money
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out, printed_by
from app.printing.opening import draw_opening
from app.printing.paragraph import Run
from app.printing.plain_table import TextColumn, draw_plain_table

Cells = list[list[Run]]


def render_held_about(report: HeldAbout, *, size: str = "A4", copies: tuple[str, ...] | None = None) -> bytes:
    """The report as PDF on "A4" or "A5"."""
    form = load_form("held-about")
    flow = fit(size, lambda setting, most_pages: _lay_out(report, form, setting, most_pages))
    return hand_out(flow, form, code="", area=None, copies=copies,
                    foot=printed_by(form, report.asked_at, report.clerk_name))


def _lay_out(report: HeldAbout, form: Form, setting: Paper, most_pages: int | None) -> Flow:
    words = form.words
    flow = Flow(setting, most_pages)
    draw_opening(flow, form, report.head, day=report.asked_at, code="")
    put_field(flow, words["of"], report.number, face=BOLD)
    put_field(flow, words["counter"], ", ".join(each for each in (report.counter_name, report.head.unit) if each))
    put_field(flow, words["asked"], clock_and_date(local(report.asked_at)))
    if report.answer_by is not None:
        put_field(flow, words["answer_by"], clock_and_date(report.answer_by))
    else:
        flow.text([(words["answer_within"], ROMAN)], setting.body)
    put_field(flow, words["purpose"], report.purpose)
    if report.is_empty:
        flow.skip(4)
        flow.text([(words["empty"], BOLD)], setting.body)
    else:
        _tables(flow, form, report)
    _lines(flow, words["terms"], report.terms)
    _lines(flow, words["ground"], (words["ground_text"], words["only_here"]))
    return flow


def _tables(flow: Flow, form: Form, report: HeldAbout) -> None:
    words = form.words
    _section(flow, form, "data", (
        TextColumn(words["column_name"], 26), TextColumn(words["column_value"], 60),
        TextColumn(words["column_codes"], 40),
    ), [[[(each.name, BOLD)], [(each.value, ROMAN)],
         [("\n".join(each.codes) or words["unfiled"], ROMAN)]] for each in report.data])
    _section(flow, form, "dossiers", (
        TextColumn(words["column_dossier"], 42), TextColumn(words["column_role"], 26),
        TextColumn(words["column_papers"], 30), TextColumn(words["column_until"], 36),
    ), [_dossier(form, each) for each in report.dossiers])
    _section(flow, form, "money", (
        TextColumn(words["column_at"], 24), TextColumn(words["column_code"], 40),
        TextColumn(words["column_what"], 36), TextColumn(words["column_amount"], 26, "right"),
    ), [[[(_moment(each.at), ROMAN)], [(each.code, ROMAN)], [(each.what, ROMAN)],
         [(format_money(each.amount), ROMAN)]] for each in report.money])
    _section(flow, form, "looks", (
        TextColumn(words["column_at"], 24), TextColumn(words["column_code"], 40),
        TextColumn(words["column_what"], 30), TextColumn(words["column_clerk"], 32),
    ), [[[(_moment(each.at), ROMAN)], [(each.code, ROMAN)], [(each.what, ROMAN)], [(each.clerk, ROMAN)]]
        for each in report.looks])
    flow.skip(2)
    flow.text([(words["searches"], ITALIC)], flow.paper.small)
    _lines(flow, words["others"], tuple(
        f"{each.name}: {words['times'].format(n=each.amount)}." for each in report.others
    ) or (words["none"],))


def _dossier(form: Form, each: HeldDossier) -> Cells:
    words = form.words
    return [
        [(each.code, BOLD), ("\n" + each.procedure, ROMAN), ("\n" + each.agency, ROMAN),
         ("\n" + words["received"].format(time=_moment(each.received_at)), ROMAN)],
        [(each.role, BOLD), ("\n" + each.source, ROMAN)],
        [(each.papers, ROMAN), ("\n" + words["prints"].format(n=each.prints), ROMAN)],
        [(each.state, BOLD), ("\n" + each.until, ROMAN)],
    ]


def _section(flow: Flow, form: Form, name: str, columns: Sequence[TextColumn], rows: Sequence[Cells]) -> None:
    _title(flow, form.words[name])
    if rows:
        draw_plain_table(flow, columns, rows)
    else:
        flow.text([(form.words["none"], ITALIC)], flow.paper.body)


def _lines(flow: Flow, title: str, lines: Sequence[str]) -> None:
    _title(flow, title)
    for line in lines:
        flow.text([(line, ROMAN)], flow.paper.body)
        flow.skip(1)


def _title(flow: Flow, title: str) -> None:
    flow.skip(5 + flow.paper.gap)
    flow.need(flow.paper.body * 5)
    flow.text([(title, BOLD)], flow.paper.body)
    flow.skip(2)


def _moment(at: datetime) -> str:
    return f"{local(at):%d/%m/%Y %H:%M}"
