from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete

from app.domain.lease import Lease
from app.domain.operation import Type
from app.errors import Refusal
from app.services import courier
from app.services.feed import Cursor, FeedLine, take_page
from app.services.outside_view import Alarm, alarms, judged_of, outside_of, settle_verdict
from app.store import journal as book
from app.store.tables import leases
from tests.app.store.test_outbox import verdict
from tests.office import MORNING, Office, SetClock, office_in, sample_intake


def alarms_now(office: Office, connection: Connection, *, key_place: str = "key_store") -> tuple[Alarm, ...]:
    application = office.application.reread()
    return alarms(
        connection, application.enrolled, application.rules.calendar, key_place, office.clock.now()
    )


def codes_now(office: Office, connection: Connection, *, key_place: str = "key_store") -> set[str]:
    # What the shipped calendar says of next year changes with the shipped calendar.
    return {
        alarm.code for alarm in alarms_now(office, connection, key_place=key_place)
        if not alarm.code.startswith("calendar_")
    }


def take(office: Office, *lines: FeedLine) -> None:
    with office.application.database.writing() as connection:
        take_page(
            connection, lines, Cursor("nhà-1", lines[-1].position), office.clock.now(), device="quay-1"
        )


def test_what_the_province_said_about_a_dossier_stands_in_its_order(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        at = "2026-11-23T02:30:00.000+00:00"
        take(office, FeedLine("nhà-1", 1, "status", "agency:cong-an", at, {"number": code, "status": 4}))
        office.clock.advance(timedelta(hours=1))
        alias = {"number": code, "alias": "H47.15-261123-9131"}
        take(office, FeedLine("nhà-1", 2, "alias", "province", "", alias))
        with office.application.database.reading() as connection:
            said = outside_of(connection, code)
            assert outside_of(connection, "H47.15-261123-0404") == ()
    assert [(line.kind, line.origin, line.values.get("status")) for line in said] == [
        ("status", "agency:cong-an", 4), ("alias", "province", None),
    ]


def test_a_refused_operation_leaves_the_count_only_by_a_person_and_with_a_word(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        take(office, verdict(1, "refused", 1, reason="number_taken"))
        counter = office.application.enrolled
        with office.application.database.writing() as connection:
            line = judged_of(connection, "000.00.15.H47-261123-0001")[0]
            given = {"now": office.clock.now(), "randomness": office.noise.randbytes}
            with pytest.raises(Refusal, match="reason_missing"):
                settle_verdict(connection, counter, office.clerk, line.op_id, "  ", intent="s", **given)
            assert courier.outbox(connection, counter).needs_person == 1
            for _ in range(3):
                settle_verdict(connection, counter, office.clerk, line.op_id, "đã gọi tỉnh", intent="s", **given)
            assert courier.outbox(connection, counter).needs_person == 0
            assert judged_of(connection, code) == ()
            kept = book.by_intent(connection, "s")
            assert book.head(connection, counter.device, counter.epoch).seq == 2
            with pytest.raises(Refusal, match="verdict_unknown"):
                settle_verdict(connection, counter, office.clerk, line.op_id, "lần nữa", intent="t", **given)
    assert kept is not None and kept.header.type == Type.NOTICE_SEEN and kept.header.staff == "nv-1"
    assert kept.body["note"] == "đã gọi tỉnh" and kept.body["code"] == code


def test_a_quiet_morning_has_no_alarm(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        assert codes_now(office, connection) == set()


def test_a_key_in_a_file_is_said(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        assert codes_now(office, connection, key_place="file") == {"key_in_file"}


@pytest.mark.parametrize(("offset_ms", "code"), [
    (600_000, "clock_slow"), (-600_000, "clock_fast"), (60_000, None), (None, None),
])
def test_a_clock_that_differs_from_the_province_by_more_than_two_minutes_is_grave(
    tmp_path: Path, offset_ms: int | None, code: str | None
) -> None:
    with office_in(tmp_path) as office:
        if offset_ms is not None:
            with office.application.database.writing() as connection:
                courier.note_contact(connection, office.clock.now(), offset_ms)
        with office.application.database.reading() as connection:
            found = {alarm.code for alarm in alarms_now(office, connection) if alarm.is_grave}
    assert found == ({code} if code else set())


def test_a_clock_behind_the_book_is_grave_and_comes_first(tmp_path: Path) -> None:
    clock = SetClock()
    with office_in(tmp_path, clock=clock) as office:
        office.receive(sample_intake("a"))
        clock.at -= timedelta(days=2)
        with office.application.database.reading() as connection:
            found = alarms_now(office, connection, key_place="file")
    assert found[0].code == "clock_behind_book" and found[0].is_grave


@pytest.mark.parametrize(("hi", "received", "code"), [
    (20, 18, "numbers_few"), (3, 3, "numbers_gone"), (20, 5, ""),
])
def test_numbers_that_run_low_are_said_before_they_are_gone(
    tmp_path: Path, hi: int, received: int, code: str
) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            connection.execute(delete(leases))
            payload, signature = office.province.lease("cong-an", 1, hi)
            _keep(connection, payload, signature)
        for turn in range(received):
            office.receive(sample_intake(f"i{turn}"))
        with office.application.database.reading() as connection:
            assert codes_now(office, connection) == ({code} if code else set())


def test_a_lease_that_ends_within_a_week_is_said(tmp_path: Path) -> None:
    clock = SetClock(MORNING + timedelta(days=40))
    with office_in(tmp_path, clock=clock) as office, office.application.database.reading() as connection:
        found = [alarm for alarm in alarms_now(office, connection) if alarm.code == "lease_ends"]
    assert {alarm.values["agency"] for alarm in found} == {"cong-an", "so-xay-dung"}


def test_a_counter_without_numbers_says_so(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            connection.execute(delete(leases))
        with office.application.database.reading() as connection:
            assert codes_now(office, connection) == {"numbers_none"}


@pytest.mark.parametrize(("problem", "found"), [("fork", {"sync_stopped"}), ("line_down", set())])
def test_only_a_problem_that_time_does_not_mend_is_an_alarm(tmp_path: Path, problem: str, found: set[str]) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            courier.note_problem(connection, problem, {"seq": 3}, office.clock.now(), None)
        with office.application.database.reading() as connection:
            assert codes_now(office, connection) == found


def test_a_province_not_reached_for_days_is_said(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            courier.note_contact(connection, datetime(2026, 11, 18, 2, 0, tzinfo=UTC), 0)
        with office.application.database.reading() as connection:
            assert codes_now(office, connection) == {"contact_old"}


def _keep(connection: Connection, payload: str, signature: bytes) -> None:
    lease = Lease.from_payload(payload)
    connection.execute(leases.insert().values(
        lease_id=lease.lease_id, agency=lease.agency, epoch=lease.epoch, date_from=lease.date_from.isoformat(),
        date_to=lease.date_to.isoformat(), lo=lease.lo, hi=lease.hi, payload=payload, signature=signature,
    ))
