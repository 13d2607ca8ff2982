"""The keys of the page; letters need Alt, because fields for text stand here."""

from __future__ import annotations

from ui.shortcuts import Key
from ui.translations import mark

VIEWS = (
    Key("Alt+1", mark("Trả tại quầy: quét giấy hẹn và kết quả")),
    Key("Alt+2", mark("Nhận kết quả về: quét từng hồ sơ")),
    Key("Alt+3", mark("Chờ trả: kết quả đang trên kệ")),
)
POST = Key("Alt+4", mark("Bưu chính: gửi kết quả, theo dõi bưu gửi, nhận hồ sơ tại nhà"))
GIVE = Key("F12", mark("Trả kết quả; ở danh sách nhận về: nhận cả danh sách"))
FRESH = Key("Escape", mark("Làm lại từ đầu; hỏi lại khi đang dở"))
LOST = Key("Alt+M", mark("Người dân mất giấy hẹn"))
ALL_ORIGINALS = Key("Alt+A", mark("Đánh dấu mọi bản gốc"))
RECALL = Key("Alt+U", mark("Thu hồi kết quả trả nhầm"))
SHELVE = Key("Alt+L", mark("Xếp lại lên kệ, đổi chỗ, in lại nhãn"))
NOTICE = Key("Alt+N", mark("Tin báo cho người dân: xem và sao chép"))
ORIGINALS = Key("Alt+O", mark("Bản gốc: ai đang giữ"))
DIGITISE = Key("Alt+S", mark("Số hóa giấy tờ của hồ sơ đang mở"))
REMOVE = Key("Ctrl+Delete", mark("Bỏ dòng đang chọn khỏi danh sách nhận về"))
ORDER = Key("Alt+K", mark("Chờ trả: xếp theo kệ hoặc theo thời gian chờ"))
ENTER = Key("Return", mark("Trong ô gõ mã: như quét; ở danh sách chờ trả: trả kết quả này"))
