"""Who comes to a practice counter: invented people with cards to read, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

CARDS = (
    "049190004217|205511998|Trần Thị Mẫu Một|07031990|Nữ|"
    "Tổ 3, Thôn Giả Định, Điện Thọ, Điện Bàn, Quảng Nam|12082021",
    "087076001356|340099123|Nguyễn Văn Thử Hai|29021976|Nam|"
    "12, Đường Số Không, Phường 1, Cao Lãnh, Đồng Tháp|05102022",
    "045182003345|197033221|Lê Thị Mẫu Ba|15111982|Nữ|"
    "Khu phố 9, Phường 5, Đông Hà, Quảng Trị|31122023",
    "049166000005|205500005|Ngô Thị Thử Tư|07031966|Nữ|"
    "Tổ 5, Thôn Giả Định, Điện Thọ, Điện Bàn, Quảng Nam|12082021",
)
"""What a scanner reads from each card."""


def cards() -> Iterator[str]:
    """One after the other, and round again."""
    return cycle(CARDS)
