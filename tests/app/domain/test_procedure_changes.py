from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.body import from_body, to_body
from app.domain.fee_formula import Formula, PriceStep
from app.domain.fee_relief import Relief
from app.domain.procedure import (
    Agency,
    Catalogue,
    FeeKind,
    FeeRule,
    Procedure,
    ProcessingTime,
    Requirement,
    TimeUnit,
)
from app.domain.procedure_changes import Changed, ProcedureChange, SeenProcedure, changes_since, seen_on
from tests.office import sample_catalogue

DAY = date(2026, 11, 23)
CATALOGUE = sample_catalogue()
BEFORE = CATALOGUE.procedures[0]
CASE = BEFORE.cases[0]


def told(now: Procedure, *, day: date = DAY, catalogue: Catalogue = CATALOGUE) -> tuple[ProcedureChange, ...]:
    return changes_since(seen_on(BEFORE, CATALOGUE, DAY), seen_on(now, catalogue, day), "1")


def case(**values: Any) -> Procedure:
    return replace(BEFORE, cases=(replace(CASE, **values),))


FORM, CARD, PHOTO = CASE.requirements
FEE = CASE.fees[0]
PAGES = Formula("trang", (PriceStep(1, 2_000),), "bản")


@pytest.mark.parametrize(("now", "kinds"), [
    (BEFORE, []),
    (replace(BEFORE, guidance="chữ khác", keywords=("từ khác",)), []),
    (case(requirements=tuple(replace(each, code=f"x{each.code}") for each in CASE.requirements)), []),
    (case(fees=(replace(FEE, amount=250_000),)), [(Changed.FEE, "Phí cấp phiếu")]),
    (case(fees=(replace(FEE, amount=None),)), [(Changed.FEE, "Phí cấp phiếu")]),
    (case(fees=(replace(FEE, amount=None, formula=PAGES),)), [(Changed.FEE_COUNTED, "Phí cấp phiếu")]),
    (case(fees=()), [(Changed.FEE_GONE, "Phí cấp phiếu")]),
    (case(fees=(FEE, FeeRule("Lệ phí mới", FeeKind.CHARGE, 5_000))), [(Changed.FEE_NEW, "Lệ phí mới")]),
    (case(time=ProcessingTime(7, TimeUnit.DAY)), [(Changed.TIME, "")]),
    (case(time=ProcessingTime(10, TimeUnit.WORKING_DAY)), [(Changed.TIME, "")]),
    (case(time=ProcessingTime(10, TimeUnit.DAY, "cách ghi khác")), []),
    (case(requirements=(FORM, CARD)), [(Changed.PAPER_GONE, "Ảnh 4×6")]),
    (case(requirements=(FORM, CARD, PHOTO, Requirement("4", "Giấy khai sinh", certified=1))),
     [(Changed.PAPER_NEW, "Giấy khai sinh")]),
    (case(requirements=(FORM, replace(CARD, certified=2), PHOTO)), [(Changed.PAPER_COUNT, CARD.name)]),
    (case(requirements=(replace(FORM, form="Mẫu 02/THỬ"), CARD, PHOTO)), [(Changed.PAPER_FORM, FORM.name)]),
    (case(requirements=(FORM, CARD, replace(PHOTO, is_required=False))), [(Changed.PAPER_OPTIONAL, "Ảnh 4×6")]),
    (replace(BEFORE, agency="so-xay-dung"), [(Changed.AGENCY, "")]),
    (replace(BEFORE, name="Tên khác"), [(Changed.NAME, "")]),
    (replace(BEFORE, starts_next_day_after="15:00"), [(Changed.STARTS, "")]),
    (replace(BEFORE, cases=(*BEFORE.cases, replace(CASE, code="2"))), []),
    (replace(BEFORE, name="Tên khác", cases=(replace(CASE, time=ProcessingTime(1, TimeUnit.DAY), fees=()),)),
     [(Changed.FEE_GONE, "Phí cấp phiếu"), (Changed.TIME, ""), (Changed.NAME, "")]),
])
def test_only_what_a_clerk_would_do_wrong_is_told_the_costliest_first(
    now: Procedure, kinds: list[tuple[Changed, str]]
) -> None:
    assert [(change.kind, change.subject) for change in told(now)] == kinds


def test_a_fee_that_changes_by_its_own_date_is_told_with_the_day() -> None:
    rules = (replace(FEE, valid_to=date(2026, 12, 31)), replace(FEE, amount=150_000, valid_from=date(2027, 1, 1)))
    both = replace(CATALOGUE, procedures=(replace(BEFORE, cases=(replace(CASE, fees=rules),)),))
    now = both.procedures[0]
    before = seen_on(now, both, date(2026, 12, 31))
    assert changes_since(before, seen_on(now, both, date(2026, 12, 31)), "1") == ()
    (change,) = changes_since(before, seen_on(now, both, date(2027, 1, 1)), "1")
    assert (change.kind, change.amounts, change.day) == (Changed.FEE, (200_000, 150_000), date(2027, 1, 1))


def test_a_province_s_own_fee_is_told_as_the_fee() -> None:
    set_there = replace(BEFORE, cases=(replace(CASE, fees=(replace(FEE, amount=None, set_by_province=True),)),))
    own = replace(CATALOGUE, fee_overrides={BEFORE.code: (replace(FEE, amount=90_000),)})
    (change,) = changes_since(seen_on(set_there, CATALOGUE, DAY), seen_on(set_there, own, DAY), "1")
    assert (change.kind, change.amounts) == (Changed.FEE, (None, 90_000))


def test_other_prices_and_caps_are_told_in_words_with_the_day() -> None:
    def counted(formula: Formula, since: date | None = None) -> Procedure:
        return case(fees=(replace(FEE, amount=None, formula=formula, valid_from=since),))

    before = seen_on(counted(PAGES), CATALOGUE, DAY)
    assert changes_since(before, seen_on(counted(PAGES), CATALOGUE, DAY), "1") == ()
    now = counted(replace(PAGES, most_each=200_000), date(2026, 11, 1))
    (change,) = changes_since(before, seen_on(now, CATALOGUE, DAY), "1")
    assert (change.kind, change.day) == (Changed.FEE_COUNTED, date(2026, 11, 1))
    assert (change.before, change.after) == ("2.000 đ/trang", "2.000 đ/trang; tối đa 200.000 đ/bản")


def test_who_pays_less_now_and_who_no_longer_is_one_line_a_fee() -> None:
    coded = case(fees=(replace(FEE, code="phi"),))
    poor, child = (Relief(name, name, ("phi",), percent=100) for name in ("Hộ nghèo", "Trẻ em"))
    online = Relief("truc-tuyen", "Nộp trực tuyến", ("phi",), percent=50, channel=2, valid_to=DAY)
    before = seen_on(coded, replace(CATALOGUE, reliefs=(poor, online)), DAY)
    now = seen_on(coded, replace(CATALOGUE, reliefs=(poor, child, online)), date(2026, 11, 24))
    (change,) = changes_since(before, now, "1")
    assert (change.kind, change.subject) == (Changed.FEE_RELIEFS, "Phí cấp phiếu")
    assert (change.before, change.after) == ("giảm 50 %: Nộp trực tuyến", "miễn: Trẻ em")


def test_what_an_older_program_kept_of_a_procedure_is_read() -> None:
    kept = to_body(seen_on(BEFORE, CATALOGUE, DAY))
    for fee in kept["cases"][0]["fees"]:
        del fee["counted"], fee["reliefs"]
    assert changes_since(from_body(SeenProcedure, kept), seen_on(BEFORE, CATALOGUE, DAY), "1") == ()


def test_a_case_that_was_not_there_is_told_as_new() -> None:
    now = replace(BEFORE, cases=(*BEFORE.cases, replace(CASE, code="9", name="Trường hợp mới")))
    found = changes_since(seen_on(BEFORE, CATALOGUE, DAY), seen_on(now, CATALOGUE, DAY), "9")
    assert found == (ProcedureChange(Changed.CASE_NEW, "Trường hợp mới"),)


def test_an_agency_that_only_has_another_name_is_no_other_agency() -> None:
    renamed = replace(CATALOGUE, agencies=tuple(
        Agency(each.id, f"{each.name} (mới)", each.level, each.identifiers) for each in CATALOGUE.agencies))
    assert told(BEFORE, catalogue=renamed) == ()
