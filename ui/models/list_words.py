"""The lists of dossiers and the parts of what is overdue, in the words of the counter."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.life.states import Custody
from app.store.queries.dossiers import DossierList
from app.store.queries.late import LateBy, LateCount
from ui.translations import mark, tr

LIST_WORDS: Mapping[DossierList, tuple[str, str]] = {
    DossierList.ALL: (mark("Tất cả"), mark("Chưa có hồ sơ nào")),
    DossierList.RECEIVED_TODAY: (mark("Hôm nay"), mark("Hôm nay chưa tiếp nhận hồ sơ nào")),
    DossierList.DUE_TODAY: (mark("Hẹn hôm nay"), mark("Không có hồ sơ hẹn trả hôm nay")),
    DossierList.DUE_SOON: (mark("Sắp đến hẹn"), mark("Không có hồ sơ hẹn trả trong ba ngày tới")),
    DossierList.OVERDUE: (mark("Quá ngày hẹn"), mark("Không có hồ sơ quá ngày hẹn")),
    DossierList.UNSENT: (mark("Chưa gửi"), mark("Tỉnh đã nhận mọi hồ sơ của quầy này")),
    DossierList.TO_SCAN: (mark("Cần số hóa"), mark("Mọi hồ sơ đang mở của quầy này đã được số hóa")),
    DossierList.TO_HAND_OVER: (mark("Chờ bàn giao"), mark("Không có hồ sơ chờ bàn giao cho cơ quan")),
    DossierList.UNACKNOWLEDGED: (
        mark("Đã giao, chờ xác nhận"), mark("Mọi hồ sơ đã giao đều được cơ quan xác nhận")),
    DossierList.SENT_BACK: (
        mark("Cơ quan trả lại, báo thiếu"), mark("Không có hồ sơ bị cơ quan trả lại hoặc báo thiếu")),
    DossierList.AWAITED: (mark("Cơ quan đang giải quyết"), mark("Không có hồ sơ đang ở cơ quan")),
    DossierList.SUPPLEMENT: (mark("Chờ bổ sung"), mark("Không có hồ sơ chờ người dân bổ sung")),
    DossierList.PAYMENT: (
        mark("Chờ nộp nghĩa vụ tài chính"), mark("Không có hồ sơ chờ nộp nghĩa vụ tài chính")),
    DossierList.READY: (mark("Chờ trả tại quầy"), mark("Không có kết quả chờ trả tại quầy")),
    DossierList.TO_POST: (mark("Chờ gửi bưu chính"), mark("Không có kết quả chờ gửi bưu chính")),
    DossierList.POSTED: (mark("Đang gửi bưu chính"), mark("Không có kết quả đang trên đường bưu chính")),
    DossierList.UNDELIVERED: (
        mark("Hoàn về, chưa lên kệ"), mark("Không có kết quả hoàn về hoặc thu hồi mà chưa lên kệ")),
    DossierList.ORIGINALS: (
        mark("Còn nợ bản gốc"), mark("Mọi bản gốc của hồ sơ đã kết thúc đều về tay người dân")),
    DossierList.CONFLICT: (mark("Hai quầy ghi trái nhau"), mark("Không có hồ sơ nào bị ghi trái nhau")),
}
"""The name of each list, and what it says when it is empty."""

HOLDERS: Mapping[Custody, str] = {
    Custody.COUNTER: mark("Ở quầy mình"),
    Custody.ON_THE_WAY: mark("Đang trên đường giao"),
    Custody.AGENCY: mark("Cơ quan đang giữ"),
    Custody.CITIZEN: mark("Giấy đã về tay người dân"),
    Custody.MISSING: mark("Cơ quan báo thiếu"),
}
"""With whom an overdue dossier lies: the cause, as the start screen tells it."""

WAYS: Mapping[LateBy, str] = {
    LateBy.HOLDER: mark("Ai đang giữ"), LateBy.AGENCY: mark("Cơ quan"), LateBy.CLERK: mark("Người tiếp nhận"),
}


def list_words(what: DossierList) -> str:
    return tr(LIST_WORDS[what][0])


def empty_words(what: DossierList) -> str:
    return tr(LIST_WORDS[what][1])


def late_words(line: LateCount) -> str:
    """What a part of the overdue dossiers is called: a holder in words, an agency or a clerk by name."""
    return line.label or tr(HOLDERS[line.part.holder])
