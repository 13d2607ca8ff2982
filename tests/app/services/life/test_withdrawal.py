"""A citizen takes the dossier back: what is here goes along, what is elsewhere stays owed until it is back."""

from __future__ import annotations

import pytest

from app.domain.dossier import State
from app.domain.life.facts import Acknowledged, HandedOver, LineVerdict
from app.domain.life.states import Custody, Holder
from app.errors import Refusal
from app.services.life.withdrawal import give_papers_back, papers_came_back, withdraw
from app.store.queries.dossiers import DossierList
from tests.app.services.life.counter import Desk
from tests.office import sample_intake, with_kept_original


def test_a_withdrawal_at_the_counter_gives_papers_and_originals_back(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    done = desk.withdraw(code, originals=("1#1",), papers_given_back=True)
    life = desk.life(code)
    assert (life.business, life.custody, done.owed) == (State.WITHDRAWN, Custody.CITIZEN, ())
    assert desk.listed(DossierList.TO_HAND_OVER) == [] and desk.listed(DossierList.ORIGINALS) == []


def test_a_withdrawal_ends_the_waiting_for_a_supplement(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    desk.withdraw(code, papers_given_back=True)
    life = desk.life(code)
    assert life.paused_since is None and life.gaps == () and desk.listed(DossierList.SUPPLEMENT) == []


@pytest.mark.parametrize("custody", [Custody.ON_THE_WAY, Custody.AGENCY])
def test_papers_that_are_elsewhere_cannot_be_given_back_and_stay_owed(desk: Desk, custody: Custody) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    desk.act(code, HandedOver("m1", ("1#1",)))
    if custody is Custody.AGENCY:
        desk.act(code, Acknowledged("m1", LineVerdict.ACCEPTED, by_name="Lê Mẫu"))
    with pytest.raises(Refusal, match="papers_not_here") as refused:
        desk.withdraw(code, papers_given_back=True)
    assert refused.value.values["custody"] == int(custody)
    with pytest.raises(Refusal, match="original_elsewhere"):
        desk.withdraw(code, originals=("1#1",))
    assert desk.withdraw(code).owed == ("1#1",)
    assert desk.listed(DossierList.ORIGINALS) == [code]


def test_what_comes_back_from_the_agency_is_given_to_the_citizen(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    desk.act(code, HandedOver("m1", ("1#1",)))
    desk.withdraw(code)
    # The bag was under way: the agency takes it in, and no state but custody changes.
    desk.act(code, Acknowledged("m1", LineVerdict.ACCEPTED, by_name="Lê Mẫu"))
    assert (desk.life(code).business, desk.life(code).custody) == (State.WITHDRAWN, Custody.AGENCY)
    with pytest.raises(Refusal, match="original_elsewhere"):
        desk.do(give_papers_back, code, "Nguyễn Thị Mẫu Ánh", ("1#1",))
    with pytest.raises(Refusal, match="reason_missing"):
        desk.do(papers_came_back, code, "1#1", " ")
    desk.do(papers_came_back, code, "1#1", "Lê Mẫu, Công an tỉnh Mẫu, đem trả")
    with pytest.raises(Refusal, match="original_here"):
        desk.do(papers_came_back, code, "1#1", "lần nữa")
    done = desk.do(give_papers_back, code, "Nguyễn Thị Mẫu Ánh", ("1#1",))
    original = desk.life(code).original("1#1")
    assert done.owed == () and original is not None and original.holder is Holder.CITIZEN
    assert desk.listed(DossierList.ORIGINALS) == []


def test_papers_under_way_are_not_given_back_to_anyone(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.act(code, HandedOver("m1"))
    desk.withdraw(code)
    with pytest.raises(Refusal, match="papers_not_here"):
        desk.do(give_papers_back, code, "Nguyễn Thị Mẫu Ánh", ())


@pytest.mark.parametrize(("reason", "name", "refusal"), [
    (" ", "Ai đó", "reason_empty"), ("Đổi ý: …", "Ai đó", "reason_unfinished"), ("Đổi ý", " ", "name_missing"),
])
def test_a_withdrawal_says_who_and_why(desk: Desk, reason: str, name: str, refusal: str) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match=refusal):
        desk.do(withdraw, code, reason, name)
    assert desk.life(code).business is State.RECEIVED


def test_the_same_withdrawal_twice_is_one_and_another_is_refused(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    first, again = desk.withdraw(code, intent="rút"), desk.withdraw(code, intent="rút")
    assert first.op_id == again.op_id and (first.is_new, again.is_new) == (True, False)
    with pytest.raises(Refusal, match="withdrawal_not_now"):
        desk.withdraw(code)
