"""Opening a book: where its key lies, and everything that is refused before the first byte is written."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from sqlcipher3 import dbapi2 as sqlcipher

from app.bootstrap import open_application
from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.store import keys, network_share
from app.store.database import open_database, refuse_old_sqlite
from app.store.keys import system_key_store
from app.store.network_share import NETWORK_KINDS, file_system_kind
from tests.office import make_office, reopen, sample_intake


class MemoryKeyring(KeyringBackend):
    """A key store as keyring's back ends are written; `is_locked` as when the desktop's wallet is not opened."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _refuse_locked(self) -> None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked("the wallet is locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse_locked()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse_locked()
        self.held[service, username] = password


class ForgetfulKeyring(MemoryKeyring):
    """Takes a key and does not give it back: seen with stores that have no session."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


def files_under(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def open_and_close(folder: Path, store: MemoryKeyring | None) -> str:
    application = open_application(DataFolder(folder / "office"), key_store=store, key_folder=folder / "keys")
    application.close()
    return application.key_place


def test_the_key_goes_into_the_key_store_and_nowhere_else(tmp_path: Path) -> None:
    store = MemoryKeyring()
    assert open_and_close(tmp_path, store) == "key_store"
    assert open_and_close(tmp_path, store) == "key_store"
    book, seal = (bytes.fromhex(held) for held in store.held.values())
    assert len(book) == len(seal) == 32 and book != seal
    for name in files_under(tmp_path):
        content = (tmp_path / name).read_bytes()
        for key in (book, seal):
            assert key not in content and key.hex().encode() not in content, name


@pytest.mark.parametrize("store", [None, ForgetfulKeyring(), "locked"])
def test_without_a_usable_store_the_key_is_a_file_for_this_account_alone(
    tmp_path: Path, store: MemoryKeyring | str | None,
) -> None:
    if isinstance(store, str):
        store = MemoryKeyring()
        store.is_locked = True
    assert open_and_close(tmp_path, store) == "file"
    files = list((tmp_path / "keys").iterdir())
    assert sorted(file.suffix for file in files) == [".key", ".seal", ".seals"]
    for file in files:
        if sys.platform != "win32":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not [name for name in files_under(tmp_path / "office") if name.endswith(".key")]
    assert open_and_close(tmp_path, store) == "file", "the same key again"


def test_a_key_that_was_a_file_stays_one_when_a_store_appears(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    assert open_and_close(tmp_path, MemoryKeyring()) == "file"


def test_no_key_store_on_this_machine_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    assert system_key_store() is None
    store = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: store)
    assert system_key_store() is store


def test_a_lost_key_is_said_and_the_book_is_left_alone(tmp_path: Path) -> None:
    store = MemoryKeyring()
    open_and_close(tmp_path, store)
    before = (tmp_path / "office" / "counter.db").read_bytes()
    for other in (MemoryKeyring(), None):
        with pytest.raises(EnvironmentFault, match="database_key_lost"):
            open_and_close(tmp_path, other)
    assert (tmp_path / "office" / "counter.db").read_bytes() == before
    assert open_and_close(tmp_path, store) == "key_store", "found again, it opens"


def test_a_damaged_key_file_is_a_lost_key(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    (file,) = (tmp_path / "keys").glob("*.key")
    for content in ("", "zz", "00" * 31, "không phải"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(EnvironmentFault, match="database_key_lost"):
            open_and_close(tmp_path, None)


def test_a_wrong_key_is_said_and_the_book_is_left_alone(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    before = (tmp_path / "office" / "counter.db").read_bytes()
    with pytest.raises(EnvironmentFault, match="database_key_wrong"):
        open_database(tmp_path / "office" / "counter.db", bytes(32))
    assert (tmp_path / "office" / "counter.db").read_bytes() == before


def test_a_book_that_cannot_be_looked_at_beside_its_log_is_said_by_the_opening(tmp_path: Path) -> None:
    (tmp_path / "counter.db").mkdir()
    (tmp_path / "counter.db-wal").write_bytes(b"x")
    with pytest.raises(EnvironmentFault, match="data_folder_unwritable"):
        open_database(tmp_path / "counter.db", bytes(32))


def test_a_name_file_that_is_gone_is_a_lost_key_and_not_a_new_name(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    name = tmp_path / "office" / "counter.id"
    held = name.read_text()
    for content in (None, ""):
        name.unlink(missing_ok=True)
        if content is not None:
            name.write_text(content)
        with pytest.raises(EnvironmentFault, match="database_key_lost"):
            open_and_close(tmp_path, None)
    name.write_text(held)
    assert open_and_close(tmp_path, None) == "file"


def test_a_power_cut_while_the_first_name_was_written_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "counter.id").touch()
    assert open_and_close(tmp_path, None) == "file"
    assert (tmp_path / "office" / "counter.id").read_text()


def test_a_moved_data_folder_still_finds_its_key(tmp_path: Path) -> None:
    store = MemoryKeyring()
    open_and_close(tmp_path / "a", store)
    (tmp_path / "a").rename(tmp_path / "b")
    assert open_and_close(tmp_path / "b", store) == "key_store"


def test_a_file_that_is_no_book_of_ours_is_refused(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    for content in (b"SQLite format 3\x00" + bytes(4080), b"\x00" * 4096, os.urandom(8192)):
        (tmp_path / "office" / "counter.db").write_bytes(content)
        with pytest.raises(EnvironmentFault, match=r"database_key_wrong|database_damaged"):
            open_and_close(tmp_path, None)
        assert (tmp_path / "office" / "counter.db").read_bytes() == content


MOUNTS = [
    ("/", "ext4"), ("/home", "btrfs"), ("/home/quay", "nfs4"), ("/mnt/share one", "cifs"), ("/data", "ext4"),
    ("/data/fuse", "fuse.sshfs"), ("/home/quay/local", "ext4"), ("/var", "tmpfs"),
]


@pytest.mark.parametrize(
    ("folder", "kind", "is_refused"),
    [
        ("/srv/office", "ext4", False), ("/home/lan/office", "btrfs", False), ("/home/quay/office", "nfs4", True),
        ("/home/quay/local/office", "ext4", False), ("/mnt/share one/office", "cifs", True),
        ("/mnt/other", "ext4", False), ("/data/fuse", "fuse.sshfs", True), ("/data/fused", "ext4", False),
        ("/var/lib", "tmpfs", False),
    ],
)
def test_the_kind_of_the_file_system_decides(folder: str, kind: str, is_refused: bool) -> None:
    found = file_system_kind(Path(folder), MOUNTS)
    assert (found, found in NETWORK_KINDS) == (kind, is_refused)


def test_the_newest_mount_on_a_point_counts() -> None:
    assert file_system_kind(Path("/data/x"), [("/data", "ext4"), ("/data", "nfs")]) == "nfs"


def test_a_book_on_a_network_share_is_refused_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network_share, "_mounts", lambda: [("/", "ext4"), (str(tmp_path), "cifs")])
    with pytest.raises(EnvironmentFault, match="network_share"):
        open_and_close(tmp_path, None)
    assert files_under(tmp_path) == set()


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True), ((3, 53, 1), True),
        ((4, 0, 0), True),
    ],
)
def test_an_sqlite_that_can_corrupt_a_book_is_refused(version: tuple[int, int, int], is_safe: bool) -> None:
    if is_safe:
        refuse_old_sqlite(version)
    else:
        with pytest.raises(EnvironmentFault, match="sqlite_too_old") as refused:
            refuse_old_sqlite(version)
        assert refused.value.values == {"version": ".".join(map(str, version))}


def test_the_sqlite_we_ship_is_safe_and_durable(tmp_path: Path) -> None:
    refuse_old_sqlite(sqlcipher.sqlite_version_info)
    open_and_close(tmp_path, None)
    database = open_application(DataFolder(tmp_path / "office"), key_folder=tmp_path / "keys").database
    with database.reading() as connection:
        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        found = {name: pragma(name) for name in (
            "journal_mode", "synchronous", "foreign_keys", "temp_store", "recursive_triggers", "cipher_page_size"
        )}
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2,
                     "recursive_triggers": 1, "cipher_page_size": "4096"}


def without_the_right_to_write(work: Callable[[], object]) -> str:
    """Do `work` as somebody who may not write here (root may always: he is left for a moment)."""
    is_root = os.geteuid() == 0
    if is_root:
        os.setegid(65534)
        os.seteuid(65534)
    try:
        work()
    except EnvironmentFault as fault:
        return fault.code
    finally:
        if is_root:
            os.seteuid(0)
            os.setegid(0)
    return "opened"


def let_everybody_in(folder: Path) -> None:
    """pytest's folders are for their owner alone."""
    for each in (folder, *folder.parents):
        if each == Path(tempfile.gettempdir()):
            return
        each.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    let_everybody_in(tmp_path)
    folder = tmp_path / "readonly"
    folder.mkdir(mode=0o555)
    for target in (folder, folder / "office"):
        said = without_the_right_to_write(
            lambda target=target: open_application(DataFolder(target), key_folder=tmp_path / "keys")  # type: ignore[misc]
        )
        assert said == "data_folder_unwritable"
    assert files_under(tmp_path) == set()


def test_a_key_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    let_everybody_in(tmp_path)
    (tmp_path / "office").mkdir(mode=0o777)
    (tmp_path / "office").chmod(0o777)
    (tmp_path / "locked").mkdir(mode=0o555)
    said = without_the_right_to_write(
        lambda: open_application(DataFolder(tmp_path / "office"), key_folder=tmp_path / "locked" / "keys")
    )
    assert said == "key_unwritable"


def test_a_full_disk_while_the_key_is_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="disk_full"):
        open_and_close(tmp_path, None)


def test_a_book_made_read_only_is_said_when_it_is_written(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock)
    with again.application.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(EnvironmentFault, match="database_readonly"):
        again.receive(sample_intake("a"))
    again.application.close()
