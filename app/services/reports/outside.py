"""Hồ sơ phi địa giới: received here for agencies that are not of this office's own area.

Which agencies are its own the province says (office setting `area_agencies`, their ids); until it does, they are
those at which a clerk of this counter has an account. The report says by which of the two it was made.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.reports.table import Drill, ReportTable
from app.services.reports import breakdown
from app.services.reports.asking import Asking
from app.services.reports.things import of_row
from app.store.queries.reports.breakdown import By
from app.store.queries.reports.conditions import Part, What
from app.store.queries.reports.ii06a import figures

ID = "outside"
TITLE = "Hồ sơ phi địa giới hành chính"
OWN = "area_agencies"
_BY_PROVINCE = "Phi địa giới: cơ quan giải quyết ngoài địa bàn của điểm tiếp nhận, theo danh sách tỉnh đã đặt."
_BY_ACCOUNTS = ("Phi địa giới: cơ quan giải quyết mà người của quầy này không có tài khoản (tỉnh chưa đặt "
                "danh sách cơ quan thuộc địa bàn).")


def table(connection: Connection, asked: Asking) -> ReportTable:
    """As by agency, of those agencies alone."""
    part = Part(agencies=_outside(connection, asked))
    note = _BY_PROVINCE if _said_own(asked) is not None else _BY_ACCOUNTS
    return breakdown.make(connection, asked, By.AGENCY, ID, TITLE, part, notes=(note,))


def counted(connection: Connection, asked: Asking, drill: Drill) -> tuple[What, Part] | None:
    what = breakdown.what_of(drill.column)
    agency = of_row(drill.row)
    return None if what is None else (
        what, Part(agencies=_outside(connection, asked) if agency is None else (agency,)))


def _outside(connection: Connection, asked: Asking) -> tuple[str, ...]:
    said = _said_own(asked)
    own = said if said is not None else {agency for clerk in asked.counter.clerks for agency in clerk.accounts}
    known = {agency for agency, _ in figures(connection, asked.counted, asked.policy)}
    return tuple(sorted(known - own))


def _said_own(asked: Asking) -> set[str] | None:
    said = asked.counter.office.get(OWN)
    return {str(each) for each in said} if isinstance(said, list | tuple) else None
