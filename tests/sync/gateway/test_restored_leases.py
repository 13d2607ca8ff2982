"""After a restore: which slots and epochs may be given, though nobody can say what the lost database gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.domain.lease import Lease
from sync.contract.limits import LEASE_DAYS
from sync.contract.messages import Signed
from sync.gateway.admin import main as operator
from sync.gateway.province import mark_restored, settle_leases
from sync.gateway.restores import (
    RESTORES_FILE,
    Window,
    earlier_restores,
    minutes_since_2025,
    ordinary_of,
    reserve_of,
    window_of,
)
from sync.gateway.tables import devices, enrol_codes, epochs
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, usage
from tests.sync.gateway.test_restored import forget

DAY = date(2026, 9, 21)
WIDTH = 499


def restore(gateway: InProcess, earlier: Sequence[str] = ()) -> None:
    """From a backup, which may know nothing of `earlier` ones; the operator settles at once."""
    with gateway.opened.database.writing() as connection:
        mark_restored(connection, f"sau {stamp(gateway.now)}", stamp(gateway.now), earlier)
        settle_leases(connection)


def of_police(signed: Sequence[Signed]) -> list[tuple[int, int, int]]:
    """(slot, first day, last day) of one agency's leases, days counted from the first."""
    leases = [Lease.from_payload(each.payload) for each in signed]
    return [((each.lo - 1) // WIDTH, (each.date_from - DAY).days, (each.date_to - DAY).days)
            for each in leases if each.agency == "cong-an"]


def test_settling_frees_no_slot_of_a_machine_that_died_with_its_lease(gateway: InProcess) -> None:
    alive, dead = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    lost = of_police(dead.hello().leases)
    held = alive.hello().leases
    forget(gateway, leases=True, device=dead.device)
    restore(gateway)
    alive.hello(held_leases=held)
    fresh = gateway.counter("Quầy 2")
    assert of_police(fresh.hello().leases) == [(16, 0, 44)], "a machine works at once, by the reserve"
    assert lost == [(1, 0, 44)]
    gateway.advance(days=20)
    # From the first day on that the lost machine cannot have: any slot that is free.
    assert of_police(alive.hello().leases) == [(0, 0, 44), (0, 45, 64)]
    assert of_police(fresh.hello().leases) == [(16, 0, 44), (1, 45, 64)]


def test_a_machine_enrolled_later_in_the_window_gets_both_parts_at_once(gateway: InProcess) -> None:
    restore(gateway)
    gateway.advance(days=10)
    assert of_police(gateway.counter().hello().leases) == [(16, 10, 44), (0, 45, 54)]
    gateway.advance(days=35)
    assert of_police(gateway.counter().hello().leases) == [(1, 45, 89)]


def test_a_holder_whose_days_had_run_out_goes_on_with_the_reserve(gateway: InProcess) -> None:
    away, here = gateway.counter(), gateway.counter()
    gateway.advance(days=44)
    restore(gateway)
    assert of_police(here.hello().leases) == [(1, 0, 44), (1, 45, 88)], "still its own on the day of the restore"
    gateway.advance(days=2)
    assert of_police(away.hello().leases)[-1] == (0, 45 + 1, 90), "nobody else can have had it by the restore"
    gateway.advance(days=100)
    restore(gateway)
    assert of_police(away.hello().leases)[-1] == (16, 146, 190), "by then another may have had it"


def test_no_restore_gives_the_reserve_of_an_earlier_one_that_the_backup_forgot(gateway: InProcess) -> None:
    given: list[int] = []
    stamps: list[str] = []
    for n in range(4):
        restore(gateway, stamps)
        stamps.append(stamp(gateway.now))
        given += [slot for _ in range(3) for slot, first, _ in of_police(
            gateway.counter(f"Quầy {n + 1}").hello().leases) if first <= 44]
        forget(gateway, leases=True)
        gateway.advance(days=1)
    assert given == [16, 17, 18, 19], "two, one, one, and then none is sure"


def test_a_slot_is_its_holders_only_as_long_as_an_earlier_lost_database_kept_from_it(gateway: InProcess) -> None:
    holder = gateway.counter("Quầy 1")
    held = holder.hello().leases
    forget(gateway, leases=True)                   # the first backup knows nothing of it
    restore(gateway)
    first = stamp(gateway.now)
    gateway.advance(days=10)
    other = gateway.counter("Quầy 2")
    assert of_police(other.hello().leases) == [(16, 10, 44), (0, 45, 54)], "behind the window the slot is free"
    forget(gateway, leases=True)                   # nor the second one of this
    restore(gateway, [first])
    assert of_police(held) == [(0, 0, 44)]
    assert of_police(holder.hello(held_leases=held).leases) == [(0, 0, 44)]
    gateway.advance(days=10)
    assert of_police(holder.hello().leases) == [(0, 0, 44), (18, 45, 54), (0, 55, 64)]


def test_an_extra_block_of_an_unsure_day_comes_from_the_reserve(gateway: InProcess) -> None:
    counter = gateway.counter()
    restore(gateway)
    said = counter.hello(lease_usage=(usage("cong-an", DAY, 400),))
    assert of_police(said.leases) == [(0, 0, 44), (17, 0, 0)]


@pytest.mark.parametrize("seconds", [300, 1, -300], ids=["later", "in-one-minute", "clock-put-back"])
def test_an_epoch_after_a_restore_has_a_number_that_none_before_it_had(gateway: InProcess, seconds: int) -> None:
    counters = {name: gateway.counter(name) for name in ("Quầy 1", "Quầy 2")}
    used: dict[str, set[int]] = {name: {each.epoch} for name, each in counters.items()}
    for _ in range(3):
        gateway.advance(seconds=seconds)
        restore(gateway)
        for name, known in used.items():
            for _ in range(2):
                fresh = gateway.counter(name)
                assert fresh.epoch not in known and fresh.epoch > minutes_since_2025(stamp(gateway.now))
                known.add(fresh.epoch)
        with gateway.opened.database.writing() as connection:      # the backup knows the first epochs only
            connection.execute(update(enrol_codes).values(used_by=None))
            connection.execute(delete(epochs).where(epochs.c.epoch > 1))
            connection.execute(update(devices).values(current_epoch=1))


@pytest.mark.parametrize(("nth", "part"), [(0, [16, 17]), (1, [18]), (2, [19]), (3, []), (9, [])])
def test_each_restore_inside_a_window_has_half_of_what_is_left(nth: int, part: list[int]) -> None:
    assert list(Window(DAY, DAY, nth).part(20)) == part


def test_the_reserve_is_a_fifth_and_apart_from_the_rest() -> None:
    for slots in range(1, 200):
        assert [*ordinary_of(slots), *reserve_of(slots)] == list(range(slots))
        assert len(reserve_of(slots)) == slots // 5
        parts = [list(Window(DAY, DAY, nth).part(slots)) for nth in range(12)]
        assert [slot for part in parts for slot in part] == list(reserve_of(slots))


def test_windows_are_counted_while_they_touch(gateway: InProcess) -> None:
    found = []
    for days in (0, 1, 44, 45, 44):
        gateway.advance(days=days)
        restore(gateway)
        with gateway.opened.database.reading() as connection:
            window = window_of(connection)
        assert window is not None and (window.upto - window.restored_on).days == LEASE_DAYS - 1
        found.append(((window.restored_on - DAY).days, window.nth))
    assert found == [(0, 0), (1, 1), (45, 2), (90, 0), (134, 1)]


def test_the_operator_s_command_remembers_restores_that_no_backup_has(tmp_path: Path) -> None:
    place = ["--data", str(tmp_path)]
    assert operator(["restored", *place]) == 0
    (tmp_path / "gateway.sqlite").unlink()         # a backup from before that restore
    assert operator(["restored", *place]) == 0
    assert len(set(earlier_restores(tmp_path))) == 2
    (tmp_path / RESTORES_FILE).write_text("hỏng")
    assert operator(["restored", *place]) == 1


def test_a_neighbour_s_counter_is_not_stopped_by_a_restore(gateway: InProcess) -> None:
    """An office that opens a third counter on the day of a restore, and everybody works."""
    counters = [gateway.counter(), gateway.counter()]
    restore(gateway)
    fresh = FakeCounter(gateway.line)
    fresh.enrol(gateway.code("Quầy 3"))
    firsts = {counter.first_number("cong-an") for counter in (*counters, fresh)}
    assert firsts == {1, 1 + WIDTH, 1 + 16 * WIDTH}
