"""The paper in the citizen's hand: is it the receipt in force, or one that has been replaced?

The QR of version 1 and every Code 128 hold the bare code (app.domain.receipt_code), so a scan may not say which
version it was. Then the sentence says "if": never more than the scan has shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.vietnam_time import local
from app.services.stored_dossier import StoredDossier, VersionLine
from ui.theme import Tone
from ui.translations import tr


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """A receipt was scanned to come here; `version` None when the scan did not say it."""

    version: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    tone: Tone
    title: str
    detail: str = ""


def paper_sentence(dossier: StoredDossier, scanned: ScannedPaper | None) -> Sentence | None:
    """What to say about the scanned paper; None when it is the only version there is, or none was scanned."""
    if scanned is None:
        return None
    current = dossier.versions[-1]
    if scanned.version is not None and scanned.version > current.version:
        return Sentence(
            "bad", tr("Tờ giấy này ghi bản {version}, máy này chỉ biết đến bản {current}",
                      version=scanned.version, current=current.version),
            tr("Bản sửa làm ở nơi khác chưa về máy này. Xem trang Đồng bộ, chưa dựa vào nội dung dưới đây."),
        )
    if scanned.version == current.version and current.version > 1:
        return Sentence("ok", tr("Tờ giấy này là bản {version}, bản đang có hiệu lực", version=current.version))
    if current.version == 1:
        return None
    if scanned.version is None:
        return Sentence("warn", tr("Nếu tờ giấy này là bản 1 thì đã thay thế bằng bản {version}",
                                   version=current.version), _how(current))
    return Sentence("warn", tr("Tờ giấy này là bản {old}, đã thay thế bằng bản {version}",
                               old=scanned.version, version=current.version), _how(current))


def _how(current: VersionLine) -> str:
    at = f"{local(current.at):%H:%M %d/%m/%Y}"
    return tr("Thay lúc {at}, lý do: {reason}. Số bản in ở đầu giấy.", at=at, reason=current.reason)
