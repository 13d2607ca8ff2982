"""What two counters did at the post while they could not hear each other: found on both, alike, and shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.dossier import State
from app.domain.life.facts import PostWord, Withdrawn
from app.domain.life.states import Delivery
from app.domain.pickup import PickupState
from app.errors import Refusal
from app.services.post.pickups import pickup_intake
from app.services.rebuild import rebuild
from app.store.queries.dossiers import DossierList
from app.store.queries.item_codes import range_clashes
from app.store.queries.pickups import find_pickup, open_pickups
from app.store.queries.post import code_clashes
from app.store.tables import item_codes, item_ranges, pickups, post_lists, postings
from tests.app.services.neighbour import DEVICE
from tests.app.services.post.counter import PostDesk, item
from tests.app.services.results.test_two_counters import Counters
from tests.app.store.older_books import columns_of, rows_of
from tests.office import SetClock, make_template, office_in, reopen

TABLES = (item_codes, item_ranges, pickups, post_lists, postings)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[PostDesk, PostDesk, Counters]]:
    with office_in(tmp_path / "a") as here:
        make_template(tmp_path / "b", here.province, device=DEVICE, lo=5000, hi=5499)
        there = reopen(tmp_path / "b", here.province, SetClock(), seed=22)
        try:
            one, other = PostDesk(here), PostDesk(there, turn=1000)
            yield one, other, Counters(one, other)
        finally:
            there.application.close()


def tables(desk: PostDesk) -> dict[str, list[str]]:
    """Everything of the post as stored; dossiers have other row ids on another counter."""
    with desk.reading() as connection:
        return {
            table.name: sorted(
                repr({name: value for name, value in row._mapping.items() if name != "dossier"})
                for row in connection.execute(select(table)))
            for table in TABLES
        }


def alike(*desks: PostDesk) -> bool:
    first, *others = map(tables, desks)
    return all(other == first for other in others)


def clashes(desk: PostDesk) -> list[tuple[str, ...]]:
    with desk.reading() as connection:
        return [clash.codes for clash in code_clashes(connection)]


def test_one_result_posted_at_both_counters_is_a_conflict_on_both(
    two: tuple[PostDesk, PostDesk, Counters]
) -> None:
    here, there, counters = two
    here.range(100, 199)
    there.range(500, 599)
    code = here.shelved()
    counters.meet()
    here.post(code)
    there.later(seconds=5)
    there.post(code)
    counters.meet()
    assert here.life(code) == there.life(code)
    (conflict,) = here.life(code).conflicts
    assert (conflict.code, conflict.against) == ("result_not_here", here.life(code).out)
    for desk in (here, there):
        assert desk.listed(DossierList.CONFLICT) == [code]
    assert alike(here, there)
    assert here.life(code).item_code == item(100)
    # The cover that lost is not to be listed or spoken of as if it were the one.
    with pytest.raises(Refusal, match="nothing_to_list"):
        there.list()
    assert here.list().codes == (item(100),)


def test_one_code_on_two_covers_is_shown_on_both_until_one_is_called_off(
    two: tuple[PostDesk, PostDesk, Counters]
) -> None:
    here, there, counters = two
    here.range(100, 199)
    there.range(150, 250)
    one, other = here.shelved(), there.shelved()
    here.post(one, item_code=item(160))
    there.later(seconds=5)
    there.post(other, item_code=item(160))
    assert clashes(here) == [] and clashes(there) == []
    counters.meet()
    for desk in (here, there):
        assert clashes(desk) == [(one, other)]
        with desk.reading() as connection:
            (range_clash,) = range_clashes(connection)
        assert (range_clash.first.first.text, range_clash.second.first.text) == (item(100), item(150))
        with pytest.raises(Refusal, match="item_code_ambiguous") as caught:
            desk.say(item(160), PostWord.ACCEPTED)
        assert set(caught.value.values["codes"]) == {one, other}
    assert alike(here, there)
    there.call_off(other, "Trùng mã")
    counters.meet()
    assert clashes(here) == [] and clashes(there) == [] and alike(here, there)
    here.later(hours=1)
    here.delivered(item(160))
    assert here.life(one).business is State.RETURNED


def test_delivered_written_down_at_both_counters_is_no_dispute(
    two: tuple[PostDesk, PostDesk, Counters]
) -> None:
    here, there, counters = two
    here.range(100, 199)
    sent = here.posted()
    counters.meet()
    here.delivered(sent.item_code)
    there.later(minutes=1)
    there.delivered(sent.item_code)
    counters.meet()
    for desk in (here, there):
        assert (desk.life(sent.code).delivery, desk.life(sent.code).conflicts) == (Delivery.DELIVERED, ())
    assert alike(here, there)


def test_delivered_here_and_undelivered_there_is_put_before_a_person(
    two: tuple[PostDesk, PostDesk, Counters]
) -> None:
    here, there, counters = two
    here.range(100, 199)
    sent = here.posted()
    counters.meet()
    here.delivered(sent.item_code)
    there.later(hours=1)
    there.undelivered(sent.item_code)
    counters.meet()
    for desk in (here, there):
        assert [each.code for each in desk.life(sent.code).conflicts] == ["not_posted"]
        assert desk.life(sent.code).delivery is Delivery.DELIVERED
    assert alike(here, there)


def test_an_item_on_two_lists_belongs_to_the_earlier(two: tuple[PostDesk, PostDesk, Counters]) -> None:
    here, there, counters = two
    here.range(100, 199)
    sent = here.posted()
    counters.meet()
    there.later(seconds=1)
    here.later(seconds=5)
    later, earlier = here.list(), there.list(sent.item_code)
    counters.meet()
    for desk in (here, there):
        with desk.reading() as connection:
            held = connection.execute(select(postings.c.list_id)).scalar_one()
        assert held == earlier.op_id != later.op_id
    assert alike(here, there)


def test_one_pick_up_received_at_both_counters_shows_both_dossiers(
    two: tuple[PostDesk, PostDesk, Counters]
) -> None:
    here, there, counters = two
    asked = here.call()
    here.move(asked.id, PickupState.COLLECTED)
    counters.meet()
    codes = []
    for turn, desk in enumerate((here, there)):
        desk.later(seconds=1 + turn)
        with desk.reading() as connection:
            begun = pickup_intake(connection, desk.office.application.catalogue, asked.id, intent=f"nhận-{turn}",
                                  now=desk.office.clock.now())
        codes.append(desk.receive(begun))
    counters.meet()
    for desk in (here, there):
        with desk.reading() as connection:
            found = find_pickup(connection, asked.id)
            assert found is not None and [found.code, found.other_code] == codes
            assert [row.id for row in open_pickups(connection)] == [asked.id]
    assert alike(here, there)
    here.do(Withdrawn("Nhận trùng hồ sơ thu gom", "Phan Văn Thử"), codes[1])
    counters.meet()
    for desk in (here, there):
        with desk.reading() as connection:
            assert open_pickups(connection) == ()


@pytest.mark.parametrize("is_here_first", [True, False])
def test_a_pick_up_moved_at_both_counters_stands_alike(
    two: tuple[PostDesk, PostDesk, Counters], is_here_first: bool
) -> None:
    here, there, counters = two
    asked = here.call()
    counters.meet()
    first, second = (here, there) if is_here_first else (there, here)
    first.later(seconds=1)
    first.move(asked.id, PickupState.CANCELLED, reason="Công dân gọi hủy")
    second.later(seconds=2)
    second.move(asked.id, PickupState.COLLECTED)
    counters.meet()
    assert alike(here, there)
    with here.reading() as connection:
        assert [row.state for row in open_pickups(connection)] == [PickupState.COLLECTED]


def test_a_rebuild_gives_the_same_rows(two: tuple[PostDesk, PostDesk, Counters]) -> None:
    here, there, counters = two
    here.range(100, 199)
    there.range(150, 250)
    sent = [here.posted() for _ in range(4)]
    taken = there.posted()
    here.void(item(110))
    counters.meet()
    here.list(sent[0].item_code, sent[1].item_code)
    here.later(hours=2)
    here.delivered(sent[0].item_code)
    here.undelivered(sent[1].item_code)
    here.back(sent[1].code)
    here.post(sent[1].code)
    here.call_off(sent[2].code)
    there.later(hours=3)
    there.undelivered(sent[3].item_code)
    there.list(taken.item_code)
    asked = here.call()
    here.move(asked.id, PickupState.COLLECTED)
    counters.meet()
    for desk in (here, there):
        with desk.connect() as connection:
            columns = columns_of(connection)
            before = rows_of(connection, columns)
            rebuild(connection)
            assert rows_of(connection, columns) == before
            assert len(before["postings"]) == 6 and len(before["pickups"]) == 1
    assert alike(here, there)
