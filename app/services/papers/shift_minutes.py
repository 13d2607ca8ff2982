"""Biên bản bàn giao ca from the operation that handed the shift over: the facts it counted, in official words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body
from app.domain.operation import Operation
from app.domain.route_papers import MinutesLine, MinutesSection, ShiftMinutes
from app.domain.shift_left import LeftLine, LeftSection, Topic, Unit
from app.domain.vietnam_time import local
from app.services.counter import Counter

UNITS = {
    Unit.DOSSIERS: "hồ sơ", Unit.RESULTS: "kết quả", Unit.ORIGINALS: "bản gốc", Unit.OPERATIONS: "việc",
    Unit.DOCUMENTS: "tệp", Unit.PAGES: "trang quét", Unit.CODES: "mã", Unit.PRINTS: "tờ",
    Unit.OBSTACLES: "vướng mắc", Unit.DONG: "đ",
}
TOPICS = {
    Topic.OWN: "Chưa có tên", Topic.TO_COLLECT: "Chờ trả tại quầy", Topic.TO_POST: "Chờ gửi bưu chính",
    Topic.CAME_BACK: "Hoàn về hoặc thu hồi, chưa lên kệ", Topic.FURTHER: "Ngoài các dòng trên",
    Topic.UNSENT: "Việc đã lưu, chưa gửi về tỉnh", Topic.FILES: "Bản quét chưa gửi về tỉnh",
    Topic.RECEIPTS: "Giấy tiếp nhận chưa in xong", Topic.PAPERS: "Giấy khác chưa in xong",
    Topic.CONFLICTS: "Hai quầy ghi trái nhau, chờ xử lý", Topic.SENT_BACK: "Cơ quan trả lại hoặc báo thiếu",
    Topic.OBSTACLES: "Vướng mắc chưa được trả lời", Topic.CASH: "Tiền mặt tại quầy",
}
"""Official Vietnamese, as the receipt's own words are: a paper is not translated."""


def shift_minutes(connection: Connection, counter: Counter, operation: Operation, code: str) -> ShiftMinutes:
    """The minutes as they were counted then, whatever has moved since."""
    body = operation.body
    sections = [from_body(LeftSection, each) for each in body["sections"]]
    return ShiftMinutes(
        head=counter.paper_head,
        number=str(body["about"]["number"]),
        counter_name=str(body["counter_name"]),
        handed_at=local(datetime.fromisoformat(operation.header.wall_time)),
        from_clerk=str(body["from_name"]),
        to_clerk=str(body["to_name"]),
        sections=tuple(
            MinutesSection(section.kind, tuple(map(_line, section.lines))) for section in sections
        ),
        note=str(body["note"]),
    )


def _line(line: LeftLine) -> MinutesLine:
    value = ""
    if line.unit is not Unit.NOTHING:
        value = f"{line.amount:,}".replace(",", ".") + f" {UNITS[line.unit]}"
    since = f"từ {local(line.since):%H:%M %d/%m/%Y}" if line.since is not None else ""
    note = "; ".join(part for part in (line.note, since) if part)
    return MinutesLine(line.name or TOPICS[line.topic], value, note)
