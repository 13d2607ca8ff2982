"""By hand the same rules hold as over the line: older disks, forks, landslides, restored provinces, new epochs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Refusal
from app.services import mass_change
from app.services.standing import ask_new_epoch, numbers_stopped
from sync.errors import CallPerson
from tests.sync.client.bundle.courier import at_province, codes, make, take, there_and_back
from tests.sync.client.test_needs_person import copied_book, kept_beside
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def reason(counter: Counter) -> str:
    with counter.office.application.database.reading() as connection:
        stopped = numbers_stopped(connection)
    return stopped.reason if stopped else ""


@pytest.fixture
def older_and_stick(
    trial: Trial, enrol: Enrol, tmp_path: Path, stick: Path
) -> tuple[Counter, list[str]]:
    """A disk that was put back: what it wrote since came to the province by hand."""
    counter = enrol()
    papers = counter.receive(3)
    counter.sync()
    older = copied_book(counter, tmp_path / "counter-0", tmp_path / "image")
    papers += counter.receive(4)
    there_and_back(trial, counter, stick)
    counter.close()
    return older, papers


def test_an_older_disk_gets_its_work_back_and_a_new_epoch_by_two_bundles(
    trial: Trial, older_and_stick: tuple[Counter, list[str]], stick: Path
) -> None:
    older, papers = older_and_stick
    before = older.epoch
    first = there_and_back(trial, older, stick)
    assert (first.report.recovered, first.report.problem) == (4, "bundle_goes_on")
    assert reason(older) == "older_than_province"
    with pytest.raises(Refusal, match="numbers_stopped"):
        older.receive()
    second = there_and_back(trial, older, stick)
    assert (second.report.problem, reason(older)) == ("", "")
    assert older.epoch > before
    papers += older.receive(2)
    assert there_and_back(trial, older, stick).report.waiting == 0
    assert trial.report(older.place.office)["codes"] == sorted(set(papers)) and codes(older) == set(papers)
    assert older.sync().is_good, "the token that came by hand is good on the line"
    older.close()


def test_a_request_that_arrives_twice_begins_one_epoch(
    trial: Trial, older_and_stick: tuple[Counter, list[str]], stick: Path
) -> None:
    older, _ = older_and_stick
    before = older.epoch
    there_and_back(trial, older, stick)
    made = make(older, stick)
    first = shutil.copy(at_province(trial, made.file)[1], stick / "first.qmcb")
    again, _ = at_province(trial, made.file)
    assert again.epoch is not None and again.epoch.epoch > before
    assert take(older, first).report.is_good
    assert older.sync().is_good, "and the token of the first answer still holds"
    older.close()


def test_a_fork_is_seen_by_hand_and_both_branches_are_kept(
    trial: Trial, enrol: Enrol, tmp_path: Path, stick: Path
) -> None:
    counter = enrol()
    counter.receive(3)
    counter.sync()
    twin = copied_book(counter, tmp_path / "counter-0", tmp_path / "copy")
    counter.receive(2)
    twin.receive(2)
    counter.sync()
    made, forked = make(twin, stick), twin.epoch
    found, answer = at_province(trial, made.file)
    assert found.kept and kept_beside(trial, counter) == 2
    taken = take(twin, answer)
    assert (taken.report.problem, taken.report.needs_person, reason(twin)) == ("fork", True, "fork")
    assert twin.outbox().unsent == 2, "they lie beside the chain, not in it"
    with twin.office.application.database.writing() as connection:
        ask_new_epoch(connection)
    assert there_and_back(trial, twin, stick).report.problem == ""
    assert twin.epoch > forked
    assert len(twin.receive(1)) == 1
    twin.close()


def test_a_forked_book_meets_a_province_from_a_backup_by_hand(
    trial: Trial, enrol: Enrol, tmp_path: Path, stick: Path
) -> None:
    """It looks again at what lies before its fork, and gives its branch again."""
    counter = enrol()
    counter.receive(3)
    counter.sync()
    twin = copied_book(counter, tmp_path / "counter-0", tmp_path / "copy")
    counter.receive(2)
    twin.receive(4)
    counter.sync()
    assert there_and_back(trial, twin, stick).report.problem == "fork"
    trial.restore("trở-lại-bằng-tay")
    for _ in range(2):                             # the first brings back which province this is
        said = there_and_back(trial, twin, stick).report
        assert (said.problem, reason(twin)) == ("fork", "fork")
    assert kept_beside(trial, counter) == 4
    twin.close()


def test_a_landslide_waits_for_a_person_and_the_same_file_is_read_again(
    trial: Trial, enrol: Enrol, stick: Path
) -> None:
    counter = enrol()
    counter.sync()
    papers = counter.receive(8)
    there_and_back(trial, counter, stick)
    for code in papers:
        trial.post_status(code, "4")
    made = make(counter, stick)
    answer = at_province(trial, made.file)[1]
    taken = take(counter, answer)
    assert taken.trouble is not None
    assert (taken.report.problem, taken.trouble.values["changed"]) == ("mass_change", 8)
    database = counter.office.application.database
    with database.writing() as connection:
        held = mass_change.held_pull(connection)
        assert held is not None
        office = counter.office
        assert mass_change.accept_mass_change(
            connection, office.application.enrolled, office.clerk, held, intent="nhận", now=office.clock.now(),
            randomness=office.noise.randbytes,
        )
    assert take(counter, answer).report.problem == ""
    with pytest.raises(Refusal, match="bundle_known"):
        take(counter, answer)


def test_a_province_from_a_backup_is_met_by_hand_too(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    counter.receive(2)
    made = make(counter, stick)
    trial.restore("trở-lại-bằng-tay")
    taken = take(counter, at_province(trial, made.file)[1])
    assert (taken.report.problem, taken.report.waiting) == ("", 0)
    assert counter.sync().is_good


def test_a_stick_outlives_its_machine(trial: Trial, enrol: Enrol, stick: Path) -> None:
    """It was on its way when the machine died; the new one has everything by the feed, and no number twice."""
    old = enrol()
    old.sync()
    papers = old.receive(3)
    made = make(old, stick)
    new = enrol(old.place)
    found, answer = at_province(trial, made.file)
    assert (found.taken, found.left, found.hello) == (3, [], None)
    assert new.sync().is_good and codes(new) == set(papers)
    papers += new.receive(3)
    assert len(set(papers)) == 6
    with pytest.raises(Refusal, match="bundle_old"):
        take(new, answer)


def test_a_machine_whose_place_was_taken_is_told_by_hand(trial: Trial, enrol: Enrol, stick: Path) -> None:
    old = enrol()
    old.sync()
    old.receive(2)
    made = make(old, stick)
    enrol(old.place)                               # another machine at the same counter
    taken = take(old, at_province(trial, made.file)[1])
    assert (taken.report.problem, taken.report.waiting, reason(old)) == ("stale_epoch", 2, "stale_epoch")
    old.enrol_again()
    assert old.sync().is_good and old.outbox().unsent_dossiers == 0


def test_an_answer_to_a_newer_epoch_stops_the_numbers_of_an_older_disk(
    trial: Trial, older_and_stick: tuple[Counter, list[str]], tmp_path: Path, stick: Path
) -> None:
    older, _ = older_and_stick
    older.close()
    shutil.copytree(tmp_path / "image", tmp_path / "image-2")
    from tests.office import reopen

    fresh = Counter(older.place, reopen(tmp_path / "image", older.office.province, older.office.clock, seed=7))
    fresh.sync()                                   # the newer epoch begins over the line
    fresh.reread()
    fresh.receive()
    answer = at_province(trial, make(fresh, stick).file)[1]
    fresh.close()
    again = Counter(older.place, reopen(tmp_path / "image-2", older.office.province, older.office.clock, seed=8))
    with pytest.raises(CallPerson, match="stale_epoch"):
        take(again, answer)
    assert reason(again) == "stale_epoch"
    again.close()


def test_ten_weeks_without_a_line(trial: Trial, enrol: Enrol, stick: Path) -> None:
    """Leases reach 45 days; the stick renews them. Nothing is unsent for longer than a week."""
    counter = enrol()
    clock = counter.office.clock
    clock.at = datetime.now(UTC)
    papers: list[str] = []
    renewed = 0
    for _ in range(10):
        clock.advance(timedelta(days=7))
        papers += counter.receive(2)
        taken = there_and_back(trial, counter, stick, now=clock.now() + timedelta(hours=1))
        assert (taken.report.problem, counter.outbox().unsent_dossiers) == ("", 0)
        renewed += taken.report.leases
    assert renewed > 0
    assert len(set(papers)) == 20
    assert trial.report(counter.place.office)["codes"] == sorted(papers)
