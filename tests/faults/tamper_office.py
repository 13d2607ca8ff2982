"""A worked office to be tampered with: lives, money, scans, sign-ins, feed, second copy, backups."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, LargeBinary, func, insert, select

from app.book_verifier import Findings, Places, Secrets, verify_book
from app.errors import EnvironmentFault
from app.services import courier
from app.services.backup.known import note_lying
from app.services.backup.names import Why
from app.services.backup.take import Place, Source, take_backup
from app.services.drafts import save_draft
from app.store.keys import find_key, find_seal_key
from app.store.tables import Sha256, UtcDateTime, metadata
from app.store.witness import machine_name
from tests.app.services.neighbour import Feed, neighbours_work
from tests.app.services.scans import scan, scan_and_file
from tests.app.services.till.desk import CashDesk, transfer
from tests.faults.office_day import ACTS, Day
from tests.office import Office, reopen, sample_intake
from tests.people import CODE, grant
from tests.sync.second_copy.conftest import make_trial

KEY_LOST = "key_lost"
"""What is said where the key of the book is not found any more."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Folders: `now` and `before` closed; `cut` as a power cut would leave it, log and all."""

    now: Path
    before: Path
    cut: Path


def worked_office(folder: Path, acts: int = 60, seed: int = 1) -> Worked:
    """Everything that this counter does, some of it after the picture `before` was taken."""
    folder.mkdir(parents=True)
    now = folder / "now"
    now.mkdir()
    trial = make_trial(now)
    office = trial.office
    _work(office, acts, seed)
    trial.keeper.keep()
    _back_up(office)
    office.application.close()
    shutil.copytree(now, folder / "before")
    office = reopen(now, office.province, office.clock, seed=7)
    trial.office = office
    trial.new_keeper()
    _go_on(office)
    trial.keeper.keep()
    _back_up(office)
    _fill(office)
    shutil.copytree(now, folder / "cut")
    office.application.close()
    return Worked(now, folder / "before", folder / "cut")


def verified(home: Path, verify: Callable[[Places, Secrets], Findings] = verify_book) -> Findings:
    """What the stand-alone verifier says of a folder like `worked_office` makes."""
    book = home / "office" / "counter.db"
    found = Findings()
    try:
        key = find_key(book, None, home / "keys")
    except EnvironmentFault as fault:
        found.add("counter.db", KEY_LOST, said=fault.code)
        return found
    sticks = sorted((home / "stick").glob("quay-mot-cua-*")) if (home / "stick").is_dir() else []
    return verify(
        Places(book, book.parent / "scans", book.parent / "backups", key.witness,
               key.witness.with_suffix(".seals"), key.witness.with_suffix(".tries"),
               sticks[0] if sticks else None),
        Secrets(key.key, find_seal_key(key, None) or b"", machine_name()),
    )


def _work(office: Office, acts: int, seed: int) -> None:
    desk = CashDesk(office)
    desk.open({50_000: 4})
    codes = [office.receive(sample_intake(f"đầu-{n}", name=f"Trần Mẫu {n}")).dossier.code for n in range(3)]
    scan_and_file(office, sample_intake("đầu-0"), codes[0], "1", seed=3)
    scan(office, "khay", b"\x89PNG" + bytes(range(200)))
    first = desk.collect()
    desk.collect(transfer())
    desk.void(first.op_id, second=office.application.enrolled.clerks[1].id)
    feed = Feed(office)
    feed.add_operation(neighbours_work()[0])
    feed.add("status", number=codes[0], status=4)
    feed.add("alias", number=codes[1], alias="H47.15-261123-9001")
    feed.give()
    day = Day(office, random.Random(seed), "ngày")
    for act in ACTS:
        day.do(act)
    for _ in range(acts):
        day.next()
    application = office.application
    with application.database.writing() as connection:
        courier.confirm(connection, application.enrolled, 1, 3, office.clock.now())
        save_draft(connection, intent="nháp-1", label="Trần Thị Nháp", clerk="nv-1", form={"tên": "Mẫu"},
                   is_parked=True, now=office.clock.now())


def _go_on(office: Office) -> None:
    """What an older copy does not have."""
    office.clock.advance(timedelta(minutes=5))
    for n in range(2):
        office.receive(sample_intake(f"sau-{n}", name=f"Lê Thử {n}"))
    application = office.application
    with application.database.writing() as connection:
        courier.confirm(connection, application.enrolled, 1, 5, office.clock.now())
    grant(office, {"nv-1": ["intake", "cashier"], "nv-2": ["shift_lead"]})
    application.sign_ins.take_up(application.enrolled, "nv-1", CODE, "mẫu-bí-mật-1")


def _back_up(office: Office) -> None:
    application = office.application
    taken = take_backup(Source(application.database, application.book_key), Place(application.folder.backups, 0),
                        Why.ASKED, office.clock.now())
    with application.database.writing() as connection:
        note_lying(connection, taken.backup.file.name, taken.seal, taken.gone)


def _fill(office: Office) -> None:
    """A row in each table that this day left empty, so that each has something to lose."""
    with office.application.database.writing() as connection:
        for table in metadata.sorted_tables:
            is_empty = not connection.execute(select(func.count()).select_from(table)).scalar_one()
            if is_empty and not table.name.startswith("rollup_") and table.name not in _SPOKEN_FOR:
                connection.execute(insert(table).values(**{
                    column.name: _made(connection, column) for column in table.columns
                    if not column.nullable or column.primary_key
                }))


_SPOKEN_FOR = frozenset({"forks", "confirmations"})
"""A row out of nothing would say that something is wrong."""


def _made(connection: Connection, column: Any) -> Any:
    if column.foreign_keys:
        (other,) = column.foreign_keys
        return connection.execute(select(other.column).limit(1)).scalar()
    if isinstance(column.type, UtcDateTime):
        return datetime(2026, 11, 23, 3, tzinfo=UTC)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, Sha256):
        return "ab" * 32
    return b"\x01" * 32 if isinstance(column.type, LargeBinary) else "{}"
