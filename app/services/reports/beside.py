"""Reports of other things than dossiers: hand-overs, items of the post, satisfaction. Each figure opens them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from app.domain.manifest import LineState
from app.domain.posting import Standing
from app.domain.reports.rates import share
from app.domain.reports.table import Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import ALL, GROUP, Things, of_row, tally
from app.store.queries.reports import beside

HANDOVERS, POST_ITEMS, SATISFACTION = "handovers", "post-items", "satisfaction"
_COUNT = ColumnKind.COUNT
_TOTAL = "Tổng cộng"

_VERDICTS: Mapping[str, tuple[str, ...]] = {
    "acknowledged": (LineState.ACCEPTED, LineState.EXTRA, LineState.ANSWERED), "open": (LineState.OPEN,),
    "bad": (LineState.REFUSED, LineState.MISSING),
}
_SAID_OF_LINE: Mapping[str, str] = {
    LineState.OPEN: "Chưa xác nhận", LineState.ACCEPTED: "Đã ký nhận",
    LineState.EXTRA: "Đã ký nhận, ngoài danh sách", LineState.ANSWERED: "Đã có kết quả",
    LineState.REFUSED: "Không nhận", LineState.MISSING: "Báo thiếu",
}
_STANDINGS: Mapping[str, tuple[str, ...]] = {
    Standing.DELIVERED: (Standing.DELIVERED,), Standing.UNDER_WAY: (Standing.UNDER_WAY,),
    Standing.UNDELIVERED: (Standing.UNDELIVERED,), "otherwise": (Standing.ENDED, Standing.DISPUTED),
}
_SAID_OF_ITEM: Mapping[str, str] = {
    Standing.DELIVERED: "Đã phát", Standing.UNDER_WAY: "Đang chuyển", Standing.UNDELIVERED: "Không phát được",
    Standing.ENDED: "Kết thúc khác", Standing.DISPUTED: "Hai quầy ghi trái nhau",
}
_LEVELS: Mapping[str, tuple[str, ...]] = {"very": ("1",), "satisfied": ("2",), "not": ("3",), "silent": ("0",)}
_SAID_OF_LEVEL = {"1": "Rất hài lòng", "2": "Hài lòng", "3": "Không hài lòng", "0": "Không cho ý kiến"}


def handovers(connection: Connection, asked: Asking) -> ReportTable:
    """Manifests of the period by agency, the largest first: what was acknowledged, is still open, came back."""
    columns = numbered((
        Column("number", "TT", width=6), Column("name", "Cơ quan", width=40),
        Column("manifests", "Số lần", _COUNT),
        Column("lines", "Số hồ sơ", _COUNT), Column("acknowledged", "Đã ký nhận", _COUNT),
        Column("open", "Chưa xác nhận", _COUNT), Column("bad", "Không nhận, thiếu", _COUNT),
        Column("rate", "% đã ký nhận", ColumnKind.PERCENT),
    ))
    made = tally(connection, beside.manifests_made(asked.counted))
    lines = tally(connection, beside.handed_over(asked.counted))
    parts = sorted(made.parts, key=lambda part: (-lines.of(part), part))

    def row(number: str, name: str, part: str | None) -> Row:
        whole, *told = lines.of(part), *(lines.of(part, *words) for words in _VERDICTS.values())
        return Row((number, name, made.of(part), whole, *told, share(told[0], whole)), 0, _drill(part),
                   is_total=part is None)

    rows = [row(str(number), made.parts[part], part) for number, part in enumerate(parts, 1)]
    if rows:
        rows.append(row("", _TOTAL, None))
    return as_table(asked, HANDOVERS, "Bàn giao hồ sơ cho cơ quan giải quyết", columns, rows)


def post_items(connection: Connection, asked: Asking) -> ReportTable:
    """Day by day: items posted, and where they stand now."""
    columns = numbered((
        Column("day", "Ngày gửi", ColumnKind.DATE), Column("posted", "Đã gửi", _COUNT),
        Column(Standing.DELIVERED, "Đã phát", _COUNT), Column(Standing.UNDER_WAY, "Đang chuyển", _COUNT),
        Column(Standing.UNDELIVERED, "Không phát được", _COUNT),
        Column("otherwise", "Kết thúc khác", _COUNT), Column("rate", "% đã phát", ColumnKind.PERCENT),
    ))
    items = tally(connection, beside.posted(asked.counted))

    def row(part: str | None) -> Row:
        whole, *told = items.of(part), *(items.of(part, *words) for words in _STANDINGS.values())
        day = date.fromisoformat(part) if part is not None else None
        return Row((day, whole, *told, share(told[0], whole)), 0, _drill(part), is_total=part is None)

    rows = [row(part) for part in (*items.parts, None)] if items.parts else []
    return as_table(asked, POST_ITEMS, "Bưu gửi trả kết quả", columns, rows, unit="Số bưu gửi")


def satisfaction(connection: Connection, asked: Asking) -> ReportTable:
    """By the clerk who handed the result out. Whoever was not asked counts in no share."""
    columns = numbered((
        Column("name", "Người trả kết quả", width=34), Column("returned", "Đã trả", _COUNT),
        Column("very", "Rất hài lòng", _COUNT), Column("satisfied", "Hài lòng", _COUNT),
        Column("not", "Không hài lòng", _COUNT), Column("silent", "Không cho ý kiến", _COUNT),
        Column("rate", "% hài lòng trở lên", ColumnKind.PERCENT),
    ))
    given = tally(connection, beside.returned(asked.counted))

    def row(name: str, part: str | None) -> Row:
        whole, *told = given.of(part), *(given.of(part, *words) for words in _LEVELS.values())
        return Row((name, whole, *told, share(told[0] + told[1], sum(told[:3]))), 0, _drill(part),
                   is_total=part is None)

    rows = [row(name, part) for part, name in given.parts.items()]
    if rows:
        rows.append(row(_TOTAL, None))
    return as_table(asked, SATISFACTION, "Mức độ hài lòng của người dân khi nhận kết quả", columns, rows)


def things_behind(asked: Asking, drill: Drill) -> Things | None:
    """What a figure of these three counts; None where no list stands behind it."""
    days, part = asked.counted, of_row(drill.row)
    if drill.report == HANDOVERS and drill.column == "manifests":
        return Things(beside.manifests_made(days), part)
    whole, by_column, found, said = {
        HANDOVERS: ("lines", _VERDICTS, beside.handed_over, _SAID_OF_LINE),
        POST_ITEMS: ("posted", _STANDINGS, beside.posted, _SAID_OF_ITEM),
        SATISFACTION: ("returned", _LEVELS, beside.returned, _SAID_OF_LEVEL),
    }[drill.report]
    if drill.column != whole and drill.column not in by_column:
        return None
    return Things(found(days), part, by_column.get(drill.column), said)


def _drill(part: str | None) -> str:
    return ALL if part is None else GROUP + part
