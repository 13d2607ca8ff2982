"""A jump of the clock goes to the province like any other operation, and to the neighbour's book without harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from app.services.days import time_at_counter
from app.store.tables import feed_entries, parked_operations
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]
MINUTES = timedelta(minutes=2)


def jump(counter: Counter, by: timedelta) -> None:
    counter.office.application.look_at_clock()
    counter.office.clock.at += by
    found = counter.office.application.look_at_clock()
    assert found is not None and found.seconds == abs(by.total_seconds())


def test_the_province_takes_a_jump_and_counts_on_by_its_own_clock(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    before = counter.office.clock.at
    jump(counter, timedelta(minutes=40))
    counter.receive(1)
    said = counter.sync()
    assert (said.problem, said.sent, said.waiting) == ("", 2, 0)
    jump(counter, timedelta(minutes=-40))              # somebody puts it right again
    said = counter.sync()
    assert (said.problem, said.sent, said.waiting, said.needs_person) == ("", 1, 0, 0)
    assert trial.report(counter.place.office)["by_type"] == {"clock.jumped": 2, "dossier.received": 1}
    with counter.office.application.database.reading() as connection:
        assert abs(time_at_counter(connection, counter.office.clock.at) - before) <= MINUTES


def test_a_neighbours_jump_waits_for_nobody(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    jump(counter, timedelta(hours=-1))
    assert counter.sync().problem == ""
    assert neighbour.sync().problem == ""
    with neighbour.office.application.database.reading() as connection:
        kept = connection.execute(select(feed_entries.c.op_id)).scalars().all()
        parked = connection.execute(select(parked_operations)).all()
    assert kept and parked == []
