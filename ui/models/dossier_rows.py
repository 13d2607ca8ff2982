"""Dossiers as rows of a table: the columns, and where rows come from (a count's list, or what was typed).

Everything is read in the GUI thread: measured, a worker doubles the time of the slowest key press.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.dossier import OPEN_STATES
from app.domain.life.states import Custody, Delivery
from app.domain.text import nfc
from app.services.days import today_at_counter
from app.store.queries import finding
from app.store.queries.dossiers import (
    DossierList,
    DossierRow,
    Reach,
    by_code_start,
    by_identifier,
    by_phone_end,
    page,
    reach,
    search_names,
)
from app.store.queries.late import LatePart
from ui.delegates.dates import full_moment
from ui.models.state_words import state_words
from ui.models.typed_search import Looking, Typed
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, Page

RANKED = 150
"""So many of the newest namesakes are looked through for those whose marks are exactly as typed."""
FIRST = 60
"""Rows read for the first page: three screens, so that a key press pays for no more; the view asks on."""

Rows = tuple[DossierRow, ...]
NOWHERE = Reach("", "", 0, 0)


def known_now(desk: Desk) -> Reach:
    """Today at this counter, and up to where the province has confirmed us."""
    counter = desk.office.enrolled
    with desk.office.database.reading() as connection:
        today = today_at_counter(connection, desk.clock()).isoformat()
        return reach(connection, counter.device, counter.epoch, today)


def due_if_open(row: DossierRow) -> object:
    """The promised moment while it still binds; None for a dossier that is done."""
    return row.due_at if row.state in OPEN_STATES else None


def due_text(row: DossierRow) -> str:
    """What stands in the column where no moment does."""
    return tr("Không hẹn ngày") if row.due_at is None and row.state in OPEN_STATES else ""


def custody_text(row: DossierRow) -> str:
    return tr("Tỉnh đã nhận") if row.is_confirmed else tr("Chờ gửi")


def custody_tone(row: DossierRow) -> Tone:
    return "ok" if row.is_confirmed else "neutral"


def where_text(row: DossierRow) -> str:
    """Where the papers or the result are, in two words."""
    match row.delivery:
        case Delivery.NONE:
            return tr(PLACES[row.custody])
        case Delivery.SHELF:
            return tr("Kệ {shelf}", shelf=row.shelf) if row.shelf else tr("Trên kệ")
        case _:
            return tr(DELIVERIES[row.delivery])


def where_tip(row: DossierRow) -> str:
    return tr("Từ {moment}", moment=full_moment(row.moved_at)) if row.moved_at is not None else ""


PLACES: Mapping[Custody, str] = {
    Custody.COUNTER: mark("Tại quầy"), Custody.ON_THE_WAY: mark("Đang giao"), Custody.AGENCY: mark("Cơ quan"),
    Custody.CITIZEN: mark("Người dân"), Custody.MISSING: mark("Báo thiếu"),
}
DELIVERIES: Mapping[Delivery, str] = {
    Delivery.POSTED: mark("Bưu chính"), Delivery.UNDELIVERED: mark("Hoàn về"),
    Delivery.DELIVERED: mark("Đã phát"), Delivery.RETURNED: mark("Đã trả"), Delivery.RECALLED: mark("Thu hồi"),
    Delivery.ELSEWHERE: mark("Trả nơi khác"),
}

(COL_CODE, COL_PERSON, COL_PROCEDURE, COL_AGENCY, COL_RECEIVED, COL_DUE, COL_STATE, COL_CUSTODY,
 COL_WHERE) = range(9)
COLUMNS: tuple[Column[DossierRow], ...] = (
    Column(mark("Mã hồ sơ"), lambda row: row.code),
    Column(mark("Chủ hồ sơ"), lambda row: row.applicant_name),
    Column(mark("Thủ tục"), lambda row: row.procedure_name,
           tooltip=lambda row: f"{row.procedure_code} · {row.procedure_name}"),
    Column(mark("Cơ quan"), lambda row: row.agency_name),
    Column(mark("Nhận lúc"), lambda row: "", value=lambda row: row.received_at,
           tooltip=lambda row: f"{full_moment(row.received_at)} · {row.clerk_name}"),
    Column(mark("Hẹn trả"), due_text, value=due_if_open),
    Column(mark("Trạng thái"), lambda row: state_words(row.state)[0], tone=lambda row: state_words(row.state)[1]),
    Column(mark("Về tỉnh"), custody_text, tone=custody_tone),
    Column(mark("Đang ở"), where_text, tooltip=where_tip),
)


class ListedDossiers:
    """The list behind a count, in its own order, a page at a time; each reading from the top looks at today anew.

    `part`: only those overdue dossiers.
    """

    def __init__(self, desk: Desk, what: DossierList, part: LatePart | None = None) -> None:
        self._desk, self._database, self._what, self._part = desk, desk.office.database, what, part
        self._known = NOWHERE          # until the first page asks

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[DossierRow]:
        if after is None:
            self._known = known_now(self._desk)
            limit = min(limit, FIRST)
        behind = after if isinstance(after, DossierRow) else None
        with self._database.reading() as connection:
            rows = page(connection, self._what, self._known, behind=behind, limit=limit, part=self._part)
        return Page(rows, rows[-1] if len(rows) == limit else None)


class FoundDossiers:
    """What was typed or scanned, found. Names come page by page; everything else is one short list."""

    def __init__(self, desk: Desk, typed: Typed) -> None:
        self._desk, self._database, self._typed = desk, desk.office.database, typed
        self._known = NOWHERE

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[DossierRow]:
        if after is None:
            self._known = known_now(self._desk)
            limit = min(limit, FIRST) if self._typed.looking is Looking.NAME else limit
        if self._typed.looking is Looking.NAME:
            return self._names(after if isinstance(after, int) else None, limit)
        return Page(self._listed(limit), None)

    def _names(self, before: int | None, limit: int) -> Page[DossierRow]:
        is_ranked = before is None and self._typed.has_marks
        wanted = max(limit, RANKED) if is_ranked else limit
        with self._database.reading() as connection:
            rows = search_names(connection, self._typed.text, self._known, before=before, limit=wanted)
        after = rows[-1].id if len(rows) == wanted else None
        if is_ranked:
            rows = tuple(sorted(rows, key=lambda row: not is_exactly(row.applicant_name, self._typed.text)))
        return Page(rows, after)

    def _listed(self, limit: int) -> Rows:
        typed, known = self._typed, self._known
        with self._database.reading() as connection:
            match typed.looking:
                case Looking.CODE:
                    return finding.by_code(connection, typed.text, known)
                case Looking.CODE_START:
                    return by_code_start(connection, typed.text, known, limit)
                case Looking.DAY_NUMBER:
                    found = finding.by_number_of_day(connection, int(typed.text), known)
                    if len(typed.text) < SHORTEST_PHONE_END:
                        return found
                    return _once(found + by_phone_end(connection, typed.text, known, limit))
                case Looking.DIGITS:
                    return _once(
                        by_identifier(connection, typed.text, known)
                        + by_phone_end(connection, typed.text, known, limit)
                    )
                case Looking.GROUP:
                    return finding.by_group(connection, typed.text, known)
                case Looking.IDENTIFIER:
                    return by_identifier(connection, typed.text, known)
                case _:
                    return ()


SHORTEST_PHONE_END = 4


def is_exactly(name: str, typed: str) -> bool:
    """Whether each typed word begins a word of `name` with the very marks that were typed."""
    words = nfc(name).casefold().split()
    return all(any(word.startswith(part) for word in words) for part in nfc(typed).casefold().split())


def _once(rows: Rows) -> Rows:
    return tuple({row.id: row for row in rows}.values())
