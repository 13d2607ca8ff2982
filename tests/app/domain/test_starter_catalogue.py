"""The catalogue that ships: facts that somebody reads off it at a counter."""

import re
import unicodedata
from datetime import date

import pytest

from app.domain.catalogue_codec import dump_catalogue
from app.domain.checklist import applicable_requirements, is_authorisation
from app.domain.dossier_code import agency_key, parse_code
from app.domain.fee import Unknown, fees_due
from app.domain.fee_charge import charge
from app.domain.fee_formula import read_counts
from app.domain.procedure import Procedure, ProcedureCase, TimeUnit
from tests.app.domain.catalogues import starter, starter_text

CATALOGUE = starter()
PROCEDURES = {procedure.code: procedure for procedure in CATALOGUE.procedures}
CASES = [(procedure, case) for procedure in CATALOGUE.procedures for case in procedure.cases]
RECEIVABLE = CATALOGUE.receivable or frozenset()


def case_of(code: str, number: int = 1) -> ProcedureCase:
    return PROCEDURES[code].cases[number - 1]


def test_it_is_large_enough_and_covers_the_fields_a_counter_meets() -> None:
    assert len(PROCEDURES) >= 45
    fields = " | ".join(sorted({procedure.field for procedure in CATALOGUE.procedures}))
    for field in ("Lý lịch tư pháp", "giấy phép lái xe", "xuất nhập cảnh", "cư trú", "Hộ tịch", "Chứng thực",
                  "Đất đai", "xây dựng", "hộ kinh doanh", "doanh nghiệp", "khen thưởng", "An toàn thực phẩm",
                  "lao động", "Việc làm", "Giáo dục", "Văn bằng", "Nghệ thuật"):
        assert field in fields


def test_the_file_is_canonical_but_for_its_layout() -> None:
    text = starter_text()
    assert unicodedata.is_normalized("NFC", text)
    assert text == dump_catalogue(CATALOGUE, indent=1) + "\n"


@pytest.mark.parametrize(("code", "number", "value", "unit"), [
    ("3.000333", 1, 10, TimeUnit.DAY),
    ("3.000347", 1, 5, TimeUnit.WORKING_DAY),
    ("3.000348", 1, 5, TimeUnit.WORKING_DAY),
    ("1.001456", 1, 8, TimeUnit.WORKING_DAY),
    ("1.004222", 1, 7, TimeUnit.WORKING_DAY),
    ("1.004194", 1, 3, TimeUnit.WORKING_DAY),
    ("1.014063", 1, 7, TimeUnit.WORKING_DAY),
    ("1.013225", 1, 15, TimeUnit.DAY),
    ("1.012784", 1, 22, TimeUnit.WORKING_DAY),
    ("1.012783", 1, 5, TimeUnit.WORKING_DAY),
    ("2.001610", 1, 3, TimeUnit.WORKING_DAY),
    ("1.001193", 1, 0, TimeUnit.WORKING_DAY),      # the same day
    ("1.004873", 1, 3, TimeUnit.NONE),             # the source gives no unit: no date
])
def test_times_with_their_units(code: str, number: int, value: int, unit: TimeUnit) -> None:
    time = case_of(code, number).time
    assert (time.value, time.unit) == (value, unit)


@pytest.mark.parametrize("code", ["1.001193", "1.000894", "1.000656", "2.000635", "2.000815", "2.000884"])
def test_what_is_done_within_the_day_waits_for_the_next_after_three_o_clock(code: str) -> None:
    assert PROCEDURES[code].starts_next_day_after == "15:00"
    assert case_of(code).time.is_computable


@pytest.mark.parametrize(("code", "number", "day", "total"), [
    ("3.000333", 1, date(2026, 11, 21), 200_000),
    ("3.000347", 1, date(2026, 11, 21), 135_000),
    ("1.001456", 1, date(2026, 11, 21), 200_000),
    ("1.001456", 2, date(2026, 11, 21), 400_000),
    ("1.004222", 1, date(2026, 11, 21), 20_000),
    ("1.014063", 1, date(2026, 12, 31), 25_000),
    ("1.014063", 1, date(2027, 1, 1), 50_000),
    ("1.014064", 1, date(2026, 12, 31), 35_000),
    ("1.014064", 1, date(2027, 1, 1), 70_000),
    ("2.001583", 1, date(2026, 12, 31), 125_000),
    ("2.001583", 1, date(2027, 1, 1), 150_000),
    ("1.000894", 1, date(2026, 11, 21), 0),
    ("1.001193", 1, date(2026, 11, 21), 0),
    ("1.001193", 2, date(2026, 11, 21), None),
    ("1.009397", 5, date(2026, 11, 21), 3_500_000),
    ("2.000815", 1, date(2026, 11, 21), None),     # by page
    ("1.012784", 1, date(2026, 11, 21), None),     # by the province
])
def test_fees_on_a_day(code: str, number: int, day: date, total: int | None) -> None:
    assert fees_due(PROCEDURES[code], case_of(code, number), CATALOGUE, day).total == total


@pytest.mark.parametrize(("code", "number", "typed", "total"), [
    ("2.000815", 1, "2", 4_000),
    ("2.000815", 1, "5x2 300", 214_000),           # 2 × (4.000 + 3.000), and the cap of one copy
    ("2.000884", 1, "", 10_000),
    ("2.000884", 1, "3", 30_000),
    ("2.000635", 1, "4", 32_000),
    ("1.004194", 2, "12", 120_000),
    ("3.000333", 1, "", 200_000),
    ("3.000333", 1, "4", 210_000),                 # 5.000 đ from the third on
])
def test_fees_that_are_counted(code: str, number: int, typed: str, total: int) -> None:
    (line,) = fees_due(PROCEDURES[code], case_of(code, number), CATALOGUE, date(2026, 11, 21)).lines
    assert line.formula is not None
    counts = read_counts(typed, line.formula)
    assert counts is not None
    assert charge(line, catalogue=CATALOGUE.version, counts=counts).amount == total


@pytest.mark.parametrize(("code", "channel", "group", "amount"), [
    ("3.000333", 1, "sinh-vien", 100_000),
    ("3.000333", 1, "tre-em", 0),
    ("1.004222", 1, "", 20_000),
    ("1.004222", 2, "", 10_000),
    ("1.004194", 2, "", 7_000),
    ("1.010038", 2, "", 5_000),
    ("1.009397", 1, "nhiem-vu-quoc-gia", 0),
    ("1.004884", 1, "ho-ngheo", 0),                # nothing of what the province will decide
])
def test_who_pays_less(code: str, channel: int, group: str, amount: int) -> None:
    (line,) = fees_due(PROCEDURES[code], case_of(code), CATALOGUE, date(2026, 11, 21)).lines
    assert charge(line, catalogue=CATALOGUE.version, channel=channel, group=group).amount == amount


def test_one_fee_has_one_code_and_one_code_one_name() -> None:
    rules = [rule for _, case in CASES for rule in case.fees if rule.code]
    assert len({(rule.code, rule.name) for rule in rules}) == len({rule.code for rule in rules})
    assert all(rule.code for _, case in CASES for rule in case.fees if rule.amount is not None or rule.formula)


def test_land_and_building_fees_wait_for_the_province() -> None:
    for code in ("1.012784", "1.013225", "1.001612"):
        due = fees_due(PROCEDURES[code], case_of(code), CATALOGUE, date(2026, 11, 21))
        assert [line.unknown for line in due.lines] == [Unknown.BY_PROVINCE]


@pytest.mark.parametrize(("procedure", "case"), CASES, ids=lambda part: part.code)
def test_each_case_can_be_worked_with(procedure: Procedure, case: ProcedureCase) -> None:
    names = [requirement.name for requirement in case.requirements]
    assert len(names) == len(set(names))
    assert [requirement.code for requirement in case.requirements] == [str(at + 1) for at in range(len(names))]
    for requirement in case.requirements:
        assert requirement.originals + requirement.certified + requirement.copies >= 1
        assert not re.search(r"\.(docx?|pdf|xlsx?)|^\W|\s{2}|\.$", requirement.name)
    if procedure.code in RECEIVABLE:
        nobody = {"is_delegate": False, "is_minor": False, "is_organisation": False}
        assert applicable_requirements(case, **nobody)
        assert any(map(is_authorisation, applicable_requirements(case, **{**nobody, "is_delegate": True})))
    if not case.time.is_computable or any(
        rule.amount is None and rule.formula is None and not rule.note and not rule.set_by_province
        for rule in case.fees
    ):
        assert procedure.doubts


@pytest.mark.parametrize("procedure", CATALOGUE.procedures, ids=lambda part: part.code)
def test_each_procedure_is_told_in_the_words_of_the_counter(procedure: Procedure) -> None:
    assert procedure.keywords
    assert 10 <= len(procedure.guidance) <= 160
    assert procedure.results and procedure.source
    assert procedure.name == procedure.name.strip().rstrip(".")
    assert "  " not in procedure.name


def test_a_judicial_record_asks_each_visitor_for_the_right_form() -> None:
    def forms(**who: bool) -> list[str]:
        given = {"is_delegate": False, "is_minor": False, "is_organisation": False, **who}
        return [item.form for item in applicable_requirements(case_of("3.000333"), **given) if item.form]

    assert forms() == ["Mẫu 01/2025/LLTP"]
    assert forms(is_delegate=True) == ["Mẫu 01/2025/LLTP", "Mẫu 02/2025/LLTP"]
    assert forms(is_minor=True) == ["Mẫu 01/2025/LLTP", "Mẫu 02/2025/LLTP"]


def test_a_building_permit_asks_for_the_kind_of_building_first() -> None:
    assert [len(PROCEDURES[code].cases) for code in ("1.013225", "1.004222")] == [8, 7]


def test_agencies_are_models_with_both_forms_of_their_code() -> None:
    for agency in CATALOGUE.agencies:
        assert "Mẫu" in agency.name
        assert (agency.phone, agency.address) == ("", "")
        newest, oldest = agency.identifiers
        assert agency_key(newest) == agency_key(oldest)
        for identifier in agency.identifiers:
            assert parse_code(f"{identifier}-261121-0042").key == parse_code(f"{newest}-261121-0042").key
