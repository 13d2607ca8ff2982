"""A result goes out against two scans, to the right person, with originals and money settled, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.applicant import Applicant, Organisation, Person, Submitter
from app.domain.dossier import State
from app.domain.intake import FeeTiming, ReturnMethod
from app.domain.life.facts import AgencySaid, Collector, CollectorRole, Gap, SupplementAsked, Withdrawn
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.receipt_code import qr_text
from app.domain.result_code import result_text
from app.domain.route_papers import ResultReceiptPaper, Satisfaction
from app.errors import Refusal
from app.services.correct import correct_dossier
from app.services.results.taking_in import Arrived
from app.services.stored_operation import read_operation
from app.store.queries.dossiers import DossierList
from tests.app.services.results.counter import (
    CARD,
    DELEGATE,
    OWNER,
    OWNER_ID,
    OWNER_NAME,
    Desk,
    build_paper,
    owing,
    paid,
    with_original,
)
from tests.office import sample_intake


def refused(desk: Desk, code: str, **changes: Any) -> Refusal:
    """The refusal of this return; nothing may have been written."""
    before = desk.lines()
    with pytest.raises(Refusal) as found:
        desk.give(code, **changes)
    assert desk.lines() == before
    return found.value


def test_receipt_and_result_of_one_dossier_let_it_go(desk: Desk) -> None:
    code = desk.ready()
    given = desk.give(code, satisfaction=1)
    life = desk.life(code)
    assert (life.business, life.delivery, life.out) == (State.RETURNED, Delivery.RETURNED, given.op_id)
    assert desk.listed(DossierList.READY) == []
    assert refused(desk, code).code == "result_already_out"
    again = desk.give(code, intent=_intent_of(desk, given.op_id))
    assert not again.is_new and replace(again, is_new=True) == given


def _intent_of(desk: Desk, op_id: str) -> str:
    with desk.reading() as connection:
        return read_operation(connection, op_id).header.intent


def test_either_order_of_the_two_scans_is_the_same_pair(desk: Desk) -> None:
    code = desk.ready()
    assert desk.give(code, receipt_scan=result_text(code).lower(), result_scan=code.lower()).is_new


@pytest.mark.parametrize("is_result_first", [False, True])
def test_a_wrong_pair_is_refused_and_names_both_by_code_and_place(desk: Desk, is_result_first: bool) -> None:
    ours, other = desk.ready(), desk.ready(sample_intake("người-khác", name="Đỗ Văn Người Khác"))
    scans = (ours, result_text(other))
    one, two = reversed(scans) if is_result_first else scans
    found = refused(desk, ours, receipt_scan=one, result_scan=two)
    assert found.code == "result_receipt_mismatch"
    assert found.values == {
        "receipt_code": ours, "receipt_shelf": "A-01", "result_code": other, "result_shelf": "A-02"
    }
    assert "Người Khác" not in str(found.values)


@pytest.mark.parametrize(("receipt", "result", "code"), [
    ("receipt", "receipt", "same_paper_twice"), ("result", "result", "same_paper_twice"),
    ("receipt", "damaged", "result_label_damaged"), ("receipt", "", "code_not_recognised"),
    ("", "result", "receipt_scan_missing"), ("receipt", "something", "code_not_recognised"),
])
def test_one_paper_is_no_pair(desk: Desk, receipt: str, result: str, code: str) -> None:
    ready = desk.ready()
    texts = {"receipt": ready, "result": result_text(ready), "damaged": result_text(ready)[:-1] + "0",
             "something": "0905000123"}
    found = refused(desk, ready, receipt_scan=texts.get(receipt, ""), result_scan=texts.get(result, ""))
    assert found.code == code


def test_two_papers_of_another_dossier_than_the_one_on_the_screen_are_refused(desk: Desk) -> None:
    shown, other = desk.ready(), desk.ready()
    found = refused(desk, shown, receipt_scan=other, result_scan=result_text(other))
    assert (found.code, found.values) == ("pair_of_other_dossier", {"code": shown, "found": other})


def test_a_replaced_receipt_is_good_for_the_return_and_noted(desk: Desk) -> None:
    code = desk.receive()
    _correct(desk, code)
    desk.hand_over(code)
    desk.take(code)
    given = desk.give(code, receipt_scan=code)
    assert not given.is_old_receipt, "a bare code does not say its version"
    other = desk.receive()
    for _ in range(2):
        _correct(desk, other)
    desk.hand_over(other)
    desk.take(other)
    assert desk.give(other, receipt_scan=qr_text(other, 2)).is_old_receipt


def _correct(desk: Desk, code: str) -> None:
    body = desk.held(code).body
    intake = replace(body.intake, note=body.intake.note + "·")
    office = desk.office
    with desk.connect() as connection:
        correct_dossier(
            connection, office.application.enrolled, office.clerk, office.application.rules, code, intake,
            "ghi chú", base_version=body.version, intent=f"sửa-{code}-{body.version}", now=office.clock.now(),
            randomness=office.noise.randbytes,
        )


def test_a_lost_receipt_needs_a_reason_and_the_result_all_the_same(desk: Desk) -> None:
    code = desk.ready()
    lost = {"receipt_scan": "", "lost_receipt": "Mất giấy hẹn, có đơn cam đoan"}
    assert refused(desk, code, **{**lost, "lost_receipt": " "}).code == "receipt_scan_missing"
    assert refused(desk, code, **{**lost, "result_scan": code}).code == "result_scan_missing"
    assert refused(desk, code, lost_receipt="mất").code == "receipt_is_there"
    given = desk.give(code, **lost)
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert paper.lost_receipt_reason == "Mất giấy hẹn, có đơn cam đoan"


@pytest.mark.parametrize(("collector", "note", "code"), [
    (replace(OWNER, name="  "), "", "collector_name_missing"),
    (replace(OWNER, identifier=""), "", "collector_identifier_missing"),
    (Collector(CollectorRole.OWNER, "Lê Thị Lạ", "001190000001"), "", "collector_not_owner"),
    (replace(OWNER, identifier="001190000001"), "", "collector_identifier_differs"),
    (Collector(CollectorRole.SUBMITTER, OWNER_NAME, OWNER_ID), "", "collector_not_submitter"),
    (replace(DELEGATE, authority=" "), "", "authority_missing"),
])
def test_who_may_not_collect_is_refused(desk: Desk, collector: Collector, note: str, code: str) -> None:
    assert refused(desk, desk.ready(), collector=collector, note=note).code == code


def test_a_new_number_of_the_same_person_is_explained(desk: Desk) -> None:
    code = desk.ready()
    given = desk.give(code, collector=replace(OWNER, identifier="001 190 000 001"), note="Đã đổi căn cước")
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert (paper.collector_identifier, paper.note) == ("001190000001", "Đã đổi căn cước")


def test_a_delegate_with_authority_is_named_on_the_paper(desk: Desk) -> None:
    given = desk.give(desk.ready(), collector=DELEGATE, satisfaction=2)
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert isinstance(paper, ResultReceiptPaper)
    assert (paper.collector_name, paper.is_delegate, paper.delegate_paper, paper.satisfaction) == (
        "Phan Văn Thử", True, "GUQ 01, 20/11/2026", Satisfaction.SATISFIED)
    assert (paper.applicant_name, paper.number) == (OWNER_NAME, given.number)
    assert [(each.kind, each.number, each.about) for each in paper.results] == [
        (CARD.kind, CARD.number, CARD.summary)]


def test_who_handed_in_for_an_organisation_collects_for_it(desk: Desk) -> None:
    person = Person("Trương Văn Đại Diện", "049080000009")
    intake = replace(
        sample_intake("tổ chức"), applicant=Applicant(organisation=Organisation("Công ty Mẫu", "4000123456")),
        submitter=Submitter(person, is_delegate=False),
    )
    code = desk.ready(intake)
    assert refused(desk, code, collector=Collector(CollectorRole.OWNER, "Công ty Mẫu", "4000123456")).code == (
        "organisation_sends_somebody")
    desk.give(code, collector=Collector(CollectorRole.SUBMITTER, person.full_name, person.personal_id))
    assert desk.life(code).business is State.RETURNED


def test_money_that_is_due_is_taken_in_full_or_nothing_goes_out(desk: Desk) -> None:
    code = desk.ready(owing("nợ"))
    found = refused(desk, code)
    assert (found.code, found.values["amount"]) == ("money_due", 200_000)
    short = refused(desk, code, money=paid(150_000))
    assert (short.code, short.values["due"], short.values["taken"]) == ("money_amount_differs", 200_000, 150_000)
    assert refused(desk, code, money=paid(means="gold")).code == "money_means_unknown"
    given = desk.give(code, money=paid())
    assert desk.life(code).money is MoneyState.TAKEN
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert [(fee.name, fee.amount) for fee in paper.fees] == [("Phí cấp phiếu", 200_000)]
    assert paper.fee_note == "Đã thu: tiền mặt, biên lai số 0000123"


def test_where_the_catalogue_knew_no_amount_any_amount_is_taken(desk: Desk) -> None:
    intake = owing("không rõ phí")
    code = desk.ready(replace(intake, fees=tuple(replace(fee, amount=None) for fee in intake.fees)))
    assert refused(desk, code, money=paid(0)).code == "money_amount_differs"
    given = desk.give(code, money=paid(75_000, "transfer", ""))
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert (paper.fees[0].amount, paper.fee_note) == (75_000, "Đã thu: chuyển khoản")


def test_no_money_is_taken_where_none_is_due(desk: Desk) -> None:
    exempt = replace(sample_intake("miễn"), fee_timing=FeeTiming.EXEMPT, exemption_reason="Hộ nghèo",
                     exemption_proof="giấy số 1 (mẫu)")
    for intake in (exempt, sample_intake("đã thu")):
        code = desk.ready(intake)
        assert refused(desk, code, money=paid()).code == "money_not_due"
        assert desk.give(code).is_new


def test_originals_go_back_by_name_or_stay_for_a_reason(desk: Desk) -> None:
    code = desk.ready(with_original("gốc"))
    found = refused(desk, code)
    assert (found.code, found.values["amount"]) == ("originals_left_unsaid", 1)
    assert refused(desk, code, originals=("9#1",), originals_left="–").code == "original_unknown"
    given = desk.give(code, originals=("1#1",))
    assert desk.life(code).originals[0].holder is Holder.CITIZEN
    assert desk.listed(DossierList.ORIGINALS) == []
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert paper.originals_given_back == ("Tờ khai yêu cầu (Mẫu thử)",)


def test_an_original_still_with_the_agency_stays_owed_after_the_return(desk: Desk) -> None:
    code = desk.receive(with_original("gốc ở sở"))
    desk.hand_over(code, "1#1")
    desk.take(code)
    assert refused(desk, code, originals=("1#1",)).code == "original_elsewhere"
    assert refused(desk, code).code == "originals_left_unsaid"
    given = desk.give(code, originals_left="Công an tỉnh còn giữ, hẹn trả 30/11")
    assert desk.listed(DossierList.ORIGINALS) == [code]
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert paper.note == "Bản gốc chưa trả: Công an tỉnh còn giữ, hẹn trả 30/11"


@pytest.mark.parametrize("state", ["received", "withdrawn", "stopped", "supplement", "arrived elsewhere"])
def test_without_a_result_here_nothing_goes_out(desk: Desk, state: str) -> None:
    code = desk.receive()
    if state != "received":
        desk.hand_over(code)
    said: dict[str, Any] = {
        "withdrawn": Withdrawn("đổi ý", "Mẫu"), "stopped": AgencySaid(State.STOPPED, "dừng"),
        "supplement": SupplementAsked(1, (Gap("Ảnh"),), "thiếu ảnh"),
        "arrived elsewhere": AgencySaid(State.DONE, "xong"),
    }
    if state in said:
        desk.do(said[state], code)
    assert refused(desk, code).code == "result_not_here"


def test_a_result_asked_for_by_post_may_be_fetched_at_the_counter(desk: Desk) -> None:
    by_post = replace(sample_intake("bưu chính"), return_method=ReturnMethod.POST, return_address="Xã Mẫu")
    code = desk.ready(by_post)
    assert desk.listed(DossierList.TO_POST) == [code]
    desk.give(code)
    assert desk.listed(DossierList.TO_POST) == []


def test_satisfaction_has_three_levels_or_none(desk: Desk) -> None:
    code = desk.ready()
    assert refused(desk, code, satisfaction=4).code == "satisfaction_unknown"
    given = desk.give(code, satisfaction=3)
    with desk.connect() as connection:
        assert build_paper(connection, desk, given.job).satisfaction is Satisfaction.NOT


def test_the_paper_printed_again_says_what_the_first_one_said(desk: Desk) -> None:
    code = desk.ready()
    given = desk.give(code)
    with desk.connect() as connection:
        first = build_paper(connection, desk, given.job)
    desk.office.clock.advance(timedelta(hours=2))
    body = desk.held(code).body
    assert body.intake.applicant is not None and body.intake.applicant.person is not None
    renamed = replace(body.intake.applicant, person=replace(body.intake.applicant.person, full_name="Tên Khác"))
    office = desk.office
    with desk.connect() as connection:
        correct_dossier(
            connection, office.application.enrolled, office.clerk, office.application.rules, code,
            replace(body.intake, applicant=renamed), "gõ nhầm", base_version=1, intent="sửa tên",
            now=office.clock.now(), randomness=office.noise.randbytes,
        )
        assert build_paper(connection, desk, given.job) == first


def test_a_result_of_papers_that_were_never_handed_over_may_go_out_once_it_was_meant(desk: Desk) -> None:
    code = desk.receive()
    desk.take(Arrived(code, CARD, is_meant=True))
    desk.give(code)
    assert desk.life(code).business is State.RETURNED
    assert desk.listed(DossierList.TO_HAND_OVER) == []
