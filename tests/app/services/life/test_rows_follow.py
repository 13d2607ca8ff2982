"""The row of a dossier says what its life says, after every act, whoever asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.domain.dossier import OPEN_STATES
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    Collector,
    CollectorRole,
    Extended,
    Facts,
    FeeTaken,
    Gap,
    HandedOver,
    LineVerdict,
    MoneyTaken,
    NewDue,
    ResultIn,
    ResultPaper,
    Returned,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.vietnam_time import VIETNAM
from app.store import projection
from app.store.tables import dossiers, life_events
from tests.app.services.life.counter import Desk, at
from tests.app.services.results.counter import owing

PAPER = AgencyPaper("extension", "7/XL", None, "Ông Mẫu", "Sở Mẫu")
OWNER = Collector(CollectorRole.OWNER, "Nguyễn Thị Mẫu Ánh", "049190004217")
LIST = {"number": "", "agency": "cong-an", "agency_name": "Công an tỉnh Mẫu"}
HALF_AN_HOUR_INTO_SUNDAY = at("2026-12-20 00:30")
ACTS: tuple[Facts, ...] = (
    SupplementAsked(1, (Gap("Bản đồ"),), "thiếu"),
    SupplementReceived(1, (), None),
    HandedOver("m1"),
    Acknowledged("m1", LineVerdict.ACCEPTED),
    Extended(NewDue(HALF_AN_HOUR_INTO_SUNDAY), "chờ", PAPER),
    ResultIn(ResultPaper("phiếu"), "A1"),
    FeeTaken(MoneyTaken(200_000, "cash")),
    Returned(OWNER),
)


def row_of(desk: Desk, code: str) -> Any:
    with desk.reading() as connection:
        return connection.execute(select(dossiers).where(dossiers.c.code == code)).one()


def test_the_row_follows_every_act(desk: Desk) -> None:
    code = desk.receive(owing("nợ"))
    assert row_of(desk, code).moved_at is None, "nothing has happened since it was received"
    for facts in ACTS:
        desk.office.clock.advance(timedelta(hours=9))
        acted = desk.act(code, facts, about=LIST if isinstance(facts, ResultIn) else None)
        row, life = row_of(desk, code), desk.life(code)
        assert (row.state, row.custody, row.delivery, row.money) == (
            life.business, life.custody, life.delivery, life.money
        )
        assert (row.requests, row.shelf, row.due_at) == (life.requests, life.shelf, life.due_at)
        assert bool(row.is_open) is (life.business in OPEN_STATES)
        assert row.tail == life.tail == acted.op_id
        ended = life.ended_at and life.ended_at.astimezone(VIETNAM).date().isoformat()
        assert row.ended_date == ended
        assert row.moved_at == max(
            life.business_since, life.custody_since, life.delivery_since or life.business_since
        )
    assert row_of(desk, code).due_date == "2026-12-20", "the day at the counter, not in London"


def test_an_operation_that_comes_a_second_time_changes_nothing(desk: Desk) -> None:
    code = desk.receive(owing("nợ"))
    operation = desk.act(code, ACTS[0]).operation
    before = row_of(desk, code)
    with desk.office.application.database.writing() as connection:
        projection.apply(connection, operation, is_own=True)
        assert len(connection.execute(select(life_events.c.id)).all()) == 1
    assert row_of(desk, code) == before
