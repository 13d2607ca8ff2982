"""What a shift leaves open, as lines on screen."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.route_papers import MinutesKind
from app.domain.shift_left import LeftLine, Topic, Unit
from ui.models.counts import shown_count
from ui.translations import mark, tr

SECTIONS: Mapping[MinutesKind, str] = {
    MinutesKind.DRAFTS: mark("Biểu và trang quét đang dở"),
    MinutesKind.TRAY: mark("Hồ sơ chờ bàn giao"),
    MinutesKind.UNACKNOWLEDGED: mark("Danh sách đã giao, chưa xác nhận"),
    MinutesKind.SHELF: mark("Kết quả trên kệ"),
    MinutesKind.ORIGINALS: mark("Bản gốc đang giữ"),
    MinutesKind.CASH: mark("Tiền"),
    MinutesKind.RECEIPT_BOOK: mark("Biên lai"),
    MinutesKind.ITEM_CODES: mark("Mã bưu gửi"),
    MinutesKind.UNSENT: mark("Chưa gửi về tỉnh"),
    MinutesKind.STOCK: mark("Máy in, giấy, thiết bị"),
    MinutesKind.OTHER: mark("Việc khác"),
}
UNITS: Mapping[Unit, str] = {
    Unit.DOSSIERS: mark("{n} hồ sơ"), Unit.RESULTS: mark("{n} kết quả"), Unit.ORIGINALS: mark("{n} bản gốc"),
    Unit.OPERATIONS: mark("{n} việc"), Unit.DOCUMENTS: mark("{n} tệp"), Unit.PAGES: mark("{n} trang quét"),
    Unit.CODES: mark("{n} mã"), Unit.PRINTS: mark("{n} tờ"), Unit.OBSTACLES: mark("{n} vướng mắc"),
    Unit.DONG: mark("{n} đ"),
}
TOPICS: Mapping[Topic, str] = {
    Topic.OWN: mark("chưa có tên"), Topic.TO_COLLECT: mark("Chờ trả tại quầy"),
    Topic.TO_POST: mark("Chờ gửi bưu chính"), Topic.CAME_BACK: mark("Hoàn về, chưa lên kệ"),
    Topic.FURTHER: mark("Ngoài các dòng trên"), Topic.UNSENT: mark("Việc đã lưu, chưa gửi"),
    Topic.FILES: mark("Bản quét chưa gửi"), Topic.RECEIPTS: mark("Giấy tiếp nhận chưa in xong"),
    Topic.PAPERS: mark("Giấy khác chưa in xong"), Topic.CONFLICTS: mark("Hai quầy ghi trái nhau"),
    Topic.SENT_BACK: mark("Cơ quan trả lại, báo thiếu"), Topic.OBSTACLES: mark("Vướng mắc chưa trả lời"),
    Topic.CASH: mark("Tiền mặt tại quầy"),
}


def line_words(line: LeftLine) -> str:
    """"Công an tỉnh Mẫu: 12 hồ sơ"."""
    name = line.name or tr(TOPICS[line.topic])
    if line.unit is Unit.NOTHING:
        return name
    return f"{name}: {tr(UNITS[line.unit], n=shown_count(line.amount))}"
