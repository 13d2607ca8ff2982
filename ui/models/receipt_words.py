"""A receipt of a dossier in words: what it is for, how and when it was paid, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.till.entries import ReceiptState, TransferState
from app.services.till.binding import DossierReceipt
from ui.models.cash_rows import MEANS, moment_words
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.money_field import money_text

KINDS: Mapping[str, str] = {
    "fee": mark("Phí"), "charge": mark("Lệ phí"), "postage": mark("Cước bưu chính"),
    "other": mark("Thu hộ cơ quan khác"),
}


def what_words(each: DossierReceipt, now: datetime) -> str:
    """"Lệ phí · Tiền mặt · 08:15 · phiếu thu tạm, chờ biên lai điện tử"."""
    parts = [tr(KINDS.get(each.kind, each.kind)), tr(MEANS[each.means]), moment_words(each.at, now)]
    if each.electronic is not None:
        parts.append(tr("biên lai điện tử {number}", number=each.electronic.name))
    elif each.is_slip and each.kind in ("fee", "charge") and each.state is ReceiptState.USED:
        parts.append(tr("phiếu thu tạm, chờ biên lai điện tử"))
    return " · ".join(parts)


def mark_words(each: DossierReceipt) -> tuple[str, Tone]:
    """What became of it; "" while it stands as it was given."""
    if each.state is ReceiptState.VOID:
        return tr("Đã hủy"), "bad"
    if each.back:
        return tr("Đã hoàn {amount}", amount=money_text(each.back)), "warn"
    if each.transfer is TransferState.CLAIMED:
        return tr("Khách báo đã chuyển"), "warn"
    return "", "neutral"
