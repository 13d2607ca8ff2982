"""What stops a reception, what only wants a look, and that answering is remembered and asked anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.citizen_card import read_card
from app.domain.intake import FeeTiming, ReturnMethod
from tests.ui.intake.test_form import CARD, TODAY, chosen
from ui.pages.intake.findings import doubts, findings, keep, unprintable
from ui.pages.intake.form import IntakeForm, OrganisationEntry, OwnerKind, PersonEntry, Slot, Step, SubmitterKind
from ui.pages.intake.messages import SENTENCES
from ui.pages.intake.paper_answers import all_as_listed
from ui.pages.intake.persons import set_field, take_card


def complete() -> IntakeForm:
    form, _ = take_card(chosen(), read_card(CARD))
    return replace(form, papers=all_as_listed(form.papers))


def codes(form: IntakeForm) -> list[str]:
    return [finding.code for finding in findings(form, TODAY)]


def test_a_complete_form_has_none() -> None:
    assert codes(complete()) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("personal_id", "", "identifier_missing"), ("personal_id", "12345", "identifier_length"),
        ("personal_id", "0491900042170", "identifier_length"), ("personal_id", "123456789", ""),
        ("personal_id", "B1234567", ""), ("personal_id", "b1234567", ""),
        ("personal_id", "AB1234567", ""), ("personal_id", "NGUYENVANAN", "identifier_shape"),
        ("personal_id", "B12-4567", "identifier_shape"),
        ("full_name", "Trần\ufffd Thị", "text_unprintable"), ("full_name", "Trần\u200f Thị", "text_unprintable"),
        ("full_name", "Trần\x07Thị", "text_unprintable"), ("full_name", "12", "name_without_letters"),
        ("birth_date", "1990", "birth_date_unreadable"), ("birth_date", "31/02/1990", "birth_date_unreadable"),
        ("birth_date", "24/11/2026", "birth_date_future"), ("birth_date", "", ""),
        ("email", "mau@thu", "email_shape"), ("email", "mau@thu.vn", ""),
        ("phone", "090512312x", "phone_not_digits"), ("phone", "0905123123", ""), ("phone", "", ""),
    ],
)
def test_each_field_says_what_is_wrong_with_it(name: str, text: str, code: str) -> None:
    found = [finding for finding in findings(set_field(complete(), Slot.OWNER, name, text), TODAY)
             if not finding.is_doubt]
    assert [finding.code for finding in found] == ([code] if code else [])
    assert all(finding.field == f"owner.{name}" and finding.step is Step.PERSON for finding in found)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("gender", "Nam", "gender_digit_differs"), ("birth_date", "07/03/1991", "year_in_id_differs"),
        ("personal_id", "999190004217", "unknown_province_code"), ("phone", "01234567890", "phone_old_mobile"),
        ("phone", "+85512345678", "phone_not_vietnamese"), ("phone", "090512", "phone_length"),
        ("phone", "0112345678", "phone_prefix"),
    ],
)
def test_a_doubt_stops_until_it_is_kept_and_comes_back_when_the_field_changes(
    name: str, text: str, code: str
) -> None:
    form = set_field(complete(), Slot.OWNER, name, text)
    open_doubts = doubts(form, is_open_only=True)
    assert [finding.code for finding in open_doubts] == [code]
    kept = keep(form, open_doubts[0])
    assert codes(kept) == []
    assert kept.overridden == (f"owner.{code}",)
    changed = set_field(set_field(kept, Slot.OWNER, name, ""), Slot.OWNER, name, text)
    assert codes(changed) == [code]


def test_an_error_cannot_be_kept() -> None:
    form = set_field(complete(), Slot.OWNER, "personal_id", "123")
    assert keep(form, findings(form, TODAY)[0]) == form


def test_doubts_of_the_card_are_settled_by_typing_in_that_field() -> None:
    form, _ = take_card(chosen(), read_card(CARD.replace("Trần Thị Mẫu Một", "TRAN THI MAU MOT").replace(
        "|Nữ|Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam", "|Nu|To 3, Dien Ban, Quang Nam")))
    assert "accents_lost" in [finding.code for finding in doubts(form)]
    form = set_field(form, Slot.OWNER, "full_name", "Trần Thị Mẫu Một")
    assert "accents_lost" not in [finding.code for finding in doubts(form)]


def test_the_doubts_of_two_persons_are_two_answers() -> None:
    form = replace(complete(), submitter_kind=SubmitterKind.REPRESENTATIVE,
                   submitter=PersonEntry("Lê Thị Thử", "045182003345", gender="Nam"))
    form = set_field(form, Slot.OWNER, "gender", "Nam")
    first, second = doubts(form, is_open_only=True)
    assert codes(keep(form, first)) == ["gender_digit_differs"]
    assert codes(keep(keep(form, first), second)) == []


@pytest.mark.parametrize(
    ("change", "code", "step"),
    [
        ({"procedure": None}, "procedure_not_chosen", Step.PROCEDURE),
        ({"owner": PersonEntry()}, "applicant_missing", Step.PERSON),
        ({"submitter_kind": SubmitterKind.REPRESENTATIVE}, "submitter_missing", Step.PERSON),
        ({"sets": 0}, "sets_below_one", Step.PAPERS),
        ({"fee_timing": FeeTiming.EXEMPT, "exemption_proof": "Giấy số 1"}, "exemption_needs_reason", Step.FEES),
        ({"fee_timing": FeeTiming.EXEMPT, "exemption_reason": "Hộ nghèo"}, "exemption_needs_proof", Step.FEES),
        ({"return_method": ReturnMethod.POST}, "post_needs_address", Step.RETURN),
        ({"note": "a\ufffdb"}, "text_unprintable", Step.RETURN),
    ],
)
def test_what_is_missing_is_said_in_its_step(change: dict[str, object], code: str, step: Step) -> None:
    form = replace(complete(), **change)  # type: ignore[arg-type]  # fields of the form by name
    assert [(finding.code, finding.step) for finding in findings(form, TODAY)] == [(code, step)]


def test_the_submitter_is_somebody_else_than_the_owner() -> None:
    form = replace(complete(), submitter_kind=SubmitterKind.DELEGATE)
    form = replace(form, submitter=replace(form.owner))
    assert "submitter_is_owner" in codes(form)


@pytest.mark.parametrize(
    ("tax_code", "code"),
    [("0102595740", ""), ("0102595740-001", ""), ("049190004217", ""), ("0102595741", "tax_code_check_digit"),
     ("12345", "tax_code_shape"), ("0102595740-000", "tax_code_branch"), ("", "identifier_missing")],
)
def test_an_organisation_has_a_tax_code_of_ten_thirteen_or_twelve_digits(tax_code: str, code: str) -> None:
    form = replace(complete(), owner_kind=OwnerKind.ORGANISATION, submitter_kind=SubmitterKind.REPRESENTATIVE,
                   organisation=OrganisationEntry("Công ty Mẫu", tax_code),
                   submitter=PersonEntry("Lê Thị Thử", "045182003345"))
    assert codes(form) == ([code] if code else [])


def test_every_code_has_its_sentence() -> None:
    forms = [replace(complete(), owner=replace(complete().owner, personal_id=number)) for number in ("1", "B-1")]
    said = {finding.code for form in (*forms, IntakeForm("i")) for finding in findings(form, TODAY)}
    assert said <= set(SENTENCES)


@pytest.mark.parametrize("text", ["Nguyễn Thị Mẫu", "H'Bia Êban", "Nguye\u0302\u0303n", "Y Ñul", "Lê-Thị"])
def test_names_of_all_peoples_of_the_country_are_printable(text: str) -> None:
    assert not unprintable(text)
