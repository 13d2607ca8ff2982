"""The counter's book: one encrypted SQLite file, opened so that what was committed is on the disk.

`with database.writing() as connection` is one user action: BEGIN IMMEDIATE, commit or roll back as a whole.
`with database.reading() as connection` sees one consistent state. WAL with synchronous=FULL: NORMAL lost
acknowledged receipts in simulated power cuts, FULL none. The raw key opens in milliseconds; a pass phrase
would cost a key derivation per connection.

Rows are read and written by SQLAlchemy Core, not the ORM: the save path is twice as fast and no ORM object
can leak to another room.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import EnvironmentFault
from app.store.cloud_folder import refuse_cloud_folder
from app.store.durable import has_room, make_folder
from app.store.network_share import refuse_network_share
from app.store.prepared import run_text
from app.store.sealing.seals import Seals, settle, take_sealed
from app.store.written import OnWritten, take_written

SAFE_SQLITE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""First version of each line without the WAL-reset corruption bug (two connections, one checkpoint)."""
STATEMENTS = 1000
"""Kept parsed on each connection. The driver's own limit of 100 is soon full of statements that ran once, and then
it drops the one that came last: a window that had shown enough pages would parse each statement of a reception
anew, with all triggers, several times as long as running it."""


def refuse_old_sqlite(version: tuple[int, int, int]) -> None:
    """Raise `sqlite_too_old` for an SQLite that may corrupt a WAL database used by two connections."""
    newest_line = SAFE_SQLITE[0]
    patched_lines = {fixed[:2]: fixed for fixed in SAFE_SQLITE[1:]}
    fixed = patched_lines.get(version[:2], newest_line)
    if version < fixed:
        raise EnvironmentFault("sqlite_too_old", version=".".join(map(str, version)))


class Database:
    """An open book. Made by `open_database`; `close` it when the program ends."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self.on_written: OnWritten = _nobody       # told of the newest operation after each commit that made one
        self._seals: Seals | None = None
        self._writers = engine.execution_options(begin_statement="BEGIN IMMEDIATE")

    @property
    def seals(self) -> Seals | None:
        """The seal that is kept over what is written here."""
        return self._seals

    def seal_with(self, seals: Seals) -> None:
        """From now on every row that is written here is under this seal."""
        self._seals = seals
        self._writers = self._engine.execution_options(begin_statement="BEGIN IMMEDIATE", seals=seals)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One action in one transaction; the write lock is taken at the start (no upgrade deadlock)."""
        with self._transaction(self._writers) as connection:
            take_written(connection)               # of one that was rolled back
            take_sealed(connection)                # as above
            yield connection
            written = take_written(connection)
            settle(connection)
            sealed = take_sealed(connection)
        if sealed is not None and self._seals is not None:
            self._seals.note(sealed)
        if written is not None:
            self.on_written(*written)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view; never waits for a writer."""
        with self._transaction(self._engine) as connection:
            yield connection

    def checkpoint(self) -> None:
        """Fold the write-ahead log back; called when the counter is idle, so that no save waits for it.

        Raises EnvironmentFault (disk_full …); what was committed stays in the log then, and safe.
        """
        with self._engine.connect() as connection:
            try:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
            except sqlcipher.DatabaseError as error:
                raise _fault(str(error)) or error from error

    def integrity_findings(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file; empty when it is whole."""
        with self.reading() as connection:
            found = [str(row[0]) for row in connection.execute(text("PRAGMA quick_check(20)"))]
            if found != ["ok"]:
                connection.detach()                # as below
        return tuple(line for line in found if line != "ok")

    def close(self) -> None:
        self._engine.dispose()
        if self._seals is not None:
            self._seals.close()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                try:
                    yield connection
                except (DBAPIError, sqlcipher.DatabaseError) as error:
                    if _fault_code(error) == "database_damaged":
                        connection.detach()        # SQLCipher reads no other page on one that met a damaged one
                    raise
        except DBAPIError as error:
            raise translate(error) from error
        except sqlcipher.DatabaseError as error:   # the seal asks the driver itself
            raise _fault(str(error)) or error from error


def _nobody(device: str, epoch: int, seq: int, own: str) -> None:
    return None


def translate(error: DBAPIError) -> Exception:
    """A disk that is full, locked or damaged as something the clerk can be told; others unchanged."""
    return _fault(str(error.orig)) or error


def _fault_code(error: Exception) -> str:
    fault = _fault(str(error.orig if isinstance(error, DBAPIError) else error))
    return fault.code if fault is not None else ""


def _fault(text: str) -> EnvironmentFault | None:
    said = text.lower()
    if "full" in said:
        return EnvironmentFault("disk_full")
    if "locked" in said or "busy" in said:
        return EnvironmentFault("database_busy")
    if "malformed" in said or "not a database" in said or "vtable constructor failed" in said:
        return EnvironmentFault("database_damaged")
    if "disk i/o" in said:
        return EnvironmentFault("disk_error")
    if "readonly" in said:
        return EnvironmentFault("database_readonly")
    if "unable to open" in said:
        return EnvironmentFault("data_folder_unwritable", reason="")
    return None


def prepare_folder(folder: Path) -> None:
    """Make the folder of a book; nothing is written into it before it is known to be fit.

    Raises EnvironmentFault: network_share, cloud_folder, data_folder_unwritable, disk_full.
    """
    try:
        make_folder(folder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise EnvironmentFault("disk_full") from error
        raise EnvironmentFault("data_folder_unwritable", reason=error.strerror or "") from error
    refuse_network_share(folder)
    refuse_cloud_folder(folder)
    if not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise EnvironmentFault("data_folder_unwritable", reason="")


def open_database(path: Path, key: bytes) -> Database:
    """Open or create the encrypted file at `path` with the 32-byte raw `key`; schema is `migrate`'s business.

    Raises EnvironmentFault as `prepare_folder` does, and: sqlite_too_old, database_key_wrong, database_damaged,
    also for a log whose book is gone.
    """
    if len(key) != 32:
        raise ValueError("the database key has 32 bytes")
    refuse_old_sqlite(sqlcipher.sqlite_version_info)
    prepare_folder(path.parent)
    _refuse_unreadable_log(path, key)
    engine = _engine(path, key)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    except DatabaseError as error:
        engine.dispose()
        if "not a database" in str(error.orig).lower():
            raise EnvironmentFault("database_key_wrong") from error
        fault = translate(error)
        # SQLite makes its shared memory while it opens; that there is no room for it, it calls an I/O error.
        if isinstance(fault, EnvironmentFault) and fault.code == "disk_error" and not has_room(path.parent):
            raise EnvironmentFault("disk_full") from error
        raise fault from error
    return Database(path, engine)


def log_size(path: Path) -> int:
    """Bytes that wait beside the book to be folded into it."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


def _refuse_unreadable_log(path: Path, key: bytes) -> None:
    """Raise before a log that does not belong to this book is written over it.

    SQLite folds the log into the file when the last connection closes, also one that it could not read: then the
    log of another book, put beside ours, would take the place of our pages. A connection that may not write looks
    first. What else hinders it is said by the opening itself.
    """
    if not log_size(path):
        return
    if not path.exists():
        # Opening would begin an empty book and drop the log with what only it still holds.
        raise EnvironmentFault("database_damaged")
    try:
        is_ours = opens_with(path, key)
    except EnvironmentFault as fault:
        if fault.code == "database_damaged":
            raise
        return
    except sqlcipher.DatabaseError:
        return
    if not is_ours:
        raise EnvironmentFault("database_key_wrong")


def opens_with(path: Path, key: bytes) -> bool:
    """Whether the book is encrypted with `key`; looked at by a connection that may not write.

    Raises EnvironmentFault `database_damaged` for one that is no book any more.
    """
    try:
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=15.0)
    except sqlcipher.DatabaseError as error:
        raise _fault(str(error)) or error from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if "not a database" in str(error).lower():
            return False
        raise _fault(str(error)) or error from error
    finally:
        connection.close()
    return True


def _engine(path: Path, key: bytes) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), check_same_thread=False, isolation_level=None, timeout=15.0, cached_statements=STATEMENTS
        )
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",         # a sort must not spill citizens' names in clear
            "wal_autocheckpoint = 4000",   # the window checkpoints when idle; this is only the brake
            "cache_size = -16000",
            "recursive_triggers = ON",     # REPLACE must not slip past the delete trigger of the journal
        ):
            try:
                cursor.execute(f"PRAGMA {pragma}")
            except sqlcipher.DatabaseError:
                connection.close()
                raise
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8,
        hide_parameters=True,              # an error text must not carry a citizen's data into a log
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver runs in autocommit mode: SQLAlchemy's begin must be said aloud, and as IMMEDIATE for writers.
        options = connection.get_execution_options()
        seals: Seals | None = options.get("seals")
        if seals is not None:
            seals.arm(connection)
        begin_statement = options.get("begin_statement", "BEGIN")
        run_text(connection, begin_statement)
        if seals is not None and seals.is_to_arm(connection):      # sealed while we waited for the lock
            run_text(connection, "ROLLBACK")
            seals.arm(connection)
            run_text(connection, begin_statement)

    return engine


__all__ = ["Database", "open_database", "opens_with", "refuse_old_sqlite", "translate"]
