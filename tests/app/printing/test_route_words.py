"""What each paper of a dossier's way says: its totals, its marks, and what it must not promise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.papers import FeeLine
from app.domain.route_papers import Satisfaction
from app.printing.papers import render
from tests.app.printing import route_samples as samples
from tests.app.printing.life_sheets import watch_writing
from tests.app.printing.reading import page_texts, squeezed


def said_by(paper: object) -> str:
    return squeezed(" ".join(page_texts(render(paper, copies=("",)))))


@pytest.mark.parametrize(("paper", "phrases"), [
    (samples.HANDOVER, (
        "DANH SÁCH BÀN GIAO HỒ SƠ", "Cơ quan chủ trì giải quyết: Chi nhánh Văn phòng Đăng ký đất đai huyện Thử",
        "Thời gian bàn giao: 14 giờ 40 phút, ngày 20/11/2026", "chuyến giao trước 15 giờ 00 phút, ngày 20/11/2026",
        "Tổng số bàn giao: 10 hồ sơ; 12 bộ; 04 bản gốc kèm theo.", "Bản gốc: Giấy chứng nhận quyền sử dụng đất",
        "18/11/2026 08:05", "09/12/2026 15:30", "không hẹn ngày", "Ký tên", "Bên giao", "Bên nhận",
        "Ngày nhận kết quả", "BÊN GIAO", "BÊN NHẬN")),
    (samples.HANDOVER_SHORT, ("Bưu chính, mã bưu gửi EB473124829VN", "Túi niêm phong số 12",
                              "Tổng số bàn giao: 01 hồ sơ; 01 bộ.")),
    (samples.DISCREPANCY, (
        f"Theo danh sách bàn giao số: {samples.HANDOVER.number} giao lúc 14 giờ 40 phút, ngày 20/11/2026",
        "trên danh sách 10 hồ sơ; đã nhận 08; từ chối 01; thiếu 01; ngoài danh sách 01.",
        "xác nhận lúc: 15 giờ 25 phút, ngày 20/11/2026 (quét lại từng hồ sơ)", "Từ chối", "Ngoài danh sách",
        "Thiếu trích lục bản đồ địa chính; tờ khai chưa ký")),
    (samples.RESULTS, (
        "PHIẾU BÀN GIAO KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "số CX 000001, ngày 19/11/2026",
        "Tổng số bàn giao: 06 kết quả; 02 hồ sơ còn phải thu phí, lệ phí; 01 trả qua bưu điện; "
        "01 bản gốc trả lại.",
        "Bản gốc trả lại: Hợp đồng thử số 01/2026/HĐ", "NGƯỜI GIAO", "NGƯỜI NHẬN")),
    (samples.RETURNED, (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ", "Người nhận kết quả: Nguyễn Thị Thử Nghiệm (chủ hồ sơ)",
        "Người trả kết quả: Trần Văn Mẫu", "Số điện thoại: 0235 0000 000", "CX 000004 ngày 04/12/2026",
        "Bản gốc trả lại cho người nhận: – Hợp đồng thử", "Thời gian trả kết quả: 09 giờ 10 phút, ngày 07/12/2026",
        "Rất hài lòng Hài lòng Không hài lòng")),
    (samples.RETURNED_LONG, (
        "(người được ủy quyền; giấy ủy quyền số 12/2026, ngày 05/12/2026)", "Bản gốc thu lại theo quy định:",
        "không mang giấy tiếp nhận hồ sơ; lý do: làm mất khi chuyển nhà", "Tổng cộng 1.334.567 đ", "(Đã thu)")),
    (samples.RETURNED_SHORT, ("không có ngày hẹn trả cụ thể theo quy định",)),
    (samples.POST, (
        "Bưu cục nhận: Bưu cục phát Mẫu Trung tâm", "EB 473 124 801 VN", "1.250", "phát tận tay",
        "07 bưu gửi; 03 bưu gửi có thu hộ. Tổng tiền thu hộ: 360.000 đ.")),
    (samples.POST_SHORT, ("Tổng số: 01 bưu gửi.",)),
    (samples.PICKUP, (
        "PHIẾU THU GOM HỒ SƠ TẠI NHÀ (chưa phải giấy tiếp nhận hồ sơ và hẹn trả kết quả)",
        "Thời hạn giải quyết được tính từ khi hồ sơ được tiếp nhận chính thức tại Trung tâm Phục vụ hành chính "
        "công tỉnh Mẫu, không tính từ lúc thu gom.", f"Số tạm: {samples.PICKUP.number}",
        "theo lịch hẹn: sáng 20/11/2026",
        "Bản gốc mang theo: – Giấy chứng nhận", "Tiền thu tại nhà: Cước thu gom: 30.000 đ")),
    (samples.PICKUP_SHORT, ("Giấy tờ đã nhận gồm: không có.", "Bản gốc mang theo: không",
                            "Tiền thu tại nhà: không")),
    (samples.GROUP, (
        "BIÊN BẢN GIAO NHẬN HỒ SƠ",
        "Người nộp: Phạm Thị Thử (người được ủy quyền; giấy ủy quyền ngày 15/11/2026)",
        "Tổng số: 07 hồ sơ; 08 bộ. Tổng phí, lệ phí: 2.500.000 đ (Đã thu).", "13 ngày làm việc", "(ưu tiên)")),
    (samples.GROUP_SHORT, ("theo quy định", "Tổng phí, lệ phí đã biết mức thu: 0 đ.")),
    (samples.SHIFT, (
        "Người giao ca: Trần Văn Mẫu", "Người nhận ca: Lê Thị Thử", "9. Việc chưa gửi về tỉnh: không có.",
        "6. Tiền: – Tiền mặt đã đếm 1.234.567 đ", "Ý kiến của hai bên: không có.")),
    (samples.DIGEST, (
        "Kính gửi: Chi nhánh Văn phòng", "09 hồ sơ; 02 chưa xác nhận bàn giao; 02 quá hạn; 02 sắp đến hạn; "
        "02 đang chờ bổ sung; 01 trả lại quầy.", "tin nhận được đến 07 giờ 45 phút, ngày 20/11/2026",
        "Quá hạn trả kết quả (02)", samples.HANDOVER.number)),
    (samples.DIGEST_SHORT, ("Tổng số: 00 hồ sơ.", "chưa nhận được tin từ hệ thống của tỉnh")),
    (samples.OBSTACLES, (
        "(từ ngày 01/11/2026 đến ngày 30/11/2026)", "04 vướng mắc; đã xong 01; chưa xong 03.",
        "Cơ quan giải quyết 01; Người dân 01; Hệ thống 01; Quy định 01.", "chưa xong")),
    (samples.OBSTACLES_SHORT, ("Tổng số: 00 vướng mắc.", "Không có.")),
])
def test_the_paper_says_what_it_is_for(paper: Any, phrases: tuple[str, ...]) -> None:
    said = said_by(paper)
    assert [phrase for phrase in phrases if squeezed(phrase) not in said] == []


@pytest.mark.parametrize(("paper", "phrase"), [
    (samples.HANDOVER_SHORT, "chuyến giao trước"), (samples.HANDOVER_SHORT, "Bản gốc:"),
    (samples.RETURNED, "không mang giấy tiếp nhận"), (samples.RETURNED, "ủy quyền"),
    (samples.RETURNED, "Phí, lệ phí"), (samples.RETURNED, "thu lại"), (samples.POST_SHORT, "thu hộ:"),
    (samples.PICKUP, "Mã hồ sơ"), (samples.PICKUP, "Thời gian trả kết quả"), (samples.DIGEST, samples.NAMES[0]),
    (samples.DIGEST_SHORT, "Đề nghị"), (samples.GROUP_SHORT, "ủy quyền"),
])
def test_what_is_not_so_is_not_said(paper: Any, phrase: str) -> None:
    assert squeezed(phrase) not in said_by(paper)


@pytest.mark.parametrize("level", [*Satisfaction, None])
def test_one_box_is_ticked_at_the_citizens_word_and_none_without_it(monkeypatch: pytest.MonkeyPatch,
                                                                    level: Satisfaction | None) -> None:
    written = watch_writing(monkeypatch)(replace(samples.RETURNED, satisfaction=level), "A5")
    slanted = [rule for page in written.pages for rule in page.rules if rule[0] != rule[2] and rule[1] != rule[3]]
    assert len(slanted) == (0 if level is None else 2)
    if level is None:
        return
    words = {"very": "Rất hài lòng", "satisfied": "Hài lòng", "not": "Không hài lòng"}
    places = {"".join(text for text, _ in pieces): (x, y) for x, y, _, pieces, _ in written.pages[0].texts}
    x, y = places[words[level]]
    assert all(x - 16 < min(rule[0], rule[2]) < x and abs(rule[1] - y) < 12 for rule in slanted)


def test_marks_stand_only_where_money_is_due_or_the_post_goes() -> None:
    (page,) = page_texts(render(samples.RESULTS, copies=("",)))
    owing = sum(line.owes for line in samples.RESULTS.lines)
    by_post = sum(line.is_by_post for line in samples.RESULTS.lines)
    assert page.split().count("X") == owing + by_post
    nothing = replace(samples.RESULTS, lines=tuple(
        replace(line, owes=False, is_by_post=False) for line in samples.RESULTS.lines))
    assert page_texts(render(nothing, copies=("",)))[0].split().count("X") == 0


def test_a_fee_taken_at_the_return_is_printed_with_how() -> None:
    fees = (FeeLine("Lệ phí cấp giấy chứng nhận", 100_000),)
    said = said_by(replace(samples.RETURNED, fees=fees, fee_note="Chuyển khoản"))
    phrase = "Phí, lệ phí thu khi trả kết quả: Lệ phí cấp giấy chứng nhận: 100.000 đ (Chuyển khoản)"
    assert squeezed(phrase) in said


def test_every_list_begins_its_pages_with_the_heads_of_its_columns() -> None:
    for paper, head in ((samples.HANDOVER_LONG, "Nội dung hồ sơ"), (samples.POST_LONG, "Mã bưu gửi"),
                        (samples.OBSTACLES_LONG, "Ngày ghi")):
        texts = page_texts(render(paper, copies=("",)))
        assert len(texts) > 1 and all(head in text for text in texts)
