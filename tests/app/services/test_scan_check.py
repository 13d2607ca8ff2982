"""The nightly check names what is lost, removes what belongs to nobody, and touches nothing else."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.calendar import parse_calendar
from app.paths import resource
from app.services.outside_view import Alarm, alarms
from app.services.scan_check import (
    EVERY,
    ORPHAN_AGE,
    CheckResult,
    ScanFindings,
    check_scans,
    last_check,
    settle_check,
)
from app.store.queries.papers import confirm_file
from app.store.tables import files
from tests.app.services.scans import page_bytes, scan, scan_and_file
from tests.office import Office, sample_intake


def found(office: Office) -> ScanFindings:
    seen: list[tuple[int, int]] = []
    with office.application.database.reading() as connection:
        findings = check_scans(
            connection, office.application.blobs, lambda *step: seen.append(step), office.clock.now()
        )
    assert [done for done, _ in seen] == list(range(1, findings.checked + 1))
    assert {total for _, total in seen} <= {findings.checked}
    return findings


def settled(office: Office, findings: ScanFindings) -> CheckResult:
    with office.application.database.writing() as connection:
        return settle_check(connection, office.application.blobs, findings)


def age(office: Office, sha256: str, by: timedelta) -> None:
    moment = (office.clock.now() - by).timestamp()
    os.utime(office.application.blobs.path_of(sha256), (moment, moment))


def scan_alarms(office: Office, now: datetime | None = None) -> list[Alarm]:
    calendar = parse_calendar(resource("calendar", "vn.json").read_text(encoding="utf-8"))
    with office.application.database.reading() as connection:
        raised = alarms(
            connection, office.application.enrolled, calendar, "key_store", now or office.clock.now()
        )
    return [alarm for alarm in raised if alarm.code.startswith("scans_")]


def test_a_whole_folder_is_clean_and_nothing_is_removed(office: Office) -> None:
    code = office.receive(sample_intake("một")).dossier.code
    scan_and_file(office, sample_intake("một"), code, "1", seed=1)
    before = list(office.application.blobs.walk())
    findings = found(office)
    assert findings.is_clean and findings.checked == len(before) == 3
    assert settled(office, findings) == CheckResult(office.clock.now(), 3, 0, 0, 0, ())
    assert list(office.application.blobs.walk()) == before
    assert scan_alarms(office) == []


def test_what_is_gone_or_changed_is_named_and_alarms(office: Office) -> None:
    pages = [scan(office, "i", page_bytes(turn), ordinal=turn) for turn in range(1, 6)]
    blobs = office.application.blobs
    gone, changed = pages[1].original.sha256, pages[3].original.sha256
    blobs.remove(gone)
    raw = bytearray(blobs.path_of(changed).read_bytes())
    raw[-1] ^= 1
    blobs.path_of(changed).write_bytes(raw)
    findings = found(office)
    assert (findings.missing, findings.damaged, findings.checked) == ((gone,), (changed,), 5)
    settled(office, findings)
    now = office.clock.now()
    assert scan_alarms(office) == [
        Alarm("scans_missing", {"amount": 1, "at": now}, is_grave=True),
        Alarm("scans_damaged", {"amount": 1, "at": now}, is_grave=True),
    ]
    with office.application.database.reading() as connection:
        result = last_check(connection)
        assert result is not None and result.named == (gone, changed)
        assert len(connection.execute(select(files)).all()) == 5, "no row goes"
    assert blobs.has(changed), "a damaged file stays for whoever can read more of it"


def test_what_the_province_holds_already_is_no_alarm(office: Office) -> None:
    code = office.receive(sample_intake("một")).dossier.code
    (document,) = scan_and_file(office, sample_intake("một"), code, "1", seed=1).documents
    office.application.blobs.remove(document.sha256)
    assert found(office).missing == (document.sha256,)
    with office.application.database.writing() as connection:
        confirm_file(connection, document.sha256, office.clock.now())
    findings = found(office)
    assert findings.is_clean and findings.only_there == 1


@pytest.mark.parametrize(("by", "is_removed"), [
    (timedelta(0), False), (ORPHAN_AGE - timedelta(minutes=1), False), (ORPHAN_AGE + timedelta(minutes=1), True),
])
def test_an_orphan_goes_after_a_day_and_not_before(office: Office, by: timedelta, is_removed: bool) -> None:
    page = scan(office, "i", page_bytes(1))
    orphan = office.application.blobs.put(b"%PDF that nobody filed", "application/pdf")
    for each in (page.original.sha256, orphan.sha256):
        age(office, each, by)
    findings = found(office)
    assert findings.is_clean and findings.orphans == ((orphan.sha256,) if is_removed else ())
    settled(office, findings)
    assert office.application.blobs.has(orphan.sha256) is not is_removed
    assert office.application.blobs.has(page.original.sha256)


def test_an_orphan_that_got_its_row_meanwhile_stays(office: Office) -> None:
    content = page_bytes(1)
    orphan = office.application.blobs.put(content, "image/png")
    age(office, orphan.sha256, timedelta(days=3))
    findings = found(office)
    assert findings.orphans == (orphan.sha256,)
    scan(office, "i", content)
    assert settled(office, findings).orphans_left == 0
    assert office.application.blobs.read(orphan.sha256) == content


def test_an_orphan_that_cannot_be_removed_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = office.application.blobs.put(b"x", "application/pdf")
    age(office, orphan.sha256, timedelta(days=3))

    def refuse(sha256: str) -> None:
        raise PermissionError(sha256)

    monkeypatch.setattr(office.application.blobs, "remove", refuse)
    assert settled(office, found(office)).orphans_left == 1
    assert [alarm.code for alarm in scan_alarms(office)] == ["scans_orphaned"]


def test_leftovers_are_counted_by_the_check_and_swept_when_it_is_settled(office: Office) -> None:
    scan(office, "i", page_bytes(1))
    left = office.application.blobs.incoming / "half"
    left.write_bytes(b"half")
    assert found(office).leftovers == 1
    settled(office, found(office))
    assert found(office).leftovers == 0 and not left.exists()


def test_the_start_page_says_when_nobody_looked_for_a_week(office: Office) -> None:
    assert scan_alarms(office, office.clock.now() + timedelta(days=400)) == [], "no page, nothing to look at"
    scan(office, "i", page_bytes(1))
    first = office.clock.now()
    assert scan_alarms(office, first + EVERY) == []
    later = first + EVERY + timedelta(minutes=1)
    assert scan_alarms(office, later) == [Alarm("scans_unchecked", {"since": first})]
    office.clock.advance(EVERY + timedelta(minutes=1))
    settled(office, found(office))
    assert scan_alarms(office) == []
