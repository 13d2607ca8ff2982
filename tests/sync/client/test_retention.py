"""Over the real line: what the province holds leaves the counter on its day; a province that forgets is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.services import file_courier
from app.services.life import withdrawal
from sync import retention
from sync.gateway.offices import keep_office
from tests.app.services.scans import file_stacks, page_bytes, scan, stack_of
from tests.gateway_process import office as office_file
from tests.office import SetClock
from tests.sync.client.scans import at_province
from tests.sync.client.trial import Counter, Place, Trial

Enrol = Callable[..., Counter]


def test_scans_leave_behind_the_contact_that_finds_their_time_over(trial: Trial, enrol: Enrol) -> None:
    place = trial.place()
    _set_term(trial, place, 30)
    counter = enrol(place, clock=SetClock(datetime.now(UTC) - timedelta(days=40)))
    office = counter.office
    application = office.application
    counter.sync()                         # its clock is known to be behind from now on
    counter.reread()
    (code,) = counter.receive(change=lambda intake: replace(intake, intent="form-thử"))
    page = scan(office, "form-thử", page_bytes(77))
    paper = file_stacks(office, code, "1", stack_of(office, page), intent="nộp")
    _withdraw(counter, code)
    counter.sync_until_quiet()
    assert application.blobs.size_on_disk() > 0
    office.clock.advance(timedelta(days=29))
    counter.sync()
    assert application.blobs.has(page.original.sha256), "not a day too early"
    office.clock.advance(timedelta(days=1))
    counter.sync_until_quiet()
    assert list(application.blobs.walk()) == []
    counter.sync_until_quiet()
    box = counter.outbox()
    assert (box.files_waiting, box.unsent, box.needs_person) == (0, 0, 0), "the line went out and is good"
    document = paper.documents[0]
    assert at_province(trial, document).is_file()      # type: ignore[arg-type]
    with application.database.writing() as connection:
        file_courier.send_again(connection, [document.sha256])         # it says that it has lost it
        at_province(trial, document).unlink()            # type: ignore[arg-type]
        file_courier.set_aside(connection, document.sha256, "blob_missing", office.clock.now())
        assert file_courier.asides(connection)[document.sha256].code == "file_purged"


def test_what_keeps_scans_from_leaving_keeps_no_name_in_a_list(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """On Windows a scan that a viewer holds open cannot be removed."""
    asked = []

    def held_open(*_: object) -> None:
        raise PermissionError(13, "in use")

    def unlisted(*_: object) -> None:
        asked.append(True)

    monkeypatch.setattr(retention, "purge_batch", held_open)
    monkeypatch.setattr(retention, "unlist_batch", unlisted)
    nothing: Any = None
    retention.purge_when_due(nothing, nothing, nothing, SetClock(), random.Random(7).randbytes)
    assert asked == [True] and "PermissionError" in caplog.text


def _set_term(trial: Trial, place: Place, days: int) -> None:
    with trial.opened.database.writing() as connection:
        keep_office(connection, office_file(
            id=place.office,
            agencies=[{"id": each.id, "name": each.name, "code": each.identifiers[0], "slots": 20}
                      for each in place.catalogue.agencies],
            counters=["Quầy 1"], retention={"scan_days": days},
        ))


def _withdraw(counter: Counter, code: str) -> Any:
    office = counter.office
    with office.application.database.writing() as connection:
        return withdrawal.withdraw(
            connection, office.application.enrolled, office.clerk, code, "Đổi ý", "Nguyễn Thị Mẫu Ánh",
            papers_given_back=True, intent="rút", now=office.clock.now(), randomness=office.noise.randbytes,
        )
