from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.services import courier
from app.services.counter import load_counter
from app.services.epochs import prepare_epoch, take_epoch
from app.services.numbers import store_lease
from app.store import journal as book
from app.store.queries.dossiers import DossierList, count, reach
from app.store.queries.outbox import waiting_page
from tests.office import Office, office_in, sample_intake


def receive(office: Office, amount: int, name: str = "i") -> None:
    for turn in range(amount):
        office.receive(sample_intake(f"{name}{turn}"))


def agree(office: Office, seq: int) -> None:
    """The province's word, as the core takes it: confirm, or count as unsent again."""
    with office.application.database.writing() as connection:
        counter = office.application.enrolled
        if seq < courier.confirmed_seq(connection, counter.device, counter.epoch):
            courier.resend_from(connection, counter, counter.epoch, seq)
        courier.confirm(connection, counter, counter.epoch, seq, office.clock.now())


def unsent(office: Office) -> tuple[int, int, int]:
    """(operations waiting, dossiers waiting, dossiers confirmed)."""
    with office.application.database.reading() as connection:
        box = courier.outbox(connection, office.application.enrolled)
    return box.unsent, box.unsent_dossiers, box.confirmed_dossiers


def test_what_is_not_confirmed_waits_with_its_exact_bytes(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, 5)
        agree(office, 2)
        counter = office.application.enrolled
        with office.application.database.reading() as connection:
            waiting = courier.waiting(connection, counter, epoch=1, after=2, limit=2)
            lines = book.after(connection, counter.device, counter.epoch, 2, 2)
    assert [(each.seq, each.payload, each.signature) for each in waiting] == [
        (line.seq, line.payload, line.signature) for line in lines
    ]
    assert [each.seq for each in waiting] == [3, 4]


def test_the_oldest_unsent_is_the_first_that_waits(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        begun = office.clock.now()
        for turn in range(3):
            office.receive(sample_intake(f"i{turn}"))
            office.clock.advance(timedelta(minutes=10))
        agree(office, 1)
        with office.application.database.reading() as connection:
            box = courier.outbox(connection, office.application.enrolled)
    assert box.oldest_unsent_at == begun + timedelta(minutes=10)
    assert (box.dossiers, box.confirmed_dossiers, box.unsent_dossiers, box.unsent) == (3, 1, 2, 2)


def test_a_restored_province_makes_confirmed_ones_wait_again(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, 6)
        agree(office, 4)
        agree(office, 6)
        assert unsent(office) == (0, 0, 6)
        agree(office, 3)
        assert unsent(office) == (3, 3, 3)
        agree(office, 0)
        assert unsent(office) == (6, 6, 0)


def test_operations_of_a_former_epoch_stay_in_the_count_until_they_are_confirmed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, 3)
        agree(office, 1)
        with office.application.database.writing() as connection:
            counter = office.application.enrolled
            prepare_epoch(connection, counter, "fork", office.noise.randbytes)
            take_epoch(connection, counter, 2, "thẻ mới")
            lease = office.province.lease("cong-an", 500, 998, epoch=2)
            office.application.counter = load_counter(connection)
            store_lease(connection, office.application.enrolled, *lease)
        receive(office, 2, "sau")
        assert unsent(office) == (4, 4, 1)
        with office.application.database.writing() as connection:
            counter = office.application.enrolled
            courier.confirm(connection, counter, 1, 3, office.clock.now())
        assert unsent(office) == (2, 2, 3)
        with office.application.database.reading() as connection:
            known = reach(connection, counter.device, counter.epoch, "2026-11-23")
            assert [line.seq for line in waiting_page(connection, known)] == [1, 2]
            assert count(connection, DossierList.UNSENT, known) == 2


def test_nobody_can_confirm_what_was_never_written(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, 2)
        with (
            pytest.raises(Refusal, match="confirmed_unknown"),
            office.application.database.writing() as connection,
        ):
            courier.confirm(connection, office.application.enrolled, 1, 3, office.clock.now())
        assert unsent(office) == (2, 2, 0)


def test_a_problem_is_remembered_with_its_tries_until_a_good_contact(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.writing() as connection:
        begun = office.clock.now()

        def problem() -> dict[str, object]:
            held = courier.outbox(connection, office.application.enrolled).last_problem
            assert held is not None
            return dict(held)

        for turn in range(3):
            office.clock.advance(timedelta(seconds=turn))
            courier.note_problem(connection, "line_down", {}, office.clock.now(), begun + timedelta(hours=1))
        assert (problem()["attempts"], problem()["since"]) == (3, begun.isoformat())
        assert problem()["next_try_at"] == (begun + timedelta(hours=1)).isoformat()
        courier.note_problem(connection, "busy", {"n": 1}, office.clock.now(), None)
        assert (problem()["attempts"], problem()["values"]) == (1, {"n": 1})
        courier.note_contact(connection, office.clock.now(), -1500)
        box = courier.outbox(connection, office.application.enrolled)
    assert (box.last_problem, box.last_contact_at) == (None, begun + timedelta(seconds=3))


def test_used_numbers_are_told_so_that_a_block_can_come_in_time(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, 3)
        office.receive(sample_intake("x", procedure="1.013225"))
        with office.application.database.reading() as connection:
            usage = courier.lease_usage(connection, office.application.enrolled)
    assert sorted(usage) == [("cong-an", "2026-11-23", 3), ("so-xay-dung", "2026-11-23", 1)]


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.one_of(st.just("receive"), st.integers(0, 12)), max_size=25))
def test_waiting_and_confirmed_always_add_up(
    tmp_path_factory: pytest.TempPathFactory, steps: list[object],
) -> None:
    with office_in(tmp_path_factory.mktemp("agree")) as office:
        written = held = 0
        for turn, step in enumerate(steps):
            if step == "receive":
                receive(office, 1, f"{turn}-")
                written += 1
            else:
                assert isinstance(step, int)
                held = min(step, written)
                agree(office, held)
            assert unsent(office) == (written - held, written - held, held)
