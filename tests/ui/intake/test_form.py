"""The form as values: what a card, a choice or a key makes of it, and that a draft gives it back to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.citizen_card import read_card
from app.domain.dossier import DossierBody, Due
from app.domain.intake import FeeTiming, Intake, PaperStatus, ReturnMethod, hindrances
from app.domain.procedure import Condition, FeeKind, FeeRule, ProcedureCase, Requirement, RequirementKind
from tests.office import AGENCIES, MORNING, sample_catalogue, sample_intake
from ui.pages.intake.charging import read_amount
from ui.pages.intake.choosing import choose, narrow
from ui.pages.intake.filled import form_of, intake_of
from ui.pages.intake.form import (
    IntakeForm,
    OwnerKind,
    PersonEntry,
    Slot,
    Step,
    SubmitterKind,
    form_as_json,
    form_from_json,
)
from ui.pages.intake.paper_answers import all_as_listed
from ui.pages.intake.persons import (
    read_birth_date,
    set_field,
    set_owner_kind,
    set_submitter_kind,
    shown_birth_date,
    take_card,
)

TODAY = MORNING.date()
CARD = "049190004217|205511998|Trần Thị Mẫu Một|07031990|Nữ|Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam|12082021"
OTHER_CARD = "045182003345||Lê Thị Kiểm Thử|15111982|Nữ|Khu phố 9, Phường 5, Đông Hà, Quảng Trị|31122023"
CHILD = "049315000111||Trần Mẫu Nhỏ|09092015|Nữ|Xã Mẫu, Quảng Nam|05012025||||"

FORM = Requirement("1", "Tờ khai (Mẫu thử)", originals=1)
PROOF_A = Requirement("2", "Bản sao hộ chiếu", certified=1, alternatives="giấy tờ tùy thân")
PROOF_B = Requirement("3", "Bản sao căn cước", copies=1, alternatives="giấy tờ tùy thân")
EXTRA = Requirement("4", "Giấy tờ khác nếu có", copies=1, is_required=False)
SHOWN = Requirement("5", "Căn cước để đối chiếu", kind=RequirementKind.SHOWN)
PARENT = Requirement("6", "Giấy khai sinh", copies=1, condition=Condition.MINOR)
LICENCE = Requirement("7", "Giấy phép kinh doanh", copies=1, condition=Condition.ORGANISATION)
UNKNOWN_FEE = FeeRule("Lệ phí do tỉnh định", FeeKind.CHARGE, None, set_by_province=True)


def chosen(form: IntakeForm | None = None, *requirements: Requirement, day: date = TODAY) -> IntakeForm:
    catalogue = sample_catalogue()
    procedure = catalogue.procedures[0]
    case = procedure.cases[0]
    if requirements:
        case = ProcedureCase("1", "Cá nhân", case.time, requirements, (*case.fees, UNKNOWN_FEE))
    return choose(form or IntakeForm("i-1"), procedure, case, AGENCIES[0], catalogue, day)


def codes(form: IntakeForm) -> list[str]:
    return [paper.requirement.code for paper in form.papers]


def test_a_card_then_one_key_makes_a_form_that_can_be_received() -> None:
    form, slot = take_card(chosen(), read_card(CARD))
    form = replace(form, papers=all_as_listed(form.papers))
    intake = intake_of(form)
    assert slot is Slot.OWNER
    assert hindrances(intake) == ()
    assert intake.applicant is not None and intake.applicant.person is not None
    assert intake.applicant.person.card_text == CARD
    assert [(paper.originals, paper.certified, paper.copies) for paper in intake.papers] == [
        (1, 0, 0), (0, 1, 0), (0, 0, 2)
    ]
    assert [fee.amount for fee in intake.fees] == [200_000]


def test_nothing_counts_as_handed_in_before_a_key_says_so() -> None:
    form, _ = take_card(chosen(), read_card(CARD))
    assert {paper.status for paper in form.papers} == {PaperStatus.MISSING}
    assert [item.code for item in hindrances(intake_of(form))] == ["required_paper_missing"] * 3


def test_the_second_card_is_the_submitter_once_a_second_person_is_asked_for() -> None:
    form, _ = take_card(chosen(), read_card(CARD))
    form = set_submitter_kind(form, SubmitterKind.DELEGATE)
    form, slot = take_card(form, read_card(OTHER_CARD))
    assert slot is Slot.SUBMITTER
    assert (form.owner.full_name, form.submitter.full_name) == ("Trần Thị Mẫu Một", "Lê Thị Kiểm Thử")
    again, slot = take_card(form, read_card(CARD))
    assert (again, slot) == (form, Slot.OWNER)


def test_another_card_of_the_same_person_kind_replaces_the_whole_person() -> None:
    form, _ = take_card(chosen(), read_card(CARD))
    form = set_field(form, Slot.OWNER, "phone", "0905000123")
    form, _ = take_card(form, read_card(OTHER_CARD))
    assert form.owner.full_name == "Lê Thị Kiểm Thử"
    assert form.owner.phone == ""       # the telephone of the person before is not this person's


def test_scanning_the_same_card_again_keeps_the_phone() -> None:
    form, _ = take_card(chosen(), read_card(CARD))
    form = set_field(form, Slot.OWNER, "phone", "0905000123")
    form, _ = take_card(form, read_card(CARD))
    assert form.owner.phone == "0905000123"


def test_papers_follow_who_stands_at_the_counter() -> None:
    form = chosen(None, FORM, PARENT, LICENCE)
    assert codes(form) == ["1"]
    delegate = narrow(set_submitter_kind(form, SubmitterKind.DELEGATE), TODAY)
    assert codes(delegate) == ["1", "uy-quyen"]
    child, _ = take_card(form, read_card(CHILD))
    assert codes(narrow(child, TODAY)) == ["1", "6"]
    organisation = narrow(set_owner_kind(form, OwnerKind.ORGANISATION), TODAY)
    assert codes(organisation) == ["1", "7"]
    assert organisation.submitter_kind is SubmitterKind.REPRESENTATIVE


def test_answers_given_stay_when_the_list_changes_around_them() -> None:
    form = chosen(None, FORM, PARENT)
    form = replace(form, papers=all_as_listed(form.papers))
    form = narrow(set_submitter_kind(form, SubmitterKind.DELEGATE), TODAY)
    assert [(paper.requirement.code, paper.status) for paper in form.papers] == [
        ("1", PaperStatus.PRESENT), ("uy-quyen", PaperStatus.MISSING)
    ]


def test_a_card_already_on_the_desk_becomes_the_representative_of_an_organisation() -> None:
    form, _ = take_card(chosen(), read_card(CARD))
    form = set_owner_kind(form, OwnerKind.ORGANISATION)
    assert form.owner == PersonEntry()
    assert form.submitter.full_name == "Trần Thị Mẫu Một"
    assert set_owner_kind(form, OwnerKind.PERSON).owner.full_name == "Trần Thị Mẫu Một"


def test_one_of_a_group_is_enough_and_the_others_are_not_missing() -> None:
    form = chosen(None, PROOF_A, PROOF_B)
    intake = intake_of(replace(form, papers=all_as_listed(form.papers)))
    assert [(paper.status, paper.is_required) for paper in intake.papers] == [
        (PaperStatus.PRESENT, True), (PaperStatus.NOT_APPLICABLE, False)
    ]


def test_what_nobody_asks_for_and_nobody_brought_is_not_printed_as_missing() -> None:
    form = chosen(None, EXTRA)
    assert [paper.status for paper in intake_of(form).papers] == [PaperStatus.NOT_APPLICABLE]


def test_a_paper_that_is_only_shown_is_compared_and_not_counted() -> None:
    form = chosen(None, SHOWN)
    intake = intake_of(replace(form, papers=all_as_listed(form.papers)))
    assert [(paper.status, paper.is_compared) for paper in intake.papers] == [(PaperStatus.NOT_APPLICABLE, True)]
    missing = [item.code for item in hindrances(intake_of(form)) if item.step == "papers"]
    assert missing == ["required_paper_missing"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("7/3/1990", date(1990, 3, 7)), ("07031990", date(1990, 3, 7)), ("07-03-1990", date(1990, 3, 7)),
     ("07.03.1990", date(1990, 3, 7)), (" 07/03/1990 ", date(1990, 3, 7)), ("31/02/1990", None),
     ("1990", None), ("7/3/90", None), ("", None), ("00/00/1950", None)],
)
def test_birth_dates_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_birth_date(text) == day
    assert shown_birth_date(f" {text} ") == (f"{day:%d/%m/%Y}" if day is not None else text.strip())


@pytest.mark.parametrize(
    ("text", "amount"),
    [("150000", 150_000), ("150.000", 150_000), ("150 000 đ", 150_000), ("0", 0), ("", None), ("-5", None),
     ("15,000.50", 1_500_050), ("mười", None)],
)
def test_typed_amounts_are_whole_dong(text: str, amount: int | None) -> None:
    assert read_amount(text) == amount


def test_typed_text_is_kept_in_one_unicode_form() -> None:
    form = set_field(IntakeForm("i"), Slot.OWNER, "full_name", "  Nguye\u0302\u0303n  Thi\u0323 Ma\u0302\u0303u ")
    applicant = intake_of(form).applicant
    assert applicant is not None and applicant.name == "Nguyễn Thị Mẫu"


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
FORMS = st.builds(
    IntakeForm,
    intent=st.just("i-1"),
    owner=st.builds(PersonEntry, full_name=TEXT, personal_id=TEXT, birth_date=TEXT, address=TEXT, phone=TEXT,
                    doubts=st.lists(TEXT, max_size=2).map(tuple)),
    owner_kind=st.sampled_from(OwnerKind),
    submitter_kind=st.sampled_from(SubmitterKind),
    fee_timing=st.sampled_from(FeeTiming),
    return_method=st.sampled_from(ReturnMethod),
    return_address=TEXT,
    overridden=st.lists(TEXT, max_size=2).map(tuple),
    step=st.sampled_from(Step),
    query=TEXT,
)


@given(FORMS)
def test_a_draft_gives_the_form_back_to_the_letter(form: IntakeForm) -> None:
    full = replace(chosen(None, FORM, PROOF_A, SHOWN), owner=form.owner, step=form.step)
    for each in (form, full):
        assert form_from_json(json.loads(json.dumps(form_as_json(each), ensure_ascii=False))) == each


def test_a_draft_of_a_newer_program_is_refused_instead_of_read_wrongly() -> None:
    with pytest.raises(ValueError, match="newer"):
        form_from_json(form_as_json(IntakeForm("i")) | {"schema": 99})


STORED = (
    sample_intake("i-1"),
    replace(sample_intake("i-2"), fee_timing=FeeTiming.EXEMPT, exemption_reason="Người có công",
            return_method=ReturnMethod.POST, return_address="Số 1 Phố Mẫu", note="gọi trước", sets=2),
    intake_of(replace(take_card(chosen(None, FORM, PROOF_A, PROOF_B, EXTRA, SHOWN), read_card(CARD))[0],
                      papers=all_as_listed(chosen(None, FORM, PROOF_A, PROOF_B, EXTRA, SHOWN).papers))),
    intake_of(narrow(set_submitter_kind(take_card(chosen(), read_card(CARD))[0], SubmitterKind.DELEGATE), TODAY)),
)


@pytest.mark.parametrize("intake", STORED, ids=range(len(STORED)))
@pytest.mark.parametrize("is_retired", [False, True])
def test_an_untouched_correction_changes_nothing(intake: Intake, *, is_retired: bool) -> None:
    case = sample_catalogue().procedures[0].cases[0]
    if len(intake.papers) == 5:
        case = replace(case, requirements=(FORM, PROOF_A, PROOF_B, EXTRA, SHOWN))
    form = form_of(_stored(intake), None if is_retired else case, "c-1")
    assert _without_spacing(intake_of(form)) == _without_spacing(intake)


def _without_spacing(intake: Intake) -> Intake:
    """Telephones come back grouped, whoever typed them."""
    assert intake.applicant is not None and intake.applicant.person is not None
    person = intake.applicant.person
    return replace(intake, applicant=replace(
        intake.applicant, person=replace(person, phone=person.phone.replace(" ", ""))
    ))


def _stored(intake: Intake) -> DossierBody:
    return DossierBody("H47.15-261123-0001", 1, MORNING, TODAY, "Quầy 3/2026", 1, "03/2025", "nv-1",
                       "Trần Thị Thử", "ABCD", Due(None, (), (), "", ""), intake)
