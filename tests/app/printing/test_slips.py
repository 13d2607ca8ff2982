"""The guidance slip and the cover label."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from app.errors import EnvironmentFault, Refusal
from app.printing.codes import MM
from app.printing.cover_label import render_cover_label
from app.printing.decode_back import QR_ONLY, check_codes
from app.printing.guidance import render_guidance
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.samples import FIFTY, GUIDANCE, LABEL, LONG_CODE, LONG_NAME


@pytest.mark.parametrize("said", [
    "PHIẾU HƯỚNG DẪN NỘP HỒ SƠ", "Thủ tục: Cấp Phiếu lý lịch tư pháp", "Trường hợp: Cá nhân trực tiếp yêu cầu",
    "Cơ quan giải quyết: Công an tỉnh Mẫu", "1. Hồ sơ cần nộp gồm:", "Tờ khai cấp Phiếu lý lịch tư pháp",
    "2. Giấy tờ còn thiếu, cần mang đến: – Giấy tờ chứng minh", "3. Thời gian giải quyết: 10 ngày làm việc",
    "4. Phí, lệ phí: Phí cung cấp thông tin lý lịch tư pháp: 200.000 đ",
    "5. Nơi nộp hồ sơ: Trung tâm Phục vụ hành chính công tỉnh Mẫu", "Điện thoại: 0235 0000 000",
    "6. Hướng dẫn thêm: Tờ khai ghi bằng chữ in hoa", "Căn cứ pháp lý: Luật Lý lịch tư pháp số 28/2009/QH12",
    "không phải giấy tiếp nhận hồ sơ", "NGƯỜI HƯỚNG DẪN", "Trần Văn Mẫu", "in lúc 09 giờ 05 phút, ngày 21/09/2026",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_guidance_slip_says_what_to_bring_where_how_much_and_how_long(size: str, said: str) -> None:
    assert squeezed(said) in squeezed(" ".join(page_texts(render_guidance(GUIDANCE, size=size))))


def test_a_guidance_slip_bears_no_code_that_could_be_taken_for_a_receipts() -> None:
    with pytest.raises(EnvironmentFault):
        check_codes(render_guidance(GUIDANCE), GUIDANCE.procedure_code, formats=QR_ONLY)
    assert "Mã hồ sơ" not in " ".join(page_texts(render_guidance(GUIDANCE)))


def test_a_long_guidance_slip_runs_over_pages_without_loss() -> None:
    slip = replace(GUIDANCE, papers=FIFTY.papers, procedure_name=LONG_NAME, missing=())
    texts = page_texts(render_guidance(slip))
    whole = squeezed(" ".join(texts))
    assert len(texts) > 2
    assert squeezed(LONG_NAME) in whole
    assert all(squeezed(line.name) in whole for line in slip.papers)
    assert squeezed("cần mang đến: không") in whole
    assert f"Trang {len(texts)}/{len(texts)}" in texts[-1]


@pytest.mark.parametrize(("width", "height", "has_bars"), [
    (100, 60, True), (105, 148, True), (148, 105, True), (100, 50, True), (58, 40, False),
])
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_label_has_its_size_and_readable_codes(width: float, height: float, has_bars: bool, dpi: int) -> None:
    pdf = render_cover_label(LABEL, width, height, dpi=dpi)
    page = pypdfium2.PdfDocument(pdf)[0]
    assert page.get_size() == pytest.approx((width * MM, height * MM), abs=0.01)
    check_codes(pdf, LONG_CODE, dpi=dpi, formats=QR_ONLY)
    if has_bars:
        check_codes(pdf, LONG_CODE, dpi=dpi)
    else:
        with pytest.raises(EnvironmentFault) as fault:
            check_codes(pdf, LONG_CODE, dpi=dpi)
        assert fault.value.values["missing"] == "Code128"


def test_a_label_names_procedure_code_dates_and_agency_on_one_page() -> None:
    (text,) = page_texts(render_cover_label(LABEL, 100, 60))
    for said in (LABEL.procedure_name, LONG_CODE, "Hẹn trả: 15 giờ 30 phút, ngày 05/10/2026", "Nhận: 21/09/2026",
                 "3 giấy tờ", LABEL.agency_name):
        assert squeezed(said) in squeezed(text)
    (without,) = page_texts(render_cover_label(replace(LABEL, due_at=None), 100, 60))
    assert "Không có ngày hẹn trả" in without


@pytest.mark.parametrize(("width", "height", "is_whole"), [(105, 148, True), (148, 105, True), (58, 40, False)])
def test_a_long_name_shrinks_first_and_ends_in_dots_only_when_it_must(width: float, height: float,
                                                                       is_whole: bool) -> None:
    (text,) = page_texts(render_cover_label(replace(LABEL, procedure_name=LONG_NAME), width, height))
    assert (squeezed(LONG_NAME) in squeezed(text)) is is_whole
    assert ("…" in text) is not is_whole
    assert LABEL.agency_name in text


@pytest.mark.parametrize(("width", "height"), [(30, 60), (100, 15)])
def test_a_label_without_room_for_the_qr_is_refused(width: float, height: float) -> None:
    with pytest.raises(Refusal) as refusal:
        render_cover_label(LABEL, width, height)
    assert refusal.value.code == "label_too_small"
