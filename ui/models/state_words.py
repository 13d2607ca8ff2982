"""States, acts and origins in the words of the counter: one term for each, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.dossier import State
from app.domain.operation import Type
from app.domain.procedure import Catalogue
from app.services.feed import ONLINE_DOUBLE, RECEIPT
from ui.theme import Tone
from ui.translations import mark, tr

STATES: Mapping[State, tuple[str, Tone]] = {
    State.REGISTERED: (mark("Mới đăng ký"), "neutral"),
    State.RECEIVED: (mark("Đã tiếp nhận"), "info"),
    State.NOT_RECEIVED: (mark("Không tiếp nhận"), "neutral"),
    State.IN_PROCESS: (mark("Đang xử lý"), "info"),
    State.SUPPLEMENT_ASKED: (mark("Chờ bổ sung"), "warn"),
    State.PAYMENT_ASKED: (mark("Chờ nộp nghĩa vụ tài chính"), "warn"),
    State.WITHDRAWN: (mark("Công dân rút hồ sơ"), "neutral"),
    State.STOPPED: (mark("Dừng xử lý"), "neutral"),
    State.DONE: (mark("Đã có kết quả"), "ok"),
    State.RETURNED: (mark("Đã trả kết quả"), "ok"),
}
"""The national list TrangThaiHoSo 1–10, shortened for a chip."""

TYPES: Mapping[str, str] = {
    Type.DOSSIER_RECEIVED: mark("Tiếp nhận hồ sơ"),
    Type.DOSSIER_CORRECTED: mark("Sửa hồ sơ"),
    Type.RECEIPT_PRINTED: mark("In lại giấy hẹn"),
    Type.PERSON_REVEALED: mark("Xem đủ thông tin"),
    Type.NUMBERS_CLOSED: mark("Khóa số cuối ngày"),
    Type.CLOCK_JUMPED: mark("Đồng hồ máy nhảy"),
    Type.NOTICE_SEEN: mark("Đã xử lý tin của tỉnh"),
    Type.PAPER_DIGITISED: mark("Số hóa giấy tờ"),
    Type.PAPER_CHECKED: mark("Kiểm tra bản số hóa"),
    Type.PAPER_PRINTED: mark("In lại giấy"),
    Type.OBSTACLE_NOTED: mark("Ghi vướng mắc"),
    Type.OBSTACLE_CLOSED: mark("Ghi cách giải quyết vướng mắc"),
    Type.SHIFT_HANDED_OVER: mark("Bàn giao ca"),
    Type.FEED_MASS_CHANGE_ACCEPTED: mark("Nhận thay đổi hàng loạt từ tỉnh"),
    Type.CASH_OPENED: mark("Mở ca quỹ"),
    Type.CASH_MOVED: mark("Thêm, bớt tiền ngăn quỹ"),
    Type.CASH_CLOSED: mark("Chốt ca quỹ"),
    Type.MONEY_COLLECTED: mark("Thu tiền"),
    Type.MONEY_VOIDED: mark("Hủy khoản thu"),
    Type.MONEY_REFUNDED: mark("Hoàn tiền"),
    Type.TRANSFER_CONFIRMED: mark("Xác nhận chuyển khoản"),
    Type.STATEMENT_READ: mark("Đọc sao kê"),
    Type.MONEY_REMITTED: mark("Nộp tiền cho cơ quan"),
    Type.REMITTANCE_ACKNOWLEDGED: mark("Cơ quan ký nhận tiền"),
    Type.RECEIPT_RANGE_TAKEN: mark("Nhận dải số biên lai"),
    Type.MONEY_RECEIPT_SPOILED: mark("Ghi hỏng số biên lai"),
    Type.BANK_ACCOUNT_SET: mark("Đặt tài khoản nhận chuyển khoản"),
    Type.DATA_ASKED: mark("Tra dữ liệu cá nhân có mục đích"),
    Type.BACKUP_TRIED: mark("Diễn tập khôi phục"),
    Type.SCANS_PURGED: mark("Xóa bản số hóa mà tỉnh đã giữ"),
    Type.PERSONS_UNLISTED: mark("Gỡ tên khỏi danh sách theo thời hạn"),
}

VERDICTS: Mapping[str, tuple[str, Tone]] = {
    "needs_fix": (mark("Cần sửa"), "bad"),
    "refused": (mark("Tỉnh từ chối"), "bad"),
    "held": (mark("Tỉnh đang giữ lại"), "warn"),
}

REASONS: Mapping[str, str] = {
    "unread": mark("tỉnh không đọc được nội dung"),
    "header_incomplete": mark("thiếu phần đầu của dòng nhật ký"),
    "bad_text": mark("có ký tự mà tỉnh không lưu được"),
    "too_long": mark("nội dung quá dài"),
    "op_id_taken": mark("mã dòng nhật ký đã có ở tỉnh"),
    "number_taken": mark("mã hồ sơ này ở tỉnh đã có hồ sơ khác"),
    "number_outside_lease": mark("mã hồ sơ nằm ngoài dải số đã cấp cho quầy"),
    "number_unreadable": mark("tỉnh không đọc được mã hồ sơ"),
    "office_differs": mark("điểm tiếp nhận không khớp"),
    "schema_unknown": mark("tỉnh chưa hiểu phiên bản nội dung này, chờ tỉnh nâng cấp"),
    "type_unknown": mark("tỉnh chưa hiểu loại việc này, chờ tỉnh nâng cấp"),
    "not_judged": mark("tỉnh đã nhận, chưa xét được"),
}
"""Reasons that the province's gateway gives by name; any other text is the agency's own and shown as it is."""


def state_words(state: State) -> tuple[str, Tone]:
    words, tone = STATES[state]
    return tr(words), tone


def type_words(type_: str) -> str:
    """What an operation is; one of a newer program is named by its own name."""
    return tr(TYPES[type_]) if type_ in TYPES else type_


def verdict_words(verdict: str) -> tuple[str, Tone]:
    words, tone = VERDICTS.get(verdict, (mark("Tỉnh trả lại"), "bad"))
    return tr(words), tone


def reason_words(field: str, reason: str) -> str:
    """Why the province sent something back, and which field it means."""
    said = tr(REASONS[reason]) if reason in REASONS else reason
    if field and said:
        return f"{field}: {said}"
    return said or field or tr("tỉnh không nói lý do")


def origin_words(origin: str, catalogue: Catalogue, device: str) -> str:
    """Who did it, as a chip says it: the province, an agency by name, another counter."""
    kind, _, name = origin.partition(":")
    if kind == "agency":
        return next((agency.name for agency in catalogue.agencies if agency.id == name), name)
    if kind == "device":
        return tr("Máy này") if name == device else tr("Quầy khác")
    return tr("Tỉnh")


def notice_words(kind: str, code: str, values: Mapping[str, Any]) -> str:
    """One sentence for what came from outside; a kind of a newer province is said as such, never dropped."""
    if kind == "status":
        return tr("Hồ sơ {code}: {state}.", code=code, state=status_words(values.get("status")))
    if kind == "alias":
        return tr("Hồ sơ {code} có thêm mã của tỉnh {alias}.", code=code, alias=values.get("alias", ""))
    if kind == RECEIPT:
        return tr("Phiếu thu {slip} đã có biên lai điện tử {receipt}.", slip=values.get("slip", ""),
                  receipt=f"{values.get('symbol', '')} {values.get('receipt', '')}".strip())
    if kind == "verdict":
        said = verdict_words(str(values.get("verdict", "")))[0]
        why = reason_words(str(values.get("field") or ""), str(values.get("reason") or ""))
        return f"{said} {code}: {why}." if code else f"{said}: {why}."
    if kind == ONLINE_DOUBLE:
        return tr("Hai quầy cùng nhận một hồ sơ trực tuyến: {code} và {other}. Giữ một, rút hồ sơ kia.",
                  code=code, other=values.get("other", ""))
    if kind == "notice":
        title, text = str(values.get("title") or ""), str(values.get("text") or "")
        return f"{title}: {text}" if title and text else title or text
    return tr("Tin loại “{kind}” mà bản phần mềm này chưa đọc được.", kind=kind)


def status_words(status: object) -> str:
    """A national status code, or the province's own word when it is none."""
    try:
        return state_words(State(int(str(status))))[0].lower()
    except ValueError:
        return str(status)
