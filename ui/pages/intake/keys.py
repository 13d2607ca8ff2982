"""The keys of the page, as F1 tells them."""

from __future__ import annotations

from ui.shortcuts import Key
from ui.translations import mark

RECEIVE = Key("F12", mark("Đọc lại cho người dân, lưu và in"))
SAME_PERSON = Key("Shift+F12", mark("Lưu và in, rồi nhận hồ sơ khác của người này (nhóm)"))
SAME_PROCEDURE = Key("Ctrl+F12", mark("Lưu và in, rồi nhận của người khác, cùng thủ tục (nhóm)"))
BASKET = Key("Alt+B", mark("Giỏ của nhóm: tổng phải thu, kết thúc, in biên bản"))
ONLINE = Key("Alt+O", mark("Hồ sơ nộp trực tuyến: nhận tại quầy, hoặc ghi nhận đã hỗ trợ nộp"))
PICKUP = Key("Alt+T", mark("Nhận giấy tờ thu gom tại nhà"))
REFUSE = Key("Alt+X", mark("Từ chối tiếp nhận: in giấy từ chối, không mở hồ sơ"))
PARK = Key("Escape", mark("Để tạm; đang mở gì thì đóng cái đó"))
GUIDE = Key("F11", mark("In phiếu hướng dẫn, không mở hồ sơ"))
KEEP = Key("Alt+G", mark("Giữ nguyên điều đang được nhắc"))
WHY = Key("Alt+V", mark("Vì sao ngày này? (ngoài ô gõ: phím ?)"))
WHY_AMOUNT = Key("Alt+M", mark("Vì sao số tiền này? (ở bước phí, ngoài ô gõ: phím ?)"))
REPEAT = Key("Alt+L", mark("Lặp lại thủ tục vừa làm"))
SCAN = Key("Alt+S", mark("Số hóa giấy tờ của hồ sơ vừa tiếp nhận"))
DISCARD = Key("Ctrl+Delete", mark("Bỏ biểu đang làm"))
UNDO = Key("Alt+Z", mark("Lấy lại biểu vừa để tạm hoặc vừa bỏ"))
RESUME = tuple(Key(f"Alt+{number}", mark("Lấy lại biểu để tạm theo số")) for number in range(1, 10))

IN_LIST = (
    Key("Return", mark("Sang chỗ còn trống tiếp theo, rồi sang bước sau")),
    Key("Space", mark("Danh sách giấy: có, thiếu")),
    Key("A", mark("Danh sách giấy: đủ như danh mục")),
    Key("0-9", mark("Danh sách giấy: số bản; ← → đổi loại bản")),
    Key("D", mark("Danh sách giấy: đã đối chiếu (phím Đ)")),
    Key("G", mark("Danh sách giấy: giữ bản gốc")),
    Key("N", mark("Danh sách giấy: không áp dụng")),
    Key("L", mark("Danh sách giấy: lý do")),
)
"""Taken by the widgets themselves; told by the page."""
