"""A file is whole or it is not said to be; half of one resumes where it stopped; the same one is kept once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.contract.files import MAX_CHUNK, MAX_FILE, MAX_HAVE
from sync.gateway import schema
from sync.gateway.app import create_app
from sync.gateway.doors import Doors, Quota
from sync.gateway.file_tables import attachments, metadata, stored_files, uploads
from sync.gateway.opening import open_gateway
from sync.gateway.problem import ProblemRaised
from sync.gateway.report import report
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, outcomes, sealed
from tests.sync.gateway.files import (
    CHUNK,
    TUS,
    create,
    digitise,
    have,
    naming,
    offset_of,
    patch,
    said_no,
    scan,
    send,
    sha,
    whole,
)


def drafts(gateway: InProcess) -> list[str]:
    folder = gateway.opened.files.folder / "drafts"
    return [each.name for each in folder.iterdir()] if folder.exists() else []


def test_a_file_is_begun_grown_and_kept_whole_under_its_name(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(3 * CHUNK + 17)
    digitise(counter, content)
    assert have(counter, content) == [("absent", 0)]
    answer: Any = create(counter, content)
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/files/{sha(content)}")
    assert answer.headers["Upload-Offset"] == "0" and answer.headers["Tus-Resumable"] == "1.0.0"
    for offset in range(0, len(content), CHUNK):
        assert offset_of(counter, content) == offset
        assert have(counter, content) == [("partial", offset)]
        answer = patch(counter, content, offset, CHUNK)
        assert answer.status_code == 204
    assert answer.headers["Upload-Complete"] == "?1" and offset_of(counter, content) == len(content)
    assert whole(gateway, content).read_bytes() == content
    assert have(counter, content) == [("complete", 0)] and drafts(gateway) == []


def test_a_file_of_no_bytes_is_whole_at_once(gateway: InProcess) -> None:
    counter = gateway.counter()
    digitise(counter, b"")
    answer: Any = create(counter, b"")
    assert answer.headers["Upload-Complete"] == "?1" and have(counter, b"") == [("complete", 0)]


def test_a_chunk_for_another_place_is_told_where_it_belongs(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(3 * CHUNK)
    digitise(counter, content)
    create(counter, content)
    patch(counter, content, 0, CHUNK)
    for wrong in (0, 1, CHUNK - 1, CHUNK + 1, 2 * CHUNK):
        said = said_no(lambda wrong=wrong: patch(counter, content, wrong, CHUNK))  # type: ignore[misc]
        assert (said.code, said.problem.status, said.problem.values["offset"]) == ("offset_differs", 409, CHUNK)
        assert offset_of(counter, content) == CHUNK


def test_a_chunk_damaged_on_the_way_is_not_kept(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(2 * CHUNK)
    digitise(counter, content)
    create(counter, content)
    other = {"Upload-Checksum": "sha256 " + "A" * 43 + "="}
    said = said_no(lambda: patch(counter, content, 0, CHUNK, **other))
    assert (said.code, said.problem.status) == ("checksum_differs", 460)
    assert offset_of(counter, content) == 0
    assert have(send_rest(counter, content), content) == [("complete", 0)]


def send_rest(counter: FakeCounter, content: bytes) -> FakeCounter:
    send(counter, content)
    return counter


def test_a_whole_that_is_not_what_its_name_says_begins_anew(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(2 * CHUNK)
    digitise(counter, content)
    create(counter, content)
    patch(counter, content, 0, CHUNK, chunk=b"x" * CHUNK)      # undamaged on the way, and yet not the file
    said = said_no(lambda: patch(counter, content, CHUNK, CHUNK))
    assert (said.code, said.problem.status, said.problem.values["offset"]) == ("file_hash_differs", 422, 0)
    assert have(counter, content) == [("partial", 0)] and not whole(gateway, content).exists()
    send(counter, content)
    assert whole(gateway, content).read_bytes() == content and drafts(gateway) == []


def test_only_an_office_with_an_operation_that_names_the_file_may_see_or_send_it(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac", counters=["Quầy 9"])
    owner, colleague, stranger = gateway.counter(), gateway.counter(), gateway.counter("Quầy 9", "bc-khac")
    content = scan(CHUNK)
    for attempt in (lambda who: create(who, content), lambda who: patch(who, content, 0, CHUNK)):
        assert said_no(lambda attempt=attempt: attempt(owner)).code == "file_unnamed"  # type: ignore[misc]
    digitise(owner, content)
    assert have(stranger, content) == [("unnamed", 0)] and have(colleague, content) == [("absent", 0)]
    assert said_no(lambda: create(stranger, content)).problem.status == 404
    send(colleague, content)
    assert stranger.line.request("HEAD", f"/v1/files/{sha(content)}",
                                 headers={**stranger.headers, **TUS}).status_code == 404
    digitise(stranger, content)
    assert have(stranger, content) == [("complete", 0)], "kept once, whoever names it"


def test_the_size_must_be_the_one_that_was_signed(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(1000)
    digitise(counter, content)
    said = said_no(lambda: create(counter, content, length=999))
    assert (said.code, said.problem.values["named"]) == ("file_size_differs", 1000)
    create(counter, content)
    said = said_no(lambda: patch(counter, content, 0, 0, chunk=content + b"1"))
    assert (said.code, said.problem.status) == ("too_large", 413)


def test_a_file_over_the_limit_is_named_and_not_taken(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(10)
    body = {"attachments": [{"sha256": sha(content), "size": MAX_FILE + 1}]}
    counter.push([counter.write(type="paper.digitised", body=body)])
    said = said_no(lambda: create(counter, content, length=MAX_FILE + 1))
    assert (said.code, said.problem.values["limit"]) == ("too_large", MAX_FILE)


NOT_TUS: list[tuple[str, dict[str, str], int]] = [
    ("PATCH", {"Tus-Resumable": "0.2.2"}, 412), ("PATCH", {"Content-Type": "text/plain"}, 400),
    ("PATCH", {"Upload-Offset": "-1"}, 400), ("PATCH", {"Upload-Offset": "²"}, 400),
    ("PATCH", {"Upload-Checksum": "md5 AAAA"}, 400), ("PATCH", {"Upload-Checksum": "sha256 ?"}, 400),
    ("POST", {"Upload-Length": ""}, 400), ("POST", {"Upload-Length": "9" * 30}, 400),
    ("POST", {"Upload-Metadata": "filename YQ=="}, 400), ("POST", {"Upload-Metadata": "sha256 Li4vLi4="}, 400),
    ("POST", {"Tus-Resumable": ""}, 412),
]


def test_what_is_not_tus_is_named(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(100)
    digitise(counter, content)
    create(counter, content)
    for method, headers, status in NOT_TUS:
        encoded: dict[str, Any] = {name: value.encode() for name, value in headers.items()}
        with pytest.raises(SaidNo) as said:
            create(counter, content, **encoded) if method == "POST" else patch(counter, content, 0, 100, **encoded)
        assert said.value.problem.status == status, (method, headers)
        assert status != 412 or said.value.headers["Tus-Version"] == "1.0.0"


def test_a_name_that_is_no_sha256_is_nothing(gateway: InProcess) -> None:
    counter = gateway.counter()
    for name in ("..", "A" * 64, "0" * 63, "%2e%2e%2f" + "0" * 60):
        assert gateway.line.request("HEAD", f"/v1/files/{name}",
                                    headers={**counter.headers, **TUS}).status_code == 404
        assert have(counter, name[:64]) == [("unnamed", 0)]


def test_what_is_spoken_here_can_be_asked(gateway: InProcess) -> None:
    answer = gateway.line.request("OPTIONS", "/v1/files")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert answer.headers["Tus-Extension"] == "creation,checksum"
    assert int(answer.headers["Tus-Max-Size"]) == MAX_FILE


def test_more_than_a_chunk_or_a_question_may_hold_is_refused(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(MAX_CHUNK + 1)
    digitise(counter, content)
    create(counter, content)
    assert said_no(lambda: patch(counter, content, 0, MAX_CHUNK + 1)).code == "too_large"
    assert said_no(lambda: have(counter, *["0" * 64] * (MAX_HAVE + 1))).code == "too_large"


def test_an_epoch_that_was_replaced_sends_no_files(gateway: InProcess) -> None:
    counter, content = gateway.counter("Quầy 1"), scan(10)
    digitise(counter, content)
    gateway.counter("Quầy 1")                      # a new machine at the same counter
    for attempt in (lambda: create(counter, content), lambda: have(counter, content)):
        assert said_no(attempt).code == "stale_epoch"


def test_two_counters_with_the_same_scan_go_on_from_where_the_other_stands(gateway: InProcess) -> None:
    one, two, content = gateway.counter(), gateway.counter(), scan(6 * CHUNK)
    digitise(one, content)
    digitise(two, content)
    create(one, content)
    patch(one, content, 0, CHUNK)
    answer: Any = create(two, content)
    assert answer.headers["Upload-Offset"] == str(CHUNK)
    patch(two, content, CHUNK, CHUNK)
    assert said_no(lambda: patch(one, content, CHUNK, CHUNK)).problem.values["offset"] == 2 * CHUNK
    send(one, content)
    done: Any = patch(two, content, 2 * CHUNK, CHUNK)
    assert done.headers["Upload-Complete"] == "?1", "it is here: what the other still sends is not needed"
    assert have(one, content) == have(two, content) == [("complete", 0)]


def test_four_counters_send_one_scan_at_the_same_moment_and_it_is_kept_once(gateway: InProcess) -> None:
    content = scan(8 * CHUNK)
    counters = [gateway.counter() for _ in range(4)]
    for counter in counters:
        digitise(counter, content)
    start = threading.Barrier(4)

    def all_of_it(counter: FakeCounter) -> None:
        start.wait(30)
        offset = int(create(counter, content).headers["Upload-Offset"])  # type: ignore[attr-defined]
        while True:
            try:
                answer: Any = patch(counter, content, offset, CHUNK)
            except SaidNo as said:
                offset = said.problem.values["offset"]
                continue
            if "Upload-Complete" in answer.headers:
                return
            offset = int(answer.headers["Upload-Offset"])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(all_of_it, counters))
    assert whole(gateway, content).read_bytes() == content and drafts(gateway) == []
    with gateway.opened.database.reading() as connection:
        assert len(connection.execute(select(stored_files)).all()) == 1
        assert connection.execute(select(uploads)).all() == []


def test_two_offices_send_the_same_scan_and_it_is_kept_once(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac", counters=["Quầy 9"])
    here, there, content = gateway.counter(), gateway.counter("Quầy 9", "bc-khac"), scan(2 * CHUNK)
    digitise(here, content)
    digitise(there, content)
    create(here, content)
    patch(here, content, 0, CHUNK)
    assert have(there, content) == [("absent", 0)], "nobody leans on bytes of another office"
    send(there, content)
    done: Any = patch(here, content, CHUNK, CHUNK)
    assert done.headers["Upload-Complete"] == "?1" and drafts(gateway) == []


def test_files_of_operations_taken_before_this_step_are_known(
    tmp_path: Path, database_url: str | None,
) -> None:
    opened = open_gateway(tmp_path / "g", database_url, MORNING)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: MORNING)
    with served(app) as url:
        gateway = InProcess(HttpLine(url), opened)
        gateway.add_office()
        counter, contents = gateway.counter(), [scan(10, seed) for seed in range(3)]
        for content in contents:
            digitise(counter, content)
        counter.push([counter.write()])
        with opened.database.writing() as connection:          # as a gateway of before left it
            metadata.drop_all(connection)
        with opened.database.writing() as connection:
            schema.STEPS[1](connection)
        assert have(counter, *contents) == [("absent", 0)] * 3
        send(counter, contents[1])
        assert have(counter, *contents) == [("absent", 0), ("complete", 0), ("absent", 0)]
        gateway.line.close()


def test_files_of_a_sealed_operation_wait_and_are_taken_once_another_names_them(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(10)
    op = counter.write(type="paper.digitised", body=naming(content))
    counter.push([sealed(op, counter.epoch, counter.seq)])
    assert have(counter, content) == [("unnamed", 0)]
    digitise(counter, content)
    assert have(counter, content) == [("absent", 0)]


MISSHAPEN: list[Any] = [
    None, 7, "x", {}, [None], [[]], [{}], [{"sha256": 5, "size": 1}], [{"sha256": "0" * 64}],
    [{"sha256": "0" * 64, "size": -1}], [{"sha256": "0" * 64, "size": True}], [{"sha256": "../x", "size": 1}],
    [{"sha256": "0" * 64, "size": 2**60}],
]


def test_misshapen_attachments_cost_no_custody(gateway: InProcess) -> None:
    counter, good = gateway.counter(), naming(scan(10))["attachments"]
    bodies = [{"attachments": [*listed, *good, *good] if isinstance(listed, list) else listed}
              for listed in MISSHAPEN]
    answer = counter.push([counter.write(type="paper.digitised", body=body) for body in bodies])
    assert set(outcomes(answer)) == {"taken"}
    with gateway.opened.database.reading() as connection:
        read = connection.execute(select(attachments)).all()
    assert len(read) == sum(isinstance(listed, list) for listed in MISSHAPEN)


def test_the_report_tells_which_dossiers_are_complete(gateway: InProcess) -> None:
    counter, day = gateway.counter(), date(2026, 9, 21)
    codes = [counter.number(n, day=day) for n in (1, 2, 3)]
    counter.push([counter.write(number=code) for code in codes])
    first, second, shared = scan(10, 1), scan(20, 2), scan(30, 3)
    digitise(counter, first, shared, code=codes[0])
    digitise(counter, second, shared, code=codes[1])
    send(counter, first)
    send(counter, shared)
    with gateway.opened.database.reading() as connection:
        found = report(connection)["files"]
        assert report(connection, "bc-khac")["files"]["named"] == 0
    assert found == {
        "named": 3, "complete": 2, "missing": 1, "begun": 0, "bytes": 40, "dossiers_with_files": 2,
        "dossiers_complete": 1, "dossiers_incomplete": {codes[1]: 1},
    }


def test_files_have_doors_of_their_own() -> None:
    async def play() -> None:
        doors = Doors(Quota(per_device=1, files_per_device=2, workers=2, file_workers=1))
        async with doors.enter_with_file("a"), doors.enter_with_file("a"), doors.enter("a"):
            with pytest.raises(ProblemRaised) as said:
                async with doors.enter_with_file("a"):
                    pass
            assert (said.value.problem.code, said.value.problem.status) == ("device_busy", 429)
        async with doors.work_on_files(), doors.work():        # a record finds a place beside a scan
            waiting = asyncio.ensure_future(doors.work_on_files().__aenter__())
            await asyncio.sleep(0)
            assert not waiting.done()
            waiting.cancel()

    asyncio.run(play())
