"""Form II.06a of this office: its table, and the dossiers behind each figure."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from app.domain.dossier import State
from app.domain.reports import ii06a
from app.domain.reports.ii06a import Figure, Figures, Section
from app.domain.reports.policy import Place, ReportPolicy
from app.domain.reports.table import Drill, ReportTable
from app.services.reports.asking import Asking, as_table
from app.store.queries.reports.conditions import EVERYTHING, Part, What
from app.store.queries.reports.ii06a import figures

TITLE = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI {}"
_STATES = {
    State.NOT_RECEIVED: "không tiếp nhận", State.SUPPLEMENT_ASKED: "chờ bổ sung",
    State.PAYMENT_ASKED: "chờ nghĩa vụ tài chính", State.WITHDRAWN: "công dân rút", State.STOPPED: "dừng xử lý",
}
_PLACES = {
    Place.LEFT_OUT: "không tính vào báo cáo", Place.IN_TIME: "tính vào cột (12)",
    Place.ON_TIME: "tính vào cột (9)", Place.BY_DATE: "tính theo ngày hẹn",
}


def table(connection: Connection, asked: Asking) -> ReportTable:
    """Levels, their fields, and the sum; every row balances."""
    sections: defaultdict[Section, Figures] = defaultdict(Figures)
    for (agency, field), found in figures(connection, asked.counted, asked.policy).items():
        sections[Section(asked.level(agency), field)] += found
    total = ii06a.add_up(sections.values())
    return as_table(
        asked, ii06a.ID, TITLE.format(asked.counter.office_name.upper()), ii06a.columns(), ii06a.rows(sections),
        unit="Số hồ sơ TTHC", head=("Biểu số II.06a (Thông tư 01/2020/TT-VPCP)",),
        notes=(_policy_words(asked.policy), _rate_words(total)),
    )


def counted(connection: Connection, asked: Asking, drill: Drill) -> tuple[What, Part] | None:
    """Which dossiers a figure counts: `what` of them, and whose."""
    what = next((figure for figure in Figure if figure == drill.column), None)
    if what is None:
        return None
    level, field = ii06a.read_row_key(drill.row)
    if level is None:
        return what, EVERYTHING
    known = {agency for agency, _ in figures(connection, asked.counted, asked.policy)}
    return what, Part(asked.agencies_of(level, known), field)


def _policy_words(policy: ReportPolicy) -> str:
    by_place: defaultdict[Place, list[str]] = defaultdict(list)
    for state, place in policy.places.items():
        by_place[place].append(f"{_STATES[state]} ({int(state)})")
    said = "; ".join(f"{', '.join(by_place[place])} {_PLACES[place]}" for place in Place if place in by_place)
    return f"Hồ sơ {said}."


def _rate_words(total: Figures) -> str:
    rate = total.in_time_rate
    if rate is None:
        return "Trong kỳ chưa có hồ sơ nào giải quyết xong."
    return (
        f"Tiếp nhận trong kỳ: {total.received} hồ sơ; tổng số phải giải quyết: {total.total} hồ sơ. "
        f"Trước hạn và đúng hạn: {rate // 100},{rate % 100:02d}% số đã giải quyết."
    )
