"""The keys of the page, each with what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ui.shortcuts import Key
from ui.translations import mark

if TYPE_CHECKING:
    from ui.pages.digitise.page import DigitisePage

TOLD = (
    Key("1…9", mark("Chọn giấy; khi đang ở các trang: chuyển trang sang giấy số đó")),
    Key("0", mark("Chưa xếp; khi đang xem trang lớn: 0 cả trang, 1 cỡ thật, 2 gấp đôi")),
    Key("Return", mark("Ở danh sách giấy: lưu giấy này; ở các trang: xem lớn")),
)
"""What the page's lists take themselves."""


def page_keys(page: DigitisePage) -> Mapping[Key, Callable[[], object]]:
    """Letters are commands: no field for text stands on this page."""
    view, thumbs = page.viewer.view, page.pages.thumbs
    return {
        Key("S", mark("Quét vào giấy đang chọn, tờ ngăn tự chia")): page.scan,
        Key("F12", mark("Lưu mọi giấy đã xếp")): page.on_paper.file_ready,
        Key("M", mark("Chuyển các trang đang chọn sang giấy khác")): page.moving.begin,
        Key("R", mark("Xoay sang phải")): lambda: page.on_pages.do("turn"),
        Key("Shift+R", mark("Xoay sang trái")): lambda: page.on_pages.do("turn_left"),
        Key("Alt+Left", mark("Đưa trang lên trước")): lambda: page.on_pages.do("earlier"),
        Key("Alt+Right", mark("Đưa trang ra sau")): lambda: page.on_pages.do("later"),
        Key("T", mark("Tách xấp từ trang này")): lambda: page.on_pages.do("split"),
        Key("G", mark("Gộp với xấp trước")): lambda: page.on_pages.do("merge"),
        Key("Shift+G", mark("Đảo thứ tự cả xấp")): lambda: page.on_pages.do("reverse"),
        Key("Delete", mark("Bỏ trang ra khỏi PDF, hoặc lấy lại vào")): lambda: page.on_pages.do("leave_out"),
        Key("Shift+S", mark("Làm lại trang này: mở, làm sạch lần nữa")): page.on_pages.try_again,
        Key("Ctrl+Z", mark("Hoàn tác")): page.on_pages.undo,
        Key("Ctrl+Y", mark("Làm lại")): page.on_pages.redo,
        Key("D", mark("Đã đối chiếu bản chính")): page.on_paper.toggle_compared,
        Key("K", mark("Đã kiểm tra: đủ trang, đọc được, đúng người; sang giấy sau")): page.on_paper.toggle_checked,
        Key("I", mark("Thông tin giấy tờ: số, ngày, nơi cấp")): page.on_paper.ask_about,
        Key("U", mark("Dùng lại bản số hóa đã có")): page.on_paper.reuse,
        Key("O", mark("Xem bản đã lưu")): page.on_paper.look_at_stored,
        Key("N", mark("Nhập số tờ đã đếm")): page.scanning.ask_count,
        Key("Ctrl+T", mark("In tờ ngăn của hồ sơ này")): page.print_separators,
        Key("PgDown", mark("Trang sau")): lambda: thumbs.step(1),
        Key("PgUp", mark("Trang trước")): lambda: thumbs.step(-1),
        Key("+", mark("Phóng to")): view.zoom_in,
        Key("-", mark("Thu nhỏ")): view.zoom_out,
        Key("V", mark("Xem rộng một trang, hoặc thôi")): page.looking.toggle,
        Key("F", mark("Vừa chiều ngang, hoặc cả trang")): view.toggle_fit,
        Key("Escape", mark("Dừng quét, thôi chuyển, hoặc về trang trước")): page.escape,
    }
