"""The words of hand-over: how a line stands, how a list stands, what an extra dossier is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.life.facts import LineVerdict
from app.domain.life.states import Custody
from app.domain.manifest import LineState, Route
from app.services.handover.answering import Extra, ExtraKind
from app.store.queries.manifests import ManifestRow
from ui.theme import Tone
from ui.translations import mark, tr

LINES: Mapping[LineState, tuple[str, Tone]] = {
    LineState.OPEN: (mark("Chờ xác nhận"), "neutral"),
    LineState.ACCEPTED: (mark("Đã nhận"), "ok"),
    LineState.REFUSED: (mark("Từ chối"), "bad"),
    LineState.MISSING: (mark("Thiếu"), "bad"),
    LineState.EXTRA: (mark("Ngoài danh sách"), "warn"),
    LineState.ANSWERED: (mark("Đã rõ"), "neutral"),
    LineState.UNDONE: (mark("Đã hủy"), "neutral"),
    LineState.CONFLICT: (mark("Mâu thuẫn"), "bad"),
}
MARKED: Mapping[LineVerdict, tuple[str, Tone]] = {
    LineVerdict.ACCEPTED: (mark("Nhận · chưa lưu"), "info"),
    LineVerdict.REFUSED: (mark("Từ chối · chưa lưu"), "warn"),
    LineVerdict.MISSING: (mark("Thiếu · chưa lưu"), "warn"),
    LineVerdict.EXTRA: (mark("Thừa · chưa lưu"), "warn"),
}
ROUTES: Mapping[Route, str] = {Route.HAND: mark("Trực tiếp"), Route.POST: mark("Bưu chính")}
PLACES: Mapping[Custody, str] = {
    Custody.COUNTER: mark("đang ở quầy"), Custody.ON_THE_WAY: mark("đang trên đường"),
    Custody.AGENCY: mark("đang ở cơ quan"), Custody.CITIZEN: mark("đã trả người dân"),
    Custody.MISSING: mark("chưa tìm thấy"),
}


def manifest_words(row: ManifestRow, now: datetime) -> tuple[str, Tone]:
    """How the whole list stands."""
    if row.is_undone:
        return tr("Đã hủy"), "neutral"
    if row.is_overdue(now):
        return tr("Quá giờ"), "bad"
    if row.is_open:
        return tr("Chờ xác nhận"), "info"
    if row.bad_lines:
        return tr("Có chênh lệch"), "warn"
    return tr("Đã xác nhận"), "ok"


def extra_words(extra: Extra) -> str:
    """What a dossier is that the list does not name, and what becomes of it."""
    match extra.kind:
        case ExtraKind.KEPT:
            return tr("Ngoài danh sách; cơ quan giữ")
        case ExtraKind.OTHER_AGENCY:
            return tr("Của {agency}; nhận lại", agency=extra.about)
        case ExtraKind.OTHER_MANIFEST:
            return tr("Thuộc danh sách {number}", number=extra.about)
        case ExtraKind.ELSEWHERE:
            return tr("Theo sổ không ở quầy; nhận lại")
        case ExtraKind.UNKNOWN:
            return tr("Máy này không có; nhận lại")
