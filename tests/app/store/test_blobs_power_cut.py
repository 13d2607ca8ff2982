"""The power goes at any moment of storing a page: a row never names a file that is not there, whole.

The disk here is a worst one: what was written is lost until it was synced, a name is lost until its folder was,
and both may survive without the other. The real calls are made too, so that the order is that of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.services.scan_tray import keep_page
from app.store.blobs import BlobStore
from app.store.disk import Disk, NewFile
from tests.office import office_in

KEY = bytes(32)
CONTENT = b"mot trang giay " * 10_000


@dataclass
class Step:
    """One thing asked of the disk, or "row": the book took the row that names the file."""

    what: str
    path: Path
    target: Path = field(default_factory=Path)


class WatchedDisk(Disk):
    """Does everything and notes it; `deaf` names what it forgets to do, for the test of this test."""

    def __init__(self, deaf: str = "") -> None:
        self.steps: list[Step] = []
        self._deaf = deaf

    def note(self, what: str, path: Path, target: Path | None = None) -> bool:
        if what == self._deaf:
            return False
        self.steps.append(Step(what, path, target or Path()))
        return True

    @contextmanager
    def new_file(self, path: Path) -> Iterator[NewFile]:
        with super().new_file(path) as plain:
            self.note("create", path)
            yield WatchedFile(plain, self)

    def sync_folder(self, folder: Path) -> None:
        if self.note("sync_folder", folder):
            super().sync_folder(folder)

    def sync(self, file: Path) -> None:
        if self.note("sync", file):
            super().sync(file)

    def read(self, file: Path, *, is_from_disk: bool = False) -> bytes:
        self.note("read_back" if is_from_disk else "read", file)
        return super().read(file, is_from_disk=is_from_disk)


class WatchedFile(NewFile):
    def __init__(self, plain: NewFile, disk: WatchedDisk) -> None:
        self.path, self._plain, self._disk = plain.path, plain, disk

    def write(self, part: bytes) -> None:
        self._disk.note("write", self.path)
        self._plain.write(part)

    def sync(self) -> None:
        if self._disk.note("sync", self.path):
            self._plain.sync()

    def rename(self, target: Path) -> None:
        self._disk.note("rename", self.path, target)
        self._plain.rename(target)


def survives(steps: list[Step], target: Path) -> tuple[bool, bool]:
    """After a cut behind these steps: is the name surely there, and is the content behind it surely whole?"""
    is_synced, is_named, is_name_safe = False, False, False
    for step in steps:
        match step.what:
            case "write":
                is_synced = False
            case "sync":
                is_synced = True
            case "rename" if step.target == target:
                is_named = True
            case "sync_folder" if is_named and step.path == target.parent:
                is_name_safe = True
    return is_name_safe, is_synced


def stored(folder: Path, disk: WatchedDisk) -> Path:
    store = BlobStore(folder, KEY, disk)
    blob = store.put(CONTENT, "image/png")
    disk.note("row", store.path_of(blob.sha256))
    return store.path_of(blob.sha256)


def broken_cuts(steps: list[Step], target: Path) -> list[int]:
    """Moments at which a cut leaves a row without its whole file, or half a file under a content's name."""
    found = []
    for cut in range(len(steps) + 1):
        done = steps[:cut]
        is_name_safe, is_synced = survives(done, target)
        has_row = any(step.what == "row" for step in done)
        may_be_named = any(step.what == "rename" for step in done)
        if (has_row and not (is_name_safe and is_synced)) or (may_be_named and not is_synced):
            found.append(cut)
    return found


def test_no_moment_leaves_a_row_without_its_whole_file(tmp_path: Path) -> None:
    disk = WatchedDisk()
    target = stored(tmp_path / "scans", disk)
    assert broken_cuts(disk.steps, target) == []


@pytest.mark.parametrize("deaf", ["sync", "sync_folder"])
def test_a_sync_left_out_would_be_found(tmp_path: Path, deaf: str) -> None:
    disk = WatchedDisk(deaf)
    target = stored(tmp_path / "scans", disk)
    assert broken_cuts(disk.steps, target) != []


def test_the_order_is_write_sync_rename_sync_folder_read_back_row(tmp_path: Path) -> None:
    disk = WatchedDisk()
    target = stored(tmp_path / "scans", disk)
    order = [step.what for step in disk.steps]
    first = order.index("create")
    names = [what for before, what in zip(["", *order[first:]], order[first:], strict=False) if what != before]
    assert names == ["create", "write", "sync", "rename", "sync_folder", "read_back", "row"]
    assert disk.steps[-2].path == target
    made = [step.path for step in disk.steps[:first] if step.what == "sync_folder"]
    assert {tmp_path, tmp_path / "scans"} <= set(made), "the folders' own names are safe too"


def test_a_name_whose_writer_was_killed_before_its_folder_was_safe_is_made_safe(tmp_path: Path) -> None:
    target = stored(tmp_path / "scans", WatchedDisk())
    disk = WatchedDisk()
    stored(tmp_path / "scans", disk)
    assert [(step.what, step.path) for step in disk.steps][-4:] == [
        ("read_back", target), ("sync", target), ("sync_folder", target.parent), ("row", target),
    ]


def test_the_row_of_a_page_comes_last(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        disk = WatchedDisk()
        blobs = BlobStore(tmp_path / "scans", KEY, disk)
        statements: list[str] = []
        with office.application.database.writing() as connection:
            connection.connection.driver_connection.set_trace_callback(  # type: ignore[union-attr]
                lambda text: (statements.append(text), disk.note("row", Path()))
                if text.startswith(("INSERT INTO files", "INSERT INTO scanned_pages")) else None
            )
            keep_page(
                connection, blobs, page_id="p", intent="i", batch="b", ordinal=1, source="file", content=CONTENT,
                mime="image/png", now=office.clock.now(),
            )
            connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
        order = [step.what for step in disk.steps]
        first = order.index("row")
        assert len(set(statements)) == 2 and order[first - 1] == "read_back" and set(order[first:]) == {"row"}
