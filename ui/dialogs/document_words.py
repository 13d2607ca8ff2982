"""A stored paper in words: what it is, who checked it, where it is, why it cannot be shown. No widget."""

from __future__ import annotations

from app.domain.digitised import DigitisedStatus, QualityCheck
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault, KnownError
from app.services.filed_paper import Custody, FiledPaper, FiledVersion
from ui.messages import sentence, wording
from ui.theme import Tone
from ui.translations import mark, tr

Fact = tuple[str, str]
"""Label and value; "" is shown as a dash."""

_CHECKS = (
    ("is_complete", mark("Đủ trang")), ("is_readable", mark("Đọc được")),
    ("is_right_person", mark("Đúng người")), ("is_compared", mark("Đã đối chiếu bản chính")),
)
_MOST_OF_A_NAME = 160
_SHA_SHOWN = 12


def not_digitised_words() -> str:
    return tr("Giấy này chưa được số hóa: chưa có bản nào để xem.")


def short_name(name: str) -> str:
    """Some papers are called by a whole page; the rest stands in the tooltip."""
    return name if len(name) <= _MOST_OF_A_NAME else name[:_MOST_OF_A_NAME].rstrip() + "…"


def status_chip(version: FiledVersion) -> tuple[str, Tone]:
    """Digitised here, or taken over and from where."""
    paper = version.paper
    if paper.reused_from is None:
        return tr("Đã số hóa"), "info"
    if paper.status is DigitisedStatus.REUSED_RESULT:
        return tr("Dùng lại kết quả của {code}", code=paper.reused_from.code), "info"
    return tr("Dùng lại từ {code}", code=paper.reused_from.code), "info"


def custody_words(version: FiledVersion) -> tuple[str, Tone]:
    """Green only for what the province holds whole."""
    if version.custody is Custody.PROVINCE and version.since is not None:
        return tr("Tỉnh đã nhận đủ {at}", at=f"{local(version.since):%H:%M %d/%m/%Y}"), "ok"
    if version.custody is Custody.PURGED and version.since is not None:
        return tr("Tỉnh giữ, xóa ở đây {day}", day=f"{local(version.since):%d/%m/%Y}"), "ok"
    if version.custody is Custody.WAITING:
        return tr("Trên máy này, chờ gửi tỉnh"), "info"
    return tr("Do quầy khác số hóa"), "neutral"


def version_words(paper: FiledPaper, version: FiledVersion) -> str:
    """"Bản 3, đang dùng · 10:15 23/11/2026"."""
    words = (
        tr("Bản {n}, đang dùng", n=version.number) if version == paper.newest
        else tr("Bản {n}, cũ", n=version.number)
    )
    return f"{words} · {local(version.paper.at):%H:%M %d/%m/%Y}"


def old_version_words(paper: FiledPaper, version: FiledVersion) -> str:
    """"" for the one in force."""
    if version == paper.newest:
        return ""
    return tr("Đây là bản {n}, đã có bản {newest} thay thế", n=version.number, newest=paper.newest.number)


def facts(version: FiledVersion) -> tuple[Fact, ...]:
    """What the paper says of itself, then who digitised it; the usual four also where nobody typed them in."""
    about = version.paper.about
    rows = [
        (tr("Số, ký hiệu"), about.number),
        (tr("Ngày ban hành"), f"{about.issued_on:%d/%m/%Y}" if about.issued_on else ""),
        (tr("Cơ quan ban hành"), about.issuer),
        (tr("Người ký"), about.signer),
    ]
    if about.excerpt:
        rows.append((tr("Trích yếu"), about.excerpt))
    if about.is_permanent:
        rows.append((tr("Hiệu lực đến"), tr("không thời hạn")))
    elif about.valid_to is not None:
        rows.append((tr("Hiệu lực đến"), f"{about.valid_to:%d/%m/%Y}"))
    rows.append((tr("Người số hóa"), about.digitised_by or version.paper.clerk_name))
    rows.append((tr("Lúc"), f"{local(about.digitised_at or version.paper.at):%H:%M %d/%m/%Y}"))
    if about.unit:
        rows.append((tr("Đơn vị"), about.unit))
    return tuple(rows)


def check_lines(checks: QualityCheck) -> tuple[tuple[str, bool], ...]:
    """Each thing a clerk looks at, and whether somebody has."""
    return tuple((tr(words), bool(getattr(checks, name))) for name, words in _CHECKS)


def checked_words(version: FiledVersion) -> str:
    """Who looked last; "" when nobody has since the filing."""
    if version.checked_at is None:
        return ""
    return tr("{name} kiểm tra {at}", name=version.checked_by, at=f"{local(version.checked_at):%H:%M %d/%m/%Y}")


def file_words(version: FiledVersion) -> str:
    """The beginning of each file's SHA-256, as it stands in the journal."""
    return "\n".join(each.sha256[:_SHA_SHOWN] for each in version.documents)


def size_words(version: FiledVersion) -> str:
    """"40 trang · 3,2 MB · 2 xấp"."""
    size = sum(each.size for each in version.documents)
    shown = f"{size / (1 << 20):.1f} MB".replace(".", ",") if size >= 1 << 20 else f"{max(1, size >> 10)} KB"
    parts = [tr("{n} trang", n=version.pages), shown]
    if len(version.documents) > 1:
        parts.append(tr("{n} xấp", n=len(version.documents)))
    return " · ".join(parts)


def absent_words(version: FiledVersion, language: str) -> tuple[str, str]:
    """Title and detail where a file is not on this machine: only another place has it, or nobody."""
    if version.custody is Custody.ELSEWHERE:
        return (
            tr("Máy này không giữ tệp của bản này"),
            tr("Quầy khác đã số hóa giấy này. Tệp nằm ở quầy đó và ở kho của tỉnh: cần xem thì hỏi nơi đó."),
        )
    if version.custody is Custody.PURGED and version.since is not None:
        day = f"{local(version.since):%d/%m/%Y}"
        return (
            tr("Bản số hóa đã chuyển về tỉnh, xóa ở máy này ngày {day}", day=day),
            tr("Hồ sơ đã xong và tỉnh đã nhận đủ tệp. Cần xem lại thì hỏi kho của tỉnh; nhật ký vẫn giữ tên tệp."),
        )
    missing = EnvironmentFault("blob_missing", sha256=version.documents[0].sha256)
    return wording(missing, language).title, trouble_detail(version, missing, language)


def trouble_detail(version: FiledVersion, error: KnownError, language: str) -> str:
    """What stood in the way; with the comfort that the province has the same file, where it has."""
    said = sentence(error, language)
    known = f"{said.detail()} ({said.code})"
    if error.code.startswith("blob_") and version.custody is Custody.PROVINCE and version.since is not None:
        at = f"{local(version.since):%H:%M %d/%m/%Y}"
        return tr("Tỉnh đã nhận đủ tệp này {at}: bản ở tỉnh vẫn còn.", at=at) + " " + known
    return known
