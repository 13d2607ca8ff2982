"""Mẫu 01 as the citizen reads it: every field, every page, both form sets, both sizes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.papers import CopyMark, OfficeHead, PaperLine, ReceiptPaper
from app.domain.receipt_code import qr_text
from app.domain.vietnam_time import VIETNAM as LOCAL
from app.errors import EnvironmentFault, Refusal
from app.printing.decode_back import check_codes
from app.printing.forms import receipt_form
from app.printing.receipt import render_checked_receipt, render_receipt
from app.printing.receipt_layout import lay_out_receipt
from tests.app.printing.reading import collisions, page_texts, squeezed, strays
from tests.app.printing.samples import (
    CORRECTED,
    FIFTY,
    HUGE_PAPER_NAME,
    HUNDRED_ELEVEN,
    LONG_CODE,
    LONGEST,
    REPRINT,
    SHORTEST,
    TYPICAL,
)

PAPERS = {"shortest": SHORTEST, "typical": TYPICAL, "longest": LONGEST, "fifty": FIFTY, "111": HUNDRED_ELEVEN,
          "corrected": CORRECTED}
SIZES = ["A5", "A4"]


def words_of(paper: ReceiptPaper, **options: object) -> str:
    """All pages of the first copy, without blanks."""
    return squeezed(" ".join(page_texts(render_receipt(paper, copies=("Liên 1: Lưu",), **options))))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [
    "Mẫu số 01", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "ỦY BAN NHÂN DÂN TỈNH MẪU", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU", "Số: 127/TTPVHCC",
    "Thành phố Mẫu, ngày 21 tháng 9 năm 2026", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    f"Mã hồ sơ: {LONG_CODE}",
    "Bộ phận Một cửa tiếp nhận: Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    "Tiếp nhận hồ sơ của: Nguyễn Thị Thử Nghiệm", "Số căn cước/Hộ chiếu: 049090000000",
    "Địa chỉ: Khối phố Mẫu, phường Thử, thành phố Mẫu", "Số điện thoại: 0900 000 000", "Email: thu@example.vn",
    "Nội dung yêu cầu giải quyết: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam, người nước ngoài đang cư trú "
    "tại Việt Nam (mã thủ tục 3.000333)",
    "Trường hợp: Cá nhân trực tiếp yêu cầu", "Cơ quan giải quyết: Công an tỉnh Mẫu", "Hình thức nộp: Trực tiếp",
    "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ gồm:", "Bản chính", "Bản chứng thực", "Bản photo",
    "Bản gốc được giữ lại: không", "2. Số lượng hồ sơ: 01 bộ",
    "3. Thời gian giải quyết hồ sơ theo quy định là: 10 ngày làm việc",
    "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 21/09/2026",
    "5. Thời gian trả kết quả giải quyết hồ sơ: 15 giờ 30 phút, ngày 05/10/2026",
    "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    "7. Phí, lệ phí (nếu có): Phí cung cấp thông tin lý lịch tư pháp: 200.000 đ (Đã thu)",
    "8. Vào Sổ theo dõi hồ sơ, Quyển số: 01, Số thứ tự: 127",
    "Tra cứu tình trạng hồ sơ: tracuu.example.vn", "mã tra cứu: K7TQ", "điện thoại: 0235 0000 000",
    "người nhận thay phải có giấy ủy quyền", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "(Ký và ghi rõ họ tên)", "Trần Văn Mẫu", "Trang 1/1",
])
@pytest.mark.parametrize("size", SIZES)
def test_the_receipt_prints_every_field_of_the_form(size: str, said: str) -> None:
    assert squeezed(said) in words_of(TYPICAL, size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_cut_and_nothing_overlaps(name: str, size: str) -> None:
    layout = lay_out_receipt(PAPERS[name], size, REPRINT)
    for page in layout.pages:
        assert collisions(page) == []
        assert strays(page, layout.sheet) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_both_codes_read_back_from_every_receipt(name: str, size: str, dpi: int) -> None:
    pdf = render_checked_receipt(PAPERS[name], size=size, mark=REPRINT, dpi=dpi)
    paper = PAPERS[name]                               # and once more from the whole page, not only the strip
    check_codes(pdf, paper.code, qr_content=qr_text(paper.code, paper.version), dpi=dpi)


def test_a_paper_that_shows_another_code_is_stopped() -> None:
    pdf = render_receipt(TYPICAL)
    with pytest.raises(EnvironmentFault) as fault:
        check_codes(pdf, "000.00.15.H47-260921-0002")
    assert fault.value.code == "barcode_unreadable"
    assert fault.value.values == {"missing": "Code128, QRCode", "dpi": 203}


@pytest.mark.parametrize("size", SIZES)
def test_a_paper_name_of_five_thousand_letters_is_printed_whole(size: str) -> None:
    numbers = [f"{number:04d}" for number in range(988)]
    name = " ".join(numbers)
    assert len(name) > 4900
    paper = replace(LONGEST, phone="", papers=(PaperLine(name, 1, 0, 0), PaperLine(HUGE_PAPER_NAME, 1, 0, 0)),
                    head=replace(LONGEST.head, phone=""))
    texts = page_texts(render_receipt(paper, size=size, copies=("Liên 1: Lưu",)))
    assert re.findall(r"(?<!\S)0\d{3}(?!\S)", " ".join(texts)) == numbers
    said = squeezed(" ".join(texts))
    assert squeezed(LONGEST.procedure_name) in said


@pytest.mark.parametrize("name", ["fifty", "111"])
@pytest.mark.parametrize("size", SIZES)
def test_every_row_is_printed_and_the_table_head_is_on_each_of_its_pages(name: str, size: str) -> None:
    paper = PAPERS[name]
    texts = page_texts(render_receipt(paper, size=size, copies=("Liên 1: Lưu",)))
    whole = squeezed(" ".join(texts))
    assert [line.name for line in paper.papers if squeezed(line.name) not in whole] == []
    with_rows = [text for text in texts if "Giấy tờ mẫu thứ" in text]
    assert len(with_rows) > 1
    assert all("Thành phần hồ sơ" in text and "chứng thực" in text for text in with_rows)


def _rows_by_page(paper: ReceiptPaper, size: str) -> list[int]:
    return [sum("Giấy tờ mẫu thứ" in "".join(text for text, _ in pieces) for *_, pieces, _ in page.texts)
            for page in lay_out_receipt(paper, size, None).pages]


@pytest.mark.parametrize("count", range(1, 40))
@pytest.mark.parametrize("size", SIZES)
def test_signatures_never_stand_alone_on_a_page(count: int, size: str) -> None:
    layout = lay_out_receipt(replace(FIFTY, papers=FIFTY.papers[:count]), size, None)
    last = squeezed(" ".join("".join(text for text, _ in pieces) for *_, pieces, _ in layout.pages[-1].texts))
    assert squeezed("NGƯỜI TIẾP NHẬN HỒ SƠ") in last
    assert squeezed("giấy ủy quyền") in last
    assert sum(_rows_by_page(replace(FIFTY, papers=FIFTY.papers[:count]), size)) == count


@pytest.mark.parametrize("lines", range(1, 40))
def test_a_divided_row_shows_three_lines_or_more_on_each_page(lines: int) -> None:
    name = "\n".join(f"dòng {number}" for number in range(lines))
    paper = replace(TYPICAL, papers=(*FIFTY.papers[:9], PaperLine(name, 1, 0, 0)))
    pages = lay_out_receipt(paper, "A5", None).pages
    parts = [sum("".join(text for text, _ in pieces).startswith("dòng") for *_, pieces, _ in page.texts)
             for page in pages]
    shown = [part for part in parts if part]
    assert sum(shown) == lines
    assert len(shown) == 1 or (lines > 6 and min(shown) >= 3)


@pytest.mark.parametrize("paper", [SHORTEST, TYPICAL, replace(TYPICAL, form_set="01/2018")])
@pytest.mark.parametrize("size", SIZES)
def test_an_everyday_receipt_is_one_page_even_as_a_reprint(paper: ReceiptPaper, size: str) -> None:
    assert len(lay_out_receipt(paper, size, REPRINT).pages) == 1


@pytest.mark.parametrize(("form_set", "label", "absent"), [
    ("01/2018", "Số CMND/Thẻ căn cước/Hộ chiếu:", "Một cửa"),
    ("03/2025", "Số căn cước/Hộ chiếu:", "CMND"),
])
def test_the_words_are_those_of_the_pinned_form_set(form_set: str, label: str, absent: str) -> None:
    said = words_of(replace(TYPICAL, form_set=form_set))
    assert squeezed(label) in said
    assert squeezed(absent) not in said


def test_a_form_set_nobody_knows_is_an_environment_fault() -> None:
    with pytest.raises(EnvironmentFault) as fault:
        render_receipt(replace(TYPICAL, form_set="99/2099"))
    assert (fault.value.code, fault.value.values) == ("form_missing", {"form": "receipt-99-2099"})


@pytest.mark.parametrize(("identifier", "label"), [
    ("049090000000", "Số căn cước/Hộ chiếu:"), ("C0000000", "Số căn cước/Hộ chiếu:"),
    ("4000000000", "Mã số thuế:"), ("4000000000-001", "Mã số thuế:"),
])
def test_an_organisation_is_named_by_its_tax_code(identifier: str, label: str) -> None:
    assert squeezed(label + identifier) in words_of(replace(TYPICAL, identifier=identifier))


@pytest.mark.parametrize("form_set", ["01/2018", "03/2025"])
@pytest.mark.parametrize("size", SIZES)
def test_only_the_current_units_names_occur(form_set: str, size: str) -> None:
    """Templates of real provinces carried another province's centre in their body; here each name is an input."""
    head = OfficeHead(superior="@1", unit="@2", place="@3", number_suffix="@4", phone="@5", lookup="@6",
                      contact="@7")
    said = words_of(replace(TYPICAL, form_set=form_set, head=head, agency_name="@8", return_place="@9",
                            procedure_name="@10", case_name="", papers=(), fees=(), address="@11"), size=size)
    allowed = "Bộ phận tiếp nhận và trả kết quả" if form_set == "01/2018" else "Bộ phận Một cửa"
    assert said.count(squeezed("Bộ phận")) == said.count(squeezed(allowed)) == 1
    for unit_word in ("Trung tâm", "TRUNG TÂM", "Ủy ban", "ỦY BAN", "Sở", "tỉnh", "TỈNH", "phường", "xã",
                      "TTPVHCC", "BPTNTRKQ", "Mẫu, ngày"):
        assert squeezed(unit_word) not in said.replace("XÃHỘI", ""), unit_word
    for number in range(1, 12):
        assert f"@{number}" in said


def test_each_copy_is_complete_and_says_which_it_is() -> None:
    first, second = page_texts(render_receipt(TYPICAL))
    assert "Liên 1: Lưu" in first and "Liên 2" not in first
    assert "Liên 2: Giao người nộp" in second and "Liên 1" not in second
    assert first.replace("Liên 1: Lưu", "") == second.replace("Liên 2: Giao người nộp", "")


def test_each_page_says_code_copy_and_page_of_pages() -> None:
    texts = page_texts(render_receipt(FIFTY))
    half = len(texts) // 2
    for copy, pages in (("Liên 1: Lưu", texts[:half]), ("Liên 2: Giao người nộp", texts[half:])):
        for number, text in enumerate(pages, 1):
            assert f"Mã hồ sơ: {LONG_CODE} · {copy}" in text
            assert f"Trang {number}/{half}" in text


@pytest.mark.parametrize(("mark", "said"), [
    (None, False), (CopyMark(0, REPRINT.printed_at, "Phạm Thị Thử"), False), (REPRINT, True),
])
def test_only_a_reprint_says_so_with_time_and_clerk_on_every_page(mark: CopyMark | None, said: bool) -> None:
    texts = page_texts(render_receipt(FIFTY, mark=mark))
    assert [("BẢN SAO LẦN 2" in text) for text in texts] == [said] * len(texts)
    assert ("(in lúc 14 giờ 05 phút, ngày 23/09/2026; người in: Phạm Thị Thử)" in texts[0]) is said


def test_a_correction_says_which_and_why() -> None:
    said = words_of(CORRECTED)
    assert squeezed("Bản sửa lần 1 (phiên bản 2), thay thế bản trước.") in said
    assert squeezed("Lý do: ghi sai số nhà trong địa chỉ của chủ hồ sơ") in said
    assert squeezed("Bản sửa") not in words_of(TYPICAL)


def test_a_delegate_is_named_with_the_paper_that_empowers() -> None:
    said = words_of(LONGEST)
    assert squeezed("Người nộp: Công Tằng Tôn Nữ Thử Nghiệm Khánh Huyền (người được ủy quyền; giấy ủy quyền số "
                    "12/2026, ngày 15/9/2026)") in said
    assert squeezed("Người nộp:") not in words_of(TYPICAL)


@pytest.mark.parametrize("form_set", ["01/2018", "03/2025"])
def test_a_dossier_filed_online_bears_both_codes(form_set: str) -> None:
    label = squeezed("Mã hồ sơ trên Cổng DVCQG:")
    paper = replace(TYPICAL, form_set=form_set, channel="Trực tuyến", national_code="H47.15-260920-0777")
    online = words_of(paper)
    assert label + "H47.15-260920-0777" in online
    assert squeezed(TYPICAL.code) in online
    assert label not in words_of(replace(TYPICAL, form_set=form_set))


def test_originals_kept_are_listed() -> None:
    kept = "Bản gốc được giữ lại: Giấy chứng nhận quyền sử dụng đất số CK 000000; Hợp đồng thử số 01"
    assert squeezed(kept) in words_of(LONGEST)


def test_several_fees_are_added_up_unless_one_is_unknown() -> None:
    assert squeezed("Tổng cộng 1.984.567 đ") in words_of(LONGEST)
    unknown = replace(LONGEST, fees=(LONGEST.fees[0], replace(LONGEST.fees[1], amount=None)))
    said = words_of(unknown)
    assert squeezed("theo quy định") in said
    assert squeezed("Tổng cộng") not in said


def test_without_a_due_date_the_paper_says_so() -> None:
    assert squeezed("Không có ngày hẹn trả cụ thể theo quy định") in words_of(SHORTEST)


@pytest.mark.parametrize(("moment", "head", "field"), [
    (datetime(2026, 2, 3, 8, 7, tzinfo=LOCAL), "ngày 03 tháng 02 năm 2026", "08 giờ 07 phút, ngày 03/02/2026"),
    (datetime(2026, 3, 31, 18, 30, tzinfo=UTC), "ngày 01 tháng 4 năm 2026", "01 giờ 30 phút, ngày 01/04/2026"),
])
def test_dates_are_written_as_the_decree_says_on_the_vietnamese_clock(moment: datetime, head: str,
                                                                      field: str) -> None:
    said = words_of(replace(TYPICAL, received_at=moment))
    assert squeezed(head) in said
    assert squeezed(field) in said


def test_a_time_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        render_receipt(replace(TYPICAL, received_at=datetime(2026, 9, 21, 9, 5)))  # noqa: DTZ001 - the point


@pytest.mark.parametrize(("code", "fault"), [("H47" + "-0123456789ABCDEFGHIJ" * 3, "code_too_long"),
                                             ("mã-0001", "code_not_printable")])
def test_a_code_no_barcode_can_carry_is_refused(code: str, fault: str) -> None:
    with pytest.raises(Refusal) as refusal:
        render_receipt(replace(TYPICAL, code=code))
    assert refusal.value.code == fault


def test_the_same_row_gives_the_same_bytes() -> None:
    assert render_receipt(TYPICAL) == render_receipt(TYPICAL)


def test_both_form_sets_give_the_same_words_a_place() -> None:
    old, new = receipt_form("01/2018"), receipt_form("03/2025")
    assert (set(old.words), set(old.notes)) == (set(new.words), set(new.notes))
    assert "01/2018" in old.source and "03/2025" in new.source
    assert old.copies == new.copies == ("Liên 1: Lưu", "Liên 2: Giao người nộp")
