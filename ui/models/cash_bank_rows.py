"""Lines of bank statements, money that is handed on and ranges of receipts as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.till.matching import Match
from app.domain.till.series import shown_number
from app.services.till.listing import MadeRemittance
from app.services.till.ranges import RangeUse
from app.services.till.remitting import Waiting
from app.services.till.statements import LooseLine
from ui.delegates.dates import day_text
from ui.models.counts import shown_count
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.money_field import money_text
from ui.widgets.paged_table import Column

VERDICTS: Mapping[Match, tuple[str, Tone]] = {
    Match.SURE: (mark("Khớp, Enter xác nhận"), "ok"),
    Match.AMOUNT: (mark("Đúng mã, khác số tiền"), "bad"),
    Match.SEVERAL: (mark("Nhiều khoản hợp, chọn tay"), "warn"),
    Match.UNKNOWN: (mark("Chưa rõ của ai"), "neutral"),
}
RANGE_KINDS: Mapping[str, str] = {
    "": mark("Phí và lệ phí"), "fee": mark("Phí"), "charge": mark("Lệ phí"),
}


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A statement line and what the transfers it may pay are called."""

    held: LooseLine
    called: tuple[str, ...]

    @property
    def id(self) -> object:
        return self.held.statement, self.held.n


@dataclass(frozen=True, slots=True)
class RemitRow:
    """Money that can be handed on to one owner, or that was: `made` is the list then."""

    owner_name: str
    cash: int
    transferred: int
    waiting: Waiting | None = None
    made: MadeRemittance | None = None

    @property
    def id(self) -> object:
        if self.made is not None:
            return self.made.op_id
        assert self.waiting is not None
        return self.waiting.stream, self.waiting.owner


def remit_rows(waiting: Sequence[Waiting], made: Sequence[MadeRemittance]) -> tuple[RemitRow, ...]:
    """What waits first, then what was handed on."""
    return (
        *(RemitRow(each.owner_name, each.cash, each.transferred, waiting=each) for each in waiting),
        *(RemitRow(each.owner_name, each.cash, each.transferred, made=each) for each in made),
    )


def _remit_state(row: RemitRow) -> tuple[str, Tone]:
    if row.made is None:
        return tr("Chờ nộp"), "warn"
    if row.made.acknowledged_by:
        return tr("{name} đã nhận", name=row.made.acknowledged_by), "ok"
    return tr("Đã nộp, chờ xác nhận"), "info"


LOOSE_COLUMNS: tuple[Column[LooseRow], ...] = (
    Column(mark("Ngày"), lambda row: day_text(row.held.line.day), value=lambda row: row.held.line.day),
    Column(mark("Số tiền"), lambda row: money_text(row.held.line.amount), value=lambda row: row.held.line.amount,
           is_number=True),
    Column(mark("Nội dung trên sao kê"), lambda row: row.held.line.text, tooltip=lambda row: row.held.line.text),
    Column(mark("Của khoản"), lambda row: ", ".join(row.called)),
    Column(mark("Đối chiếu"), lambda row: tr(VERDICTS[row.held.match][0]),
           tone=lambda row: VERDICTS[row.held.match][1]),
)
REMIT_COLUMNS: tuple[Column[RemitRow], ...] = (
    Column(mark("Nộp cho"), lambda row: row.owner_name),
    Column(mark("Danh sách"), lambda row: row.made.number if row.made is not None else ""),
    Column(mark("Tiền mặt"), lambda row: money_text(row.cash), value=lambda row: row.cash, is_number=True),
    Column(mark("Chuyển khoản"), lambda row: money_text(row.transferred), value=lambda row: row.transferred,
           is_number=True),
    Column(mark("Cộng"), lambda row: money_text(row.cash + row.transferred),
           value=lambda row: row.cash + row.transferred, is_number=True),
    Column(mark("Tình trạng"), lambda row: _remit_state(row)[0], tone=lambda row: _remit_state(row)[1]),
)
RANGE_COLUMNS: tuple[Column[RangeUse], ...] = (
    Column(mark("Mẫu số"), lambda row: row.numbers.form),
    Column(mark("Ký hiệu"), lambda row: row.numbers.symbol),
    Column(mark("Từ số"), lambda row: shown_number(row.numbers.first)),
    Column(mark("Đến số"), lambda row: shown_number(row.numbers.last)),
    Column(mark("Dùng cho"), lambda row: tr(RANGE_KINDS[row.numbers.kind])),
    Column(mark("Đã dùng"), lambda row: shown_count(row.used), is_number=True),
    Column(mark("Hủy"), lambda row: shown_count(row.void), is_number=True),
    Column(mark("Hỏng"), lambda row: shown_count(row.spoiled), is_number=True),
    Column(mark("Còn"), lambda row: shown_count(row.left), is_number=True),
)
