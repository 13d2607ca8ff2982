"""Codes in Vietnamese, as an operator at a province says them. An unknown code stands for itself."""

from __future__ import annotations

from datetime import datetime

from sync.contract.problems import Fork, Verdict, VerdictReason
from sync.gateway.operator.people import Act
from sync.gateway.times import LOCAL

FORK_REASONS = {
    Fork.HASH_DIFFERS: "Chỗ này đã có một việc khác",
    Fork.PREV_DIFFERS: "Không nối tiếp việc đứng trước",
    Fork.STALE_EPOCH: "Gửi từ đời đã bị thay",
}

VERDICTS = {
    Verdict.NEEDS_FIX: "Quầy phải sửa",
    Verdict.REFUSED: "Không nhận",
    Verdict.HELD: "Chờ bản mới ở tỉnh",
}

REASONS = {
    VerdictReason.UNREAD: "Chưa đọc được nội dung",
    VerdictReason.HEADER_INCOMPLETE: "Thiếu trường bắt buộc",
    VerdictReason.BAD_TEXT: "Có ký tự không lưu được",
    VerdictReason.TOO_LONG: "Quá dài",
    VerdictReason.OP_ID_TAKEN: "Mã việc đã dùng",
    VerdictReason.NUMBER_TAKEN: "Số hồ sơ đã có người dùng",
    VerdictReason.NUMBER_OUTSIDE_LEASE: "Số ngoài dải được cấp",
    VerdictReason.NUMBER_UNREADABLE: "Không đọc được số hồ sơ",
    VerdictReason.OFFICE_DIFFERS: "Ghi tên bưu cục khác",
    VerdictReason.SCHEMA_UNKNOWN: "Bản ghi mới hơn máy chủ",
    VerdictReason.TYPE_UNKNOWN: "Loại việc mới hơn máy chủ",
    VerdictReason.NOT_JUDGED: "Máy chủ chưa xét được",
}

ACTS = {
    Act.FORK_OPENED: "Mở nội dung một việc rẽ nhánh",
    Act.BRANCH_ADOPTED: "Nhận nhánh vào sổ",
    Act.LEASES_SETTLED: "Khép lại việc phục hồi",
    Act.TOKEN_MADE: "Cấp khoá vào trang",
    Act.TOKEN_ENDED: "Thu khoá vào trang",
    Act.PACKAGES_SIGNED: "Ký danh sách gói cài",
    Act.RECOVERY_KEY: "Lấy khoá khôi phục của quầy",
}


def moment(text: str) -> str:
    """dd/MM/yyyy HH:mm at the counters; what is no time stands as it is."""
    try:
        return datetime.fromisoformat(text).astimezone(LOCAL).strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return text


def count(number: int) -> str:
    """1.234.567"""
    return f"{number:,}".replace(",", ".")


def clock(offset_ms: int | None) -> str:
    """How far a counter's clock is ahead or behind."""
    if offset_ms is None:
        return "chưa biết"
    seconds = round(abs(offset_ms) / 1000)
    if seconds < 2:
        return "đúng giờ"
    shown = f"{seconds} giây" if seconds < 120 else f"{seconds // 60} phút" if seconds < 7200 else (
        f"{seconds // 3600} giờ" if seconds < 172_800 else f"{seconds // 86_400} ngày")
    return f"{'nhanh' if offset_ms > 0 else 'chậm'} {shown}"
