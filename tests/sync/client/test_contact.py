"""A contact with the real province: what goes out, what comes in, what is said when the line is down."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from app.domain.dossier import State
from app.domain.vietnam_time import local
from app.services import courier, receipts, reveal
from app.services.counter import load_counter
from app.services.feed import new_notices
from app.services.numbers import leases_left
from app.services.stored_dossier import read_dossier
from app.store.tables import dossiers, number_fates
from sync.client import GatewayClient
from sync.contract.codec import dumps, loads
from sync.contract.limits import RENEW_BELOW_DAYS
from sync.contract.messages import EnrolAnswer, EnrolRequest
from sync.engine import run_once
from sync.enrol import enrol_counter
from sync.errors import CallPerson, TryLater
from sync.gateway.enrolment import enrol as enrol_machine
from sync.gateway.tables import epochs
from tests.office import SetClock
from tests.sync.client.fault_proxy import DROP_AFTER, PASS, FaultProxy
from tests.sync.client.trial import Counter, Place, Trial, fresh_office

Enrol = Callable[..., Counter]


def days_covered(counter: Counter) -> set[int]:
    """How many days after today the leases of each agency reach."""
    application, today = counter.office.application, local(counter.office.clock.now()).date()
    with application.database.reading() as connection:
        return {(each.covered_to - today).days for each in leases_left(connection, application.enrolled, today)}


def test_an_enrolled_counter_can_receive_at_once(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    enrolled = counter.office.application.enrolled
    assert (enrolled.office_name, enrolled.name, len(enrolled.clerks)) == ("Bưu cục Mẫu", "Quầy 1", 2)
    assert len(counter.receive(2)) == 2
    assert min(days_covered(counter)) >= RENEW_BELOW_DAYS


def test_three_hundred_dossiers_go_out_in_batches_once(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    codes = counter.receive(300)
    said = counter.sync()
    assert (said.problem, said.sent, said.already, said.waiting) == ("", 300, 0, 0)
    assert trial.report(counter.place.office)["codes"] == sorted(codes)
    again = counter.sync()
    assert (again.sent, again.already, again.entries, again.leases, again.packages) == (0, 0, 0, 0, 0)


def test_a_correction_a_reprint_and_a_look_reach_the_province_too(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    (code,) = counter.receive()
    application, clock = counter.office.application, counter.office.clock
    with application.database.writing() as connection:
        receipts.ask_reprint(connection, application.enrolled, counter.office.clerk, code, clock.now(),
                             counter.office.noise.randbytes, intent="in-1")
        reveal.reveal_person(connection, application.enrolled, counter.office.clerk, code, "phone",
                             intent="xem-1", now=clock.now(), randomness=counter.office.noise.randbytes)
    assert counter.sync().sent == 3
    assert trial.report(counter.place.office)["by_type"] == {
        "dossier.received": 1, "person.revealed": 1, "receipt.printed": 1,
    }


def test_an_agencys_word_and_the_provinces_code_reach_the_dossier(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    (code,) = counter.receive()
    alias = f"000.00.{10 + counter.place.number}.H99-261123-7777"
    counter.sync()
    trial.post_status(code, "4")
    trial.post_alias(code, alias)
    said = counter.sync()
    assert (said.problem, said.entries) == ("", 2)
    with counter.office.application.database.reading() as connection:
        stored = read_dossier(connection, alias)
        notices = {each.kind: each.origin for each in new_notices(connection)}
    assert (stored.body.code, stored.state) == (code, State.IN_PROCESS)
    assert stored.confirmed_at is not None
    assert notices["status"] == f"agency:cong-an-{counter.place.number}"


def test_colleagues_see_each_others_dossiers_with_their_names(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    codes = one.receive(3) + two.receive(2)
    for counter in (one, two, one):
        assert counter.sync().is_good
    for counter, own in ((one, 3), (two, 2)):
        with counter.office.application.database.reading() as connection:
            rows = connection.execute(select(dossiers.c.code, dossiers.c.is_own)).all()
        assert sorted(row.code for row in rows) == sorted(codes)
        assert sum(row.is_own for row in rows) == own


def test_a_line_that_is_down_is_said_with_tries_and_next_try_and_capture_goes_on(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    counter.move(nobody)
    for attempt in range(1, 4):
        counter.receive()
        said = counter.sync()
        problem = counter.outbox().last_problem
        assert problem is not None
        assert (said.problem, said.needs_person, said.waiting) == ("line_down", False, attempt)
        assert (problem["code"], problem["attempts"]) == ("line_down", attempt)
        assert problem["next_try_at"] >= counter.office.clock.now().isoformat()
        assert said.next_try_seconds is not None and 0 <= said.next_try_seconds <= 2 * 2 ** (attempt - 1)
    counter.move(trial.url)
    assert counter.sync().sent == 3
    assert counter.outbox().last_problem is None


def test_how_far_our_clock_is_off_is_measured_and_written_into_what_follows(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.office.clock.advance(timedelta(minutes=-7))
    counter.sync()
    with counter.office.application.database.reading() as connection:
        enrolled = load_counter(connection)
    assert enrolled is not None and enrolled.clock_offset_ms is not None
    assert abs(enrolled.clock_offset_ms - 7 * 60_000) < 60_000


class GatewayOfThatDay(GatewayClient):
    """The province's own enrolment as it was so many days ago; all that follows is the real gateway of today."""

    def __init__(self, trial: Trial, days: int) -> None:
        super().__init__(trial.url)
        self._opened = trial.opened
        self._then = datetime.now(UTC) - timedelta(days=days)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        with self._opened.database.writing() as connection:
            return loads(EnrolAnswer, dumps(enrol_machine(connection, self._opened.seal, request, self._then)))


def enrolled_days_ago(trial: Trial, place: Place, folder: Path, days: int) -> Counter:
    clock = SetClock(datetime.now(UTC) - timedelta(days=days))
    office = fresh_office(folder, clock)
    with GatewayOfThatDay(trial, days) as client:
        enrol_counter(office.application.database, client, trial.url, trial.code(place.office, "Quầy 1"),
                      device_name="PC", clock=clock)
    office.application = office.application.reread()
    return Counter(place, office)


def test_leases_are_renewed_when_fewer_than_thirty_days_are_left(trial: Trial, tmp_path: Path) -> None:
    counter = enrolled_days_ago(trial, trial.place(), tmp_path, days=20)
    counter.office.clock.at = datetime.now(UTC)
    assert days_covered(counter) == {24}
    assert counter.sync().leases == 2, "one more for each agency"
    assert days_covered(counter) == {44}
    assert counter.sync().leases == 0
    counter.close()


def test_the_fate_of_past_days_is_told_at_the_first_contact_after_them(trial: Trial, tmp_path: Path) -> None:
    counter = enrolled_days_ago(trial, trial.place(), tmp_path, days=3)
    first = local(counter.office.clock.at).date()
    counter.office.clock.at = datetime.now(UTC)
    said = counter.sync()
    assert (said.problem, said.sent, said.waiting) == ("", 3, 0)
    with counter.office.application.database.reading() as connection:
        closed = connection.execute(select(number_fates.c.business_date).distinct()).scalars().all()
    assert sorted(closed) == [(first + timedelta(days=n)).isoformat() for n in range(3)]
    assert trial.report(counter.place.office)["by_type"] == {"numbers.closed": 3}
    counter.close()


def test_our_clock_alone_closes_no_day(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.office.clock.at += timedelta(days=400)     # all leased days are over, says a wrong clock
    counter.sync()
    with counter.office.application.database.reading() as connection:
        closed = connection.execute(select(number_fates)).all()
    assert closed == []
    counter.office.clock.at = datetime.now(UTC)
    assert counter.receive(), "put right, work goes on with the numbers of today"


def test_a_block_is_added_when_most_numbers_of_a_day_are_used(trial: Trial, enrol: Enrol) -> None:
    counter = enrol(trial.place(slots=1000))           # nine numbers a day
    counter.receive(6)
    assert counter.sync().leases == 0
    counter.receive(1)                                 # 7 of 9
    assert counter.sync().leases == 1
    assert len(set(counter.receive(11))) == 11, "2 left and 9 new ones"


def test_two_contacts_at_once_double_nothing(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    two.receive(30)
    two.sync()
    codes = one.receive(120)
    said = []
    threads = [threading.Thread(target=lambda: said.append(one.sync())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.sync_until_quiet() <= 3
    assert {each.problem for each in said} <= {"", "device_busy"}
    assert trial.report(place.office)["by_type"]["dossier.received"] == 150
    with one.office.application.database.reading() as connection:
        held = connection.execute(select(dossiers.c.code)).scalars().all()
    assert len(held) == len(set(held)) == 150
    assert set(codes) <= set(held)


class TestEnrolment:
    @pytest.mark.parametrize("code", ["", "KQ7M-3F9X-W2PD", "không phải mã", "x" * 64])
    def test_a_wrong_code_leaves_the_book_as_it_was(self, trial: Trial, tmp_path: Path, code: str) -> None:
        office = fresh_office(tmp_path / "new", SetClock())
        with GatewayClient(trial.url) as client, pytest.raises(CallPerson, match="code_wrong"):
            enrol_counter(office.application.database, client, trial.url, code, device_name="PC",
                          clock=office.clock)
        assert office.application.reread().counter is None
        office.application.close()

    def test_a_lost_answer_costs_nothing_the_same_code_may_be_tried_again(
        self, trial: Trial, tmp_path: Path,
    ) -> None:
        office = fresh_office(tmp_path / "new", SetClock())
        place = trial.place()
        code = trial.code(place.office, "Quầy 1")
        with FaultProxy(trial.url, lambda asked: DROP_AFTER if asked.count <= 2 else PASS) as line:
            for _ in range(2):
                with GatewayClient(line.url) as client, pytest.raises(TryLater):
                    enrol_counter(office.application.database, client, line.url, code, device_name="PC",
                                  clock=office.clock)
            with GatewayClient(line.url) as client:
                counter = enrol_counter(office.application.database, client, line.url, code, device_name="PC",
                                        clock=office.clock)
        with trial.opened.database.reading() as connection:
            of_device = select(epochs.c.epoch).where(epochs.c.device == counter.device)
            begun = connection.execute(of_device).scalars().all()
        assert (begun, counter.name) == ([counter.epoch], "Quầy 1"), "one epoch, however often it was asked for"
        office.application.close()

    def test_a_code_used_by_another_machine_is_refused(self, trial: Trial, tmp_path: Path) -> None:
        place = trial.place()
        code = trial.code(place.office, "Quầy 1")
        offices = [fresh_office(tmp_path / name, SetClock()) for name in ("a", "b")]
        with GatewayClient(trial.url) as client:
            enrol_counter(offices[0].application.database, client, trial.url, code, device_name="PC",
                          clock=offices[0].clock)
            with pytest.raises(CallPerson, match="code_used"):
                enrol_counter(offices[1].application.database, client, trial.url, code, device_name="PC",
                              clock=offices[1].clock)
        for office in offices:
            office.application.close()

    def test_packages_that_do_not_arrive_do_not_undo_an_enrolment(self, trial: Trial, tmp_path: Path) -> None:
        office = fresh_office(tmp_path / "new", SetClock())
        place = trial.place()
        with (
            FaultProxy(trial.url, lambda asked: PASS if asked.count == 1 else DROP_AFTER) as line,
            GatewayClient(line.url) as client,
        ):
            counter = enrol_counter(
                office.application.database, client, line.url, trial.code(place.office, "Quầy 1"),
                device_name="PC", clock=office.clock,
            )
        assert office.application.reread().enrolled.device == counter.device
        office.application.close()


def test_a_disk_that_takes_nothing_is_told_and_does_not_end_the_courier(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(2)
    engine = counter.office.application.database._engine

    def read_only(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    event.listen(engine, "checkout", read_only)
    said = counter.sync()
    assert (said.problem, said.needs_person, said.waiting) == ("database_readonly", True, 2)
    assert said.next_try_seconds is not None
    event.remove(engine, "checkout", read_only)
    with counter.office.application.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    assert counter.sync().sent == 2


def test_a_book_that_is_not_enrolled_says_so_without_asking_anyone(tmp_path: Path) -> None:
    office = fresh_office(tmp_path / "new", SetClock())
    said = run_once(office.application.database, office.clock)
    office.application.close()
    assert (said.problem, said.needs_person, said.next_try_seconds) == ("not_enrolled", True, None)


def test_the_address_of_the_province_can_move_the_token_stays(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        counter.receive()
        assert counter.sync().sent == 1
        with counter.office.application.database.reading() as connection:
            held = courier.gateway_of(connection)
        assert held is not None and held.url == line.url
        assert all(b"Authorization: Bearer " in asked.raw for asked in line.asked)
