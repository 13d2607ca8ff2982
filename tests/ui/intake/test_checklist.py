"""The checklist under the hand: what each key makes of a line, and that fifty lines scroll alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.domain.intake import PaperStatus
from app.domain.procedure import FeeKind, FeeRule, Requirement
from tests.ui.intake.conftest import CARD, Counter, Open, one_procedure
from ui.models.checklist import ChecklistModel
from ui.pages.intake.form import PaperEntry, Step
from ui.pages.intake.words import row_words

Key = Qt.Key


def at_papers(counter: Counter) -> Counter:
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(Step.PAPERS)
    return counter


def line(counter: Counter, row: int = 0) -> PaperEntry:
    return counter.page.form().papers[row]


def test_space_says_present_as_the_catalogue_counts_and_missing_again(counter: Counter) -> None:
    at_papers(counter)
    counter.press(Key.Key_Space)
    assert (line(counter).status, line(counter).originals) == (PaperStatus.PRESENT, 1)
    counter.press(Key.Key_Space)
    assert (line(counter).status, line(counter).total) == (PaperStatus.MISSING, 0)


@pytest.mark.parametrize(
    ("keys", "counts"),
    [("3", (3, 0, 0)), ("12", (12, 0, 0)), ("0", (0, 0, 0)), (" 0", (0, 0, 0)), ("→2", (0, 2, 0)),
     (" →1→4", (1, 1, 4)), ("1←2", (2, 0, 0)), ("9999", (999, 0, 0))],
)
def test_digits_count_the_kind_in_hand(counter: Counter, keys: str, counts: tuple[int, int, int]) -> None:
    at_papers(counter)
    for key in keys:
        if key in "→←":
            counter.press(Key.Key_Right if key == "→" else Key.Key_Left)
        else:
            counter.type(key)
    paper = line(counter)
    assert (paper.originals, paper.certified, paper.copies) == counts


@pytest.mark.parametrize("letter", ["d", "D", "đ", "Đ"])
def test_d_and_its_vietnamese_letter_say_compared(counter: Counter, letter: str) -> None:
    at_papers(counter)
    counter.press(Key.Key_Space)
    counter.type(letter)
    assert line(counter).is_compared


def test_only_an_original_that_is_here_can_be_kept(counter: Counter) -> None:
    at_papers(counter)
    counter.type("g")
    assert not line(counter).keeps_original
    counter.type(" g")
    assert line(counter).keeps_original
    counter.type("0")
    assert not line(counter).keeps_original


def test_a_required_paper_may_be_missing_only_with_a_reason(counter: Counter) -> None:
    at_papers(counter)
    counter.type("a")
    counter.press(Key.Key_Down)
    counter.type(" ")
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    counter.type("l")
    counter.type("Đang chờ xã ký")
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    stored = counter.dossier(counter.rows()[0].code).body.intake.papers[1]
    assert (stored.status, stored.missing_reason) == (PaperStatus.MISSING, "Đang chờ xã ký")


def test_not_applicable_asks_for_words_where_the_paper_is_required(counter: Counter) -> None:
    at_papers(counter)
    counter.type("n")
    assert line(counter).status is PaperStatus.NOT_APPLICABLE
    assert counter.focus() == "Lý do thiếu hoặc không áp dụng"
    counter.type("Đã có trong cơ sở dữ liệu")
    counter.press(Key.Key_Return)
    assert counter.focus() == "Thành phần hồ sơ"
    assert line(counter).reason == "Đã có trong cơ sở dữ liệu"


def test_fifty_papers_scroll_alone(open_counter: Open) -> None:
    counter = open_counter()
    papers = tuple(Requirement(str(number), f"Giấy tờ thứ {number} của bộ hồ sơ mẫu có tên rất dài để xuống dòng",
                               originals=1) for number in range(1, 51))
    counter.use(one_procedure(counter.office.application.catalogue, requirements=papers))
    at_papers(counter)
    for _ in range(49):
        counter.press(Key.Key_Down)
    counter.type(" ")
    view, steps = counter.page.steps.papers.view, counter.page.steps
    assert line(counter, 49).status is PaperStatus.PRESENT
    assert view.verticalScrollBar().maximum() > 0
    assert steps.verticalScrollBar().maximum() == 0, "the steps around it stay where they are"
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()


def test_three_papers_do_not_scroll_at_all(counter: Counter) -> None:
    at_papers(counter)
    assert counter.page.steps.papers.view.verticalScrollBar().maximum() == 0
    assert counter.page.steps.verticalScrollBar().maximum() == 0


def test_an_amount_the_catalogue_does_not_know_is_typed(open_counter: Open) -> None:
    counter = open_counter()
    fee = FeeRule("Lệ phí do tỉnh định", FeeKind.CHARGE, None, set_by_province=True)
    catalogue = one_procedure(counter.office.application.catalogue, fees=(fee,))
    counter.use(catalogue)
    at_papers(counter)
    counter.type("a")
    assert counter.page.column._money.value() == "Chưa rõ"
    counter.press(Key.Key_Return)
    counter.type("150000")
    assert counter.page.column._money.value() == "150.000 đ"
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    assert [each.amount for each in counter.dossier(counter.rows()[0].code).body.intake.fees] == [150_000]


def test_the_model_keeps_qts_own_rules(qtmodeltester: ModelTester) -> None:
    lines = tuple(PaperEntry(Requirement(str(number), f"Giấy {number}")) for number in range(5))
    model = ChecklistModel(row_words)
    model.show_papers(lines)
    qtmodeltester.check(model)
    model.show_papers((replace(lines[0], originals=2, status=PaperStatus.PRESENT), *lines[1:]))
    assert model.data(model.index(0, 2)) == "2"
