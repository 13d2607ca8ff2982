"""What one citizen pays: the rule of the day, the count, and one relief at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.body import from_body, to_body
from app.domain.fee import FeeDue, Unknown, fees_due
from app.domain.fee_charge import charge, groups_of, is_all_taken_off, total_charged
from app.domain.fee_formula import Count, Formula, PriceStep
from app.domain.fee_relief import Relief, take_off
from app.domain.intake import ChargedFee, FeeTiming, hindrances
from app.domain.procedure import FeeKind, FeeRule, ProcedureCase
from tests.app.domain.catalogues import FIVE_DAYS, catalogue, procedure
from tests.office import sample_intake

DAY = date(2026, 11, 23)
POOR = Relief("ngheo", "Hộ nghèo (mẫu)", ("phi-thu",), percent=100, proof="Giấy chứng nhận hộ nghèo")
STUDENT = Relief("sinh-vien", "Sinh viên (mẫu)", ("phi-thu",), amount=40_000)
ONLINE = Relief("truc-tuyen", "Nộp trực tuyến", ("phi-thu",), percent=50, channel=2)
PAGES = Formula("trang", (PriceStep(1, 2_000),), "bản")


def due(
    rule: FeeRule, *reliefs: Relief, day: date = DAY, local: tuple[FeeRule, ...] = ()
) -> FeeDue:
    case = ProcedureCase("1", "thử", FIVE_DAYS, (), (rule,))
    tried = procedure(cases=(case,))
    whole = catalogue(tried, fee_overrides={tried.code: local} if local else {}, reliefs=reliefs)
    return fees_due(tried, case, whole, day).lines[0]


def rule(amount: int | None = 100_000, **fields: object) -> FeeRule:
    return FeeRule("Phí thử", FeeKind.FEE, amount, code="phi-thu", **fields)  # type: ignore[arg-type]


ALL = due(rule(), POOR, STUDENT, ONLINE)


@pytest.mark.parametrize(("channel", "group", "amount", "discount", "exemption"), [
    (1, "", 100_000, 0, ""),
    (2, "", 50_000, 50_000, ""),
    (3, "", 100_000, 0, ""),
    (1, "ngheo", 0, 100_000, "ngheo"),
    (2, "ngheo", 0, 100_000, "ngheo"),
    (1, "sinh-vien", 60_000, 40_000, "sinh-vien"),
    (2, "sinh-vien", 50_000, 50_000, ""),          # filing online saves more; the two are never added up
    (1, "nhóm lạ", 100_000, 0, ""),
])
def test_one_relief_holds_and_it_is_the_greatest(
    channel: int, group: str, amount: int, discount: int, exemption: str
) -> None:
    fee = charge(ALL, catalogue="thử", channel=channel, group=group)
    assert (fee.amount, fee.discount, fee.exemption, fee.gross) == (amount, discount, exemption, 100_000)


def test_between_equal_reliefs_the_one_that_was_proved_is_kept() -> None:
    fee = charge(due(rule(), replace(POOR, percent=50), ONLINE), catalogue="thử", channel=2, group="ngheo")
    assert fee.exemption == "ngheo"


@pytest.mark.parametrize(("day", "amount"), [
    (date(2026, 6, 30), 100_000), (date(2026, 7, 1), 50_000), (date(2026, 12, 31), 50_000),
    (date(2027, 1, 1), 100_000),
])
def test_a_relief_holds_on_its_days(day: date, amount: int) -> None:
    dated = replace(ONLINE, valid_from=date(2026, 7, 1), valid_to=date(2026, 12, 31))
    assert charge(due(rule(), dated, day=day), catalogue="thử", channel=2).amount == amount


def test_a_relief_holds_for_the_fees_it_names() -> None:
    assert due(replace(rule(), code="phi-khac"), POOR).reliefs == ()
    assert due(replace(rule(), code=""), POOR).reliefs == ()


@pytest.mark.parametrize(("gross", "percent", "off"), [(15_001, 50, 7_500), (1, 50, 0), (99, 33, 32), (7, 100, 7)])
def test_a_fraction_of_a_dong_stays_due(gross: int, percent: int, off: int) -> None:
    taken = take_off(gross, (replace(ONLINE, percent=percent),), channel=2, group="")
    assert taken is not None
    assert taken.off == off


def test_more_is_never_taken_off_than_there_is() -> None:
    fee = charge(due(rule(30_000), STUDENT), catalogue="thử", group="sinh-vien")
    assert (fee.amount, fee.discount) == (0, 30_000)


def test_a_counted_fee_is_lowered_as_a_whole_and_keeps_what_was_counted() -> None:
    line = due(rule(None, formula=PAGES), ONLINE)
    assert (line.amount, line.unknown) == (None, Unknown.NOT_COUNTED)
    assert charge(line, catalogue="thử").amount is None
    fee = charge(line, catalogue="thử", counts=[Count(5, 3)], channel=2)
    assert (fee.gross, fee.amount, fee.counts, fee.formula) == (30_000, 15_000, (Count(5, 3),), PAGES)


def test_what_the_formula_takes_for_granted_is_charged_until_somebody_counts() -> None:
    line = due(rule(None, formula=replace(PAGES, usual=1)))
    assert (line.amount, line.unknown, charge(line, catalogue="thử").amount) == (2_000, None, 2_000)
    assert charge(line, catalogue="thử", counts=[Count(4)]).amount == 8_000


def test_who_pays_nothing_pays_nothing_of_an_unknown_amount_too() -> None:
    line = due(rule(None, set_by_province=True), POOR, replace(STUDENT, amount=0, percent=50))
    assert charge(line, catalogue="thử", group="ngheo").amount == 0
    assert charge(line, catalogue="thử", group="sinh-vien").amount is None
    fee = charge(line, catalogue="thử", group="sinh-vien", typed=20_000)
    assert (fee.amount, fee.gross, fee.is_typed) == (10_000, 20_000, True)


def test_a_typed_amount_never_replaces_the_catalogue_s() -> None:
    fee = charge(due(rule()), catalogue="thử", typed=5)
    assert (fee.amount, fee.is_typed) == (100_000, False)


def test_the_province_s_own_rule_is_the_same_fee_with_the_same_reliefs() -> None:
    local = FeeRule("Phí thử", FeeKind.FEE, 80_000, legal_basis="Nghị quyết mẫu")
    line = due(rule(None, set_by_province=True), POOR, local=(local,))
    fee = charge(line, catalogue="thử", group="ngheo")
    assert (fee.rule, fee.is_local, fee.basis) == ("phi-thu", True, "Nghị quyết mẫu")
    assert (fee.gross, fee.amount) == (80_000, 0)


def test_the_groups_of_a_form_are_offered_once_each() -> None:
    assert [group.code for group in groups_of((ALL, ALL))] == ["ngheo", "sinh-vien"]


def test_nothing_left_to_pay_is_an_exemption_only_where_a_group_has_a_claim() -> None:
    poor = charge(ALL, catalogue="thử", group="ngheo")
    free = charge(due(rule(0)), catalogue="thử")
    assert is_all_taken_off((poor, free))
    assert not is_all_taken_off((free,))
    assert not is_all_taken_off((poor, charge(ALL, catalogue="thử", group="sinh-vien")))
    assert not is_all_taken_off(())


@given(st.none() | st.integers(0, 10**11), st.lists(st.sampled_from([POOR, STUDENT, ONLINE]), unique=True),
       st.sampled_from([1, 2, 3]), st.sampled_from(["", "ngheo", "sinh-vien"]), st.none() | st.integers(0, 10**9))
def test_what_is_left_is_whole_dong_between_nothing_and_the_whole_amount(
    amount: int | None, reliefs: list[Relief], channel: int, group: str, typed: int | None
) -> None:
    fee = charge(due(rule(amount), *reliefs), catalogue="thử", channel=channel, group=group, typed=typed)
    if fee.gross is not None:
        assert type(fee.amount) is int
        assert fee.amount == fee.gross - fee.discount
        assert 0 <= fee.amount <= fee.gross
    else:
        assert fee.amount is None or (fee.amount, fee.exemption) == (0, "ngheo")
    assert total_charged((fee, fee)) == (None if fee.amount is None else 2 * fee.amount)
    assert from_body(ChargedFee, to_body(fee)) == fee


def test_a_line_of_an_older_counter_is_read_as_it_was() -> None:
    older = {"name": "Phí cũ", "kind": "fee", "amount": 30_000, "basis": "Thông tư mẫu"}
    assert from_body(ChargedFee, older) == ChargedFee("Phí cũ", "fee", 30_000, "Thông tư mẫu")


@pytest.mark.parametrize(("timing", "group", "reason", "proof", "codes"), [
    (FeeTiming.BEFORE, "", "", "", []),
    (FeeTiming.EXEMPT, "", "hộ nghèo", "giấy số 12", []),
    (FeeTiming.EXEMPT, "", "hộ nghèo", " ", ["exemption_needs_proof"]),
    (FeeTiming.EXEMPT, "", "", "giấy số 12", ["exemption_needs_reason"]),
    (FeeTiming.AFTER, "sinh-vien", "Sinh viên", "", ["exemption_needs_proof"]),
    (FeeTiming.AFTER, "sinh-vien", "", "", ["exemption_needs_reason", "exemption_needs_proof"]),
])
def test_whoever_pays_less_is_received_with_a_reason_and_its_proof(
    timing: FeeTiming, group: str, reason: str, proof: str, codes: list[str]
) -> None:
    intake = replace(sample_intake("a"), fee_timing=timing, exemption=group, exemption_reason=reason,
                     exemption_proof=proof)
    assert [each.code for each in hindrances(intake)] == codes


def test_a_correction_does_not_ask_for_a_proof_that_nobody_asked_for_then() -> None:
    older = replace(sample_intake("a"), fee_timing=FeeTiming.EXEMPT, exemption_reason="hộ nghèo")
    assert [each.code for each in hindrances(older)] == ["exemption_needs_proof"]
    assert hindrances(replace(older, note="gọi trước"), older) == ()
    proved = replace(older, exemption_proof="giấy số 12")
    assert [each.code for each in hindrances(older, proved)] == ["exemption_needs_proof"]
