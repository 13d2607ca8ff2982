"""The keys of the page: letters are acts, for no field stands here; Alt and a digit a list, as on other pages."""

from __future__ import annotations

from ui.shortcuts import Key
from ui.translations import mark

VIEWS = (
    Key("Alt+1", mark("Ca này: các dòng của ca quỹ đang mở, hoặc thu ngoài ca")),
    Key("Alt+2", mark("Mọi khoản thu, mới nhất trước")),
    Key("Alt+3", mark("Chuyển khoản chờ sao kê xác nhận")),
    Key("Alt+4", mark("Dòng sao kê chưa rõ của khoản nào")),
    Key("Alt+5", mark("Nộp tiền cho cơ quan")),
    Key("Alt+6", mark("Biên lai: các dải số của quầy")),
    Key("Alt+7", mark("Phiếu thu tạm còn chờ biên lai điện tử")),
)
OPEN = Key("O", mark("Mở ca quỹ: đếm tiền đầu ca"))
MOVE = Key("D", mark("Đưa tiền vào, lấy tiền ra khỏi ngăn, có lý do"))
COLLECT = Key("T", mark("Thu tiền: quét hoặc gõ mã hồ sơ, hay khoản khác"))
VOID = Key("H", mark("Hủy khoản thu đang chọn, có người thứ hai"))
REFUND = Key("R", mark("Hoàn trả một phần hay cả khoản thu đang chọn"))
CLOSE = Key("C", mark("Chốt ca: đếm rồi mới biết thừa thiếu, in biên bản"))
SQUARE = Key("V", mark("Mã VietQR của khoản chuyển khoản đang chọn"))
SLIP = Key("P", mark("In phiếu chuyển khoản của khoản đang chọn, có mã VietQR"))
FIND = Key("F", mark("Tìm trong mọi khoản thu: số biên lai, mã hồ sơ, số tiền"))
AGAIN = Key("I", mark("In lại giấy của dòng đang chọn"))
STATEMENT = Key("S", mark("Nhận sao kê ngân hàng từ tệp"))
WORD = Key("W", mark("Xác nhận khoản chuyển khoản đang chọn khi sao kê không có, hai người"))
REMIT = Key("N", mark("Nộp tiền cho cơ quan, in danh sách; ghi người nhận"))
RANGE = Key("B", mark("Nhận dải số biên lai"))
SPOIL = Key("X", mark("Ghi một số biên lai hỏng"))
ACCOUNTS = Key("A", mark("Tài khoản ngân hàng nhận chuyển khoản"))
ENTER = Key("Return", mark("Mở hồ sơ của dòng đang chọn; ở sao kê: xác nhận; ở nộp tiền: nộp"))
