"""The electronic receipt of a slip, from the province's word to every counter of the office."""

from __future__ import annotations

from collections.abc import Callable

from app.services.till.binding import electronic_of, unbound_slips
from tests.sync.client.trial import Counter, Trial
from tests.sync.compat import money

Enrol = Callable[..., Counter]


def waiting(counter: Counter) -> list[str]:
    with counter.office.application.database.reading() as connection:
        return [each.slip for each in unbound_slips(connection)]


def test_a_slip_given_without_a_line_is_bound_at_both_counters(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    slip, later = money.take(one), money.take(one, 70_000)
    one.sync()
    said = {trial.post_receipt(slip, *money.RECEIPT), trial.post_receipt(slip, *money.RECEIPT)}
    assert len(said) == 1, "said twice it is one entry"
    for counter in (one, two):
        assert counter.sync().problem == ""
        assert waiting(counter) == [later]
    with two.office.application.database.reading() as connection:
        unbound = unbound_slips(connection)[0]
        assert electronic_of(connection, unbound.op_id, unbound.slip) is None
