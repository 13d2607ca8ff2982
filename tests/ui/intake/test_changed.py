"""A procedure that is not as the clerk knows it says so when it is chosen, until she has done it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.domain.procedure import Catalogue, ProcessingTime, Requirement, TimeUnit
from app.domain.procedure_changes import Changed, ProcedureChange
from tests.office import sample_catalogue
from tests.ui.intake.conftest import Counter
from ui.models.change_words import change_words

ALT = Qt.KeyboardModifier.AltModifier


def changed(fee: int = 250_000, days: int = 7, more: int = 1) -> Catalogue:
    catalogue = sample_catalogue()
    first, *others = catalogue.procedures
    case = first.cases[0]
    now = replace(
        case, time=ProcessingTime(days, TimeUnit.DAY), fees=(replace(case.fees[0], amount=fee),),
        requirements=(*case.requirements, *(
            Requirement(f"{4 + turn}", f"Giấy thêm {turn}", certified=1, is_required=False) for turn in range(more)
        )),
    )
    return replace(catalogue, version="thử-2", procedures=(replace(first, cases=(now,)), *others))


def test_what_changed_is_said_once_the_procedure_is_chosen_and_gone_after_the_reception(counter: Counter) -> None:
    counter.receive()
    assert counter.page.changed.said == ()
    counter.use(changed())
    counter.press(Qt.Key.Key_L, ALT)
    assert counter.page.changed.said == (
        "Phí cấp phiếu: 200.000 đ → 250.000 đ", "Thêm giấy tờ: Giấy thêm 0 (1 bản chứng thực)",
        "Thời hạn: 10 ngày → 7 ngày",
    )
    assert counter.page.changed.isVisible()
    counter.page.discard()
    assert not counter.page.changed.isVisible(), "nothing is chosen any more"
    counter.receive()
    assert not counter.page.changed.isVisible()
    counter.press(Qt.Key.Key_L, ALT)
    assert counter.page.changed.said == (), "she has done it since"


def test_who_never_did_it_is_told_nothing(counter: Counter) -> None:
    counter.use(changed())
    counter.fill()
    assert counter.page.changed.said == ()


def test_many_changes_are_three_lines_and_a_number(counter: Counter) -> None:
    counter.receive()
    counter.use(changed(more=6))
    counter.press(Qt.Key.Key_L, ALT)
    notice = counter.page.changed
    assert len(notice.said) == 8 and notice._lines.text().count("\n") == 3
    assert notice._lines.text().endswith("và 5 điều nữa")


@pytest.mark.parametrize(("change", "said"), [
    (ProcedureChange(Changed.FEE, "Phí", amounts=(None, 5_000), day=date(2027, 1, 1)),
     "Phí: chưa rõ → 5.000 đ, từ 01/01/2027"),
    (ProcedureChange(Changed.FEE_NEW, "Lệ phí", amounts=(None, 5_000)), "Thêm khoản thu Lệ phí: 5.000 đ"),
    (ProcedureChange(Changed.FEE_GONE, "Lệ phí", amounts=(5_000, None)), "Không còn thu Lệ phí"),
    (ProcedureChange(Changed.FEE_COUNTED, "Phí", "", "2.000 đ/trang", (5_000, None)),
     "Phí: 5.000 đ → 2.000 đ/trang"),
    (ProcedureChange(Changed.FEE_COUNTED, "Phí", "2.000 đ/trang", "", (None, 5_000), day=date(2027, 1, 1)),
     "Phí: 2.000 đ/trang → 5.000 đ, từ 01/01/2027"),
    (ProcedureChange(Changed.FEE_RELIEFS, "Phí", "", "miễn: Trẻ em"), "Phí: nay có miễn: Trẻ em"),
    (ProcedureChange(Changed.FEE_RELIEFS, "Phí", "miễn: Trẻ em", ""), "Phí: thôi miễn: Trẻ em"),
    (ProcedureChange(Changed.FEE_RELIEFS, "Phí", "miễn: Trẻ em", "miễn: Hộ nghèo"),
     "Phí: nay có miễn: Hộ nghèo; thôi miễn: Trẻ em"),
    (ProcedureChange(Changed.PAPER_GONE, "Ảnh"), "Không cần nữa: Ảnh"),
    (ProcedureChange(Changed.PAPER_COUNT, "Ảnh", counts=((0, 0, 2), (1, 2, 3))),
     "Ảnh: 2 bản photo → 1 bản chính, 2 bản chứng thực, 3 bản photo"),
    (ProcedureChange(Changed.PAPER_NEW, "Căn cước"), "Thêm giấy tờ: Căn cước (chỉ xuất trình)"),
    (ProcedureChange(Changed.PAPER_FORM, "Tờ khai", "", "Mẫu 02"), "Tờ khai: không theo mẫu → Mẫu 02"),
    (ProcedureChange(Changed.PAPER_REQUIRED, "Ảnh"), "Nay bắt buộc: Ảnh"),
    (ProcedureChange(Changed.PAPER_OPTIONAL, "Ảnh"), "Không còn bắt buộc: Ảnh"),
    (ProcedureChange(Changed.TIME, times=(ProcessingTime(None, TimeUnit.NONE), ProcessingTime(8, TimeUnit.HOUR))),
     "Thời hạn: không quy định → 8 giờ"),
    (ProcedureChange(Changed.STARTS, after="15:00"), "Nhận sau 15:00 thì tính từ ngày làm việc sau"),
    (ProcedureChange(Changed.STARTS, before="15:00"), "Không còn giờ chốt nhận: 15:00"),
    (ProcedureChange(Changed.AGENCY, before="Sở A", after="Sở B"), "Cơ quan giải quyết: Sở A → Sở B"),
    (ProcedureChange(Changed.NAME, before="Tên A", after="Tên B"), "Tên cũ: Tên A"),
    (ProcedureChange(Changed.CASE_NEW, "Cá nhân"), "Trường hợp mới: Cá nhân"),
])
def test_every_change_is_one_short_sentence(change: ProcedureChange, said: str) -> None:
    assert change_words(change) == said
