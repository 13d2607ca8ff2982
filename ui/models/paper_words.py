"""Papers by name, for lists of prints: the names of `app.services.papers.builders` in the words of the counter."""

from __future__ import annotations

from collections.abc import Mapping

from ui.translations import mark, tr

PAPERS: Mapping[str, str] = {
    "supplement_request": mark("Phiếu yêu cầu bổ sung"),
    "refusal": mark("Phiếu từ chối tiếp nhận"),
    "extension_notice": mark("Thông báo hẹn lại ngày"),
    "stop_notice": mark("Thông báo dừng giải quyết"),
    "derivation": mark("Giải thích ngày hẹn"),
    "history": mark("Quá trình xử lý"),
    "control_sheet": mark("Phiếu kiểm soát"),
    "handover_list": mark("Danh sách bàn giao"),
    "discrepancy_slip": mark("Phiếu chênh lệch bàn giao"),
    "agency_digest": mark("Bảng tổng hợp trong ngày"),
    "result_handover": mark("Phiếu bàn giao kết quả"),
    "result_receipt": mark("Giấy biên nhận trả kết quả"),
    "shelf_label": mark("Nhãn kệ"),
    "original_label": mark("Nhãn bản gốc"),
    "post_label": mark("Nhãn bưu gửi"),
    "post_manifest": mark("Bảng kê bưu gửi"),
    "pickup_slip": mark("Phiếu thu gom tại nhà"),
    "group_annex": mark("Biên bản giao nhận hồ sơ"),
    "shift_minutes": mark("Biên bản bàn giao ca"),
    "money_receipt": mark("Biên lai thu tiền"),
    "collection_slip": mark("Phiếu thu tạm"),
    "cash_minutes": mark("Biên bản chốt quỹ"),
    "remittance_list": mark("Bảng kê nộp tiền"),
    "transfer_slip": mark("Phiếu chuyển khoản"),
}


def paper_words(paper: str) -> str:
    """A paper of a newer program is named by its own name."""
    return tr(PAPERS[paper]) if paper in PAPERS else paper
