"""Where the database key lives: the operating system's key store, or a file with a stated weakness.

A PC without a usable key store (no session bus, headless) falls back to a file that only this account can
read, outside the data folder. The place is reported, so that the screens can say it: a stolen disk then
opens with the key beside it.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import platformdirs

from app.errors import EnvironmentFault
from app.store.database import opens_with
from app.store.durable import fsync_folder, make_folder

SERVICE = "quay-mot-cua"
SEAL_SECRET = ".seal"
KEY_SIZE = 32
"""Bytes of either secret."""


class KeyStore(Protocol):
    """The two calls of `keyring` that are used; raises any exception when there is no store."""

    def get_password(self, service_name: str, username: str) -> str | None: ...

    def set_password(self, service_name: str, username: str, password: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FoundKey:
    key: bytes
    place: Literal["key_store", "file"]
    witness: Path                                  # of this book: beside the keys, not in the data folder


def load_or_make_key(database: Path, store: KeyStore | None, fallback_folder: Path | None = None) -> FoundKey:
    """The 32-byte key of the book at `database`, made on first use and read back before it is trusted.

    Raises `database_key_lost` when the book exists and neither place holds its key, `key_unwritable` or
    `disk_full` when none can be kept.
    """
    name = _name_of(database)
    file, witness = _places_of(name, fallback_folder)
    held = _held_key(name, store, fallback_folder)
    if held is not None:
        return held
    if _has_book(database):
        raise EnvironmentFault("database_key_lost")
    key = secrets.token_bytes(KEY_SIZE)
    if store is not None and _into_store(store, name, key):
        return FoundKey(key, "key_store", witness)
    with suppress(FileExistsError):                # as above
        _write_key_file(file, key)
    return FoundKey(_read_key_file(file), "file", witness)


def find_key(database: Path, store: KeyStore | None, fallback_folder: Path | None = None) -> FoundKey:
    """The key of the book at `database`, which need not be there; nothing is made. Raises `database_key_lost`."""
    try:
        name = database.with_suffix(".id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("database_key_lost") from error
    held = _held_key(name, store, fallback_folder) if name else None
    if held is None:
        raise EnvironmentFault("database_key_lost")
    return held


def give_name(database: Path, name: str) -> None:
    """A place without a book gets the name of one that is about to come there, and with it finds its key."""
    with suppress(FileExistsError):
        _write_durably(database.with_suffix(".id"), name)


def put_back_key(database: Path, key: bytes, store: KeyStore | None, fallback_folder: Path | None = None) -> None:
    """The key of a book that lost it, from the province: kept where keys are kept once the book opens with it.

    A book whose own name is gone too gets a new one. Raises `recovery_key_of_other_book` for a key that does not
    open it, `database_damaged`, `key_unwritable`, `disk_full`.
    """
    if not opens_with(database, key):
        raise EnvironmentFault("recovery_key_of_other_book")
    name_file = database.with_suffix(".id")
    try:
        name = name_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if not name:
        name_file.unlink(missing_ok=True)
        give_name(database, secrets.token_hex(8))
        name = name_file.read_text(encoding="ascii").strip()
    if store is not None and _into_store(store, name, key):
        return
    file, _ = _places_of(name, fallback_folder)
    try:
        file.unlink(missing_ok=True)               # one that could be read would have opened the book
    except OSError as error:
        raise _unwritable(error) from error
    _write_key_file(file, key)


def load_or_make_seal_key(found: FoundKey, store: KeyStore | None) -> tuple[bytes, bool]:
    """The 32-byte secret of the seal over that book, and whether it was made just now.

    It lies where the book's key lies, under a name of its own. One that cannot be read gives way to a new one: no
    work waits for a seal, and the seal tells ever after that it was begun anew. Raises `key_unwritable`,
    `disk_full`.
    """
    held = find_seal_key(found, store)
    if held is not None:
        return held, False
    key, file = secrets.token_bytes(KEY_SIZE), found.witness.with_suffix(SEAL_SECRET)
    if found.place == "key_store" and store is not None and _into_store(store, _seal_name(found), key):
        return key, True
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(error) from error
    with suppress(FileExistsError):                # another window was quicker
        _write_key_file(file, key)
    return _read_key_file(file), True


def find_seal_key(found: FoundKey, store: KeyStore | None) -> bytes | None:
    """That secret where there is one that can be read; nothing is made."""
    held = _from_store(store, _seal_name(found)) if store is not None else None
    if held is not None:
        return held
    with suppress(EnvironmentFault):
        return _read_key_file(found.witness.with_suffix(SEAL_SECRET))
    return None


def _seal_name(found: FoundKey) -> str:
    return f"{found.witness.stem}{SEAL_SECRET}"


def _places_of(name: str, fallback_folder: Path | None) -> tuple[Path, Path]:
    """(key file, witness) of the book of that name."""
    folder = fallback_folder or Path(platformdirs.user_config_dir(SERVICE, appauthor=False)) / "keys"
    return folder / f"{name}.key", folder / f"{name}.witness"


def _held_key(name: str, store: KeyStore | None, fallback_folder: Path | None) -> FoundKey | None:
    file, witness = _places_of(name, fallback_folder)
    if store is not None:
        held = _from_store(store, name)
        if held is not None:
            return FoundKey(held, "key_store", witness)
    return FoundKey(_read_key_file(file), "file", witness) if file.exists() else None


def system_key_store() -> KeyStore | None:
    """The operating system's key store through `keyring`; None where there is none."""
    import keyring  # a heavy import that a first paint should not wait for
    from keyring.backends import fail

    backend = keyring.get_keyring()
    return None if isinstance(backend, fail.Keyring) else backend


def _name_of(database: Path) -> str:
    """The book's own name, in a small file beside it: a data folder may be moved and still finds its key."""
    file = database.with_suffix(".id")
    try:
        name = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        name = ""
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("database_key_lost") from error
    if name:
        return name
    if _has_book(database):                        # a new name would hide the key that is still somewhere
        raise EnvironmentFault("database_key_lost")
    file.unlink(missing_ok=True)                   # empty: the power went while it was being written
    with suppress(FileExistsError):                # another window was quicker
        _write_durably(file, secrets.token_hex(8))
    return file.read_text(encoding="ascii").strip()


def _has_book(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _from_store(store: KeyStore, name: str) -> bytes | None:
    """None too for what is no key."""
    try:
        key = bytes.fromhex(store.get_password(SERVICE, name) or "")
    except Exception:  # each backend raises its own; an unusable store is the same as none
        return None
    return key if len(key) == KEY_SIZE else None


def _into_store(store: KeyStore, name: str, key: bytes) -> bool:
    try:
        store.set_password(SERVICE, name, key.hex())
    except Exception:  # as above
        return False
    return _from_store(store, name) == key


def _read_key_file(file: Path) -> bytes:
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise EnvironmentFault("database_key_lost") from error
    if len(key) != KEY_SIZE:
        raise EnvironmentFault("database_key_lost")
    return key


def _write_key_file(file: Path, key: bytes) -> None:
    try:
        make_folder(file.parent, mode=0o700)
    except OSError as error:
        raise _unwritable(error) from error
    _write_durably(file, key.hex())


def _write_durably(file: Path, text: str) -> None:
    """A new file for this account alone, whole and on the disk with its name when this returns.

    It never bears its name half written: an empty key file would stand in the way of every later start.
    Raises FileExistsError, `key_unwritable`, `disk_full`.
    """
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
            _name_once(part, file)
        finally:
            part.unlink(missing_ok=True)
        fsync_folder(file.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise _unwritable(error) from error


def _name_once(part: Path, file: Path) -> None:
    """`part` gets its name unless another has it. Raises FileExistsError."""
    if sys.platform == "win32":
        part.rename(file)                  # refuses there what exists
        return
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:                        # a disk that knows no second name for a file (exFAT)
        if file.exists():
            raise FileExistsError(file) from None
        part.rename(file)


def _unwritable(error: OSError) -> EnvironmentFault:
    if error.errno == errno.ENOSPC:
        return EnvironmentFault("disk_full")
    return EnvironmentFault("key_unwritable", reason=error.strerror or "")
