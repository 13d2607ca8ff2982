"""Take the province's acknowledgement: the same contact as over the line, answered from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import KnownError, Refusal
from app.services import bundles, courier, standing
from app.services.counter import Counter, load_counter
from app.store.database import Database
from sync.bundle.answering import BundleBook, BundleLine
from sync.bundle.place import acknowledgements_at
from sync.bundle.word import Word, open_word, shown
from sync.contract.bundle_content import Left as LeftOut
from sync.core.asks import BookAsk
from sync.core.contact import contact
from sync.engine import run
from sync.errors import CallPerson
from sync.report import CycleReport, Done, Left

MASS_CHANGE = "mass_change"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an acknowledgement did. `report.problem`: why it is not all, "" when it is; `left`: operations of the
    bundle that the province does not chain as they are; `more`: it has more to tell than fitted."""

    number: int
    report: CycleReport
    trouble: KnownError | None                     # the same with its values
    left: tuple[LeftOut, ...]
    files_left: int
    more: bool


def find_acknowledgement(place: Path, counter: Counter) -> Path:
    """The newest of this counter in a folder, or the file itself. Raises `bundle_no_answer`, bundle_place_…."""
    if place.is_file():
        return place
    found = acknowledgements_at(place, counter.device)
    if not found:
        raise Refusal("bundle_no_answer")
    return found[0]


def take_acknowledgement(
    database: Database, clock: Clock, randomness: Randomness, place: Path
) -> Taken:
    """Do what the province says in the file at `place`, or in the newest of ours in that folder.

    What stood in the way after it was opened (a landslide, a fork, a new epoch that the next bundle brings) is in
    the report. Raises, and nothing has changed then: `not_enrolled`, `bundle_no_answer`, `bundle_not_one`,
    `bundle_torn`, `bundle_damaged`, `bundle_of_other`, `bundle_outgoing`, `bundle_old` {at},
    `bundle_known` {number, at}, EnvironmentFault bundle_place_….
    """
    with database.reading() as connection:
        counter = load_counter(connection)
    if counter is None:
        raise Refusal("not_enrolled")
    try:
        with open_word(find_acknowledgement(place, counter), counter) as word:
            _refuse_old(database, word)
            return _take(database, clock, randomness, word)
    except CallPerson as error:                    # its outside alone says that another disk of ours is newer
        with database.writing() as connection:
            standing.stop_numbers(connection, error.code, error.values, clock.now())
        raise


def _take(database: Database, clock: Clock, randomness: Randomness, word: Word) -> Taken:
    done = Done()
    book = BundleBook(database, clock, randomness, done, word)
    line = BundleLine(book, clock, word, done)
    problem: KnownError | None = None
    try:
        run(contact(), lambda ask: book.reply(ask) if isinstance(ask, BookAsk) else line.reply(ask))
    except KnownError as error:
        problem = error
    if problem is None or problem.code != MASS_CHANGE:     # a person looks first, and has the same file read again
        with database.writing() as connection:
            bundles.note_acknowledged(connection, word.head.answers, clock.now())
    with database.reading() as connection:
        box = courier.outbox(connection, book.counter)
    report = done.report(
        Left(box.unsent, box.files_waiting, box.file_bytes_waiting), problem=problem.code if problem else "",
        needs_person=isinstance(problem, CallPerson),
    )
    return Taken(word.head.number, report, problem, word.said.left, len(word.said.files_left), word.said.more)


def _refuse_old(database: Database, word: Word) -> None:
    """One that was taken before, or that says less than the province has said since: it would count as unsent what
    is there."""
    said_at = word.said.server_time
    with database.reading() as connection:
        at, last = bundles.acknowledged_at(connection, word.head.answers), bundles.last_word_at(connection)
    if at is not None:
        raise Refusal("bundle_known", number=word.head.number, at=shown(at.isoformat()))
    if last is not None and datetime.fromisoformat(said_at) < last:
        raise Refusal("bundle_old", at=shown(said_at))
