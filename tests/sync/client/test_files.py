"""Documents reach the province after the records, whole, once, from where they stopped; none leaves the count."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.services import file_courier
from sync.client import GatewayClient
from sync.contract import paths
from sync.contract.files import FILES, HAVE, LARGEST_CHUNK
from sync.engine import run_once
from tests.postgres import PostgresServer
from tests.sync.client.cutting_line import cutting_line
from tests.sync.client.fault_proxy import (
    BROKEN_SERVER,
    DROP_AFTER,
    DROP_BEFORE,
    DUPLICATE,
    HANG,
    PASS,
    PORTAL,
    REDIRECT,
    REPLAY,
    RESET_AFTER,
    Asked,
    FaultProxy,
    Rule,
    page,
    truncate,
)
from tests.sync.client.scans import at_province, file_at, holds, is_chunk, scan, sent_bytes, waiting
from tests.sync.client.trial import Counter, Trial, trial_province

Enrol = Callable[..., Counter]

FAULTS: list[tuple[str, str, Rule]] = [
    (HAVE, "drop after", DROP_AFTER), (HAVE, "cut", truncate(40)), (HAVE, "portal", PORTAL),
    (FILES, "drop after", DROP_AFTER), (FILES, "duplicate", DUPLICATE), (FILES, "redirect", REDIRECT),
    (FILES, "replay", REPLAY),
    ("PATCH", "drop before", DROP_BEFORE), ("PATCH", "drop after", DROP_AFTER),
    ("PATCH", "reset after", RESET_AFTER), ("PATCH", "duplicate", DUPLICATE), ("PATCH", "replay", REPLAY),
    ("PATCH", "cut", truncate(40)), ("PATCH", "portal", PORTAL), ("PATCH", "server error", BROKEN_SERVER),
    ("PATCH", "empty", page("204 None", b"")),
    ("PATCH", "of others",
     page("204 None", b"", "text/plain", "Tus-Resumable: 1.0.0", "Upload-Offset: 5")),
    ("PATCH", "whole of others",
     page("204 None", b"", "text/plain", "Tus-Resumable: 1.0.0", "Upload-Offset: 150000", "Upload-Complete: ?1",
          "Repr-Digest: sha-256=:" + "A" * 43 + "=:")),
    ("PATCH", "damaged", page("460 Checksum Mismatch", b'{"code":"checksum_differs","status":460,"offset":0}',
                              "application/problem+json")),
    ("PATCH", "forgotten", page("404 Not Found", b'{"code":"file_not_begun","status":404}',
                                "application/problem+json")),
]


@pytest.fixture(autouse=True)
def _look_at_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The HTTP library says in the log what it thinks of cut answers."""


def test_documents_go_after_the_records_and_count_as_sent_when_the_province_has_them(
    trial: Trial, enrol: Enrol,
) -> None:
    counter, content, empty = enrol(), scan(200_000), b""
    code = counter.receive()[0]
    blob, nothing = file_at(counter, content, empty, code=code)
    assert (counter.outbox().unsent, *waiting(counter)) == (2, 2, 200_000)
    told: list[Any] = []
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        said = counter.sync(tell=told.append)
    steps = [each.path for each in line.asked]
    assert steps.index(paths.PUSH) < steps.index(HAVE) < steps.index(FILES)
    assert (said.problem, said.sent, said.files_sent, said.file_bytes) == ("", 2, 2, 200_000)
    assert (said.waiting, said.files_waiting, said.file_bytes_waiting) == (0, 0, 0) and waiting(counter) == (0, 0)
    assert told[0] == {"event": "files", "waiting": 2, "bytes": 200_000}
    assert told[-1] == {"event": "files", "waiting": 0, "bytes": 0}
    assert holds(trial, blob, content) and holds(trial, nothing, empty)
    found = trial.report(counter.place.office)["files"]
    assert (found["dossiers_complete"], found["dossiers_incomplete"]) == (1, {})
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        assert counter.sync().is_good
        assert not [each for each in line.asked if each.path.startswith(FILES)], "a quiet contact asks nothing"


def test_one_fault_at_any_step_costs_one_contact_and_no_document(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    number = itertools.count(100)
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        for step, name, fault in FAULTS:
            hit: list[Asked] = []

            def rule(asked: Asked, fault: Rule = fault, step: str = step, hit: list[Asked] = hit) -> Rule:
                if hit or step not in (asked.path, asked.method):
                    return PASS
                hit.append(asked)
                return fault

            content = scan(150_000, next(number))
            (blob,) = file_at(counter, content)
            line.rule, before = rule, len(line.asked)
            said = counter.sync()
            if not said.is_good:
                said = counter.sync()
            assert said.is_good and hit, (name, step, said)
            assert holds(trial, blob, content), (name, step)
            assert waiting(counter) == (0, 0) and counter.outbox().files_aside == 0, (name, step)
            resent = sent_bytes(line.asked[before:]) - len(content)
            assert resent <= 2 * LARGEST_CHUNK, (name, step, resent)


def test_a_line_cut_at_any_byte_costs_at_most_one_chunk(trial: Trial, enrol: Enrol) -> None:
    counter, size = enrol(), 400_000
    with cutting_line(trial.url) as line:
        counter.move(line.url)
        for seed, cut in enumerate(range(1, size, 56_789)):
            content = scan(size, 200 + seed)
            (blob,) = file_at(counter, content)
            line.prepare(cut)
            assert counter.sync().problem == "line_down"
            assert waiting(counter) == (1, size)
            assert counter.sync().is_good
            assert holds(trial, blob, content)
            assert line.passed - size <= LARGEST_CHUNK
        assert line.cuts == seed + 1


def test_the_same_document_in_two_dossiers_and_at_two_counters_is_sent_once(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    content = scan(100_000, 300)
    for code in one.receive(2):
        (blob,) = file_at(one, content, code=code)
    file_at(two, content, code=two.receive()[0])
    with FaultProxy(trial.url) as line:
        for counter in (one, two):
            counter.move(line.url)
            said = counter.sync()
            assert (said.problem, said.files_sent, said.files_waiting) == ("", 1, 0)
    assert sent_bytes(line.asked) == len(content) and holds(trial, blob, content)
    assert trial.report(place.office)["files"]["dossiers_complete"] == 3


def test_two_counters_that_send_the_same_document_at_the_same_moment_both_end_whole(
    trial: Trial, enrol: Enrol,
) -> None:
    place, content = trial.place(counters=2), scan(900_000, 301)
    counters = [enrol(place, f"Quầy {n}") for n in (1, 2)]
    meeting = threading.Barrier(2, timeout=30)

    def meet(asked: Asked) -> Rule:
        if asked.path == FILES:
            meeting.wait()                             # both have asked, neither has sent
        return PASS

    with FaultProxy(trial.url, meet) as line:
        for counter in counters:
            (blob,) = file_at(counter, content)
            counter.move(line.url)
        said: list[Any] = []
        threads = [threading.Thread(target=lambda each=each: said.append(each.sync())) for each in counters]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert [each.problem for each in said] == ["", ""] and holds(trial, blob, content)
    assert [waiting(counter) for counter in counters] == [(0, 0), (0, 0)]


def test_a_document_that_is_damaged_here_is_set_aside_in_sight_and_tried_again_later(
    trial: Trial, enrol: Enrol,
) -> None:
    counter, content, good = enrol(), scan(90_000, 310), scan(1_000, 311)
    bad_blob, good_blob = *file_at(counter, content), *file_at(counter, good, after=timedelta(seconds=1))
    application = counter.office.application
    path = application.blobs.path_of(bad_blob.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    said = counter.sync()
    assert (said.problem, said.files_sent, said.files_aside, said.files_waiting) == ("", 1, 1, 1)
    assert holds(trial, good_blob, good) and not at_province(trial, bad_blob).exists()
    assert counter.outbox().files_aside == 1
    with application.database.reading() as connection:
        assert file_courier.asides(connection)[bad_blob.sha256].code == "blob_damaged"
    path.write_bytes(whole)
    assert counter.sync().files_sent == 0, "not every 20 seconds"
    counter.office.clock.advance(timedelta(minutes=11))
    assert counter.sync().files_sent == 1
    assert holds(trial, bad_blob, content) and counter.outbox().files_aside == 0 and waiting(counter) == (0, 0)


def test_a_whole_that_arrives_wrong_is_sent_anew_and_then_set_aside(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(700_000, 320)
    (blob,) = file_at(counter, content)
    spoilt: list[int] = []

    def spoil(asked: Asked) -> Rule:
        """The province's disk flips a byte of what it has, as often as `times` says."""
        drafts = trial.process.data / "files" / "drafts"
        if is_chunk(asked) and len(spoilt) < times:
            for draft in drafts.iterdir():
                held = draft.read_bytes()
                if held and held[:1] == content[:1]:
                    draft.write_bytes(bytes([held[0] ^ 1]) + held[1:])
                    spoilt.append(1)
        return PASS

    with FaultProxy(trial.url, spoil) as line:
        counter.move(line.url)
        times = 2
        said = counter.sync()
        assert (said.problem, said.files_sent, said.files_aside) == ("", 0, 1)
        assert waiting(counter) == (1, 700_000) and not at_province(trial, blob).exists()
        counter.office.clock.advance(timedelta(minutes=11))
        times = 3
        said = counter.sync()
        assert (said.problem, said.files_sent) == ("", 1) and len(spoilt) == 3
    assert holds(trial, blob, content)


def test_a_full_province_holds_up_no_record_and_loses_no_byte(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(150_000, 330)
    (blob,) = file_at(counter, content)
    full = page("507 Full", b'{"code":"store_full","status":507}', "application/problem+json", "Retry-After: 120")
    with FaultProxy(trial.url, lambda asked: full if is_chunk(asked) else PASS) as line:
        counter.move(line.url)
        counter.receive(3)
        said = counter.sync()
        assert (said.problem, said.needs_person, said.sent, said.waiting) == ("store_full", False, 4, 0)
        assert said.next_try_seconds is not None and said.next_try_seconds >= 120
        assert waiting(counter) == (1, 150_000)
        line.rule = lambda asked: PASS
        assert counter.sync().files_sent == 1
    assert holds(trial, blob, content)


def test_a_province_of_before_documents_takes_the_records(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    file_at(counter, scan(1_000, 335))
    unknown = page("404 Not Found", b'{"code":"unknown_path","status":404}', "application/problem+json")
    with FaultProxy(trial.url, lambda asked: unknown if asked.path.startswith(FILES) else PASS) as line:
        counter.move(line.url)
        said = counter.sync()
    assert (said.problem, said.needs_person, said.waiting) == ("province_takes_no_files", False, 0)
    assert (said.files_waiting, said.files_aside) == (1, 0)


def test_a_line_that_hangs_in_a_chunk_ends_and_goes_on_later(
    trial: Trial, enrol: Enrol, monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter, content = enrol(), scan(150_000, 340)
    (blob,) = file_at(counter, content)
    with FaultProxy(trial.url, lambda asked: HANG if is_chunk(asked) else PASS) as line:
        counter.move(line.url)
        with monkeypatch.context() as patched:
            patched.setattr("sync.client.READ_SECONDS", 1.0)
            assert counter.sync().problem == "line_timeout"
        line.rule = lambda asked: PASS
        assert counter.sync().files_sent == 1
    assert holds(trial, blob, content)


def test_a_province_that_came_back_from_a_backup_is_sent_what_it_lost(
    postgres: PostgresServer, tmp_path: Path,
) -> None:
    url = postgres.create_database()
    with trial_province(tmp_path / "gateway", url) as trial:
        counter = trial.place().enrol(tmp_path / "counter")
        kept, lost = scan(1_000, 370), scan(100_000, 371)
        kept_blob, lost_blob = file_at(counter, kept, lost)
        assert counter.sync().files_sent == 2
        at_province(trial, lost_blob).unlink()
        assert counter.sync().files_sent == 0
        trial.restore("sau-khi-phục-hồi")
        said = counter.sync()
        assert (said.problem, said.files_sent, said.file_bytes) == ("", 1, len(lost))
        assert holds(trial, lost_blob, lost) and holds(trial, kept_blob, kept)
        counter.close()
    postgres.drop_database(url)


def test_documents_of_an_operation_that_travelled_sealed_wait_in_sight(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(1_000, 380)
    (blob,) = file_at(counter, content)
    internal = page("500 Oh", b'{"code":"internal","status":500}', "application/problem+json")

    def poisoned(asked: Asked) -> Rule:
        return internal if asked.path == paths.PUSH and blob.sha256.encode() in asked.plain else PASS

    with FaultProxy(trial.url, poisoned) as line:
        counter.move(line.url)
        said = counter.sync()
    assert (said.problem, said.waiting, said.files_aside, said.files_waiting) == ("", 0, 1, 1)
    with counter.office.application.database.reading() as connection:
        aside = file_courier.asides(connection)[blob.sha256]
    assert (aside.code, aside.tries) == ("file_unnamed", 1)


def test_killed_between_the_disk_and_the_answer_no_chunk_is_sent_twice(
    postgres: PostgresServer, tmp_path: Path,
) -> None:
    url = postgres.create_database()
    with trial_province(tmp_path / "gateway", url) as trial, FaultProxy(trial.url) as line:
        counter, content = trial.place().enrol(tmp_path / "counter"), scan(140_000, 390)
        (blob,) = file_at(counter, content)
        counter.move(line.url)
        is_dead = threading.Event()

        def kill(asked: Asked) -> Rule:
            if is_chunk(asked):
                line.forward(asked.raw)                # on its disk
                trial.process.kill9()
                is_dead.set()
                return DROP_BEFORE
            return PASS

        line.rule = kill
        contacts = 0
        while waiting(counter)[0]:
            counter.sync()
            contacts += 1
            if is_dead.is_set():
                trial.process.start()
                is_dead.clear()
        assert contacts > 2 and sent_bytes(line.asked) == len(content) and holds(trial, blob, content)
        counter.close()
    postgres.drop_database(url)


def test_a_programmers_error_in_a_line_is_raised_and_leaves_no_thread(enrol: Enrol) -> None:
    counter = enrol()
    file_at(counter, scan(1_000, 400))
    application = counter.office.application

    class Broken:
        def read(self, _: str) -> bytes:
            raise RuntimeError("a programmer's error")

    with pytest.raises(RuntimeError):
        run_once(application.database, counter.office.clock, blobs=Broken())  # type: ignore[arg-type]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("files-")]


def test_more_documents_than_a_batch_all_arrive(
    trial: Trial, enrol: Enrol, monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = enrol()
    monkeypatch.setattr("sync.files.BATCH", 3)
    blobs = file_at(counter, *(scan(2_000, 500 + n) for n in range(10)))
    lines: Iterator[int] = itertools.count()

    def connect(url: str, token: str) -> GatewayClient:
        next(lines)
        return GatewayClient(url, token)

    said = run_once(counter.office.application.database, counter.office.clock,
                    blobs=counter.office.application.blobs, make_client=connect)
    assert (said.files_sent, said.files_waiting) == (10, 0)
    assert all(at_province(trial, blob).stat().st_size == 2_000 for blob in blobs)
