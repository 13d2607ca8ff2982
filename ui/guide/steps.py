"""What is next, from what is seen: a pure rule, and the words for each step."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.intake.form import Step as Part
from ui.translations import mark

STEPS = 10
SYLLABLES = "ly lich tu phap"
PHONE = "0905000101"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done once and cannot be seen any more. `before`: dossiers of the day before the guide began."""

    day: str = ""
    before: int = 0
    has_seen_why: bool = False
    has_seen_paper: bool = False
    has_pulled: bool = False
    has_filed: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """The window as it stands. `page`: "intake", "digitise", "sync", or "" for any other."""

    page: str = ""
    received: int = 0                              # dossiers stored since the guide began
    part: Part = Part.PROCEDURE                    # of the form on the desk
    has_typed: bool = False                        # something stands in the search, or its cases are asked for
    has_procedure: bool = False
    has_person: bool = False
    has_phone: bool = False
    is_at_phone: bool = False                      # the focus is there
    has_papers: bool = False
    is_why_open: bool = False
    is_reading_back: bool = False
    is_paper_out: bool = False                     # nothing waits for the printer
    is_paper_open: bool = False                    # the printed paper is being looked at
    is_plugged: bool = True
    is_cable_moving: bool = False
    has_scanner: bool = False
    pages: int = 0                                 # scanned, not yet filed
    is_scanning: bool = False
    waiting: int = 0                               # what the province has not confirmed


@dataclass(frozen=True, slots=True)
class Step:
    """`title` and `words` are `mark`ed. `key` as on its cap, "" where there is only to wait."""

    number: int
    title: str
    words: str
    key: str = ""
    typing: str = ""


_OPEN = mark("Mở Tiếp nhận")
_PROCEDURE = mark("Chọn thủ tục")
_PERSON = mark("Người đến nộp")
_PAPERS = mark("Giấy tờ")
_FEE = mark("Phí, lệ phí")
_DUE = mark("Ngày hẹn trả")
_KEEP = mark("Đọc lại, lưu và in")
_PAPER = mark("Giấy tiếp nhận trong tay")
_PULL = mark("Mất mạng")
_PLUG = mark("Có mạng trở lại")

DONE = Step(STEPS, mark("Xong bài đầu tiên"), mark(
    "Bạn đã nhận một hồ sơ, in giấy hẹn, làm việc khi mất mạng và thấy tỉnh nhận đủ. Cứ luyện tiếp việc khác; "
    "F1 trên mỗi màn hình là trang trợ giúp của nó."), "Ctrl 4")


def present(seen: Seen, done: Progress) -> Step:
    """The step that is next."""
    if done.is_done:
        return DONE
    if not seen.received:
        return _while_receiving(seen, done)
    if not seen.is_paper_out:
        return Step(8, _PAPER, mark("Hồ sơ đã lưu trên máy. Đang in giấy tiếp nhận…"))
    if seen.is_paper_open:
        return Step(8, _PAPER, mark(
            "Đây là giấy hẹn trao cho người dân: mã vạch, ngày hẹn, giấy đã nhận, tiền. Xem xong thì cất."), "Esc")
    if not done.has_seen_paper:
        return Step(8, _PAPER, mark("Giấy đã in. Cầm lên xem trước khi trao."), "Ctrl 3")
    if not done.has_filed:
        return _without_line(seen, done)
    return _with_line(seen)


def _while_receiving(seen: Seen, done: Progress) -> Step:
    if seen.is_why_open:
        return Step(6, _DUE, mark(
            "Từng ngày được đếm ở đây, theo lịch nghỉ và quy định. Xem xong thì đóng."), "Esc")
    if seen.page != "intake":
        return Step(1, _OPEN, mark("Mọi hồ sơ bắt đầu ở màn hình Tiếp nhận."), "F2")
    if seen.is_reading_back:
        return Step(7, _KEEP, mark(
            "Xoay màn hình cho người dân đọc lại. Họ đồng ý thì lưu: hồ sơ vào sổ trước, giấy in sau."), "Enter")
    if not seen.has_procedure:
        if seen.has_typed:
            return Step(2, _PROCEDURE, mark(
                "Enter chọn dòng đang sáng; mũi tên để đổi dòng. Thủ tục có nhiều trường hợp thì Enter lần nữa."
            ), "Enter")
        return Step(2, _PROCEDURE, mark(
            "Gõ vài tiếng của tên thủ tục, không cần dấu, rồi chọn."), "Enter", SYLLABLES)
    if not seen.has_person:
        return Step(3, _PERSON, mark(
            "Quét mã QR trên thẻ căn cước: tên, số, ngày sinh, địa chỉ tự điền. Ở đây một phím thay cho thẻ."
        ), "Ctrl 1")
    if seen.part is Part.PERSON:
        if seen.has_phone:
            return Step(3, _PERSON, mark("Đủ thông tin. Sang bước giấy tờ."), "Enter")
        if seen.is_at_phone:
            return Step(3, _PERSON, mark("Hỏi số điện thoại rồi gõ vào; Enter sang bước sau."), "Enter", PHONE)
        return Step(3, _PERSON, mark("Enter sang ô còn trống kế tiếp: điện thoại."), "Enter")
    if not seen.has_papers:
        return Step(4, _PAPERS, mark(
            "Nhận từng giấy: phím cách đánh dấu một dòng, A nhận đủ như danh mục."), "A")
    if seen.part is Part.PAPERS:
        return Step(4, _PAPERS, mark("Đủ giấy tờ. Sang bước phí."), "Enter")
    if seen.part is Part.FEES:
        return Step(5, _FEE, mark(
            "Số tiền và căn cứ có sẵn theo danh mục; bạn chỉ chọn thu trước, thu sau hay miễn."), "Enter")
    if not done.has_seen_why:
        return Step(6, _DUE, mark("Ngày hẹn đã tính ở cột phải. Xem vì sao lại là ngày đó."), "Alt V")
    return Step(7, _KEEP, mark("Đọc lại cho người dân trước khi in."), "F12")


def _without_line(seen: Seen, done: Progress) -> Step:
    if seen.is_cable_moving:
        return Step(9, _PULL, mark("Đang rút dây…"))
    if seen.is_plugged and not done.has_pulled:
        return Step(9, _PULL, mark("Thử rút dây mạng: tỉnh mẫu tắt thật. Xem quầy còn làm được gì."), "Ctrl 2")
    if seen.page == "digitise":
        return _scanning(seen)
    if seen.page == "intake":
        return Step(9, _PULL, mark(
            "Mất mạng vẫn làm tiếp được. Số hóa giấy tờ của hồ sơ vừa nhận."), "Alt S")
    return Step(9, _PULL, mark("Về lại Tiếp nhận để số hóa giấy của hồ sơ vừa nhận."), "F2")


def _scanning(seen: Seen) -> Step:
    if not seen.has_scanner:
        return Step(9, _PULL, mark("Đang tìm máy quét mẫu…"))
    if seen.is_scanning:
        return Step(9, _PULL, mark("Máy đang quét. Trang nào vào là trang ấy đã lưu."))
    if seen.pages:
        return Step(9, _PULL, mark("Hai trang đã vào đúng giấy. Lưu vào hồ sơ."), "F12")
    return Step(9, _PULL, mark("Đặt giấy vào khay rồi quét; ở đây máy quét mẫu có sẵn hai tờ."), "S")


def _with_line(seen: Seen) -> Step:
    if seen.is_cable_moving:
        return Step(10, _PLUG, mark("Đang cắm lại…"))
    if not seen.is_plugged:
        return Step(10, _PLUG, mark(
            "Dòng dưới cùng nói thật: mất kết nối, bao nhiêu việc chờ gửi, máy hỏng thì mất gì. Giờ cắm lại."
        ), "Ctrl 2")
    if seen.waiting:
        return Step(10, _PLUG, mark("Tự gửi, bạn không phải bấm gì. Chờ đến khi tỉnh nhận đủ…"))
    return Step(10, _PLUG, mark("Tỉnh đã nhận. Mở Đồng bộ xem từng con số."), "F7")
