"""What two counters of one office did apart is found when their books meet, and put before a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.dossier import State
from app.domain.life.states import Delivery
from app.errors import Refusal
from app.services.rebuild import rebuild
from app.store import journal as book
from app.store.queries.dossiers import DossierList
from app.store.tables import result_lists
from tests.app.services.neighbour import DEVICE, Feed, Written
from tests.app.services.results.counter import DELEGATE, Desk
from tests.app.store.older_books import columns_of, rows_of
from tests.office import SetClock, make_template, office_in, reopen


class Counters:
    """Two counters of one office; `tell` brings what one wrote since the last time to the other."""

    def __init__(self, here: Desk, there: Desk) -> None:
        self.here, self.there = here, there
        self._feeds = {id(here): Feed(here.office), id(there): Feed(there.office)}
        self._told = {id(here): 0, id(there): 0}

    def tell(self, source: Desk, target: Desk) -> None:
        device = source.office.application.enrolled.device
        with source.reading() as connection:
            rows = book.after(connection, device, 1, self._told[id(source)], 1000)
        feed = self._feeds[id(target)]
        lines = [feed.add_operation(Written(row.payload, row.signature), device) for row in rows]
        if lines:
            self._told[id(source)] = rows[-1].seq
            feed.give(lines)

    def meet(self) -> None:
        self.tell(self.here, self.there)
        self.tell(self.there, self.here)


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[Counters]:
    with office_in(tmp_path / "a") as here:
        make_template(tmp_path / "b", here.province, device=DEVICE, lo=5000, hi=5499)
        there = reopen(tmp_path / "b", here.province, SetClock(), seed=22)
        try:
            yield Counters(Desk(here), Desk(there, turn=1000))
        finally:
            there.application.close()


def test_a_result_taken_in_at_one_counter_is_returned_at_the_other_after_sync(counters: Counters) -> None:
    code = counters.here.ready()
    with pytest.raises(Refusal, match="dossier_not_here_yet"):
        counters.there.give(code)
    counters.meet()
    counters.there.give(code)
    counters.meet()
    for desk in (counters.here, counters.there):
        assert (desk.life(code).business, desk.life(code).conflicts) == (State.RETURNED, ())
        assert desk.listed(DossierList.READY) == []


def test_one_result_returned_at_both_counters_is_a_conflict_on_both(counters: Counters) -> None:
    code = counters.here.ready()
    counters.meet()
    counters.here.give(code)
    counters.there.give(code, collector=DELEGATE)
    counters.meet()
    lives = [desk.life(code) for desk in (counters.here, counters.there)]
    assert lives[0] == lives[1]
    (conflict,) = lives[0].conflicts
    assert conflict.code == "result_already_out" and conflict.against == lives[0].out
    for desk in (counters.here, counters.there):
        assert desk.listed(DossierList.CONFLICT) == [code]


def test_the_same_result_taken_in_at_both_counters_is_a_conflict_on_both(counters: Counters) -> None:
    code = counters.here.receive()
    counters.here.hand_over(code)
    counters.meet()
    counters.here.take(code)
    counters.there.take(code)
    counters.meet()
    for desk in (counters.here, counters.there):
        life = desk.life(code)
        assert ([each.code for each in life.conflicts], life.delivery) == (["result_already_in"], Delivery.SHELF)


def test_lists_of_both_counters_stand_in_both_books_and_a_rebuild_gives_the_same(counters: Counters) -> None:
    one, two = counters.here.ready(), counters.there.ready()
    counters.here.give(one)
    counters.meet()
    for desk in (counters.here, counters.there):
        with desk.connect() as connection:
            assert len(set(connection.execute(select(result_lists.c.number)).scalars())) == 2
            columns = columns_of(connection)
            before = rows_of(connection, columns)
            rebuild(connection)
            assert rows_of(connection, columns) == before
    assert two in counters.here.listed(DossierList.READY)
