"""Scans leave this machine once the province has them and their time is over: journalled, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from app.domain.digitised import PDF
from app.services import file_courier
from app.services.backup.scans import copy_scans, let_scans_go
from app.services.filed_paper import Custody, filed_paper
from app.services.rebuild import rebuild
from app.services.retention.purging import last_run, remove_journalled
from app.services.scan_check import check_scans, settle_check
from app.services.stored_papers import completeness
from app.store.blobs import BlobStore
from app.store.projection_retention import purged_files
from app.store.tables import files, verdicts
from tests.app.services.retention.desk import DAYS, PROVINCE, KeepingDesk
from tests.app.services.scans import file_stacks, page_bytes, scan, stack_of
from tests.office import Office, sample_intake


@pytest.fixture
def desk(office: Office) -> KeepingDesk:
    return KeepingDesk(office)


def test_scans_of_a_finished_dossier_leave_when_their_time_is_over(desk: KeepingDesk) -> None:
    code = desk.ended("a", 1)
    desk.confirm()
    before = desk.here()
    desk.wait(DAYS - 1)
    assert desk.run() is not None and desk.here() == before
    desk.wait(1)
    done = desk.run()
    assert done is not None and (done.dossiers, done.files, done.is_done) == (1, len(before), True)
    assert desk.here() == set() and desk.gone() == before
    (line,) = desk.lines()
    assert line.header.staff == "system" and line.body["days"] == DAYS
    assert line.body["dossiers"] == [{"code": code, "digests": sorted(before)}]
    assert "Nguyễn" not in json.dumps(line.body, ensure_ascii=False) and "049190004217" not in line.payload


def test_without_a_term_nothing_leaves(office: Office) -> None:
    desk = KeepingDesk(office, days=None)
    desk.ended("a", 1)
    desk.confirm()
    desk.wait(4_000)
    assert desk.run() is None and len(desk.here()) == 3 and desk.lines() == []


def test_what_was_purged_is_not_missing_and_counts_as_before(desk: KeepingDesk, office: Office) -> None:
    code = desk.ended("a", 1)
    desk.confirm()
    with desk.reading() as connection:
        complete = completeness(connection, code)
    desk.wait(DAYS)
    desk.run()
    with desk.reading() as connection:
        assert completeness(connection, code) == complete and complete.files_confirmed == 1
        newest = filed_paper(connection, code, "1").newest
        assert (newest.custody, newest.since) == (Custody.PURGED, office.clock.now())
        findings = check_scans(connection, office.application.blobs, lambda *step: None, office.clock.now())
    assert findings.is_clean and findings.checked == 0 and findings.only_there == 0


def test_a_content_stays_while_another_dossier_needs_it(desk: KeepingDesk, office: Office) -> None:
    ended, running = desk.receive(sample_intake("a")), desk.receive(sample_intake("b"))
    shared = b"%PDF-1.7 the same for both"
    for name, code, seed in (("a", ended, 10), ("b", running, 20)):
        page = scan(office, name, page_bytes(seed))
        file_stacks(office, code, "1", stack_of(office, page, pdf=shared), intent=f"nộp {name}")
    desk.withdraw(ended, papers_given_back=True)
    desk.confirm()
    desk.wait(DAYS)
    desk.run()
    both = office.application.blobs.put(shared, PDF).sha256
    assert both in desk.here() and len(desk.gone()) == 1           # the ended one's page alone
    desk.withdraw(running, papers_given_back=True)
    desk.confirm()
    desk.wait(DAYS)
    desk.run()
    assert desk.here() == set() and both in desk.gone()


@pytest.mark.parametrize("left", ["lines", "files", "page", "restored", "refused"])
def test_what_the_province_does_not_hold_stays(desk: KeepingDesk, office: Office, left: str) -> None:
    code, _ = desk.scanned("a", 1)
    if left == "page":
        scan(office, "a", page_bytes(99), ordinal=9)
    desk.withdraw(code, papers_given_back=True)
    if left != "lines":
        desk.confirm_lines()
    if left != "files":
        desk.confirm_files()
    with office.application.database.writing() as connection:
        if left == "restored":
            file_courier.note_checked(connection, f"{PROVINCE} trước")
        if left == "refused":
            connection.execute(insert(verdicts).values(
                op_id=desk.known(code).life.tail, verdict="refused", field="", reason="thử", at=office.clock.now(),
                is_closed=0))
    before = desk.here()
    desk.wait(400)
    desk.run()
    assert desk.here() == before and desk.gone() == set() and desk.lines() == []


def test_a_page_that_comes_again_is_here_again(desk: KeepingDesk, office: Office) -> None:
    desk.ended("a", 1)
    desk.confirm()
    desk.wait(DAYS)
    desk.run()
    office.clock.advance(timedelta(minutes=1))
    page = scan(office, "b", page_bytes(10), ordinal=1)
    assert page.original.sha256 in desk.here() and page.original.sha256 not in desk.gone()
    with office.application.database.writing() as connection:
        rebuild(connection)
    assert page.original.sha256 not in desk.gone(), "the old line says nothing of what came later"


def test_a_rebuilt_book_knows_what_has_left(desk: KeepingDesk, office: Office) -> None:
    desk.ended("a", 1)
    desk.confirm()
    desk.wait(DAYS)
    desk.run()
    before = desk.gone()
    with office.application.database.writing() as connection:
        connection.execute(update(files).values(purged_at=None))       # a backup from before, brought up to date
        rebuild(connection)
    assert desk.gone() == before != set()


class Killed(Exception):
    """The machine goes down here."""


class DyingBlobs(BlobStore):
    """Removes so many files, then the program is gone."""

    left = 0

    def remove(self, sha256: str) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1
        super().remove(sha256)


@pytest.mark.parametrize("removals", (0, 2, 5))
def test_killed_anywhere_the_next_run_ends_what_was_begun(
    desk: KeepingDesk, office: Office, removals: int
) -> None:
    for turn in range(4):
        desk.ended(f"a{turn}", turn + 1)
    desk.confirm()
    desk.wait(DAYS)
    whole = office.application.blobs
    dying = DyingBlobs(whole.folder, office.application.book_key)
    dying.left = removals
    office.application = replace(office.application, blobs=dying)
    with pytest.raises(Killed):
        desk.run(2)
    office.application = replace(office.application, blobs=whole)
    named = {sha256 for line in desk.lines() for each in line.body["dossiers"] for sha256 in each["digests"]}
    assert desk.gone() == named and len(desk.here() | named) == 12
    done = desk.run(2)
    assert done is not None and done.is_done and (done.dossiers, done.files) == (4, 12)
    assert desk.here() == set() and len(desk.lines()) == 2
    named = [sha256 for line in desk.lines() for each in line.body["dossiers"] for sha256 in each["digests"]]
    assert len(named) == len(set(named)) == 12, "nothing was journalled twice"


def test_the_nightly_check_removes_what_a_kill_left(desk: KeepingDesk, office: Office) -> None:
    desk.ended("a", 1)
    desk.confirm()
    kept = {each: office.application.blobs.read(each) for each in desk.here()}
    desk.wait(DAYS)
    desk.run()
    for content in kept.values():
        office.application.blobs.put(content, PDF)                     # as from an old medium
    office.clock.at += timedelta(days=2_000)
    with desk.reading() as connection:
        found = check_scans(connection, office.application.blobs, lambda *step: None, office.clock.now())
    assert set(found.orphans) == set(kept)
    with office.application.database.writing() as connection:
        settle_check(connection, office.application.blobs, found)
    assert desk.here() == set()


def test_what_left_leaves_the_medium_too_and_is_not_copied_again(
    desk: KeepingDesk, office: Office, tmp_path: Path
) -> None:
    desk.ended("a", 1)
    _, running = desk.scanned("b", 2)
    desk.confirm()
    medium, blobs = tmp_path / "medium" / "scans", office.application.blobs
    medium.parent.mkdir()
    copy_scans(blobs, medium, lambda done, of: None)
    desk.wait(DAYS)
    desk.run()
    with desk.reading() as connection:
        purged = purged_files(connection)
    assert let_scans_go(medium, purged) == 3 and let_scans_go(medium, purged) == 0
    there = {each.sha256 for each in BlobStore(medium, bytes(32)).walk()}
    assert there == desk.here() and running.documents[0].sha256 in there
    assert let_scans_go(tmp_path / "nowhere", purged) == 0


def test_it_runs_once_a_day_and_says_what_it_did(desk: KeepingDesk, office: Office) -> None:
    desk.ended("a", 1)
    desk.confirm()
    desk.wait(DAYS)
    first = desk.run()
    assert first is not None and desk.run() is None, "once a day"
    office.clock.advance(timedelta(hours=21))
    again = desk.run()
    assert again is not None and (again.dossiers, again.files) == (0, 0) and len(desk.lines()) == 1
    with desk.reading() as connection:
        assert last_run(connection) == again
    assert remove_journalled(office.application.database, office.application.blobs) == 0
