"""Results that wait, as rows of a table: where, whose, since when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.life.states import Delivery, MoneyState
from app.domain.life.work import Work
from app.domain.vietnam_time import local
from app.store.queries.results import WaitingOrder, WaitingResult, place_after, waiting_results
from ui.delegates.dates import full_moment
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, Page

LONG, VERY_LONG = 10, 30
"""Days after which a result that nobody fetched asks for a telephone call, and then for more."""


def age_words(row: WaitingResult, now: datetime) -> tuple[str, Tone]:
    """How long it has waited, in days of the calendar."""
    if row.since is None:
        return "", "neutral"
    days = (local(now).date() - local(row.since).date()).days
    if days <= 0:
        return tr("Hôm nay"), "neutral"
    return tr("{n} ngày", n=days), "bad" if days >= VERY_LONG else "warn" if days >= LONG else "neutral"


def note_words(row: WaitingResult) -> tuple[str, Tone]:
    if row.delivery is Delivery.RECALLED:
        return tr("Đang thu hồi"), "bad"
    if row.delivery is Delivery.UNDELIVERED:
        return tr("Bưu chính hoàn"), "warn"
    return (tr("Còn phải thu"), "warn") if row.money is MoneyState.DUE else ("", "neutral")


COL_SHELF, COL_CODE, COL_PERSON, COL_PROCEDURE, COL_AGE, COL_NOTE = range(6)


def columns(desk: Desk) -> tuple[Column[WaitingResult], ...]:
    return (
        Column(mark("Kệ"), lambda row: row.shelf),
        Column(mark("Mã hồ sơ"), lambda row: row.code),
        Column(mark("Chủ hồ sơ"), lambda row: " · ".join(
            part for part in (row.applicant_name, row.masked_phone) if part)),
        Column(mark("Thủ tục"), lambda row: row.procedure_name, tooltip=lambda row: row.agency_name),
        Column(mark("Đã chờ"), lambda row: age_words(row, desk.clock())[0],
               tone=lambda row: age_words(row, desk.clock())[1],
               tooltip=lambda row: full_moment(row.since) if row.since else ""),
        Column(mark("Lưu ý"), lambda row: note_words(row)[0], tone=lambda row: note_words(row)[1]),
    )


class WaitingSource:
    """The rows of one list, a page at a time."""

    def __init__(self, desk: Desk, work: Work, order: WaitingOrder) -> None:
        self._database, self._work, self._order = desk.office.database, work, order

    def page(self, after: Any, limit: int, sort: str, is_descending: bool) -> Page[WaitingResult]:
        with self._database.reading() as connection:
            rows = waiting_results(connection, self._work, order=self._order, after=after, limit=limit)
        return Page(rows, place_after(rows[-1], self._order) if len(rows) == limit else None)
