"""What does not move by itself: each cause once, nothing that the courier or the line mends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.day_comparison import Difference
from app.domain.day_comparison import Kind as Day
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import bundles, courier, file_courier, forks, mass_change, second_copy, standing
from app.services.feed import Cursor, take_page
from app.services.mass_change import Change
from app.services.reconcile import note_comparison
from app.services.standing import Reason
from app.services.stuck import Kind, Stuck, stuck
from tests.app.store.test_outbox import verdict
from tests.office import Office, office_in, sample_intake

AMOUNT = 4


def stuck_now(office: Office) -> tuple[Stuck, ...]:
    with office.application.database.reading() as connection:
        return stuck(connection, office.application.enrolled, office.clock.now())


def kinds(office: Office) -> list[tuple[Kind, Turn, int]]:
    return [(line.kind, line.turn, line.amount) for line in stuck_now(office)]


Make = Callable[[Connection, Office], object]


def problem(code: str) -> Make:
    return lambda connection, office: courier.note_problem(connection, code, {"seq": 3}, office.clock.now(), None)


def stop(reason: str) -> Make:
    return lambda connection, office: standing.stop_numbers(connection, reason, {"seq": 3}, office.clock.now())


def fork(kept: int) -> Make:
    def make(connection: Connection, office: Office) -> None:
        forks.note_fork(connection, 1, 2, office.clock.now())
        forks.note_kept(connection, 1, kept)

    return make


def park(connection: Connection, office: Office) -> None:
    op = courier.waiting(connection, office.application.enrolled, epoch=1, after=2, limit=1)[0]
    courier.set_aside(connection, op.seq, op.op_id, "unread", office.clock.now())


def files(connection: Connection, office: Office) -> None:
    for number, code in enumerate(("blob_missing", "file_unnamed", "file_unnamed")):
        file_courier.set_aside(connection, f"{number:064d}", code, office.clock.now())


def copy(connection: Connection, office: Office) -> None:
    second_copy.choose(connection, Path("/nơi"), "ổ-1")
    second_copy.note_problem(connection, "second_copy_missing", {"place": "/nơi"}, office.clock.now())


def bundle(connection: Connection, office: Office) -> None:
    for reached in (AMOUNT, 1):
        number = bundles.begin_bundle(connection, office.clock.now())
        bundles.note_made(connection, number, str(number), operations=reached, reached={1: reached}, carried=(),
                          size=9, place="/nơi")
    courier.confirm(connection, office.application.enrolled, 1, 1, office.clock.now())
    bundles.begin_bundle(connection, office.clock.now())


@pytest.mark.parametrize(("makes", "found"), [
    ([problem("line_down")], []),
    ([problem("tls_refused")], [(Kind.SENDING, Turn.MACHINE, 1)]),
    ([problem("device_revoked")], [(Kind.SENDING, Turn.COUNTER, 1)]),
    ([problem("mass_change")], []),
    ([stop(Reason.FORK), problem("fork")], [(Kind.NUMBERS, Turn.COUNTER, 1)]),
    ([stop(Reason.FORK), problem("tls_refused")],
     [(Kind.NUMBERS, Turn.COUNTER, 1), (Kind.SENDING, Turn.MACHINE, 1)]),
    ([stop(Reason.FORK), fork(AMOUNT)], [(Kind.NUMBERS, Turn.COUNTER, 1)]),
    ([fork(AMOUNT)], [(Kind.BRANCH, Turn.PROVINCE, 3)]),
    ([fork(3)], [(Kind.BRANCH, Turn.COUNTER, 3)]),
    ([park], [(Kind.PARKED, Turn.PROVINCE, 1)]),
    ([files], [(Kind.FILES, Turn.MACHINE, 1), (Kind.FILES, Turn.PROVINCE, 2)]),
    ([copy], [(Kind.SECOND_COPY, Turn.COUNTER, 1)]),
    ([bundle], [(Kind.BUNDLE, Turn.COUNTER, AMOUNT)]),
])
def test_each_cause_stands_there_once(
    tmp_path: Path, makes: list[Make], found: list[tuple[Kind, Turn, int]]
) -> None:
    with office_in(tmp_path) as office:
        for number in range(AMOUNT):
            office.receive(sample_intake(f"i{number}"))
        with office.application.database.writing() as connection:
            for make in makes:
                make(connection, office)
        assert kinds(office) == found


def test_a_branch_leaves_the_list_as_it_is_adopted(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for number in range(AMOUNT):
            office.receive(sample_intake(f"i{number}"))
        with office.application.database.writing() as connection:
            fork(AMOUNT)(connection, office)
            ours = courier.waiting(connection, office.application.enrolled, epoch=1, after=1, limit=9)
        left = []
        for op in ours:
            with office.application.database.writing() as connection:
                courier.confirm(connection, office.application.enrolled, 1, op.seq, office.clock.now())
            left.append([line.amount for line in stuck_now(office)])
    assert left == [[2], [1], []]


def test_what_the_province_sent_back_and_holds(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for number in range(2):
            office.receive(sample_intake(f"i{number}"))
        lines = [verdict(1, "refused", 1), verdict(2, "held", 2)]
        with office.application.database.writing() as connection:
            take_page(connection, lines, Cursor("nhà-1", 2), office.clock.now(), device="quay-1")
        assert {(line.reason, line.turn) for line in stuck_now(office)} == {
            ("refused", Turn.COUNTER), ("held", Turn.PROVINCE)}


def test_the_oldest_stands_first_and_a_landslide_with_its_count(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            mass_change.hold_pull(connection, "nhà-1", 9, (Change("a", 2, 9),) * 60, office.clock.now())
        office.clock.advance(timedelta(minutes=1))
        with office.application.database.writing() as connection:
            stop(Reason.STALE_EPOCH)(connection, office)
        assert kinds(office) == [(Kind.PULL, Turn.COUNTER, 60), (Kind.NUMBERS, Turn.COUNTER, 1)]


def test_days_that_differ_stand_once_for_each_cause_that_no_other_row_tells(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        now, today = office.clock.now(), local(office.clock.now()).date()
        found = [
            Difference(today.isoformat(), kind, f"x-{number}", whose, reason)
            for number, (kind, whose, reason) in enumerate((
                (Day.MISSING_THERE, Turn.COUNTER, "unsent"), (Day.MISSING_THERE, Turn.PROVINCE, "parked"),
                (Day.MISSING_THERE, Turn.PROVINCE, "held"), (Day.MISSING_THERE, Turn.PROVINCE, "beside"),
                (Day.FILES, Turn.COUNTER, "waiting"), (Day.FILES, Turn.COUNTER, "other_counter"),
                (Day.VERDICT, Turn.COUNTER, "refused"), (Day.OPERATIONS, Turn.COUNTER, "unsent"),
                (Day.FILES, Turn.MACHINE, "gone"), (Day.FEE, Turn.MACHINE, "differs"),
                (Day.FEE, Turn.MACHINE, "differs"), (Day.SUM, Turn.MACHINE, "fee"),
            ))
        ]
        with office.application.database.writing() as connection:
            note_comparison(connection, [today.isoformat()], {}, {}, found, now, today)
        assert kinds(office) == [(Kind.DAY, Turn.MACHINE, amount) for amount in (2, 1, 1)]
        office.clock.advance(timedelta(hours=1))
        with office.application.database.writing() as connection:
            note_comparison(connection, [today.isoformat()], {}, {}, found[9:10], office.clock.now(), today)
        (line,) = stuck_now(office)
        assert (line.reason, line.since, line.amount) == ("fee.differs", now, 1)


@pytest.mark.parametrize(("days", "found"), [(2, []), (4, [Kind.CONTACT])])
def test_days_without_a_contact(tmp_path: Path, days: int, found: list[Kind]) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            courier.note_contact(connection, office.clock.now() - timedelta(days=days), 0)
        assert [line.kind for line in stuck_now(office)] == found
