"""What is at the post as rows of tables: results to send, items by their last word, pick-ups, item codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.domain.item_code import read_item_code
from app.domain.life.facts import PostWord
from app.domain.life.states import Delivery, MoneyState
from app.domain.life.work import Work
from app.domain.masking import mask_phone
from app.domain.pickup import PickupState
from app.domain.vietnam_time import local
from app.store.queries.item_codes import RangeRow
from app.store.queries.pickups import PickupRow
from app.store.queries.post import ItemRow, item_rows
from app.store.queries.post import place_after as after_item
from app.store.queries.results import WaitingOrder, WaitingResult, place_after, waiting_results
from ui.delegates.dates import full_moment
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, Page

QUIET, SILENT = 3, 7
"""Days without a word after which an item is asked about, and after which somebody must."""

WORDS: Mapping[PostWord, str] = {
    PostWord.ACCEPTED: mark("Bưu chính đã nhận"),
    PostWord.IN_TRANSIT: mark("Đang chuyển"),
    PostWord.DELIVERED: mark("Đã phát"),
    PostWord.UNDELIVERED: mark("Không phát được"),
}
STATES: Mapping[PickupState, tuple[str, Tone]] = {
    PickupState.ASKED: (mark("Đã hẹn"), "info"),
    PickupState.COLLECTING: (mark("Đang đi thu gom"), "warn"),
    PickupState.COLLECTED: (mark("Đã thu gom"), "ok"),
    PickupState.RECEIVED: (mark("Đã tiếp nhận"), "ok"),
    PickupState.CANCELLED: (mark("Đã hủy"), "neutral"),
}


def days_since(moment: datetime, now: datetime) -> int:
    """Days of the calendar at the counter, never below zero."""
    return max(0, (local(now).date() - local(moment).date()).days)


def age_words(moment: datetime, now: datetime) -> str:
    days = days_since(moment, now)
    return tr("{n} ngày trước", n=days) if days else tr("hôm nay")


def word_words(row: ItemRow, now: datetime) -> tuple[str, Tone]:
    """The last word and how old it is: a word without its age would be believed for too long."""
    days = days_since(row.heard_at, now)
    tone: Tone = "bad" if days >= SILENT else "warn" if days >= QUIET else "neutral"
    if row.word is None:
        return tr("Chưa có tin, gửi {age}", age=age_words(row.heard_at, now)), tone
    return tr("{word}, {age}", word=tr(WORDS[row.word]), age=age_words(row.heard_at, now)), tone


def back_words(row: ItemRow, now: datetime) -> tuple[str, Tone]:
    if row.delivery is Delivery.RECALLED:
        return tr("Đang thu hồi, {age}", age=age_words(row.heard_at, now)), "bad"
    return tr("Không phát được, {age}", age=age_words(row.heard_at, now)), "warn"


def shown_item(text: str) -> str:
    """In groups, as it stands under the barcode."""
    return read_item_code(text).shown if text else ""


def list_words(row: ItemRow) -> tuple[str, Tone]:
    """On which list the cover left; nothing else says that it has."""
    return (row.list_number, "neutral") if row.list_number else (tr("Chưa vào bảng kê"), "info")


def send_columns(desk: Desk) -> tuple[Column[WaitingResult], ...]:
    return (
        Column(mark("Kệ"), lambda row: row.shelf),
        Column(mark("Mã hồ sơ"), lambda row: row.code),
        Column(mark("Chủ hồ sơ"), lambda row: " · ".join(
            part for part in (row.applicant_name, row.masked_phone) if part)),
        Column(mark("Thủ tục"), lambda row: row.procedure_name, tooltip=lambda row: row.agency_name),
        Column(mark("Về quầy"), lambda row: age_words(row.since, desk.clock()) if row.since else "",
               tooltip=lambda row: full_moment(row.since) if row.since else ""),
        Column(mark("Thu hộ"), lambda row: tr("Phải thu hộ") if row.money is MoneyState.DUE else "",
               tone=lambda row: "warn"),
    )


def item_columns(desk: Desk) -> tuple[Column[ItemRow], ...]:
    return (
        Column(mark("Mã bưu gửi"), lambda row: shown_item(row.item_code)),
        Column(mark("Mã hồ sơ"), lambda row: row.code),
        Column(mark("Người nhận"), lambda row: row.receiver or row.applicant_name),
        Column(mark("Tin cuối của bưu chính"), lambda row: word_words(row, desk.clock())[0],
               tone=lambda row: word_words(row, desk.clock())[1], tooltip=lambda row: full_moment(row.heard_at)),
        Column(mark("Bảng kê"), lambda row: list_words(row)[0], tone=lambda row: list_words(row)[1]),
    )


def back_columns(desk: Desk) -> tuple[Column[ItemRow], ...]:
    return (
        Column(mark("Mã bưu gửi"), lambda row: shown_item(row.item_code)),
        Column(mark("Mã hồ sơ"), lambda row: row.code),
        Column(mark("Người nhận"), lambda row: row.receiver or row.applicant_name),
        Column(mark("Vì sao"), lambda row: row.note),
        Column(mark("Từ lúc nào"), lambda row: back_words(row, desk.clock())[0],
               tone=lambda row: back_words(row, desk.clock())[1], tooltip=lambda row: full_moment(row.heard_at)),
    )


def pickup_columns(desk: Desk) -> tuple[Column[PickupRow], ...]:
    return (
        Column(mark("Số tạm"), lambda row: row.number),
        Column(mark("Người nộp"), lambda row: " · ".join(
            part for part in (row.name, mask_phone(row.phone)) if part)),
        Column(mark("Nơi thu gom"), lambda row: row.address),
        Column(mark("Thủ tục"), lambda row: row.procedure_name),
        Column(mark("Hẹn đến"), lambda row: row.visit),
        Column(mark("Bước"), lambda row: pickup_words(row)[0], tone=lambda row: pickup_words(row)[1],
               tooltip=lambda row: full_moment(row.moved_at)),
    )


def pickup_words(row: PickupRow) -> tuple[str, Tone]:
    if row.other_code:
        return tr("Hai hồ sơ: {code}, {other}", code=row.code, other=row.other_code), "bad"
    words, tone = STATES[row.state]
    return tr(words), tone


def range_columns(desk: Desk) -> tuple[Column[RangeRow], ...]:
    return (
        Column(mark("Từ mã"), lambda row: row.codes.first.shown),
        Column(mark("Đến mã"), lambda row: row.codes.last.shown),
        Column(mark("Nhận ngày"), lambda row: f"{local(row.at):%d/%m/%Y}"),
        Column(mark("Số mã"), lambda row: shown_count(row.count.handed), is_number=True),
        Column(mark("Đã dùng"), lambda row: shown_count(row.count.used), is_number=True),
        Column(mark("Đã hủy"), lambda row: shown_count(row.count.void), is_number=True),
        Column(mark("Còn lại"), lambda row: shown_count(row.count.left), is_number=True),
    )


class SendSource:
    """Results to be sent, those that wait longest first, a page at a time."""

    def __init__(self, desk: Desk) -> None:
        self._database = desk.office.database

    def page(self, after: Any, limit: int, sort: str, is_descending: bool) -> Page[WaitingResult]:
        with self._database.reading() as connection:
            rows = waiting_results(connection, Work.TO_POST, after=after, limit=limit)
        return Page(rows, place_after(rows[-1], WaitingOrder.AGE) if len(rows) == limit else None)


class ItemSource:
    """Items of one work list, the one nobody has spoken of for longest first."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._database, self._work = desk.office.database, work

    def page(self, after: Any, limit: int, sort: str, is_descending: bool) -> Page[ItemRow]:
        with self._database.reading() as connection:
            rows = item_rows(connection, self._work, after=after, limit=limit)
        return Page(rows, after_item(rows[-1]) if len(rows) == limit else None)


class ShortSource:
    """A list short enough to be read whole, read anew at each reload."""

    def __init__(self, read: Callable[[], tuple[Any, ...]]) -> None:
        self._read = read

    def page(self, after: Any, limit: int, sort: str, is_descending: bool) -> Page[Any]:
        return Page(self._read(), None)
