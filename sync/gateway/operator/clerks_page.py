"""Nhân viên: the clerks of every office with what they may, until when, and who was sent away."""

from __future__ import annotations

from collections.abc import Sequence

from sync.gateway.operator.clerks import ClerkLine
from sync.gateway.operator.frame import Visit, mark, number, page
from sync.gateway.operator.markup import Content, table, tag
from sync.gateway.operator.words import moment

ROLES = {
    "intake": "Tiếp nhận", "return": "Trả kết quả", "cashier": "Thu ngân", "shift_lead": "Trưởng ca",
    "catalogue_admin": "Quản trị danh mục", "auditor": "Kiểm tra",
}


def clerks_page(visit: Visit, clerks: Sequence[ClerkLine]) -> bytes:
    waiting = sum(each.has_sign_in and not each.serial and not each.revoked_at for each in clerks)
    return page(
        "Nhân viên", "/clerks", visit,
        tag("p", "Quyền đi tới từng quầy khi quầy gọi, và hết sau hạn nếu quầy không gọi nữa. Đổi việc bằng tệp "
            "bưu cục; cho thôi ngay bằng lệnh ", tag("code", "revoke-clerk"), "; cấp mã cá nhân bằng lệnh ",
            tag("code", "personal-code"), "."),
        tag("p", f"{waiting} người chưa có mã cá nhân nên chưa đăng nhập được.",
            class_="quiet") if waiting else None,
        table("Ai được làm gì, tới ngày nào",
              ("Nhân viên", "Bưu cục", "Việc", "Tình trạng", "Hạn ở quầy vừa gọi", "Hạn ở quầy lâu chưa gọi",
               number("Mã lần thứ"), "Cấp mã lúc"),
              [_row(each) for each in clerks], "Chưa có bưu cục nào."))


def _row(each: ClerkLine) -> Sequence[Content]:
    newest, oldest = (f"{day:%d/%m/%Y}" for day in each.until) if each.until is not None else ("–", "–")
    return (
        (each.name, " ", tag("code", each.clerk)), each.office_name,
        ", ".join(ROLES.get(role, role) for role in each.roles) or "chưa giao", _standing(each), newest, oldest,
        number(str(each.serial)) if each.serial else "–", moment(each.code_at) if each.code_at else "–",
    )


def _standing(each: ClerkLine) -> Content:
    if each.revoked_at:
        return mark("bad", f"Đã thôi từ {moment(each.revoked_at)}")
    if not each.has_sign_in:
        return mark("warn", "Bưu cục chưa bật đăng nhập")
    return mark("ok", "Đang làm") if each.serial else mark("warn", "Chưa có mã cá nhân")
