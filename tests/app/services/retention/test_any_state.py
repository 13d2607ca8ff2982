"""Of dossiers in every state the rule lets go of none that the law or the office still needs: generated."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, text, update

from app.domain.dossier import State
from app.domain.life.states import Custody, Delivery, MoneyState
from app.domain.retention import OBSTACLES, Hold, Kept, Policy, is_finished, read_policy, scan_day, scan_holds
from app.store.tables import (
    dossiers,
    files,
    obstacles,
    paper_documents,
    scanned_pages,
    verdicts,
    worklist,
)
from tests.app.services.retention.desk import DAYS, KeepingDesk
from tests.app.services.scans import file_stacks, page_bytes, scan, stack_of
from tests.office import Office, sample_intake

TODAY = date(2027, 3, 1)
days = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 6, 1)))
kept = st.builds(
    Kept, is_own=st.booleans(), has_stage_ahead=st.booleans(), state=st.sampled_from(State),
    delivery=st.sampled_from(Delivery), custody=st.sampled_from(Custody), money=st.sampled_from(MoneyState),
    finished_on=days, confirmed_on=days, work=st.integers(0, 1), unsent=st.integers(0, 1),
    sent_back=st.integers(0, 1), files_open=st.integers(0, 1), pages_open=st.integers(0, 1),
)
policies = st.builds(Policy, st.one_of(st.none(), st.integers(1, 400)), st.none())


@given(kept, policies)
def test_nothing_leaves_that_the_rule_forbids(one: Kept, policy: Policy) -> None:
    if scan_holds(one, policy, TODAY):
        return
    assert policy.scan_days is not None and one.is_own and not one.has_stage_ahead
    assert one.finished_on is not None and one.confirmed_on is not None
    for since in (one.finished_on, one.confirmed_on):
        assert (TODAY - since).days >= policy.scan_days
    assert (one.work, one.unsent, one.sent_back, one.files_open, one.pages_open) == (0, 0, 0, 0, 0)
    assert one.money is not MoneyState.DUE and one.custody not in (Custody.ON_THE_WAY, Custody.MISSING)
    assert one.state in (State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED, State.DONE, State.RETURNED)
    assert one.delivery not in (Delivery.SHELF, Delivery.POSTED, Delivery.UNDELIVERED, Delivery.RECALLED)
    if one.state in (State.DONE, State.RETURNED):
        assert one.delivery in (Delivery.DELIVERED, Delivery.RETURNED, Delivery.ELSEWHERE)


GOOD = Kept(
    is_own=True, has_stage_ahead=False, state=State.RETURNED, delivery=Delivery.RETURNED, custody=Custody.AGENCY,
    money=MoneyState.TAKEN, finished_on=date(2027, 1, 1), confirmed_on=date(2027, 1, 10),
)


def test_it_waits_for_the_later_of_both_days() -> None:
    policy = Policy(30)
    day = scan_day(GOOD, policy)
    assert day == date(2027, 2, 9)
    assert scan_holds(GOOD, policy, day - timedelta(days=1)) == {Hold.NOT_DUE}
    assert scan_holds(GOOD, policy, day) == frozenset() and is_finished(GOOD)
    assert not OBSTACLES & {Hold.NOT_DUE, Hold.RUNNING, Hold.NO_TERM}


@pytest.mark.parametrize("said", [
    {}, {"retention": None}, {"retention": {"scan_days": 0}}, {"retention": {"scan_days": -3}},
    {"retention": {"scan_days": "30"}}, {"retention": {"scan_days": True}}, {"retention": {"scan_days": 1e3}},
    {"retention": [30]}, {"retention": {"scan_days": 3_651}},
])
def test_what_is_no_term_is_none(said: dict[str, object]) -> None:
    assert read_policy(said).scan_days is None


def test_of_dossiers_in_any_state_only_those_leave_that_may(office: Office) -> None:
    """Each is brought into a random state by its columns; what may go is said here a second time, by itself."""
    desk, dice = KeepingDesk(office), random.Random(7)
    codes = []
    for turn in range(36):
        code = desk.receive(sample_intake(f"a{turn}", personal_id=f"0490900{turn:05d}"))
        pages = [scan(office, f"a{turn}", page_bytes(1_000 + turn))]
        # Some hand in the very same document as the one before.
        shared = b"%PDF-1.7 " + str(turn if dice.random() < 0.7 else turn - 1).encode()
        file_stacks(office, code, "1", stack_of(office, *pages, pdf=shared), intent=f"nộp-{turn}")
        codes.append(code)
    desk.confirm()
    may = {code: _into_any_state(desk, office, code, turn, dice) for turn, code in enumerate(codes)}
    with desk.reading() as connection:
        named = {code: _contents(connection, code) for code in codes}
    before = desk.here()
    desk.wait(DAYS)
    desk.run(5)
    needed = set().union(*(named[code] for code in codes if not may[code]))
    leaving = set().union(*(named[code] for code in codes if may[code]))
    assert 4 < sum(may.values()) < 30, "the dice must give both"
    assert desk.gone() == leaving - needed
    assert desk.here() == before - (leaving - needed)


def _into_any_state(desk: KeepingDesk, office: Office, code: str, turn: int, dice: random.Random) -> bool:
    """Whether its scans may leave after DAYS."""
    now = office.clock.now()
    state = dice.choice((
        State.RETURNED, State.WITHDRAWN, State.RETURNED, State.STOPPED, State.IN_PROCESS, State.DONE,
    ))
    delivery = dice.choice((
        Delivery.RETURNED, Delivery.DELIVERED, Delivery.RETURNED, Delivery.NONE, Delivery.SHELF, Delivery.RECALLED,
    ))
    custody = dice.choice((Custody.AGENCY, Custody.CITIZEN, Custody.AGENCY, Custody.MISSING))
    money = dice.choice((MoneyState.TAKEN, MoneyState.NONE, MoneyState.TAKEN, MoneyState.DUE))
    moved = now - timedelta(days=dice.choice((0, 1, 20))) if dice.random() < 0.8 else now + timedelta(days=2)
    trouble = dice.choice(("",) * 5 + ("work", "verdict", "file", "page", "obstacle", "other"))
    may = moved <= now and money is not MoneyState.DUE and custody is not Custody.MISSING and not trouble
    if state in (State.RETURNED, State.DONE):
        may &= delivery in (Delivery.RETURNED, Delivery.DELIVERED)
    else:
        may &= state is not State.IN_PROCESS and delivery not in (Delivery.SHELF, Delivery.RECALLED)
    with office.application.database.writing() as connection:
        row = connection.execute(select(dossiers.c.id, dossiers.c.op_id).where(dossiers.c.code == code)).one()
        connection.execute(text("DELETE FROM worklist WHERE dossier = :id"), {"id": row.id})
        connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(
            state=int(state), is_open=state is State.IN_PROCESS, delivery=int(delivery), custody=int(custody),
            money=int(money), moved_at=moved, is_own=trouble != "other",
        ))
        if trouble == "work":
            connection.execute(insert(worklist).values(kind=10, dossier=row.id))
        elif trouble == "verdict":
            connection.execute(insert(verdicts).values(
                op_id=row.op_id, verdict="held", field="", reason="thử", at=now, is_closed=0))
        elif trouble == "file":
            sha256 = connection.execute(
                select(paper_documents.c.sha256).where(paper_documents.c.dossier == row.id)).scalar_one()
            connection.execute(update(files).where(files.c.sha256 == sha256).values(confirmed_at=None))
        elif trouble == "page":
            connection.execute(update(scanned_pages).where(scanned_pages.c.intent == f"a{turn}").values(state=0))
        elif trouble == "obstacle":
            connection.execute(insert(obstacles).values(
                id=f"v{turn}", at=now, month="2026-11", code=code, procedure_code="", procedure_name="", agency="",
                agency_name="", cause="", text="", clerk_name="", is_closed=False, answer="", closed_by="",
                closing=""))
    return may


def _contents(connection: Connection, code: str) -> set[str]:
    query = text(
        "SELECT lower(hex(p.sha256)) FROM paper_documents p JOIN dossiers d ON d.id = p.dossier "
        "WHERE d.code = :code UNION SELECT lower(hex(s.original)) FROM scanned_pages s "
        "JOIN journal j ON j.intent = s.intent WHERE j.number = :code"
    )
    return set(connection.execute(query, {"code": code}).scalars())
