"""Mẫu 02 and Mẫu 03 as the citizen reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.dossier_papers import RefusalReason
from app.printing.refusal import render_refusal
from tests.app.printing.life_samples import AGENCY_PAPER, NO_CODE, REFUSAL, SUBJECT, SUPPLEMENT, at
from tests.app.printing.life_sheets import words_of
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.samples import LONG_CODE


def supplement(size: str = "A5", **changes: object) -> str:
    return words_of(replace(SUPPLEMENT, **changes), size)  # type: ignore[arg-type]


def refusal(size: str = "A5", **changes: object) -> str:
    return words_of(replace(REFUSAL, **changes), size)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [
    "Mẫu số 02", "Số: 14/TTPVHCC", "Thành phố Mẫu, ngày 23 tháng 9 năm 2026", f"Mã hồ sơ: {LONG_CODE}",
    "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Bộ phận Một cửa tiếp nhận: Trung tâm Phục vụ hành chính công",
    "Hồ sơ của: Nguyễn Thị Thử Nghiệm", "Số căn cước/Hộ chiếu: 049090000000",
    "Địa chỉ: Khối phố Mẫu, phường Thử, thành phố Mẫu", "Số điện thoại: 0900 000 000", "Email: thu@example.vn",
    "Nội dung yêu cầu giải quyết: Cấp Phiếu lý lịch tư pháp", "(mã thủ tục 3.000333)",
    "Trường hợp: Cá nhân trực tiếp yêu cầu", "Cơ quan giải quyết: Công an tỉnh Mẫu",
    "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 21/09/2026",
    "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:", "Bản chính", "Bản chứng thực", "Bản photo",
    "1 Bản sao thẻ căn cước của người được cấp Phiếu lý lịch tư pháp (bản đã nộp mờ, không đọc được số) – 1 –",
    "2 Giấy tờ chứng minh thuộc đối tượng được miễn hoặc giảm phí (chưa nộp) – – 2",
    "Nội dung khác cần sửa hoặc làm rõ: – Ghi lại mục 7 của tờ khai", "Lý do: Thành phần hồ sơ chưa đủ",
    "Căn cứ: Điều 45 Luật Lý lịch tư pháp", "Đề nghị nộp bổ sung chậm nhất: Thứ Hai 12/10/2026",
    "Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
    "Ngày hẹn trả kết quả đã báo: 15 giờ 30 phút, ngày 05/10/2026 (ngày mới được báo khi bổ sung xong)",
    "mang theo phiếu này", "điện thoại 0235 0000 000", "tra cứu: tracuu.example.vn", "NGƯỜI HƯỚNG DẪN",
    "(Ký và ghi rõ họ tên)", "Trần Văn Mẫu",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_request_prints_every_field_of_the_form(size: str, said: str) -> None:
    assert squeezed(said) in supplement(size)


def test_only_who_guides_signs_a_request() -> None:
    assert "NGƯỜINỘP" not in supplement()
    assert "NGƯỜITIẾPNHẬN" not in supplement()


@pytest.mark.parametrize(("times", "is_said"), [(1, False), (2, True), (3, True)])
def test_a_second_request_says_which_it_is(times: int, is_said: bool) -> None:
    assert (squeezed(f"(Yêu cầu lần thứ {times})") in supplement(times=times)) is is_said


@pytest.mark.parametrize(("form_set", "label", "absent"), [
    ("01/2018", "Số CMND/Thẻ căn cước/Hộ chiếu:", "Một cửa"),
    ("03/2025", "Số căn cước/Hộ chiếu:", "CMND"),
])
def test_the_words_are_those_of_the_pinned_form_set(form_set: str, label: str, absent: str) -> None:
    for said in (supplement(form_set=form_set), refusal(form_set=form_set, subject=SUBJECT)):
        assert squeezed(label) in said
        assert squeezed(absent) not in said


def test_before_reception_no_time_is_promised_and_none_stops() -> None:
    said = supplement(subject=NO_CODE, number=None, bring_by=None, due_at=None, is_clock_stopped=False)
    for absent in ("Mã hồ sơ", "Thời gian nhận", "Ngày hẹn trả", "Thời gian chờ", "chậm nhất", "tra cứu"):
        assert squeezed(absent) not in said
    assert "Số:…………………/TTPVHCC" in said


def test_a_stopped_clock_is_said_also_without_a_last_day() -> None:
    assert squeezed("Thời gian chờ bổ sung không tính") in supplement(bring_by=None)
    assert squeezed("Thời gian chờ bổ sung không tính") not in supplement(is_clock_stopped=False)
    assert squeezed("ngày mới được báo") not in supplement(is_clock_stopped=False)


def test_a_request_without_papers_lists_what_to_mend() -> None:
    said = supplement(papers=())
    assert squeezed("gồm những nội dung như sau: – Ghi lại mục 7") in said
    assert squeezed("Thành phần hồ sơ Số lượng") not in said
    assert squeezed("Nội dung khác") not in said


def test_the_agency_that_asks_is_named_with_its_paper() -> None:
    assert squeezed("Theo yêu cầu của: Sở Thử nghiệm tỉnh Mẫu (số 12/TB-STN, ngày 30/09/2026, do Phó Giám đốc Lê "
                    "Văn Mẫu ký)") in supplement(asked_by=AGENCY_PAPER)
    bare = replace(AGENCY_PAPER, number="", dated=None, signer_name="", signer_title="")
    assert squeezed("Theo yêu cầu của: Sở Thử nghiệm tỉnh Mẫu Yêu cầu") in supplement(asked_by=bare)


def test_an_organisation_is_named_by_its_tax_code() -> None:
    assert squeezed("Mã số thuế: 4000000000-001") in supplement(subject=replace(SUBJECT,
                                                                                identifier="4000000000-001"))


@pytest.mark.parametrize("said", [
    "Mẫu số 03", "Số: 3/TTPVHCC", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    "Tiếp nhận hồ sơ của: Nguyễn Thị Thử Nghiệm", "Nội dung yêu cầu giải quyết: Cấp Phiếu lý lịch tư pháp",
    "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
    "– Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan nhận hồ sơ (khoản 2 Điều 44 Luật Lý lịch tư pháp)",
    "Hướng dẫn: Nộp hồ sơ tại cơ quan nơi ông/bà thường trú", "Giấy tờ trả lại người nộp gồm:",
    "1 Tờ khai cấp Phiếu lý lịch tư pháp theo Mẫu số 03/2013/TT-LLTP 1 – –",
    "Xin thông báo để Ông/Bà được biết và thực hiện.", "điện thoại 0235 0000 000",
    "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Thị Thử Nghiệm",
    "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Trần Văn Mẫu",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_refusal_prints_every_field_of_the_form(size: str, said: str) -> None:
    assert squeezed(said) in refusal(size)


def test_an_online_refusal_bears_code_number_and_time_of_filing() -> None:
    said = refusal(subject=replace(SUBJECT, received_at=None), submitted_at=at(20, 22, 5))
    for wanted in (f"Mã hồ sơ: {LONG_CODE}", "Số căn cước/Hộ chiếu: 049090000000",
                   "Thời gian nộp: 22 giờ 05 phút, ngày 20/09/2026"):
        assert squeezed(wanted) in said
    assert squeezed("Thời gian nộp") not in refusal()


def test_every_reason_has_its_own_line_and_law() -> None:
    said = refusal(reasons=(RefusalReason("Lý do một", "Điều 1"), RefusalReason("Lý do hai")))
    assert squeezed("– Lý do một (Điều 1) – Lý do hai Hướng dẫn") in said


@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 2, 3, 1, 0, tzinfo=UTC), "ngày 03 tháng 02 năm 2026"),
    (datetime(2026, 3, 31, 18, 30, tzinfo=UTC), "ngày 01 tháng 4 năm 2026"),
])
def test_the_day_is_that_of_the_vietnamese_clock(moment: datetime, day: str) -> None:
    assert squeezed(day) in refusal(refused_at=moment)
    assert squeezed(day) in supplement(asked_at=moment)


@pytest.mark.parametrize("count", range(1, 30))
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_signatures_never_stand_alone_on_a_page(size: str, count: int) -> None:
    papers = tuple(replace(REFUSAL.papers_back[0], name=f"Giấy tờ thử {number}") for number in range(count))
    texts = page_texts(render_refusal(replace(REFUSAL, papers_back=papers), size=size, copies=("",)))
    assert "Nếu có vướng mắc" in texts[-1] and "NGƯỜI TIẾP NHẬN HỒ SƠ" in texts[-1]
    assert sum(text.count("Giấy tờ thử") for text in texts) == count
