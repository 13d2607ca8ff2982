import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.catalogue_codec import dump_catalogue, load_catalogue
from app.domain.catalogue_import import UNASSIGNED, import_procedures
from app.domain.checklist import applicable_requirements, missing_requirements
from app.domain.import_papers import LOST_CASE, ONLY_CASE
from app.domain.import_report import LEAVES_OUT, ImportReport, Problem
from app.domain.procedure import (
    Catalogue,
    Condition,
    FeeKind,
    FeeRule,
    Procedure,
    ProcessingTime,
    RequirementKind,
    TimeUnit,
)
from app.errors import Refusal
from tests.app.domain.catalogues import AGENCY

PUBLISHED = date(2026, 11, 20)
GOOD: dict[str, Any] = {
    "code": "1.000001", "name": "Cấp giấy thử", "field": "Lĩnh vực thử", "ministry": "Bộ Thử", "level": ["tỉnh"],
    "days": {"value": 5, "unit": "working_day"}, "fees": [], "free": True,
    "papers": [{"name": "Tờ khai", "originals": 1, "copies": 0}], "results": ["Giấy thử"], "legal": ["01/2026/TT"],
    "decision": "1/QĐ", "source": "thử",
}


def run(*rows: Any, **options: Any) -> tuple[Catalogue, ImportReport]:
    given_options: dict[str, Any] = {"agencies": (AGENCY,), "assignments": {"*": AGENCY.id}, **options}
    return import_procedures(rows, version="thử", published=PUBLISHED, **given_options)


def one(**changes: Any) -> tuple[Procedure, set[Problem]]:
    catalogue, report = run({**GOOD, **changes})
    return catalogue.procedures[0], set(report.counts())


def test_a_good_row_comes_through_whole() -> None:
    catalogue, report = run(GOOD)
    found = catalogue.procedures[0]
    assert (found.code, found.name, found.field, found.level) == (
        "1.000001", "Cấp giấy thử", "Lĩnh vực thử", ("tỉnh",))
    assert (found.results, found.legal_basis, found.decision) == (("Giấy thử",), ("01/2026/TT",), "1/QĐ")
    assert found.cases[0].name == ONLY_CASE
    assert (report.rows, report.used, report.skipped, report.faultless) == (1, 1, 0, 1)
    assert catalogue.receivable == {"1.000001"}


@pytest.mark.parametrize(("row", "problem"), [
    ("một dòng chữ", Problem.NOT_A_ROW),
    (None, Problem.NOT_A_ROW),
    ({**GOOD, "code": "5.000001"}, Problem.INTERNAL),
    ({**GOOD, "code": "6.000001"}, Problem.INTERNAL),
    ({**GOOD, "code": "1.002847.THUE"}, Problem.CODE_WRONG),
    ({**GOOD, "code": None}, Problem.CODE_WRONG),
    ({**GOOD, "name": "  . "}, Problem.NAME_MISSING),
    ({**GOOD, "field": ""}, Problem.FIELD_MISSING),
    ({**GOOD, "name": "Quyết định số 12 về việc công bố thủ tục"}, Problem.NAME_WRONG),
    ({**GOOD, "doubts": ["name_on_the_portal_is_wrong"]}, Problem.NAME_WRONG),
    ({**GOOD, "papers": [{"name": "Giấy"}] * 501}, Problem.TOO_LARGE),
])
def test_a_row_that_cannot_be_a_procedure_is_left_out_and_told(row: Any, problem: Problem) -> None:
    catalogue, report = run(row)
    assert catalogue.procedures == ()
    assert [finding.problem for finding in report.outcomes[0].findings] == [problem]
    assert (report.used, report.skipped) == (0, 1)


def test_a_code_that_stands_twice_is_taken_once() -> None:
    catalogue, report = run(GOOD, {**GOOD, "name": "Tên khác"})
    assert [item.name for item in catalogue.procedures] == ["Cấp giấy thử"]
    assert report.counts() == {Problem.CODE_REPEATED: 1}


@pytest.mark.parametrize(("days", "time", "problem"), [
    ({"value": 5, "unit": "working_day"}, (5, TimeUnit.WORKING_DAY), None),
    ({"value": 10, "unit": "day"}, (10, TimeUnit.DAY), None),
    ({"value": 4, "unit": "hour"}, (4, TimeUnit.HOUR), None),
    ({"value": 1, "unit": None}, (1, TimeUnit.NONE), Problem.TIME_WITHOUT_UNIT),
    ({"value": 3}, (3, TimeUnit.NONE), Problem.TIME_WITHOUT_UNIT),
    ({"value": 12, "unit": "month"}, (12, TimeUnit.NONE), Problem.TIME_UNIT_UNKNOWN),
    ({"value": "0.5", "unit": "hour"}, (None, TimeUnit.NONE), Problem.TIME_UNIT_UNKNOWN),
    ({"value": -1, "unit": "day"}, (None, TimeUnit.NONE), Problem.TIME_UNIT_UNKNOWN),
    ({"value": True, "unit": "day"}, (None, TimeUnit.NONE), Problem.TIME_UNIT_UNKNOWN),
    (None, (None, TimeUnit.NONE), Problem.TIME_MISSING),
    ({"value": None, "unit": "day"}, (None, TimeUnit.NONE), Problem.TIME_MISSING),
    ("năm ngày", (None, TimeUnit.NONE), Problem.TIME_MISSING),
])
def test_a_time_without_a_sure_unit_never_yields_a_date(
    days: Any, time: tuple[int | None, TimeUnit], problem: Problem | None
) -> None:
    found, problems = one(days=days)
    read: ProcessingTime = found.cases[0].time
    assert (read.value, read.unit) == time
    assert problems == ({problem} if problem else set())
    assert read.is_computable is (problem is None)
    assert bool(found.doubts) is (problem is not None)


def test_two_times_at_the_counter_are_no_time() -> None:
    methods = [{"channel": "direct", "time": {"value": 5, "unit": "working_day"}},
               {"channel": "direct", "time": {"value": 1, "unit": "day"}}]
    found, problems = one(methods=methods)
    assert (problems, found.cases[0].time.unit) == ({Problem.TIME_AMBIGUOUS}, TimeUnit.NONE)
    assert "5 working_day" in found.cases[0].time.note


def test_another_time_by_post_does_not_disturb_the_counter() -> None:
    methods = [{"channel": "post", "time": {"value": 20, "unit": "day"}},
               {"channel": "direct", "time": {"value": 5, "unit": "working_day"}}]
    assert one(methods=methods)[1] == set()


FEE = {"name": "Phí thẩm định: 30.000 đồng/hồ sơ", "amount_vnd": 30000, "channel": "direct",
       "note": "Phí thẩm định: 30.000 đồng/hồ sơ"}


def only_fee(found: Procedure) -> FeeRule:
    (rule,) = found.cases[0].fees
    return rule


@pytest.mark.parametrize(("changes", "problem"), [
    ({"fees": [], "free": None}, Problem.FEE_UNKNOWN),
    ({"fees": [{**FEE, "amount_vnd": None}]}, Problem.FEE_UNKNOWN),
    ({"fees": [{**FEE, "amount_vnd": -1}]}, Problem.FEE_UNKNOWN),
    ({"fees": [{**FEE, "amount_vnd": 30000.0}]}, Problem.FEE_UNKNOWN),
    ({"fees": [FEE], "doubts": ["portal_says_free_but_note_gives_or_cites_a_fee"]}, Problem.FEE_CONTRADICTED),
    ({"fees": [FEE], "doubts": ["fee_amount_unit_unclear"]}, Problem.FEE_DOUBTED),
    ({"fees": [FEE, {**FEE, "amount_vnd": 50000}]}, Problem.FEE_ALTERNATIVES),
    ({"fees": [{**FEE, "note": "2.000 đồng/trang"}]}, Problem.FEE_BY_PIECE),
    ({"fees": [{**FEE, "note": "/bản"}]}, Problem.FEE_BY_PIECE),
    ({"fees": [{**FEE, "dates_in_note": ["2026-12-31"]}]}, Problem.FEE_DATED),
    ({"fees": [{**FEE, "note": "Mức thu do Hội đồng nhân dân tỉnh quyết định"}]}, Problem.FEE_BY_PROVINCE),
])
def test_a_doubtful_fee_stays_unknown(changes: dict[str, Any], problem: Problem) -> None:
    found, problems = one(**changes)
    assert problem in problems
    assert only_fee(found).amount is None
    assert only_fee(found).set_by_province is (problem is Problem.FEE_BY_PROVINCE)


def test_a_plain_fee_is_taken_with_its_name() -> None:
    found, problems = one(fees=[FEE], free=False)
    assert problems == set()
    assert (only_fee(found).name, only_fee(found).amount, only_fee(found).kind) == (
        "Phí thẩm định", 30000, FeeKind.FEE)


def test_a_charge_is_told_from_a_fee() -> None:
    found, _ = one(fees=[{**FEE, "name": "", "note": "- Lệ phí cấp giấy: 30.000 đồng/lần"}])
    assert (only_fee(found).name, only_fee(found).kind) == ("Lệ phí cấp giấy", FeeKind.CHARGE)


def test_the_fee_at_the_counter_counts_and_not_the_one_online() -> None:
    found, problems = one(fees=[{**FEE, "amount_vnd": 15000, "channel": "online"}, FEE])
    assert (only_fee(found).amount, problems) == (30000, set())


def test_a_reduction_becomes_two_rules_that_follow_each_other() -> None:
    reduced = {"reduced_vnd": 15000, "reduced_from": "2025-07-01", "reduced_to": "2026-12-31",
               "reduced_by": "64/2025/TT-BTC", "dates_in_note": ["2026-12-31"]}
    found, problems = one(fees=[{**FEE, **reduced}])
    less, full = found.cases[0].fees
    assert (less.amount, less.valid_from, less.valid_to, less.legal_basis) == (
        15000, date(2025, 7, 1), date(2026, 12, 31), "64/2025/TT-BTC")
    assert (full.amount, full.valid_from, full.valid_to) == (30000, date(2027, 1, 1), None)
    assert problems == set()


def papers(*items: dict[str, Any]) -> tuple[Procedure, set[Problem]]:
    return one(papers=list(items))


@pytest.mark.parametrize(("name", "clean"), [
    ("Đơn theo Thông tư 17/2025/TT-BNNMTPhụ lục I Đơn đề nghị.docx", "Đơn theo Thông tư 17/2025/TT-BNNMT"),
    ("Tờ trình theo mẫu ngày 26/01/2026Mau so 04.docx", "Tờ trình theo mẫu ngày 26/01/2026"),
    ("Báo cáo theo Nghị định số 33/2026/NĐ-CPMẫu số 25.docx", "Báo cáo theo Nghị định số 33/2026/NĐ-CP"),
    ("Văn bản đề nghị theo quy địnhtờ trình.docx", "Văn bản đề nghị theo quy định"),
    ("Biên bản (mẫu HH2).75-Mẫu HH2-Biên bản.doc", "Biên bản (mẫu HH2)."),
])
def test_a_file_name_is_cut_off_the_paper_name(name: str, clean: str) -> None:
    found, problems = papers({"name": name, "originals": 1})
    assert found.cases[0].requirements[0].name == clean
    assert problems == {Problem.FILE_NAME_REMOVED}


def test_a_name_whose_file_cannot_be_told_apart_stays_whole() -> None:
    found, problems = papers({"name": "01-PH.doc", "originals": 1})
    assert found.cases[0].requirements[0].name == "01-PH.doc"
    assert problems == {Problem.FILE_NAME_KEPT}


def test_an_impossible_quantity_is_one_and_told() -> None:
    found, problems = papers({"name": "Đơn theo Nghị định 175/2024", "originals": 20241, "copies": 2})
    requirement = found.cases[0].requirements[0]
    assert (requirement.originals, requirement.copies, problems) == (1, 2, {Problem.QUANTITY_IMPOSSIBLE})


def test_no_quantity_at_all_means_one_original() -> None:
    requirement = papers({"name": "Tờ khai"})[0].cases[0].requirements[0]
    assert (requirement.originals, requirement.copies) == (1, 0)


@pytest.mark.parametrize(("name", "is_required"), [
    ("Tờ khai", True),
    ("Giấy chứng sinh; trường hợp không có thì nộp giấy cam đoan", True),
    ("Tờ khai (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp)", True),
    ("Bản sao giấy tờ pháp lý của cá nhân đối với chủ doanh nghiệp", True),
    ("Văn bản chấp thuận (nếu có)", False),
    ("Trường hợp trẻ em bị bỏ rơi thì nộp biên bản", False),
    ("Giấy phép (đối với người nước ngoài)", False),
    ("Mẫu hộ tịch điện tử tương tác", False),
])
def test_a_paper_that_depends_on_something_is_not_required(name: str, is_required: bool) -> None:
    assert papers({"name": name, "originals": 1})[0].cases[0].requirements[0].is_required is is_required


def test_section_headings_divide_one_case_and_mark_what_is_only_shown() -> None:
    found, problems = papers(
        {"name": "Tờ khai", "originals": 1, "case": "* Giấy tờ phải nộp:"},
        {"name": "Thẻ căn cước", "originals": 1, "case": "* Giấy tờ phải xuất trình:"},
        {"name": "Đơn", "originals": 1},
    )
    (case,) = found.cases
    assert [(item.name, item.kind) for item in case.requirements] == [
        ("Tờ khai", RequirementKind.PAPER), ("Thẻ căn cước", RequirementKind.SHOWN),
        ("Đơn", RequirementKind.PAPER)]
    assert problems == set()


def test_headings_make_cases_and_lost_papers_stay_visible() -> None:
    found, problems = papers(
        {"name": "Đơn A", "originals": 1, "case": "* Trường hợp cấp mới:"},
        {"name": "Đơn B", "originals": 1, "case": "Trường hợp cấp lại"},
        {"name": "Ảnh", "originals": 2},
    )
    assert [case.name for case in found.cases] == ["Trường hợp cấp mới", "Trường hợp cấp lại", LOST_CASE]
    assert problems == {Problem.CASE_LOST}


def test_a_heading_about_authorisation_adds_to_every_case() -> None:
    heading = "* Trường hợp ủy quyền thực hiện thủ tục thì hồ sơ phải kèm theo một trong những giấy tờ sau:"
    found, problems = papers(
        {"name": "(i) Văn bản ủy quyền cho cá nhân", "originals": 1, "case": heading},
        {"name": "(ii) Hợp đồng dịch vụ", "copies": 1, "case": heading},
        {"name": "Giấy đề nghị", "originals": 1, "case": "Trường hợp cấp mới"},
        {"name": "Giấy đề nghị", "originals": 1, "case": "Trường hợp cấp lại"},
    )
    assert problems == {Problem.DELEGATE_CASE_SPREAD}
    for case in found.cases:
        assert [item.condition for item in case.requirements] == [
            Condition.ALWAYS, Condition.DELEGATE, Condition.DELEGATE]
        asked = applicable_requirements(case, is_delegate=True, is_minor=False, is_organisation=False)
        assert missing_requirements(asked, {"1", "2"}) == ()


@pytest.mark.parametrize(("name", "condition"), [
    ("Văn bản ủy quyền theo quy định", Condition.DELEGATE),
    ("Giấy uỷ quyền", Condition.DELEGATE),
    ("Văn bản về việc ủy quyền", Condition.DELEGATE),
    ("Bản sao văn bản ủy quyền của thành viên hộ gia đình cho một thành viên làm chủ hộ", Condition.ALWAYS),
    ("Tờ khai của người ủy quyền", Condition.ALWAYS),
])
def test_an_authorisation_paper_is_known_by_its_name(name: str, condition: Condition) -> None:
    assert papers({"name": name, "originals": 1})[0].cases[0].requirements[0].condition is condition


def test_papers_that_number_themselves_are_put_in_order() -> None:
    found, _ = papers({"name": "(2) Sổ", "originals": 1}, {"name": "(1) Đơn", "originals": 1},
                      {"name": "(10) Ảnh", "originals": 1})
    assert [item.name for item in found.cases[0].requirements] == ["(1) Đơn", "(2) Sổ", "(10) Ảnh"]


def test_notes_repetitions_and_nameless_papers_are_told() -> None:
    found, problems = papers(
        {"name": "Đơn", "originals": 1}, {"name": "đơn", "originals": 1}, {"name": "", "originals": 1}, "giấy",
        {"name": "Lưu ý: mang bản chính để đối chiếu", "originals": 1},
    )
    assert [item.name for item in found.cases[0].requirements] == ["Đơn"]
    assert found.cases[0].note == "Lưu ý: mang bản chính để đối chiếu"
    assert problems == {Problem.PAPER_REPEATED, Problem.PAPER_WITHOUT_NAME, Problem.PAPER_IS_A_NOTE}


def test_a_row_without_papers_is_used_and_told() -> None:
    found, problems = one(papers=[])
    assert (found.cases[0].requirements, problems) == ((), {Problem.PAPERS_MISSING})


# ---------------------------------------------------------------- agencies

@pytest.mark.parametrize("key", ["1.000001", "Lĩnh vực thử", "Bộ Thử", "*"])
def test_an_agency_is_assigned_by_code_field_or_ministry(key: str) -> None:
    catalogue, _ = run(GOOD, assignments={key: AGENCY.id})
    assert catalogue.procedures[0].agency == AGENCY.id


def test_without_an_agency_a_procedure_can_only_be_explained() -> None:
    catalogue, report = run(GOOD, assignments={})
    assert catalogue.procedures[0].agency == UNASSIGNED.id
    assert catalogue.receivable == frozenset()
    assert report.counts() == {Problem.AGENCY_NOT_ASSIGNED: 1}


def test_an_assignment_to_nobody_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        run(GOOD, assignments={"*": "so-la"})
    assert refused.value.code == "catalogue_unknown_agency"


# ---------------------------------------------------------------- report

def test_the_report_has_every_row_in_text_and_table() -> None:
    _, report = run(GOOD, {**GOOD, "code": "5.000001"}, {**GOOD, "code": "1.000002", "days": {"value": 1}})
    assert report.as_text().splitlines()[:4] == ["rows 3", "used 2", "skipped 1", "faultless 1"]
    lines = list(csv.DictReader(io.StringIO(report.as_csv())))
    assert [(line["row"], line["used"], line["problem"]) for line in lines] == [
        ("1", "yes", ""), ("2", "no", "internal"), ("3", "yes", "time_without_unit")]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["name", "originals", "copies", "case", "value", "unit", "amount_vnd", "channel", "note", "time"]), inner),
    max_leaves=6,
)
ROWS = st.lists(st.one_of(JSON_VALUES, st.fixed_dictionaries({}, optional={
    **dict.fromkeys(GOOD, JSON_VALUES), "code": st.sampled_from(["1.000001", "1.000002", "5.000001", "x"]),
    "name": st.text(min_size=1, max_size=12), "field": st.just("Thử"),
    "methods": JSON_VALUES, "doubts": JSON_VALUES,
})), max_size=5)


@settings(max_examples=150, deadline=None)
@example([{"code": "1.000001", "name": "0", "days": {"value": "\x1b"}, "field": "Thử"}])
@example([{"code": "1.000001", "name": "0", "days": {"value": "9" * 9_000}, "field": "Thử"}])
@given(ROWS)
def test_whatever_the_rows_hold_each_is_used_or_told_and_the_result_is_a_package(rows: list[Any]) -> None:
    catalogue, report = run(*rows)
    assert report.rows == len(rows) == report.used + report.skipped
    assert len(catalogue.procedures) == report.used
    for outcome in report.outcomes:
        assert outcome.is_used is not any(finding.problem in LEAVES_OUT for finding in outcome.findings)
    assert load_catalogue(dump_catalogue(catalogue)) == catalogue
    assert json.loads(dump_catalogue(catalogue))["format"] == 1
