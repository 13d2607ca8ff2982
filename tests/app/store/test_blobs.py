"""A content is whole, secret and on the disk before anything names it; whatever is wrong with it is said."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.blob import blob_of
from app.errors import EnvironmentFault
from app.store.blobs import CHUNK, HEAD_SIZE, TAG, BlobStore, size_of_file
from app.store.disk import Disk, NewFile, disk_fault

KEY = bytes(range(32))
CONTENT = b"trang giay cua cong dan " * 9_000           # four chunks


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "scans", KEY)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_was_put_is_read(store: BlobStore, size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    blob = store.put(content, "image/png")
    assert blob == blob_of(content, "image/png")
    assert store.read(blob.sha256) == content
    file = store.path_of(blob.sha256)
    assert file.stat().st_size == size_of_file(size)
    assert [(each.sha256, each.size) for each in store.walk()] == [(blob.sha256, file.stat().st_size)]
    assert store.size_on_disk() == file.stat().st_size


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300_000))
def test_any_content_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = BlobStore(tmp_path_factory.mktemp("any"), KEY)
    assert store.read(store.put(content, "image/png").sha256) == content


def test_a_file_bears_the_name_of_its_content_and_nothing_of_it_in_clear(store: BlobStore) -> None:
    blob = store.put(CONTENT, "image/png")
    files = [file for file in store.folder.rglob("*") if file.is_file()]
    assert files == [store.folder / blob.sha256[:2] / hashlib.sha256(CONTENT).hexdigest()]
    assert b"cong dan" not in files[0].read_bytes()
    if sys.platform != "win32":
        assert files[0].stat().st_mode & 0o077 == 0, "nobody else on this PC reads it"


def test_the_same_content_is_one_file_and_two_sealings_never_look_alike(tmp_path: Path) -> None:
    store, other = BlobStore(tmp_path / "a", KEY), BlobStore(tmp_path / "b", KEY)
    blob = store.put(CONTENT, "image/png")
    before = store.path_of(blob.sha256).read_bytes()
    assert store.put(CONTENT, "application/pdf").sha256 == blob.sha256
    assert store.path_of(blob.sha256).read_bytes() == before
    other.put(CONTENT, "image/png")
    sealed = other.path_of(blob.sha256).read_bytes()
    assert sealed[HEAD_SIZE:HEAD_SIZE + 64] != before[HEAD_SIZE:HEAD_SIZE + 64]
    other.path_of(blob.sha256).write_bytes(before)
    assert other.read(blob.sha256) == CONTENT, "the book's key alone opens it, wherever it lies"


def test_each_trouble_has_its_own_name(store: BlobStore) -> None:
    blob = store.put(CONTENT, "image/png")
    with pytest.raises(EnvironmentFault, match="blob_missing"):
        store.read("0" * 64)
    assert not store.has("0" * 64)
    with pytest.raises(EnvironmentFault, match="blob_key_wrong") as refused:
        BlobStore(store.folder, bytes(32)).read(blob.sha256)
    assert refused.value.values == {"sha256": blob.sha256}


def _swapped(raw: bytes) -> bytes:
    one = slice(HEAD_SIZE, HEAD_SIZE + CHUNK + TAG)
    two = slice(one.stop, one.stop + CHUNK + TAG)
    return raw[: one.start] + raw[two] + raw[one] + raw[two.stop :]


@pytest.mark.parametrize(("what", "damage"), [
    ("nothing left", lambda raw: b""),
    ("a head alone", lambda raw: raw[:HEAD_SIZE]),
    ("cut short", lambda raw: raw[:-1]),
    ("the last chunk gone", lambda raw: raw[: HEAD_SIZE + 3 * (CHUNK + TAG)]),
    ("something added", lambda raw: raw + b"x"),
    ("two chunks swapped", _swapped),
    ("zeros from a power cut", lambda raw: raw[:9_000] + bytes(len(raw) - 9_000)),
])
def test_a_file_that_was_changed_is_said_to_be_damaged(
    store: BlobStore, what: str, damage: Callable[[bytes], bytes],
) -> None:
    blob = store.put(CONTENT, "image/png")
    file = store.path_of(blob.sha256)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(EnvironmentFault, match="blob_damaged"):
        store.read(blob.sha256)
    store.put(CONTENT, "image/png")
    assert store.read(blob.sha256) == CONTENT, f"{what}: handed in again it is whole again"


@pytest.mark.parametrize("place", [*range(0, HEAD_SIZE, 5), HEAD_SIZE, HEAD_SIZE + CHUNK, -1])
def test_a_single_flipped_bit_is_seen_wherever_it_is(store: BlobStore, place: int) -> None:
    blob = store.put(CONTENT, "image/png")
    file = store.path_of(blob.sha256)
    raw = bytearray(file.read_bytes())
    raw[place] ^= 1
    file.write_bytes(raw)
    with pytest.raises(EnvironmentFault, match="blob_damaged"):
        store.read(blob.sha256)


def test_a_file_under_another_ones_name_does_not_open(store: BlobStore) -> None:
    one, two = store.put(b"one", "image/png"), store.put(b"two", "image/png")
    store.path_of(two.sha256).write_bytes(store.path_of(one.sha256).read_bytes())
    with pytest.raises(EnvironmentFault, match="blob_damaged"):
        store.read(two.sha256)


@pytest.mark.parametrize("name", ["../../counter.db", "A" * 64, "a" * 63, "", "g" * 64])
def test_a_name_is_never_a_way_out_of_the_folder(store: BlobStore, name: str) -> None:
    for ask in (store.read, store.has, store.remove):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_walking_passes_by_what_is_not_ours(store: BlobStore) -> None:
    assert list(store.walk()) == [] and store.leftovers() == () and store.sweep() == 0
    blob = store.put(b"x", "image/png")
    (store.folder / blob.sha256[:2] / "note.txt").write_text("a stranger")
    (store.folder / "zz").mkdir()
    (store.folder / "ab").touch() if not (store.folder / "ab").exists() else None
    assert [each.sha256 for each in store.walk()] == [blob.sha256]
    assert datetime.now(UTC) >= next(store.walk()).modified_at


def test_a_sweep_takes_what_nobody_writes_any_more_and_leaves_what_somebody_writes(store: BlobStore) -> None:
    store.put(b"x", "image/png")
    abandoned = store.incoming / "abandoned"
    abandoned.write_bytes(b"half a page")
    with Disk().new_file(store.incoming / "living") as living:
        living.write(b"half")
        assert store.leftovers() == (abandoned,)
        assert store.sweep() == 1
        assert [file.name for file in store.incoming.iterdir()] == ["living"]
    assert store.sweep() == 1, "a writer that ended without naming its file"


def test_a_writer_that_fails_leaves_nothing(store: BlobStore) -> None:
    store.put(b"x", "image/png")
    with suppress(RuntimeError), Disk().new_file(store.incoming / "new") as arriving:
        arriving.write(b"half")
        raise RuntimeError
    assert list(store.incoming.iterdir()) == []


class FailingDisk(Disk):
    """Says `number` at the `at`-th thing asked of it."""

    def __init__(self, at: int, number: int) -> None:
        self.at, self.number, self.asked = at, number, 0

    def ask(self) -> None:
        self.asked += 1
        if self.asked == self.at:
            raise OSError(self.number, os.strerror(self.number))

    @contextmanager
    def new_file(self, path: Path) -> Iterator[NewFile]:
        self.ask()
        with super().new_file(path) as plain:
            yield FailingFile(plain, self)

    def sync_folder(self, folder: Path) -> None:
        self.ask()
        super().sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        self.ask()
        super().make_folder(folder)


class FailingFile(NewFile):
    def __init__(self, plain: NewFile, disk: FailingDisk) -> None:
        self.path, self._plain, self._disk = plain.path, plain, disk

    def write(self, part: bytes) -> None:
        self._disk.ask()
        self._plain.write(part)

    def sync(self) -> None:
        self._disk.ask()
        self._plain.sync()

    def rename(self, target: Path) -> None:
        self._disk.ask()
        self._plain.rename(target)


def test_a_disk_that_is_full_at_any_step_leaves_nothing_half(tmp_path: Path) -> None:
    steps = 0
    while True:
        steps += 1
        disk = FailingDisk(steps, errno.ENOSPC)
        store = BlobStore(tmp_path / f"{steps}" / "scans", KEY, disk)
        try:
            blob = store.put(CONTENT, "image/png")
        except EnvironmentFault as fault:
            assert fault.code == "disk_full"
        else:
            break
        assert not store.incoming.is_dir() or list(store.incoming.iterdir()) == []
        for each in store.walk():                      # only a name that could not be made safe may stand there
            assert store.read(each.sha256) == CONTENT
        assert store.put(CONTENT, "image/png") == blob_of(CONTENT, "image/png"), "with room again it goes on"
    assert store.read(blob.sha256) == CONTENT
    assert steps > 10, "each write of each chunk was tried"


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EIO, "disk_error"),
    (errno.EROFS, "data_folder_unwritable"), (errno.EACCES, "data_folder_unwritable"),
])
def test_the_disks_words_become_ours(number: int, code: str) -> None:
    assert disk_fault(OSError(number, "x")).code == code


class LyingDisk(Disk):
    """Takes everything and gives back something else, as worn-out sticks do."""

    def read(self, file: Path, *, is_from_disk: bool = False) -> bytes:
        whole = super().read(file, is_from_disk=is_from_disk)
        return whole[:-1] + bytes([whole[-1] ^ 1])


def test_a_disk_that_gives_back_something_else_is_found_out_at_once(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, KEY, LyingDisk())
    with pytest.raises(EnvironmentFault, match="disk_error"):
        store.put(CONTENT, "image/png")
    assert list(store.walk()) == [], "nothing stays that a row could name"
