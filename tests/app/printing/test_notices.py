"""Notices of papers that the agency signed: they carry its number, day and signer, and no place to sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier_papers import AgencyPaper
from tests.app.printing.life_samples import EXTENSION, EXTENSIONS, STOP, STOPS, SUBJECT, at
from tests.app.printing.life_sheets import words_of
from tests.app.printing.reading import squeezed


@pytest.mark.parametrize("said", [
    "PHIẾU BÁO GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ", "Kính gửi: Nguyễn Thị Thử Nghiệm",
    "Sở Thử nghiệm tỉnh Mẫu đã có Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu số 04) số "
    "12/TB-STN, ngày 30/09/2026, do Phó Giám đốc Lê Văn Mẫu ký, đối với hồ sơ sau:",
    "Lý do: Hồ sơ cần xác minh tại cơ quan lưu trữ", "Ngày hẹn trả ban đầu: 15 giờ 30 phút, ngày 05/10/2026",
    "Ngày hẹn trả kết quả mới: 16 giờ 30 phút, ngày 12/10/2026", "được trả sớm hơn",
    "In 08:15 01/10/2026; người in: Trần Văn Mẫu",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_an_extension_says_old_and_new_date_and_by_which_paper(size: str, said: str) -> None:
    assert squeezed(said) in words_of(EXTENSION, size)


@pytest.mark.parametrize("said", [
    "PHIẾU BÁO VIỆC DỪNG GIẢI QUYẾT HỒ SƠ", "đã có Thông báo dừng giải quyết hồ sơ (Mẫu số 05) số 12/TB-STN",
    "Dừng giải quyết từ: Thứ Tư 30/09/2026", "Lý do: Quá thời hạn bổ sung hồ sơ", "Căn cứ: Điều 20",
    "Giấy tờ Ông/Bà nhận lại tại nơi đã nộp hồ sơ gồm:", "1 Tờ khai cấp Phiếu lý lịch tư pháp",
    "Hướng dẫn: Ông/Bà có thể nộp hồ sơ mới khi đã có đủ giấy tờ.",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_stop_says_since_when_why_and_what_to_take_back(size: str, said: str) -> None:
    assert squeezed(said) in words_of(STOP, size)


@pytest.mark.parametrize("paper", [*EXTENSIONS.values(), *STOPS.values()])
def test_no_clerk_can_sign_what_the_agency_signs(paper: object) -> None:
    said = words_of(paper)
    assert squeezed("(Ký") not in said
    assert "NGƯỜI" not in said.replace("PHIẾUBÁO", "")
    assert squeezed("không thay văn bản đó") in said


@pytest.mark.parametrize(("form_set", "title", "names"), [
    ("01/2018", "PHIẾU BÁO HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Phiếu xin lỗi và hẹn lại ngày trả kết quả (Mẫu số 04)"),
    ("03/2025", "PHIẾU BÁO GIA HẠN THỜI GIAN GIẢI QUYẾT", "Văn bản xin lỗi và đề nghị gia hạn"),
])
def test_the_agencys_paper_is_named_as_its_form_set_names_it(form_set: str, title: str, names: str) -> None:
    said = words_of(replace(EXTENSION, form_set=form_set))
    assert squeezed(title) in said
    assert squeezed(names) in said


def test_a_later_extension_shows_every_date_and_how_many_there_were() -> None:
    said = words_of(replace(EXTENSION, times=2, due_at=at(8, 16, month=10)))
    for wanted in ("Ngày hẹn trả ban đầu: 15 giờ 30 phút, ngày 05/10/2026",
                   "Ngày hẹn trả trước lần này: 16 giờ 00 phút, ngày 08/10/2026", "Lần thay đổi ngày hẹn trả: 2"):
        assert squeezed(wanted) in said
    assert squeezed("trước lần này") not in words_of(EXTENSION, "A5")


def test_without_dates_the_notice_says_so() -> None:
    said = words_of(replace(EXTENSION, new_due_at=None, original_due_at=None))
    assert squeezed("Cơ quan giải quyết chưa định ngày hẹn mới") in said
    assert squeezed("Ngày hẹn trả ban đầu: không có ngày hẹn trả") in said
    assert squeezed("được trả sớm hơn") not in said


@pytest.mark.parametrize(("paper", "said"), [
    (AgencyPaper("Cơ quan Thử", "", None, "", ""), "(Mẫu số 04) đối với hồ sơ sau:"),
    (AgencyPaper("Cơ quan Thử", "7", None, "", ""), "(Mẫu số 04) số 7, đối với hồ sơ sau:"),
    (AgencyPaper("Cơ quan Thử", "", None, "Lê Thử", ""), "(Mẫu số 04) do Lê Thử ký, đối với hồ sơ sau:"),
])
def test_what_is_not_known_of_the_agencys_paper_is_left_out(paper: AgencyPaper, said: str) -> None:
    assert squeezed(said) in words_of(replace(EXTENSION, paper=paper))


def test_the_signing_agency_may_be_another_than_the_settling_one() -> None:
    said = words_of(EXTENSION, "A5")
    assert squeezed(f"Cơ quan giải quyết: {SUBJECT.agency_name}") in said
    assert squeezed(EXTENSION.paper.agency_name) in said
