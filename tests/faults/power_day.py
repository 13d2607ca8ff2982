"""What a counter does while the power is cut: each scenario is a program of its own, run under strace.

    python -m tests.faults.power_day FOLDER SCENARIO BOOK LIE RECEPTIONS

SCENARIO is one of `SCENARIOS`. BOOK is "encrypted" as everywhere, or "plain": the same program on a file that
SQLite can read without a key. LIE is "" or one of `LIES`: a rule left out, so that the run must find something.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event

from app.bootstrap import open_application
from app.paths import DataFolder
from app.services.days import today_at_counter
from app.services.numbers import close_days
from app.services.receipts import note_print
from app.services.upgrade.take_over import take_over
from app.store import database, disk
from app.store.keys import load_or_make_key
from tests.app.services.scans import file_stacks, scan, stack_of
from tests.app.store.older_books import back_to_0001
from tests.faults.disk_log import SAID
from tests.office import (
    MORNING,
    Office,
    Province,
    SetClock,
    make_template,
    reopen,
    sample_intake,
)

PROVINCE = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))

Say = Callable[[str], None]


def page_content(name: str) -> bytes:
    """Bytes of a page that can be made again from its name; one of three has two chunks."""
    noise = random.Random(name)
    return noise.randbytes(70_000 if noise.random() < 0.33 else 6_000)


def receive_and_print(folder: Path, receptions: int, say: Say) -> None:
    """Receptions with their prints, the log folded back in between, a restart, and a day closed at last."""
    office = reopen(folder, PROVINCE, SetClock())
    for number in range(receptions):
        receive_one(office, f"sáng-{number}", say)
        if number == receptions // 2:
            office.application.database.checkpoint()
    office.application.close()
    office = reopen(folder, PROVINCE, SetClock(), seed=2)
    receive_one(office, "chiều", say)
    clock = SetClock(MORNING + timedelta(days=1))
    with office.application.database.writing() as connection:
        today = today_at_counter(connection, clock.now())
        close_days(connection, office.application.enrolled, today, clock.now(), office.noise.randbytes)
    say("closed 2026-11-23")
    office.application.close()


def scan_and_file(folder: Path, receptions: int, say: Say) -> None:
    """Each dossier with two pages scanned and filed as one document."""
    office = reopen(folder, PROVINCE, SetClock())
    for number in range(receptions):
        intent = f"quét-{number}"
        names = [f"{intent}/{ordinal}" for ordinal in (1, 2)]
        pages = []
        for ordinal, name in enumerate(names, start=1):
            pages.append(scan(office, intent, page_content(name), ordinal=ordinal))
            say(f"page {pages[-1].id} {name}")
        code = receive_one(office, intent, say)
        stack = stack_of(office, *pages)
        file_stacks(office, code, "1", stack, intent=f"{intent}/lưu")
        say(f"filed {code} {stack.document.sha256}")
    office.application.close()


def begin(folder: Path, receptions: int, say: Say) -> None:
    """The very first start in an empty folder, the enrolment, the first dossiers."""
    application = open_application(
        DataFolder(folder / "office"), clock=SetClock(), key_folder=folder / "keys",
        randomness=random.Random(0).randbytes,
    )
    application.close()
    make_template(folder, PROVINCE, device="quay-1", lo=1, hi=499)
    say("enrolled")
    office = reopen(folder, PROVINCE, SetClock())
    for number in range(receptions):
        receive_one(office, f"đầu-{number}", say)
    office.application.close()


def upgrade(folder: Path, receptions: int, say: Say) -> None:
    """A book as the first version wrote it is brought to this one; the dossiers in it are on paper already."""
    opened = reopen_older(folder)
    take_over(opened, key_of(folder), DataFolder(folder / "office").backups, MORNING)
    opened.close()
    say("upgraded")
    office = reopen(folder, PROVINCE, SetClock(), seed=3)
    for number in range(receptions):
        receive_one(office, f"sau-{number}", say)
    office.application.close()


SCENARIOS = {each.__name__: each for each in (receive_and_print, scan_and_file, begin, upgrade)}


def prepare(folder: Path, scenario: str, book: str) -> list[str]:
    """What lies in `folder` before the scenario begins, all of it safe; the papers that are out already."""
    with plain_book(book == "plain"):
        if scenario == "begin":
            return []
        make_template(folder, PROVINCE, device="quay-1", lo=1, hi=499)
        if scenario != "upgrade":
            return []
        said: list[str] = []
        office = reopen(folder, PROVINCE, SetClock())
        for number in range(3):
            receive_one(office, f"cũ-{number}", said.append)
        with office.application.database.writing() as connection:
            back_to_0001(connection)
        office.application.close()
        return said


def reopen_older(folder: Path) -> database.Database:
    """The book as it lies there, without the steps that a start would run."""
    return database.open_database(DataFolder(folder / "office").database, key_of(folder))


def key_of(folder: Path) -> bytes:
    return load_or_make_key(DataFolder(folder / "office").database, None, folder / "keys").key


def receive_one(office: Office, intent: str, say: Say) -> str:
    received = office.receive(sample_intake(intent))
    say(f"paper {received.dossier.code}")
    with office.application.database.writing() as connection:
        note_print(connection, received.print_job, "printed", office.clock.now())
    say(f"printed {received.print_job}")
    return received.dossier.code


class plain_book:  # noqa: N801  a context manager that reads as a word
    """Inside, no key is given to SQLite when `is_plain`: the file is an ordinary one."""

    def __init__(self, is_plain: bool) -> None:
        self._is_plain = is_plain

    def __enter__(self) -> None:
        self._before = database.sqlcipher.connect
        if self._is_plain:
            database.sqlcipher.connect = partial(self._before, factory=_WithoutKey)  # type: ignore[misc]

    def __exit__(self, *_: object) -> None:
        database.sqlcipher.connect = self._before  # type: ignore[misc]


class _Cursor(database.sqlcipher.Cursor):
    def execute(self, sql: str, *values: Any) -> Any:
        return self if sql.startswith("PRAGMA key") else super().execute(sql, *values)


class _WithoutKey(database.sqlcipher.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


def _synchronous_normal() -> None:
    made = database._engine

    def weaker(path: Path, key: bytes) -> Any:
        engine = made(path, key)

        @event.listens_for(engine, "connect")
        def relax(connection: Any, _: object) -> None:
            connection.execute("PRAGMA synchronous = NORMAL")

        return engine

    database._engine = weaker


def _content_not_synced() -> None:
    disk.NewFile.sync = lambda _: None  # type: ignore[method-assign]


def _names_not_synced() -> None:
    disk.Disk.sync_folder = lambda _, folder: None  # type: ignore[method-assign]


def _paper_before_commit() -> None:
    """The number is on paper when it is taken, not when it is stored."""
    from app.services import receive

    taken = receive.CodePattern.issue

    def issue(self: Any, *words: Any) -> str:
        code = taken(self, *words)
        _SAY[0](f"paper {code}")
        return code

    receive.CodePattern.issue = issue  # type: ignore[method-assign]


_SAY: list[Say] = []
LIES: dict[str, tuple[str, Callable[[], None]]] = {
    "synchronous_normal": ("receive_and_print", _synchronous_normal),
    "paper_before_commit": ("receive_and_print", _paper_before_commit),
    "content_not_synced": ("scan_and_file", _content_not_synced),
    "names_not_synced": ("scan_and_file", _names_not_synced),
}
"""Rules left out, and the scenario that must find it."""


def main() -> int:
    folder, scenario, book, lie, receptions = sys.argv[1:]
    paper = os.open(Path(folder) / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(line: str) -> None:
        os.write(paper, f"{line}\n".encode())

    _SAY.append(say)
    with plain_book(book == "plain"):
        if lie:
            LIES[lie][1]()
        SCENARIOS[scenario](Path(folder), int(receptions), say)
    return 0


if __name__ == "__main__":
    sys.exit(main())
