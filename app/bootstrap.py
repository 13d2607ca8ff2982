"""Put the office together: one place that knows which parts exist, no globals anywhere else.

    application = open_application(folder, clock=SystemClock(), key_store=system_key_store())
    with application.database.writing() as connection:
        receive_dossier(connection, application.counter, …)

Nothing here imports Qt or opens a socket. `close()` when done.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from app.clock import Clock, SystemClock
from app.devices.scanning.memory_folder import sweep as sweep_pages
from app.domain.business_day import ClockFinding
from app.domain.calendar import parse_calendar
from app.domain.catalogue_codec import load_catalogue
from app.domain.catalogue_search import CatalogueSearch
from app.domain.deadline_policy import DeadlinePolicy, parse_policy
from app.domain.form_set import parse_form_sets
from app.domain.identifiers import Randomness
from app.domain.procedure import Agency, Catalogue
from app.errors import EnvironmentFault, Refusal
from app.paths import DataFolder, resource
from app.practice import SETTING as PRACTICE
from app.practice import refuse_other_book, refuse_other_folder
from app.services.backup.names import backups_in
from app.services.backup.restore import finish_restore, sweep_restore
from app.services.clock_watch import ClockWatch
from app.services.counter import Counter, load_counter
from app.services.packages import active_package
from app.services.people.sign_in import SignIns
from app.services.rules import Rules
from app.services.sealing import Sealing
from app.services.upgrade.take_over import open_newest, refuse_any, refuse_open_cash
from app.services.witness import watch
from app.store.blobs import BlobStore
from app.store.database import Database, prepare_folder
from app.store.hold import BookHold
from app.store.keys import (
    FoundKey,
    KeyStore,
    find_key,
    find_seal_key,
    load_or_make_key,
    load_or_make_seal_key,
)
from app.store.left_over import sweep_papers
from app.store.sealing.seals import Seals
from app.store.sealing.witness import SealWitness
from app.store.settings import read_setting, write_setting
from app.store.tries import TryFile
from app.store.witness import LocalWitness


@dataclass(slots=True)
class Application:
    """An opened office: one object for the life of the program, brought up to date by `reread` only."""

    folder: DataFolder
    database: Database
    clock: Clock
    randomness: Randomness
    key_place: str                                 # "key_store" | "file": said on the administration screen
    counter: Counter | None                        # None before enrolment
    catalogue: Catalogue
    rules: Rules
    search: CatalogueSearch
    blobs: BlobStore
    witness: LocalWitness
    book_key: bytes = field(repr=False)            # outlives the data folder: what it sealed, it opens again
    hold: BookHold                                 # no upgrade and no restore while this office is open
    sign_ins: SignIns = field(repr=False)
    clock_watch: ClockWatch = field(default_factory=ClockWatch)

    @property
    def enrolled(self) -> Counter:
        """The counter. Raises `not_enrolled` before enrolment."""
        if self.counter is None:
            raise Refusal("not_enrolled")
        return self.counter

    def agency(self, agency_id: str) -> Agency:
        """Raises `agency_unknown` when the catalogue in use does not know it."""
        for agency in self.catalogue.agencies:
            if agency.id == agency_id:
                return agency
        raise Refusal("agency_unknown", agency=agency_id)

    def look_at_clock(self) -> ClockFinding | None:
        """What the clock did since the last look, journalled when it jumped; None before enrolment too.

        Each minute, and before a number is given out; from any thread. Raises EnvironmentFault, and
        `numbers_stopped` where a jump was found and the journal may not be written.
        """
        if self.counter is None:
            return None
        return self.clock_watch.look_in(self.database, self.counter, self.clock, self.randomness)

    def reread(self) -> Application:
        """Take counter, rules and catalogue as they stand in the book now, after a contact changed them."""
        was_enrolled = self.counter is not None
        with self.database.reading() as connection:
            self.counter = load_counter(
                connection, was_used=self.sign_ins.was_used(), used_with=self.sign_ins.used_with())
            self.rules = _rules(connection)
            catalogue = _catalogue(connection)
        if self.counter is not None and not was_enrolled:
            watch(
                self.database, self.counter, self.witness, self.folder.backups, now=self.clock.now(),
                randomness=self.randomness,
            )
        if catalogue.version != self.catalogue.version:
            self.catalogue, self.search = catalogue, CatalogueSearch(catalogue)
        return self

    def close(self) -> None:
        self.database.close()
        self.hold.close()


def open_application(
    folder: DataFolder,
    *,
    clock: Clock | None = None,
    key_store: KeyStore | None = None,
    key_folder: Path | None = None,
    randomness: Randomness = secrets.token_bytes,
    program: str = "",
    has_former: bool = False,
    may_upgrade: bool = True,
) -> Application:
    """Open the office in `folder`: key, book, upgrade, packages. Raises EnvironmentFault with what is wrong.

    A process that practises opens practice folders alone, any other opens none of them (`app.practice`).

    `program`: this program's version, remembered with an upgrade. `has_former`: the version before stands ready to
    go on, so an upgrade may wait until the cash session is closed (NotTakenOver `upgrade_waits_cash`). Without
    `may_upgrade` an older book raises UpgradeAhead: its upgrade takes as long as a backup, and some words first.
    """
    clock = clock or SystemClock()
    refuse_other_folder(folder.root)
    prepare_folder(folder.root)
    finish_restore(folder)
    _refuse_lost_book(folder)
    hold = BookHold(folder.database)
    try:
        found, seal_key, is_new = _keys(folder.database, hold, key_store, key_folder)
        witness = LocalWitness(found.witness, found.key)
        counted = SealWitness(found.witness.with_suffix(".seals"), seal_key)
        sealing = Sealing(Seals(seal_key, counted, is_new=is_new), witness)
        may_begin = refuse_open_cash if has_former else lambda connection: None
        database = open_newest(
            folder.database, found.key, hold, folder.backups, clock.now(), program=program,
            may_begin=may_begin if may_upgrade else refuse_any, sealing=sealing,
        )
    except BaseException:
        hold.close()
        raise
    try:
        sealing.look(database)
        _hold_apart(database)
        sweep_restore(folder)
        sweep_papers(folder.root)
        sweep_pages()
        blobs = BlobStore(folder.scans, found.key)
        blobs.sweep()
        beside = TryFile(found.witness.with_suffix(".tries"), found.key)
        sign_ins = SignIns(database, beside, found.key, clock, randomness)
        with database.reading() as connection:
            counter = load_counter(connection, was_used=sign_ins.was_used(), used_with=sign_ins.used_with())
            catalogue = _catalogue(connection)
            rules = _rules(connection)
        if counter is not None:                    # before anybody can be given a number
            watch(database, counter, witness, folder.backups, now=clock.now(), randomness=randomness)
        sealing.tell(database, clock.now())
    except BaseException:
        database.close()
        hold.close()
        raise
    return Application(
        folder, database, clock, randomness, found.place, counter, catalogue, rules, CatalogueSearch(catalogue),
        blobs, witness, found.key, hold, sign_ins,
    )


def _keys(
    book: Path, hold: BookHold, store: KeyStore | None, keys: Path | None
) -> tuple[FoundKey, bytes, bool]:
    """Both secrets of the book, and whether that of the seal is new.

    A key store keeps what came last: of two windows that start at once, one alone makes what is missing. Raises
    what `load_or_make_key` and `load_or_make_seal_key` raise, and `book_in_use`.
    """
    with suppress(EnvironmentFault):               # no key yet, or none any more: said below
        found = find_key(book, store, keys)
        seal_key = find_seal_key(found, store)
        if seal_key is not None:
            return found, seal_key, False
    hold.take_alone()
    found = load_or_make_key(book, store, keys)
    seal_key, is_new = load_or_make_seal_key(found, store)
    hold.let_go()
    return found, seal_key, is_new


def _hold_apart(database: Database) -> None:
    """Practice opens practice books and real work real ones. Raises `practice_book`, `real_book`."""
    with database.reading() as connection:
        is_marked = bool(read_setting(connection, PRACTICE, default=False))
        is_enrolled = read_setting(connection, "device") is not None
    if refuse_other_book(is_marked=is_marked, is_enrolled=is_enrolled):
        with database.writing() as connection:
            write_setting(connection, PRACTICE, True)


def _refuse_lost_book(folder: DataFolder) -> None:
    """A folder with backups and no book has lost it: an empty one in its place would hide that.

    Raises EnvironmentFault `book_lost`.
    """
    book = folder.database
    if not (book.exists() and book.stat().st_size) and backups_in(folder.backups):
        raise EnvironmentFault("book_lost")


def _catalogue(connection: Connection) -> Catalogue:
    text = active_package(connection, "catalogue")
    if text is None:
        text = resource("catalogue", "starter.json").read_text(encoding="utf-8")
    return load_catalogue(text)


def _rules(connection: Connection) -> Rules:
    calendar = active_package(connection, "calendar")
    if calendar is None:
        calendar = resource("calendar", "vn.json").read_text(encoding="utf-8")
    policy = read_setting(connection, "policy")
    return Rules(
        calendar=parse_calendar(calendar),
        policy=parse_policy(policy) if policy else DeadlinePolicy(),
        form_sets=parse_form_sets(resource("forms.json").read_text(encoding="utf-8")),
    )
