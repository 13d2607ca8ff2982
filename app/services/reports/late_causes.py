"""Because of whom dossiers were late: who held the papers when the promised day was over.

Each late dossier's life is folded up to the end of its promised day; where it then lay is the answer, whatever
happened before and since. Nobody is blamed for a day that was not yet over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, case, or_, select

from app.domain.life.fold import fold
from app.domain.life.states import Custody
from app.domain.reports.ii06a import Figure
from app.domain.reports.table import Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.domain.vietnam_time import VIETNAM
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import ALL, GROUP, of_row
from app.store import projection_life
from app.store.queries.reports.conditions import Part, What, condition
from app.store.tables import dossiers

ID = "late-causes"
TITLE = "Hồ sơ quá hạn: giấy tờ đang ở đâu khi hết hạn"
REQUESTS = "Yêu cầu bổ sung quá một lần"
"""Late by the rule alone (QĐ 766/QĐ-TTg, 2.1): the promised day was not over yet."""
HOLDERS: Mapping[Custody, str] = {
    Custody.COUNTER: "Còn ở quầy", Custody.ON_THE_WAY: "Trên đường giao",
    Custody.AGENCY: "Cơ quan giải quyết đang giữ",
    Custody.MISSING: "Chưa tìm thấy", Custody.CITIZEN: "Công dân đang giữ",
}
_BOTH = "both"
_BETWEEN = "|"
"""Between holder and agency in a row's name."""
_COLUMNS = numbered((
    Column("name", "Ai giữ giấy tờ khi hết ngày hẹn", width=46),
    Column(_BOTH, "Tổng số quá hạn", ColumnKind.COUNT),
    Column(Figure.LATE, "Đã giải quyết, quá hạn", ColumnKind.COUNT),
    Column(Figure.OPEN_LATE, "Đang giải quyết, quá hạn", ColumnKind.COUNT),
    Column("days", "Trễ lâu nhất (ngày)", ColumnKind.DAYS),
))
_Key = tuple[str, str]


def table(connection: Connection, asked: Asking) -> ReportTable:
    """Each holder with the agencies concerned, the largest first, and the sum."""
    counts: dict[Figure, Counter[_Key]] = {Figure.LATE: Counter(), Figure.OPEN_LATE: Counter()}
    longest: dict[_Key, int] = {}
    for _, what, key, days in _late(connection, asked):
        counts[what][key] += 1
        longest[key] = max(days, longest.get(key, 0))
    keys = sorted(longest)
    rows: list[Row] = []
    for holder in sorted({holder for holder, _ in keys}, key=lambda name: (-_all(counts, keys, name), name)):
        inside = [key for key in keys if key[0] == holder]
        rows.append(_row(holder, counts, longest, inside, drill=GROUP + holder))
        rows += [_row(key[1], counts, longest, [key], 1, drill=GROUP + _BETWEEN.join(key)) for key in inside]
    return as_table(
        asked, ID, TITLE, _COLUMNS, [*rows, _row("Tổng cộng", counts, longest, keys, drill=ALL, is_total=True)],
        unit="Số hồ sơ TTHC",
    )


def counted(connection: Connection, asked: Asking, drill: Drill) -> tuple[What, Part] | None:
    """The late dossiers of a row, found one by one: a holder is no column of the dossiers."""
    if drill.column not in (_BOTH, Figure.LATE, Figure.OPEN_LATE):
        return None
    row = of_row(drill.row)
    ids = tuple(
        dossier for dossier, what, key, _ in _late(connection, asked)
        if drill.column in (_BOTH, what) and row in (None, key[0], _BETWEEN.join(key))
    )
    return Figure.TOTAL, Part(ids=ids)


def _late(connection: Connection, asked: Asking) -> Iterable[tuple[int, Figure, _Key, int]]:
    """Each late dossier, as which it is late, in which row it stands, and by how many days."""
    settled = condition(Figure.LATE, asked.counted, asked.policy)
    still_open = condition(Figure.OPEN_LATE, asked.counted, asked.policy)
    rows = connection.execute(
        select(
            dossiers.c.id, dossiers.c.op_id, dossiers.c.due_date, dossiers.c.ended_date, dossiers.c.agency_name,
            case((settled, 1), else_=0),
        ).where(or_(settled, still_open)).order_by(dossiers.c.id)
    ).all()
    for dossier, op_id, due, ended, agency, is_settled in rows:
        last = date.fromisoformat(ended) if is_settled else asked.counted.last
        due_day = date.fromisoformat(due) if due else last
        holder = REQUESTS if last <= due_day else HOLDERS[_holder(connection, dossier, op_id, due_day)]
        what = Figure.LATE if is_settled else Figure.OPEN_LATE
        yield dossier, what, (holder, agency), max((last - due_day).days, 0)


def _holder(connection: Connection, dossier: int, op_id: str, due_day: date) -> Custody:
    over = datetime.combine(due_day + timedelta(1), time(), VIETNAM)
    events = (event for event in projection_life.read_events(connection, dossier) if event.at < over)
    return fold(projection_life.read_start(connection, op_id), events).custody


def _all(counts: Mapping[Figure, Counter[_Key]], keys: Iterable[_Key], holder: str) -> int:
    return sum(each[key] for each in counts.values() for key in keys if key[0] == holder)


def _row(
    name: str, counts: Mapping[Figure, Counter[_Key]], longest: Mapping[_Key, int], keys: list[_Key],
    level: int = 0, *, drill: str, is_total: bool = False,
) -> Row:
    late, still_open = (sum(counts[what][key] for key in keys) for what in (Figure.LATE, Figure.OPEN_LATE))
    days = max((longest[key] for key in keys), default=None)
    return Row((name, late + still_open, late, still_open, days), level, drill, is_total)
