"""The cash book as rows of tables: entries with their state, transfers that wait, and where pages come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from app.domain.till.accounts import Means
from app.domain.till.entries import EntryKind, TransferState
from app.domain.vietnam_time import local
from app.services.till.binding import UnboundSlip
from app.services.till.listing import After, EntryLine, list_money, list_session
from app.services.till.statements import Transfer
from ui.delegates.dates import full_moment
from ui.models.post_rows import age_words, days_since
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.money_field import money_text
from ui.widgets.paged_table import Column, Page

MEANS: Mapping[Means, str] = {Means.CASH: mark("Tiền mặt"), Means.TRANSFER: mark("Chuyển khoản")}
LATE_DAYS = 2
"""A transfer that no statement has confirmed for so long is asked about."""


def moment_words(at: datetime, now: datetime) -> str:
    """The time of today, the day and time of any other."""
    there = local(at)
    return f"{there:%H:%M}" if there.date() == local(now).date() else f"{there:%d/%m %H:%M}"


def about_words(row: EntryLine) -> str:
    """Of which dossier and from whom."""
    return " · ".join(part for part in (row.entry.code, row.entry.payer) if part) or row.entry.clerk_name


def what_words(row: EntryLine) -> str:
    """What was paid, or what happened to the drawer."""
    names = ", ".join(dict.fromkeys(row.names))
    match row.entry.kind:
        case EntryKind.COLLECTED:
            return names
        case EntryKind.VOIDED:
            return tr("Hủy: {what} ({reason})", what=names, reason=row.entry.reason)
        case EntryKind.REFUNDED:
            return tr("Hoàn trả: {what} ({reason})", what=names, reason=row.entry.reason)
        case EntryKind.MOVED if row.entry.amount > 0:
            return tr("Đưa vào ngăn tiền: {reason}", reason=row.entry.reason)
        case EntryKind.MOVED:
            return tr("Lấy khỏi ngăn tiền: {reason}", reason=row.entry.reason)
        case EntryKind.OPENED:
            return tr("Mở ca, tiền đầu ca")
        case EntryKind.CLOSED:
            return tr("Chốt ca, tiền đếm được")


def state_words(row: EntryLine) -> tuple[str, Tone]:
    """How it stands with this entry."""
    held = row.entry
    if held.kind is not EntryKind.COLLECTED:
        return tr("Cùng {name}", name=held.second_name) if held.second_name else "", "neutral"
    if held.is_void:
        return tr("Đã hủy"), "bad"
    if held.undone:
        return tr("Đã hoàn {amount}", amount=money_text(held.undone)), "warn"
    if row.transfer is TransferState.CLAIMED:
        return tr("Khách báo đã chuyển"), "warn"
    if row.transfer is TransferState.CONFIRMED:
        return tr("Đã nhận chuyển khoản"), "ok"
    return (tr("Thu ngoài ca"), "info") if not held.session else (tr("Đã thu"), "ok")


def entry_columns(desk: Desk) -> tuple[Column[EntryLine], ...]:
    return (
        Column(mark("Lúc"), lambda row: moment_words(row.entry.at, desk.clock()), value=lambda row: row.entry.at,
               tooltip=lambda row: f"{full_moment(row.entry.at)} · {row.entry.clerk_name}"),
        Column(mark("Hồ sơ, người nộp"), about_words, tooltip=about_words),
        Column(mark("Khoản"), what_words, tooltip=what_words),
        Column(mark("Bằng"), lambda row: tr(MEANS[row.entry.means])),
        Column(mark("Số tiền"), lambda row: money_text(row.entry.amount), value=lambda row: row.entry.amount,
               is_number=True),
        Column(mark("Biên lai"), lambda row: ", ".join(row.receipts), tooltip=lambda row: ", ".join(row.receipts)),
        Column(mark("Tình trạng"), lambda row: state_words(row)[0], tone=lambda row: state_words(row)[1]),
    )


def transfer_columns(desk: Desk) -> tuple[Column[Transfer], ...]:
    def age(row: Transfer) -> tuple[str, Tone]:
        tone: Tone = "warn" if days_since(row.at, desk.clock()) >= LATE_DAYS else "neutral"
        return tr("Khách báo {age}", age=age_words(row.at, desk.clock())), tone

    return (
        Column(mark("Lúc"), lambda row: moment_words(row.at, desk.clock()), value=lambda row: row.at,
               tooltip=lambda row: full_moment(row.at)),
        Column(mark("Hồ sơ, phiếu"), lambda row: row.called),
        Column(mark("Người nộp"), lambda row: row.payer),
        Column(mark("Vào tài khoản"), lambda row: row.account),
        Column(mark("Số tiền"), lambda row: money_text(row.amount), value=lambda row: row.amount, is_number=True),
        Column(mark("Mã trong nội dung"), lambda row: row.token),
        Column(mark("Tình trạng"), lambda row: age(row)[0], tone=lambda row: age(row)[1]),
    )


def slip_columns(desk: Desk) -> tuple[Column[UnboundSlip], ...]:
    def age(row: UnboundSlip) -> tuple[str, Tone]:
        tone: Tone = "warn" if days_since(row.at, desk.clock()) >= LATE_DAYS else "neutral"
        return tr("Chờ từ {age}", age=age_words(row.at, desk.clock())), tone

    return (
        Column(mark("Lúc"), lambda row: moment_words(row.at, desk.clock()), value=lambda row: row.at,
               tooltip=lambda row: full_moment(row.at)),
        Column(mark("Phiếu thu tạm"), lambda row: row.slip),
        Column(mark("Hồ sơ"), lambda row: row.code),
        Column(mark("Người nộp"), lambda row: row.payer),
        Column(mark("Thu cho"), lambda row: row.owner_name),
        Column(mark("Số tiền"), lambda row: money_text(row.amount), value=lambda row: row.amount, is_number=True),
        Column(mark("Tình trạng"), lambda row: age(row)[0], tone=lambda row: age(row)[1]),
    )


class SessionSource:
    """Entries of the session that `session()` names, newest first; of "" those outside any."""

    def __init__(self, desk: Desk, session: Callable[[], str]) -> None:
        self._desk, self._session = desk, session

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[EntryLine]:
        office = self._desk.office
        with office.database.reading() as connection:
            rows, rest = list_session(connection, office.enrolled.device, self._session(),
                                      cast("After | None", after), limit)
        return Page(rows, rest)


class MoneySource:
    """What was collected and taken back, newest first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[EntryLine]:
        with self._desk.office.database.reading() as connection:
            rows, rest = list_money(connection, cast("After | None", after), limit)
        return Page(rows, rest)


def row_id(row: Any) -> object:
    """What a row of the entries is known by."""
    return row.entry.op_id
