"""Reports of other things than dossiers: hand-overs, items of the post, satisfaction, and a clerk's own day.

No list stands behind their figures yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from app.domain.operation import Type
from app.domain.posting import Standing
from app.domain.reports.rates import share
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.store.queries.reports import beside

HANDOVERS, POST_ITEMS, SATISFACTION, MY_DAY = "handovers", "post-items", "satisfaction", "my-day"
_COUNT = ColumnKind.COUNT
_TOTAL = "Tổng cộng"

ACTS: Mapping[str, str] = {
    Type.DOSSIER_RECEIVED: "Tiếp nhận hồ sơ", Type.DOSSIER_CORRECTED: "Sửa hồ sơ",
    Type.PAPER_DIGITISED: "Số hóa giấy tờ", Type.PAPER_CHECKED: "Kiểm tra bản số hóa",
    Type.SUPPLEMENT_ASKED: "Yêu cầu bổ sung", Type.SUPPLEMENT_RECEIVED: "Nhận bổ sung",
    Type.DOSSIER_WITHDRAWN: "Công dân rút hồ sơ", Type.HANDOVER_MADE: "Bàn giao cho cơ quan",
    Type.RESULTS_TAKEN_IN: "Nhận kết quả về", Type.RESULT_SHELVED: "Xếp kết quả lên kệ",
    Type.RESULT_POSTED: "Gửi kết quả qua bưu chính", Type.RESULT_RETURNED: "Trả kết quả",
    Type.PAPERS_RETURNED: "Trả lại giấy tờ", Type.REFUSAL_MADE: "Từ chối tiếp nhận",
    Type.PICKUP_MADE: "Hẹn nhận hồ sơ tại nhà", Type.ONLINE_ASSISTED: "Hỗ trợ nộp trực tuyến",
    Type.OBSTACLE_NOTED: "Ghi khó khăn, vướng mắc", Type.MONEY_COLLECTED: "Thu phí, lệ phí",
    Type.MONEY_REFUNDED: "Hoàn trả tiền", Type.MONEY_VOIDED: "Hủy biên lai",
}
"""Acts that are a clerk's work; what the program writes beside them is not counted."""


def handovers(connection: Connection, asked: Asking) -> ReportTable:
    """Manifests of the period by agency: what was acknowledged, what is still open, what came back."""
    columns = numbered((
        Column("number", "TT", width=6), Column("name", "Cơ quan", width=40),
        Column("manifests", "Số lần", _COUNT),
        Column("lines", "Số hồ sơ", _COUNT), Column("acknowledged", "Đã ký nhận", _COUNT),
        Column("open", "Chưa xác nhận", _COUNT), Column("bad", "Không nhận, thiếu", _COUNT),
        Column("rate", "% đã ký nhận", ColumnKind.PERCENT),
    ))
    found = beside.handovers(connection, asked.counted)
    amounts = [
        (each.manifests, each.lines, each.acknowledged, each.open_lines, each.bad_lines) for each in found
    ]
    names = [(str(number), each.name) for number, each in enumerate(found, 1)]
    return as_table(asked, HANDOVERS, "Bàn giao hồ sơ cho cơ quan giải quyết", columns, [
        Row((number, name, *counts, share(counts[2], counts[1])), is_total=not number)
        for (number, name), counts in zip([*names, ("", _TOTAL)], [*amounts, _added(amounts, 5)], strict=True)
    ])


def post_items(connection: Connection, asked: Asking) -> ReportTable:
    """Day by day: items posted, and where they stand now."""
    columns = numbered((
        Column("day", "Ngày gửi", ColumnKind.DATE), Column("posted", "Đã gửi", _COUNT),
        Column(Standing.DELIVERED, "Đã phát", _COUNT), Column(Standing.UNDER_WAY, "Đang chuyển", _COUNT),
        Column(Standing.UNDELIVERED, "Không phát được", _COUNT),
        Column("otherwise", "Kết thúc khác", _COUNT), Column("rate", "% đã phát", ColumnKind.PERCENT),
    ))
    found = beside.post_items(connection, asked.counted)
    days: list[date | None] = [date.fromisoformat(day) for day in sorted({day for day, _ in found})]
    shown = (Standing.DELIVERED, Standing.UNDER_WAY, Standing.UNDELIVERED)
    amounts = []
    for day in days:
        on_day = {standing: amount for (each, standing), amount in found.items() if each == str(day)}
        known = [on_day.get(standing, 0) for standing in shown]
        amounts.append((sum(on_day.values()), *known, sum(on_day.values()) - sum(known)))
    return as_table(asked, POST_ITEMS, "Bưu gửi trả kết quả", columns, [
        Row((day, *counts, share(counts[1], counts[0])), is_total=day is None)
        for day, counts in zip([*days, None], [*amounts, _added(amounts, 5)], strict=True)
    ], unit="Số bưu gửi")


def satisfaction(connection: Connection, asked: Asking) -> ReportTable:
    """By the clerk who handed the result out. Whoever was not asked counts in no share."""
    columns = numbered((
        Column("name", "Người trả kết quả", width=34), Column("returned", "Đã trả", _COUNT),
        Column("very", "Rất hài lòng", _COUNT), Column("satisfied", "Hài lòng", _COUNT),
        Column("not", "Không hài lòng", _COUNT), Column("silent", "Không cho ý kiến", _COUNT),
        Column("rate", "% hài lòng trở lên", ColumnKind.PERCENT),
    ))
    found = beside.satisfaction(connection, asked.counted)
    names = sorted({name for name, _ in found})
    amounts = [
        (sum(found[name, level] for level in range(4)), *(found[name, level] for level in (1, 2, 3, 0)))
        for name in names
    ]
    return as_table(asked, SATISFACTION, "Mức độ hài lòng của người dân khi nhận kết quả", columns, [
        Row((name, *counts, share(counts[1] + counts[2], sum(counts[1:4]))), is_total=at == len(names))
        for at, (name, counts) in enumerate(zip([*names, _TOTAL], [*amounts, _added(amounts, 5)], strict=True))
    ])


def my_day(connection: Connection, asked: Asking) -> ReportTable:
    """What the asking clerk did on this counter in the period, in the order of a dossier's life."""
    columns = numbered((Column("name", "Việc", width=46), Column("amount", "Số hồ sơ, lượt", _COUNT)))
    done = beside.acts_of(connection, asked.made_by, asked.counted)
    return as_table(asked, MY_DAY, f"Việc đã làm của {asked.made_by}", columns, (
        Row((name, done[act])) for act, name in ACTS.items() if done[act]
    ))


def _added(amounts: Sequence[tuple[int, ...]], width: int) -> tuple[int, ...]:
    return tuple(sum(each[at] for each in amounts) for at in range(width))
