"""What goes by hand arrives as it would over the line, and what comes back counts as the province's own word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.sync.client.bundle.courier import at_province, codes, make, state, take, there_and_back
from tests.sync.client.scans import at_province as stored_at
from tests.sync.client.scans import file_at, scan
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def test_making_confirms_nothing_and_the_acknowledgement_does(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    papers = counter.receive(3)
    made = make(counter, stick)
    assert made.operations == counter.outbox().unsent == 3
    assert [line.is_open for line in state(counter).lines] == [True]
    found, answer = at_province(trial, made.file)
    assert (found.taken, found.left) == (3, [])
    assert counter.outbox().confirmed_dossiers == 0, "the province has them; this book does not know it yet"
    taken = take(counter, answer)
    assert taken.report.is_good and taken.report.waiting == 0
    assert counter.outbox().confirmed_dossiers == 3
    assert trial.report(counter.place.office)["codes"] == sorted(papers)
    assert [line.is_open for line in state(counter).lines] == [False]
    assert counter.sync().is_good, "and the line goes on from there"


def test_what_was_written_meanwhile_waits_for_the_next_bundle(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    counter.receive(2)
    made = make(counter, stick)
    counter.receive(2)
    taken = take(counter, at_province(trial, made.file)[1])
    assert (taken.report.problem, taken.report.waiting) == ("", 2)
    assert there_and_back(trial, counter, stick).report.waiting == 0


def test_statuses_and_neighbours_come_back(trial: Trial, enrol: Enrol, stick: Path) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place), enrol(place, "Quầy 2")
    counter.sync()
    (own,) = counter.receive()
    (theirs,) = neighbour.receive()
    assert neighbour.sync().is_good
    first = there_and_back(trial, counter, stick)
    assert first.report.is_good and theirs in codes(counter)
    trial.post_status(own, "4")
    second = there_and_back(trial, counter, stick)
    assert second.report.entries >= 1
    assert second.number == 2


def test_scans_go_along_and_count_as_sent_by_the_answer_alone(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    (code,) = counter.receive()
    blobs = file_at(counter, scan(700_000, 1), scan(300_000, 2), scan(5_000, 3), code=code)
    made = make(counter, stick)
    assert (made.files, made.files_left) == (3, 0)
    found, answer = at_province(trial, made.file)
    assert sorted(found.files) == sorted(each.sha256 for each in blobs)
    assert all(stored_at(trial, each).is_file() for each in blobs)
    assert counter.outbox().files_waiting == 3
    assert take(counter, answer).report.files_sent == 3
    assert counter.outbox().files_waiting == 0


def test_scans_of_a_bundle_on_its_way_make_room_for_others(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    (code,) = counter.receive()
    blobs = file_at(counter, *(scan(100_000, n) for n in range(4)), code=code)
    first = make(counter, stick, file_bytes=250_000)
    second = make(counter, stick, file_bytes=250_000)
    assert (first.files, first.files_left, second.files) == (2, 2, 2)
    carried = [set(line.files) for line in state(counter).lines]
    assert carried[0].isdisjoint(carried[1]) and len(carried[0] | carried[1]) == len(blobs)
