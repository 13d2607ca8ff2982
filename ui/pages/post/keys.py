"""The keys of the page. Letters need Alt: a scanner types into nothing here, but a habit is one habit."""

from __future__ import annotations

from ui.shortcuts import Key
from ui.translations import mark

VIEWS = (
    Key("Alt+1", mark("Cần gửi: kết quả chờ gửi bưu chính")),
    Key("Alt+2", mark("Đang gửi: bưu gửi chưa có kết thúc")),
    Key("Alt+3", mark("Phát không được: chờ xếp lại kệ")),
    Key("Alt+4", mark("Nhận tại nhà: phiếu thu gom")),
    Key("Alt+5", mark("Mã bưu gửi: đã nhận, đã dùng, còn lại")),
)
ACT = Key("Return", mark("Làm việc của dòng đang chọn: gửi, ghi tin, xếp lại kệ, chuyển bước"))
GO = Key("F12", mark("Cần gửi, Đang gửi: lập bảng kê; Nhận tại nhà: tiếp nhận hồ sơ đã thu gom"))
NEW = Key("Alt+T", mark("Nhận tại nhà: phiếu mới; Mã bưu gửi: nhận dải mã"))
OFF = Key("Alt+R", mark("Rút bưu gửi lại trước khi giao cho bưu chính"))
AGAIN = Key("Alt+I", mark("In lại nhãn, bảng kê hoặc phiếu của dòng đang chọn"))
NOTICE = Key("Alt+N", mark("Tin báo đã gửi cho người dân: sao chép"))
VOID = Key("Alt+H", mark("Hủy một mã bưu gửi, có lý do"))
OPEN = Key("Alt+D", mark("Mở hồ sơ của dòng đang chọn"))
BACK = Key("Escape", mark("Về Trả kết quả"))
