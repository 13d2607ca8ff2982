"""What happened to a dossier, oldest first, and what comes next; who did it decides the lane."""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier import OPEN_STATES, State
from app.domain.life.life import Life
from app.domain.life.states import Custody, Delivery, Holder
from app.domain.procedure import Catalogue
from app.domain.vietnam_time import local
from app.services.feed import Notice
from app.services.stored_dossier import PrintLine, StoredDossier, VersionLine
from ui.models.state_words import notice_words, origin_words, reason_words, status_words, verdict_words
from ui.pages.dossier.field_words import changed_words
from ui.pages.dossier.life_story import life_story
from ui.pages.dossier.reading import Shown
from ui.pages.dossier.scan_story import scan_story
from ui.translations import tr
from ui.widgets.timeline import TimelineEntry

Dated = tuple[datetime, TimelineEntry]


def story(shown: Shown, counter_name: str, catalogue: Catalogue, device: str) -> tuple[TimelineEntry, ...]:
    """Entries for the timeline; the last one is what comes next, while something does."""
    dossier = shown.dossier
    place = counter_name if dossier.is_own else tr("quầy khác")
    firsts = {line.version: line for line in dossier.prints if line.copy_number == 0}
    dated: list[Dated] = []
    for version in dossier.versions:
        first = firsts.get(version.version)
        is_printed = first is not None and first.state == "printed"
        dated.append((version.at, _version(version, place, dossier.is_own, is_printed=is_printed)))
    prints = sorted(dossier.prints, key=lambda line: (line.asked_at, line.version, line.copy_number))
    dated += [(line.asked_at, _print(line)) for line in prints if line.copy_number or line.state != "printed"]
    if dossier.is_own and dossier.confirmed_at is not None:
        version_words = tr("Tỉnh đã nhận bản {version}", version=dossier.body.version)
        words = version_words if dossier.body.version > 1 else tr("Tỉnh đã nhận")
        dated.append((dossier.confirmed_at, _outside(words, dossier.confirmed_at, tr("tỉnh"))))
    dated += [(notice.at, _notice(notice, _who(notice.origin, catalogue, device))) for notice in shown.outside]
    dated += life_story(shown.held, device, shown.outside)
    dated += scan_story(shown.papers, shown.older_scans, is_own=dossier.is_own)
    dated.sort(key=lambda each: each[0])       # stable: what happened at one moment keeps its order
    following = _next(dossier, shown.held.life)
    return tuple(entry for _, entry in dated) + ((following,) if following else ())


def moment_short(moment: datetime) -> str:
    """13/11 09:12."""
    return f"{local(moment):%d/%m %H:%M}"


def _who(origin: str, catalogue: Catalogue, device: str) -> str:
    return tr("tỉnh") if origin == "province" else origin_words(origin, catalogue, device)


def _version(line: VersionLine, place: str, is_own: bool, *, is_printed: bool) -> TimelineEntry:
    if line.version == 1:
        title = tr("Tiếp nhận, in giấy tiếp nhận bản 1") if is_printed else tr("Tiếp nhận hồ sơ")
        detail = f"{moment_short(line.at)} · {line.clerk_name} · {place}"
    else:
        what = changed_words(line.changes)
        title = tr("Sửa {what}, in lại bản {version}", what=what, version=line.version) if is_printed else (
            tr("Sửa {what}, thành bản {version}", what=what, version=line.version))
        reason = tr("lý do: {reason}", reason=line.reason)
        detail = f"{moment_short(line.at)} · {reason} · {line.clerk_name}"
    return TimelineEntry(title, detail, "here" if is_own else "outside")


def _print(line: PrintLine) -> TimelineEntry:
    what = tr("BẢN SAO {copy} của bản {version}", copy=line.copy_number, version=line.version) if (
        line.copy_number) else tr("giấy tiếp nhận bản {version}", version=line.version)
    at = moment_short(line.asked_at)
    if line.state == "printed":
        return TimelineEntry(tr("In {what}", what=what), at)
    if line.state == "failed":
        return TimelineEntry(tr("Chưa in được {what}", what=what), f"{at} · {line.reason}", tone="bad")
    return TimelineEntry(tr("Đã gửi in {what}", what=what), f"{at} · {tr('chưa rõ giấy đã ra chưa')}", tone="warn")


def _notice(notice: Notice, who: str) -> TimelineEntry:
    values = notice.values
    if notice.kind == "status":
        words = status_words(values.get("status"))
        return _outside(words[:1].upper() + words[1:], notice.at, who, str(values.get("note") or ""))
    if notice.kind == "alias":
        return _outside(tr("Có thêm mã của tỉnh {alias}", alias=values.get("alias", "")), notice.at, who)
    if notice.kind == "verdict":
        why = reason_words(str(values.get("field") or ""), str(values.get("reason") or ""))
        said = _outside(verdict_words(str(values.get("verdict", "")))[0], notice.at, who, why)
        return TimelineEntry(said.title, said.detail, "outside", "bad")
    return _outside(notice_words(notice.kind, notice.code, values), notice.at, who)


def _outside(title: str, at: datetime, who: str, more: str = "") -> TimelineEntry:
    detail = " · ".join(part for part in (moment_short(at), tr("từ {who}", who=who), more) if part)
    return TimelineEntry(title, detail, "outside")


def _next(dossier: StoredDossier, life: Life) -> TimelineEntry | None:
    procedure = dossier.body.intake.procedure
    agency = procedure.agency_name if procedure else ""
    if dossier.confirmed_at is None and not life.tail:
        return TimelineEntry(tr("Gửi về tỉnh"), tr("tự gửi khi có mạng, bạn không phải làm gì"), "next")
    match dossier.state:
        case State.DONE if life.delivery in (Delivery.SHELF, Delivery.UNDELIVERED):
            return TimelineEntry(tr("Trả cho công dân"), tr("quét giấy tiếp nhận, rồi quét kết quả"), "next")
        case State.DONE if life.delivery is Delivery.POSTED:
            return TimelineEntry(tr("Bưu chính phát cho công dân"), life.item_code, "next")
        case State.DONE:
            return TimelineEntry(tr("Nhận kết quả từ cơ quan"), agency, "next")
        case State.SUPPLEMENT_ASKED:
            return TimelineEntry(
                tr("Công dân bổ sung giấy tờ"), tr("đồng hồ đang dừng; bấm T khi công dân đem đến"), "next"
            )
        case State.PAYMENT_ASKED:
            return TimelineEntry(tr("Công dân nộp nghĩa vụ tài chính"),
                                 tr("đồng hồ đang dừng; bấm T khi có giấy nộp tiền"), "next")
        case State.RECEIVED if life.tail and life.custody is Custody.COUNTER:
            return TimelineEntry(tr("Bàn giao cho cơ quan"), agency, "next")
        case state if state in OPEN_STATES:
            return TimelineEntry(tr("Cơ quan giải quyết"), agency, "next")
        case _ if any(one.holder is not Holder.CITIZEN for one in life.originals):
            return TimelineEntry(tr("Trả bản gốc cho công dân"), tr("bấm R khi trả"), "next")
        case _:
            return None
