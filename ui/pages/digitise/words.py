"""Codes of filing, doubts and acts in the words of the counter. What has no word of its own gets an honest one."""

from __future__ import annotations

from app.domain.digitised import DigitisedStatus
from app.domain.separator_sheet import Mark
from ui.theme import Tone
from ui.translations import mark, tr

_DOUBTS = {
    "dpi_low": mark("Nét thô"),
    "skew_unsure": mark("Có thể lệch"),
    "upside_down_unsure": mark("Có thể ngược"),
    "cut_off": mark("Sát mép"),
    "separator_unread": mark("Tờ ngăn hỏng"),
    "card_unsure": mark("Không chắc thẻ"),
}
_ADVICE = {
    "dpi_low": mark("Nét chữ thô hơn mức quy định 200 dpi. Quét lại ở độ phân giải cao hơn nếu khó đọc."),
    "skew_unsure": mark("Không chắc trang đã thẳng. Xem kỹ; nếu lệch, quét lại."),
    "upside_down_unsure": mark("Không chắc chiều của trang. Nếu ngược, bấm R để xoay."),
    "cut_off": mark("Chữ chạm mép giấy. Xem còn đủ chữ không; nếu thiếu, quét lại trang này."),
    "card_unsure": mark("Không tìm rõ mép thẻ. Xem hai mặt thẻ có đủ không; nếu thiếu, quét lại."),
    "separator_unread": mark("Trông như tờ ngăn nhưng không đọc được mã. Các trang sau nó nằm ở Chưa xếp."),
}
_WHY: dict[str, str] = {
    Mark.NO_SEPARATOR: mark("Không có tờ ngăn"),
    Mark.SEPARATOR_UNREAD: mark("Sau tờ ngăn không đọc được"),
    Mark.SEPARATOR_OTHER_DOSSIER: mark("Sau tờ ngăn của hồ sơ khác"),
    Mark.SEPARATOR_UNKNOWN: mark("Sau tờ ngăn lạ"),
    Mark.SEPARATORS_TWO: mark("Hai tờ ngăn dính nhau"),
    Mark.SEPARATOR_END: mark("Sau tờ kết thúc"),
    Mark.SEPARATOR_BACK_USED: mark("Mặt sau tờ ngăn có chữ"),
    Mark.SEPARATOR_COVERED: mark("Tờ ngăn bị che"),
    Mark.PAGE_FAILED: mark("Trang hỏng"),
    "after_failed": mark("Sau trang hỏng"),
    Mark.PAGES_MISSING: mark("Thiếu trang ở giữa"),
    Mark.MORE_THAN_DECLARED: mark("Nhiều tờ hơn đã khai"),
    "looked_again": mark("Vừa làm lại"),
    "by_hand": mark("Bạn đặt vào đây"),
    "requirement_gone": mark("Giấy này không còn trong hồ sơ"),
}
_ACTS = {
    "move": mark("chuyển trang"), "turn": mark("xoay trang"), "split": mark("tách xấp"),
    "merge": mark("gộp xấp"), "shift": mark("đổi thứ tự"), "leave_out": mark("bỏ trang ra"),
    "take_in": mark("lấy trang vào"), "reverse": mark("đảo xấp"),
}
_STATES: dict[DigitisedStatus, tuple[str, Tone]] = {
    DigitisedStatus.NONE: (mark("Chưa số hóa"), "neutral"),
    DigitisedStatus.DIGITISED: (mark("Đã số hóa"), "ok"),
    DigitisedStatus.REUSED_PAPER: (mark("Dùng lại"), "ok"),
    DigitisedStatus.REUSED_RESULT: (mark("Dùng lại kết quả"), "ok"),
}


_BRIEF = 60


def brief(name: str) -> str:
    """A requirement's name for a headline: some have thousands of letters."""
    return name if len(name) <= _BRIEF else f"{name[:_BRIEF].rstrip()}…"


def doubt_words(code: str) -> str:
    """A few words under a thumbnail."""
    return tr(_DOUBTS.get(code, mark("Cần xem lại")))


def doubt_advice(code: str) -> str:
    """One sentence beside the large page: what it is and what to do."""
    return tr(_ADVICE.get(code, mark("Máy không chắc về trang này. Xem kỹ; nếu không ổn, quét lại.")))


def why_words(why: str, about: str) -> str:
    """What brought a stack into the tray. `about` is another dossier's code, where there is one."""
    said = tr(_WHY.get(why, mark("Chưa rõ thuộc giấy nào")))
    return f"{said} {about}" if why == Mark.SEPARATOR_OTHER_DOSSIER and about else said


def act_words(act: str) -> str:
    return tr(_ACTS.get(act, mark("thao tác")))


def status_words(status: DigitisedStatus) -> tuple[str, Tone]:
    words, tone = _STATES[status]
    return tr(words), tone
