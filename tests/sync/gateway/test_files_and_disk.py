"""The files' disk fills up, loses some, dies between name and row: what is gone is asked for, and no more."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.gateway.app import create_app
from sync.gateway.disk_store import DiskStore
from sync.gateway.doors import Quota
from sync.gateway.file_check import check_files
from sync.gateway.opening import open_gateway
from tests.gateway_process import running_gateway
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import FakeCounter
from tests.sync.gateway.files import (
    CHUNK,
    create,
    digitise,
    have,
    offset_of,
    patch,
    said_no,
    scan,
    send,
    sha,
    whole,
)


class Disk:
    """How much room the files' disk says it has."""

    def __init__(self) -> None:
        self.free = 10**12

    def __call__(self, _: Path) -> int:
        return self.free


def test_a_full_disk_asks_to_come_later_and_loses_nothing(tmp_path: Path, database_url: str | None) -> None:
    opened, disk = open_gateway(tmp_path / "g", database_url, MORNING), Disk()
    store = DiskStore(opened.files.folder, free=disk)
    app = create_app(opened.database, opened.seal, store, clock=lambda: MORNING, quota=Quota(per_device=16))
    with served(app) as url:
        gateway = InProcess(HttpLine(url), opened)
        gateway.add_office()
        counter, content, other = gateway.counter(), scan(3 * CHUNK), scan(100, seed=2)
        digitise(counter, content, other)
        create(counter, content)
        patch(counter, content, 0, CHUNK)
        disk.free = 1000
        for attempt in (lambda: patch(counter, content, CHUNK, CHUNK), lambda: create(counter, other)):
            said = said_no(attempt)
            assert (said.code, said.problem.status) == ("store_full", 507)
            assert int(said.headers["Retry-After"]) > 0
        counter.push([counter.write()])            # records are taken all the same
        assert have(counter, content, other) == [("partial", CHUNK), ("absent", 0)]
        disk.free = 10**12
        send(counter, content)
        assert whole(gateway, content).read_bytes() == content
        gateway.line.close()


def test_a_disk_that_fills_up_during_the_write_is_a_full_disk(
    gateway: InProcess, monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter, content = gateway.counter(), scan(2 * CHUNK)
    digitise(counter, content)
    create(counter, content)
    for code in (errno.ENOSPC, errno.EDQUOT):
        def full(_: int, code: int = code) -> None:
            raise OSError(code, "full")

        with monkeypatch.context() as patched:
            patched.setattr("sync.gateway.disk_store.os.fsync", full)
            assert said_no(lambda: patch(counter, content, 0, CHUNK)).code == "store_full"
        assert offset_of(counter, content) == 0
    send(counter, content)
    assert whole(gateway, content).read_bytes() == content


def test_a_disk_that_lost_files_behind_the_rows_is_sent_them_again(gateway: InProcess) -> None:
    counter, done, half = gateway.counter(), scan(CHUNK), scan(3 * CHUNK, seed=2)
    digitise(counter, done, half)
    send(counter, done)
    create(counter, half)
    patch(counter, half, 0, CHUNK)
    patch(counter, half, CHUNK, CHUNK)
    whole(gateway, done).unlink()
    (draft,) = (gateway.opened.files.folder / "drafts").iterdir()
    os.truncate(draft, CHUNK + 5)
    assert have(counter, done, half) == [("absent", 0), ("partial", CHUNK + 5)]
    send(counter, done)
    assert said_no(lambda: patch(counter, half, 2 * CHUNK, CHUNK)).problem.values["offset"] == CHUNK + 5
    draft.unlink()
    assert said_no(lambda: patch(counter, half, CHUNK + 5, CHUNK)).problem.values["offset"] == 0
    send(counter, half)
    assert have(counter, done, half) == [("complete", 0), ("complete", 0)]
    assert whole(gateway, done).read_bytes() == done and whole(gateway, half).read_bytes() == half


def test_killed_between_the_files_name_and_its_row_it_is_whole(gateway: InProcess) -> None:
    counter, content = gateway.counter(), scan(2 * CHUNK)
    digitise(counter, content)
    create(counter, content)
    patch(counter, content, 0, CHUNK)
    (draft,) = (gateway.opened.files.folder / "drafts").iterdir()
    draft.write_bytes(content)
    gateway.opened.files.complete(draft.name, sha(content))    # and here the power went
    answer: Any = patch(counter, content, CHUNK, CHUNK)
    assert answer.headers["Upload-Complete"] == "?1" and have(counter, content) == [("complete", 0)]


def test_the_operator_finds_what_the_disk_lost_and_counters_are_asked_for_it(gateway: InProcess) -> None:
    counter, good, lost, bad = gateway.counter(), scan(10, 1), scan(20, 2), scan(30, 3)
    digitise(counter, good, lost, bad)
    for content in (good, lost, bad):
        send(counter, content)
    store, later = gateway.opened.files, datetime.now(UTC) + timedelta(days=2)
    whole(gateway, lost).unlink()
    whole(gateway, bad).write_bytes(b"x" * 30)
    abandoned = store.begin(5)
    for is_read, missing, damaged in ((False, [sha(lost)], []), (True, [], [sha(bad)])):
        with gateway.opened.database.writing() as connection:
            found = check_files(connection, store, later, content=is_read)
        assert (found["missing"], found["damaged"], found["send_again_with"]) == (missing, damaged, "restored")
    assert store.kept(abandoned) == -1 and (store.folder / "damaged" / sha(bad)).exists()
    assert have(counter, good, lost, bad) == [("complete", 0), ("absent", 0), ("absent", 0)]
    for content in (lost, bad):
        send(counter, content)
    with gateway.opened.database.writing() as connection:
        assert check_files(connection, store, later, content=True) == {
            "checked": 3, "missing": [], "damaged": [], "drafts_swept": 0, "send_again_with": None}


def test_killed_between_the_disk_and_the_answer_it_goes_on_from_what_it_has(
    tmp_path: Path, database_url: str | None,
) -> None:
    with running_gateway(tmp_path, database_url) as process:
        line = HttpLine(process.url)
        counter, content = FakeCounter(line), scan(4 * CHUNK)
        counter.enrol(process.mint_code("bc-mau", "Quầy 1"))
        digitise(counter, content)
        create(counter, content)
        for offset in range(0, len(content), CHUNK):
            patch(counter, content, offset, CHUNK)
            process.kill9()                        # the answer was the last thing it did
            process.start()
            state, reached = have(counter, content)[0]
            assert state == "complete" if offset + CHUNK == len(content) else reached == offset + CHUNK
        assert (tmp_path / "files" / sha(content)[:2] / sha(content)).read_bytes() == content
        assert process.report()["files"]["complete"] == 1
        assert process.operate("check-files", "--content")["checked"] == 1
        line.close()
