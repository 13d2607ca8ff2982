"""A number of a day is leased once, to one machine, for ever."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.domain.lease import Lease
from sync.contract.office_file import OfficeAgency
from sync.gateway.leases import add_extra_blocks, leases_of, renew_leases
from sync.gateway.offices import keep_office
from sync.gateway.opening import Opened, open_gateway
from tests.gateway_process import office
from tests.sync.gateway.conftest import MORNING, InProcess
from tests.sync.gateway.counterpart import usage

TODAY = date(2026, 9, 21)


def leases_in(answer: Any) -> list[Lease]:
    return [Lease.from_payload(signed.payload) for signed in answer.leases]


def test_a_counter_holds_45_days_and_gets_more_when_under_30_remain(gateway: InProcess) -> None:
    counter = gateway.counter()
    first = leases_in(counter.hello())
    assert {(lease.date_from, lease.date_to) for lease in first} == {(TODAY, TODAY + timedelta(44))}
    gateway.advance(days=14)
    assert leases_in(counter.hello()) == first
    gateway.advance(days=1)
    renewed = leases_in(counter.hello())
    assert renewed[0] == first[0]
    assert [(lease.agency, lease.date_from, lease.date_to, lease.lo, lease.hi) for lease in renewed[:2]] == [
        ("cong-an", TODAY, TODAY + timedelta(44), 1, 499),
        ("cong-an", TODAY + timedelta(45), TODAY + timedelta(59), 1, 499)]
    assert leases_in(counter.hello()) == renewed


def test_counters_and_epochs_have_different_slots(gateway: InProcess) -> None:
    ranges = [(lease.lo, lease.hi) for name in ("Quầy 1", "Quầy 2", "Quầy 1", "Quầy 1")
              for lease in leases_in(gateway.counter(name).answer) if lease.agency == "cong-an"]
    assert ranges == [(1, 499), (500, 998), (999, 1497), (1498, 1996)]


def test_seventy_percent_used_brings_one_more_block_for_that_day(gateway: InProcess) -> None:
    counter = gateway.counter()
    before = leases_in(counter.hello(lease_usage=(usage("cong-an", TODAY, 349),)))
    assert len(before) == 2
    after = leases_in(counter.hello(lease_usage=(usage("cong-an", TODAY, 350),)))
    extra = [lease for lease in after if lease not in before]
    assert [(each.agency, each.date_from, each.date_to, each.lo, each.hi) for each in extra] == [
        ("cong-an", TODAY, TODAY, 7486, 7984)], "from the top, but for the reserve"
    assert leases_in(counter.hello(lease_usage=(usage("cong-an", TODAY, 350),))) == after
    third = leases_in(counter.hello(lease_usage=(usage("cong-an", TODAY, 700),)))
    assert len(third) == 4


def test_usage_of_foreign_agencies_or_days_brings_nothing(gateway: InProcess) -> None:
    counter = gateway.counter()
    far = TODAY + timedelta(400)
    said = counter.hello(lease_usage=(usage("khong-co", TODAY, 9999), usage("cong-an", far, 9999),
                                      usage("cong-an", TODAY - timedelta(1), 9999)))
    assert len(said.leases) == 2


def test_when_slots_run_out_the_others_are_still_leased(gateway: InProcess) -> None:
    gateway.add_office(id="bc-nho", agencies=[{"id": "nho", "name": "Nhỏ", "code": "H47.99", "slots": 2},
                                              {"id": "to", "name": "To", "code": "H47.98"}])
    counts = [len(gateway.counter(f"Quầy {n}", "bc-nho").hello().leases) for n in (1, 2, 3)]
    assert counts == [2, 2, 1]


def test_a_slot_of_an_ended_epoch_is_leased_again_only_for_days_after_it(gateway: InProcess) -> None:
    gateway.add_office(id="bc-nho", agencies=[{"id": "nho", "name": "Nhỏ", "code": "H47.99", "slots": 1}])
    gateway.counter("Quầy 1", "bc-nho")
    waiting = gateway.counter("Quầy 2", "bc-nho")
    assert waiting.hello().leases == ()
    gateway.advance(days=44)
    assert waiting.hello().leases == ()
    gateway.advance(days=1)
    (lease,) = leases_in(waiting.hello())
    assert (lease.date_from, lease.lo) == (TODAY + timedelta(45), 1)


def test_slots_cannot_be_cut_anew_once_numbers_are_leased(gateway: InProcess) -> None:
    gateway.counter()
    changed = office()
    changed["agencies"][0]["slots"] = 10
    with gateway.opened.database.writing() as connection:
        try:
            keep_office(connection, changed)
            code = ""
        except Exception as error:
            code = str(error)
    assert code == "agency_differs"


STEPS = st.lists(st.one_of(
    st.tuples(st.just("enrol"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("days"), st.integers(1, 60), st.just(0)),
    st.tuples(st.just("hello"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("usage"), st.integers(0, 30), st.integers(0, 44)),
), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_number_of_a_day_is_ever_leased_twice(steps: list[tuple[str, int, int]], tmp_path: Path) -> None:
    opened = _shared(tmp_path)
    served = [OfficeAgency("a", "A", "H47.1", 4), OfficeAgency("b", "B", "H47.2", 3)]
    holders: list[tuple[str, int]] = []
    today = TODAY
    with opened.database.engine.connect() as connection, connection.begin() as all_of_it:
        for what, first, second in steps:
            if what == "enrol":
                device = f"c{first}"
                holders.append((device, 1 + sum(1 for held, _ in holders if held == device)))
                renew_leases(connection, opened.seal, holders[-1], served, today)
            elif what == "days":
                today += timedelta(first)
            elif holders:
                holder = holders[first % len(holders)]
                renew_leases(connection, opened.seal, holder, served, today)
                if what == "usage":
                    used = [usage("a", today + timedelta(second), 9_999)]
                    add_extra_blocks(connection, opened.seal, holder, served, used, today)
        owners: dict[tuple[str, date, int], tuple[str, int]] = defaultdict(lambda: ("", 0))
        for payload in connection.execute(text("SELECT payload FROM leases")).scalars():
            lease = Lease.from_payload(payload)
            for offset in range((lease.date_to - lease.date_from).days + 1):
                for number in (lease.lo, lease.hi):
                    key = (lease.agency, lease.date_from + timedelta(offset), number)
                    assert key not in owners, f"leased twice: {key}"
                    owners[key] = (lease.device, lease.epoch)
        for holder in holders:
            for signed in leases_of(connection, holder, today):
                fields = json.loads(signed.payload)
                assert (fields["device"], fields["epoch"]) == holder
        all_of_it.rollback()


def _shared(folder: Path) -> Opened:
    """One SQLite file for all examples: each leaves it as it was."""
    opened = open_gateway(folder, None, MORNING)
    with opened.database.writing() as connection:
        agencies = [{"id": "a", "name": "A", "code": "H47.1", "slots": 4},
                    {"id": "b", "name": "B", "code": "H47.2", "slots": 3}]
        keep_office(connection, office(agencies=agencies))
    return opened
