"""A list that shares a dossier with another counter's list can be taken back for what still travels on it."""

from __future__ import annotations

from datetime import timedelta

from app.domain.manifest import LineState
from tests.app.services.handover import desk
from tests.app.services.handover.desk import TwoCounters
from tests.office import Office


def test_only_the_lines_that_still_travel_on_a_list_are_undone(office: Office, pair: TwoCounters) -> None:
    shared, alone = desk.receive(office, 2)
    pair.tell(office, pair.b)
    ours = desk.hand_over(office, [shared])
    office.clock.advance(timedelta(minutes=1))
    theirs = desk.hand_over(pair.b, [shared, alone])
    pair.tell(office, pair.b)
    pair.tell(pair.b, office)
    assert desk.states(office, theirs.op_id) == [LineState.CONFLICT, LineState.OPEN]
    assert desk.undo(office, theirs.op_id).codes == (alone,)
    assert desk.states(office, ours.op_id) == [LineState.OPEN], "the dossier travels on ours all the same"
