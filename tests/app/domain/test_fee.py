from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fee import FeesDue, Unknown, fees_due
from app.domain.procedure import FeeKind, FeeRule, ProcedureCase
from tests.app.domain.catalogues import FIVE_DAYS, catalogue, procedure

LAST_REDUCED, FIRST_FULL = date(2026, 12, 31), date(2027, 1, 1)
CARD = "Lệ phí cấp đổi thẻ căn cước"


def rule(name: str = "Phí thử", amount: int | None = 30000, **fields: object) -> FeeRule:
    return FeeRule(name, FeeKind.FEE, amount, **fields)  # type: ignore[arg-type]


def due(*rules: FeeRule, day: date = date(2026, 11, 21), local: tuple[FeeRule, ...] = ()) -> FeesDue:
    case = ProcedureCase("1", "thử", FIVE_DAYS, (), rules)
    tried = procedure(cases=(case,))
    overrides = {tried.code: local} if local else {}
    return fees_due(tried, case, catalogue(tried, fee_overrides=overrides), day)


def amounts(found: FeesDue) -> list[int | None]:
    return [line.amount for line in found.lines]


def test_a_case_without_rules_costs_nothing() -> None:
    assert due() == FeesDue((), 0)


@pytest.mark.parametrize(("day", "amount"), [
    (date(2025, 7, 1), 25000), (LAST_REDUCED, 25000), (FIRST_FULL, 50000), (date(2030, 1, 1), 50000),
])
def test_the_day_of_reception_chooses_the_amount(day: date, amount: int) -> None:
    reduced = rule(CARD, 25000, valid_from=date(2025, 7, 1), valid_to=LAST_REDUCED)
    full = rule(CARD, 50000, valid_from=FIRST_FULL)
    assert due(reduced, full, day=day).total == amount


def test_lines_of_different_names_add_up() -> None:
    found = due(rule("Lệ phí đăng ký", 25000), rule("Phí công bố", 100000))
    assert (amounts(found), found.total) == ([25000, 100000], 125000)


def test_one_unknown_amount_makes_the_sum_unknown() -> None:
    found = due(rule("Lệ phí", 25000), rule("Phí", None))
    assert (amounts(found), found.total) == ([25000, None], None)
    assert found.lines[1].unknown is Unknown.NOT_STATED


def test_a_fee_of_nothing_is_known() -> None:
    assert due(rule(amount=0)).total == 0


def test_a_rule_that_ended_without_successor_is_unknown_and_never_free() -> None:
    found = due(rule(amount=25000, valid_to=LAST_REDUCED), day=FIRST_FULL)
    assert (amounts(found), found.total, found.lines[0].unknown) == ([None], None, Unknown.EXPIRED)


def test_a_gap_between_two_rules_is_unknown() -> None:
    found = due(rule(valid_to=date(2026, 1, 31)), rule(valid_from=date(2026, 3, 1)), day=date(2026, 2, 15))
    assert found.total is None


def test_a_fee_that_only_begins_later_is_not_due_yet() -> None:
    assert due(rule(valid_from=FIRST_FULL), day=LAST_REDUCED) == FeesDue((), 0)


def test_an_amount_left_to_the_province_is_unknown_until_the_province_says_it() -> None:
    national = rule("Lệ phí cấp giấy phép", None, set_by_province=True)
    assert due(national).lines[0].unknown is Unknown.BY_PROVINCE
    local = rule("Lệ phí cấp giấy phép", 75000, legal_basis="Nghị quyết thử")
    found = due(national, local=(local,))
    assert (found.total, found.lines[0].is_local, found.lines[0].legal_basis) == (75000, True, "Nghị quyết thử")


def test_the_province_rule_counts_only_on_its_days() -> None:
    national = rule("Lệ phí", None, set_by_province=True)
    local = rule("Lệ phí", 75000, valid_from=FIRST_FULL)
    assert due(national, local=(local,), day=LAST_REDUCED).total is None
    assert due(national, local=(local,), day=FIRST_FULL).total == 75000


def test_the_province_cannot_change_a_national_amount() -> None:
    assert due(rule("Lệ phí", 50000), local=(rule("Lệ phí", 10000),)).total == 50000


def test_a_local_fee_under_a_new_name_is_a_further_line() -> None:
    found = due(rule("Lệ phí", 50000), local=(rule("Phí riêng của tỉnh", 10000),))
    assert (amounts(found), found.total) == ([50000, 10000], 60000)


def test_names_match_without_regard_to_case_and_blanks() -> None:
    found = due(rule("Lệ phí  cấp", None, set_by_province=True), local=(rule("lệ phí cấp", 5000),))
    assert found.total == 5000


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=6))
def test_the_total_is_the_sum_or_unknown(given_amounts: list[int | None]) -> None:
    found = due(*(rule(f"Phí {at}", amount) for at, amount in enumerate(given_amounts)))
    known = [amount for amount in given_amounts if amount is not None]
    assert found.total == (sum(known) if len(known) == len(given_amounts) else None)
