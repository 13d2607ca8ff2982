"""What was happening when the program stopped, whether that is stored, and what to press: in the clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.operation import Type
from app.services.support.at_work import AtWork, SavedAct, former, saved_in
from ui.delegates.dates import lowered, near_moment
from ui.models.state_words import TYPES, type_words
from ui.operations.desk import Desk
from ui.shortcuts import PLACES, Place
from ui.theme import Tone
from ui.translations import mark, tr

PAGES: Mapping[str, Place] = {
    "home_page": Place.HOME, "intake_page": Place.INTAKE, "search_page": Place.SEARCH,
    "dossier_page": Place.SEARCH, "digitise_page": Place.SEARCH,
    "handover_page": Place.HANDOVER, "return_page": Place.RETURN, "post_page": Place.RETURN,
    "cash_page": Place.CASH, "sync_page": Place.SYNC, "report_page": Place.REPORT, "admin_page": Place.SETTINGS,
}
BESIDE: Mapping[str, str] = {
    "dossier_page": mark("Một hồ sơ"), "digitise_page": mark("Số hóa giấy tờ"), "post_page": mark("Bưu gửi"),
    "obstacle_page": mark("Vướng mắc"), "self_check_page": mark("Tự kiểm tra"),
}
MONEY = mark("chưa lưu: chưa có khoản tiền nào được ghi. Đếm lại tiền rồi làm lại: {key}.")
AGAIN = mark("chưa lưu, sổ chưa ghi gì. Làm lại: {key}.")
SHEETS: Mapping[str, tuple[str, str]] = {
    "cash_collect_sheet": (mark("Thu tiền"), MONEY), "cash_refund_sheet": (mark("Hoàn tiền"), MONEY),
    "cash_void_sheet": (mark("Hủy khoản thu"), MONEY), "cash_move_sheet": (mark("Thêm, bớt tiền ngăn quỹ"), MONEY),
    "cash_open_sheet": (mark("Mở ca quỹ"), MONEY), "cash_close_sheet": (mark("Chốt ca quỹ"), MONEY),
    "cash_remit_sheet": (mark("Nộp tiền cho cơ quan"), MONEY),
    "cash_match_sheet": (mark("Khớp chuyển khoản"), MONEY),
    "cash_word_sheet": (mark("Xác nhận chuyển khoản"), MONEY),
    "cash_taker_sheet": (mark("Cơ quan ký nhận tiền"), MONEY), "cash_statement_sheet": (mark("Đọc sao kê"), AGAIN),
    "cash_range_sheet": (mark("Nhận dải số biên lai"), AGAIN),
    "cash_spoil_sheet": (mark("Ghi hỏng số biên lai"), AGAIN),
    "cash_account_sheet": (mark("Đặt tài khoản nhận chuyển khoản"), AGAIN),
    "basket_sheet": (mark("Xem giỏ"), AGAIN), "read_back": (mark("Đọc lại cho công dân"), AGAIN),
    "make_sheet": (mark("Lập danh sách bàn giao"), AGAIN), "answer_sheet": (mark("Ghi trả lời"), AGAIN),
    "originals_sheet": (mark("Giao bản gốc"), AGAIN), "give_back_sheet": (mark("Trả lại giấy tờ"), AGAIN),
    "supplement_sheet": (mark("Yêu cầu bổ sung"), AGAIN), "brought_sheet": (mark("Nhận bổ sung"), AGAIN),
    "withdraw_sheet": (mark("Công dân rút hồ sơ"), AGAIN), "refuse_sheet": (mark("Từ chối tiếp nhận"), AGAIN),
    "paid_sheet": (mark("Ghi đã nộp nghĩa vụ tài chính"), AGAIN), "stage_sheet": (mark("Sang bước sau"), AGAIN),
    "send_sheet": (mark("Gửi bưu chính"), AGAIN), "correct_reason": (mark("Sửa hồ sơ"), AGAIN),
    "shift_sheet": (mark("Bàn giao ca"), AGAIN), "pickup_sheet": (mark("Nhận tại nhà"), AGAIN),
}
"""Sheets that write when they are confirmed, and what is to be done where the confirmation was not stored."""
AFTERWARDS: Mapping[str, tuple[str, str]] = {
    "cash_transfer_sheet": (mark("Quét để chuyển khoản"), mark(
        "đã được ghi là khách báo đã chuyển: đừng thu lần nữa. Xem lại: {key}.")),
    "closed_sheet": (mark("Đã chốt ca quỹ"), mark("đã lưu: ca quỹ đã chốt. Xem lại: {key}.")),
}
"""Sheets that open once all is stored and only show it."""
_OF_MONEY = ("cash.", "money.", "transfer.", "remittance.")
_BY_THE_WAY = frozenset({
    Type.PAPER_DIGITISED, Type.PAPER_CHECKED, Type.RECEIPT_PRINTED, Type.PAPER_PRINTED,
})
"""Stored beside the window while a sheet lies open: never what the sheet itself was to store."""
SHOWN = 3
_ACTS: Mapping[str, str] = {
    "return_page": mark("nếu đang trả kết quả mà chưa bấm xong thì chưa lưu, kết quả vẫn ở quầy. Làm lại: {key}."),
    "post_page": mark("nếu đang ghi bưu gửi mà chưa bấm xong thì chưa lưu. Làm lại: {key}."),
    "handover_page": mark("danh sách đang gom vẫn còn; danh sách chưa lập xong thì chưa giao. Mở lại: {key}."),
    "intake_page": mark("biểu đang gõ vẫn còn, thường đến chữ cuối. Làm tiếp ở dòng “Đang gõ dở” dưới đây."),
    "digitise_page": mark("trang nào đã vào máy thì vẫn còn. Làm tiếp ở dòng “Trang quét chưa lưu” dưới đây."),
    "report_page": mark("báo cáo không ghi gì vào sổ. Tệp đang xuất dở không để lại gì: xuất lại bằng {key}."),
    "cash_page": mark("chưa có tờ thu chi nào đang mở, nên không khoản nào dở. Mở lại: {key}."),
}
_LIFE: Mapping[str, str] = {
    Type.RESULT_RETURNED: mark("Trả kết quả"), Type.HANDOVER_MADE: mark("Bàn giao hồ sơ"),
    Type.HANDOVER_ACKNOWLEDGED: mark("Cơ quan ký nhận"), Type.HANDOVER_UNDONE: mark("Hủy danh sách bàn giao"),
    Type.SUPPLEMENT_ASKED: mark("Yêu cầu bổ sung"), Type.SUPPLEMENT_RECEIVED: mark("Nhận bổ sung"),
    Type.DOSSIER_WITHDRAWN: mark("Công dân rút hồ sơ"), Type.RESULTS_TAKEN_IN: mark("Nhận kết quả"),
    Type.RESULT_SHELVED: mark("Xếp kết quả lên kệ"), Type.RESULT_POSTED: mark("Gửi bưu chính"),
    Type.PAPERS_RETURNED: mark("Trả lại giấy tờ"), Type.ORIGINAL_MOVED: mark("Giao bản gốc"),
    Type.FEE_TAKEN: mark("Thu phí"), Type.REFUSAL_MADE: mark("Từ chối tiếp nhận"),
}


@dataclass(frozen=True, slots=True)
class CrashView:
    """`has_act`: something lay open that may have to be done again."""

    stopped_at: datetime
    doing: str
    verdict: str
    tone: Tone
    saved: tuple[str, ...]
    has_act: bool


def read_crash(desk: Desk) -> CrashView | None:
    """What the run before left lying; None where it ended cleanly."""
    left = former(desk.office.folder)
    if left is None:
        return None
    with desk.office.database.reading() as connection:
        saved = saved_in(connection, desk.office.enrolled, left)
    return crash_view(left, saved, desk.clock())


def crash_view(left: AtWork, saved: tuple[SavedAct, ...], now: datetime) -> CrashView:
    """In words."""
    place = PAGES.get(left.page)
    where = tr(BESIDE[left.page]) if left.page in BESIDE else tr(PLACES[place].name) if place else ""
    act, else_words = SHEETS.get(left.sheet, ("", ""))
    shown, afterwards = AFTERWARDS.get(left.sheet, ("", ""))
    doing = " · ".join(part for part in (where, tr(act or shown) if act or shown else "", left.code) if part)
    after = next((each for each in saved if each.is_after and _may_answer(else_words or afterwards, each)), None)
    words = else_words or afterwards or _ACTS.get(left.page, "")
    verdict = ""
    tone: Tone = "ok"
    if after is not None:
        verdict = tr("đã lưu lúc {time}: {act}.", time=f"{after.at:%H:%M}", act=_act(after))
    elif words:
        key = PLACES[place or Place.HOME]
        verdict = tr(words, key=f"{tr(key.name)} ({key.key})")
        tone = "warn" if else_words else "info"
    return CrashView(
        left.at, doing, verdict, tone,
        tuple(tr("{time} {act}", time=f"{each.at:%H:%M}", act=_act(each)) for each in saved[:SHOWN]),
        bool(words),
    )


def stopped_words(view: CrashView, now: datetime) -> str:
    """When, about."""
    return tr("Chương trình đã dừng đột ngột {at}.", at=lowered(near_moment(view.stopped_at, now)))


def _may_answer(words: str, saved: SavedAct) -> bool:
    """Whether it may be what the open sheet was to store. Of money nothing else will do: it would be said to be
    written down when it lies in the drawer alone."""
    if words == MONEY:
        return saved.type.startswith(_OF_MONEY)
    return not words or saved.type not in _BY_THE_WAY


def _act(saved: SavedAct) -> str:
    words = tr(_LIFE[saved.type]) if saved.type in _LIFE and saved.type not in TYPES else type_words(saved.type)
    return f"{words} {saved.code}".strip()
