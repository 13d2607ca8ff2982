"""Why this date, and what happened: the two sheets that explain a dossier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.printing.papers import render
from tests.app.printing.life_samples import DERIVATION, EVENTS, HISTORY
from tests.app.printing.life_sheets import words_of
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.samples import LONG_CODE


@pytest.mark.parametrize("said", [
    "CÁCH TÍNH NGÀY HẸN TRẢ KẾT QUẢ", f"Mã hồ sơ: {LONG_CODE}", "Hồ sơ của: Nguyễn Thị Thử Nghiệm",
    "Thời gian giải quyết theo quy định: 10 ngày làm việc",
    "Ngày hẹn trả ban đầu: 15 giờ 30 phút, ngày 05/10/2026",
    "Ngày hẹn trả kết quả hiện nay: 16 giờ 30 phút, ngày 12/10/2026",
    "Từ khi nhận hồ sơ 1. Nhận hồ sơ lúc 09 giờ 05 phút, Thứ Hai 21/09/2026.",
    "Tạm dừng chờ bổ sung, 23/09 đến 28/09/2026 4. Còn lại 8 ngày làm việc và 2 giờ khi tạm dừng.",
    "Các lần thay đổi ngày hẹn trả",
    "1 28/09/2026 09:00 05/10/2026 15:30 12/10/2026 16:30 Người nộp đã bổ sung đủ",
    "Lưu ý: Lịch nghỉ năm 2027 là ước tính", "Lịch nghỉ: bản 2026-03; quy tắc tính: bản 2026-01",
    "không thay giấy tiếp nhận hồ sơ",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_derivation_shows_dates_steps_changes_and_what_was_counted_by(size: str, said: str) -> None:
    assert squeezed(said) in words_of(DERIVATION, size)


def test_an_unchanged_date_has_no_history() -> None:
    said = words_of(replace(DERIVATION, changes=()))
    assert squeezed("Ngày hẹn trả ban đầu") not in said
    assert squeezed("Các lần thay đổi") not in said


def test_without_a_date_or_versions_nothing_is_made_up() -> None:
    said = words_of(replace(DERIVATION, due_at=None, calendar_version="", policy_version="", warnings=()))
    assert squeezed("Không có ngày hẹn trả cụ thể theo quy định") in said
    for absent in ("Lịch nghỉ: bản", "quy tắc tính", "Lưu ý:", "{"):
        assert squeezed(absent) not in said


def test_steps_are_numbered_through_and_stand_at_their_numbers() -> None:
    many = replace(DERIVATION, parts=DERIVATION.parts * 6)
    said = squeezed(" ".join(page_texts(render(many))))
    steps = enumerate((sentence for part in many.parts for sentence in part.sentences), 1)
    wanted = [squeezed(f"{number}. {sentence}") for number, sentence in steps]
    assert len(wanted) == 36
    assert [step for step in wanted if step not in said] == []


@pytest.mark.parametrize("said", [
    "QUÁ TRÌNH XỬ LÝ HỒ SƠ", "Trạng thái hiện nay: Yêu cầu bổ sung giấy tờ",
    "Ngày hẹn trả kết quả: 15 giờ 30 phút, ngày 05/10/2026",
    "1 21/09/2026 09:05 Tiếp nhận hồ sơ 3 giấy tờ; hẹn trả 05/10/2026 Trần Văn Mẫu", "Sổ của quầy",
    "3 21/09/2026 15:10 Cơ quan xác nhận đã nhận Phạm Thị Thử Văn phòng Sở Thử nghiệm tỉnh Mẫu Ghi từ giấy",
    "Tin mới nhất nhận qua cổng đồng bộ: 07 giờ 58 phút, ngày 24/09/2026.",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_history_tells_each_event_and_how_it_is_known(size: str, said: str) -> None:
    assert squeezed(said) in words_of(HISTORY, size)


def test_a_counter_that_heard_nothing_says_so() -> None:
    said = words_of(replace(HISTORY, lines=(), known_until=None, due_at=None))
    for wanted in ("Chưa có việc nào được ghi.", "chưa nhận được tin nào", "không có ngày hẹn trả"):
        assert squeezed(wanted) in said


def test_a_long_history_loses_no_event_and_repeats_its_head() -> None:
    texts = page_texts(render(replace(HISTORY, lines=EVENTS * 15)))
    assert len(texts) > 3
    assert sum(text.count("Tiếp nhận hồ sơ") for text in texts) == 15
    assert all("Nội dung" in text for text in texts)
