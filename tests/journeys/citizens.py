"""Invented citizens and the QR codes of their cards."""

from __future__ import annotations

NAMES = (
    "Trần Thị Mẫu Một", "Lê Thị Mẫu Hai", "Võ Thị Thử Ba", "Đỗ Thị Thử Tư", "Ngô Thị Mẫu Năm", "Hồ Thị Thử Sáu",
    "Bùi Thị Mẫu Bảy", "Mai Thị Thử Tám", "Lý Thị Mẫu Chín", "Đinh Thị Thử Mười", "Phan Thị Mẫu Mười Một",
    "Nguyễn Thị Hoàng Oanh Thử Mười Hai",
)


def card(number: int) -> str:
    """The QR of an invented citizen's card."""
    return (f"0491900{number:05d}|2055{number:05d}|{NAMES[number % len(NAMES)]}|07031990|Nữ|"
            f"Tổ {number + 1}, Thôn Giả Định, Điện Thọ, Điện Bàn, Quảng Nam|12082021")


DELEGATE = ("049085001234|205598765|Phan Văn Thử Ủy Quyền|02031985|Nam|Tổ 9, Thôn Giả Định, Điện Thọ, Điện Bàn, "
            "Quảng Nam|12082021")
