"""Obstacles as rows of a table and as lines of a CSV file; that file's words are Vietnamese, as the paper's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.route_papers import ObstacleCause
from app.domain.vietnam_time import local
from app.store.queries.obstacles import ObstacleRow
from ui.delegates.dates import day_text, full_moment
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column

CAUSES: Mapping[ObstacleCause, str] = {
    ObstacleCause.AGENCY: mark("Cơ quan giải quyết"),
    ObstacleCause.CITIZEN: mark("Người dân"),
    ObstacleCause.COUNTER: mark("Quầy"),
    ObstacleCause.SYSTEM: mark("Hệ thống"),
    ObstacleCause.RULE: mark("Quy định"),
}


def subject(row: ObstacleRow) -> str:
    """What it is about, in one line."""
    return " · ".join(part for part in (row.code, row.procedure_name) if part) or tr("Việc chung của quầy")


def _state(row: ObstacleRow) -> str:
    return tr("Chưa xong") if row.is_open else tr("Đã xong")


def _tone(row: ObstacleRow) -> Tone:
    return "warn" if row.is_open else "ok"


COL_DAY, COL_TEXT, COL_SUBJECT, COL_CAUSE, COL_STATE = range(5)
COLUMNS: tuple[Column[ObstacleRow], ...] = (
    Column(mark("Ngày ghi"), lambda row: day_text(local(row.at).date()), value=lambda row: row.at,
           tooltip=lambda row: f"{full_moment(row.at)} · {row.clerk_name}"),
    Column(mark("Vướng mắc"), lambda row: row.text, tooltip=lambda row: row.text),
    Column(mark("Thủ tục, hồ sơ"), subject, tooltip=subject),
    Column(mark("Thuộc về"), lambda row: tr(CAUSES[row.cause])),
    Column(mark("Tình trạng"), _state, tone=_tone, tooltip=lambda row: row.answer),
)

CSV_HEAD: Sequence[str] = (
    "TT", "Ngày ghi", "Người ghi", "Mã hồ sơ", "Mã thủ tục", "Thủ tục", "Cơ quan", "Thuộc về", "Vướng mắc",
    "Trả lời, cách giải quyết", "Ngày xong",
)


def csv_line(number: int, row: ObstacleRow) -> Sequence[str]:
    """One line of the monthly file, in the order of `CSV_HEAD`."""
    closed = day_text(local(row.closed_at).date()) if row.closed_at is not None else ""
    return (
        str(number), day_text(local(row.at).date()), row.clerk_name, row.code, row.procedure_code,
        row.procedure_name, row.agency_name, CAUSES[row.cause], row.text, row.answer, closed,
    )
