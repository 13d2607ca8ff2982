"""What the clerk does with results: take a list in, give one out, fetch one back, shelve it, move an original."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from app.domain.life.states import Holder
from app.errors import KnownError
from app.services.counter import Clerk, Counter
from app.services.results.original_ledger import ask_original_labels
from app.services.results.putting_right import move_original, recall_return, shelve_again
from app.services.results.returning import GivenOut, Handing, return_result
from app.services.results.taking_in import TakenIn, take_in
from app.services.results.tray import Tray, empty_tray
from app.services.till.later_fees import CollectedBesides, collected_with, taking_at_return
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, counter_at, warn_of
from ui.operations.print_paper import print_paper
from ui.translations import tr

T = TypeVar("T")
Book = Any
"""The open transaction, which this room only hands on."""
OnFailure = Callable[[Exception], object]
Besides = CollectedBesides | None


def give_out(
    desk: Desk, code: str, handing: Handing, *, intent: str, on_stored: Callable[[GivenOut], object],
    on_failure: OnFailure, on_transfer: Callable[[str], object] = lambda _: None,
) -> None:
    """Store the return, with the money that is taken now in the cash book, then print its paper and the receipts;
    nothing is printed for one that was stored before. `on_transfer` hears of a collection by transfer."""
    now = desk.clock()

    def store(connection: Book, counter: Counter, clerk: Clerk) -> tuple[GivenOut, Besides]:
        taking = taking_at_return(connection, code, handing.money)
        given = return_result(
            connection, counter, clerk, code, replace(handing, taking=taking), intent=intent, now=now,
            randomness=desk.office.randomness,
        )
        return given, collected_with(connection, intent)

    def stored(done: tuple[GivenOut, Besides]) -> None:
        given, besides = done
        on_stored(given)
        _tell(desk, (given.code,))
        if not given.is_new:
            return
        print_paper(desk, given.job)
        if besides is not None:
            for job in besides.jobs:
                print_paper(desk, job)
            if besides.is_transfer:
                on_transfer(besides.collection)

    _in_background(desk, store, stored, on_failure)


def take_list_in(
    desk: Desk, tray: Tray, *, on_stored: Callable[[TakenIn], object], on_failure: OnFailure
) -> None:
    """Store the whole list, empty the tray with it, then print labels and list."""
    now = desk.clock()

    def store(connection: Book, counter: Counter, clerk: Clerk) -> TakenIn:
        taken = take_in(
            connection, counter, clerk, tray.agency, tray.lines, delivery=tray.delivery,
            giver_name=tray.giver_name, intent=tray.intent, now=now, randomness=desk.office.randomness,
        )
        empty_tray(connection)
        return taken

    def stored(taken: TakenIn) -> None:
        on_stored(taken)
        _tell(desk, (code for code, _ in taken.places))
        if taken.is_new:
            for job in taken.jobs:
                print_paper(desk, job)

    _in_background(desk, store, stored, on_failure)


def recall(desk: Desk, code: str, reason: str, *, intent: str) -> bool:
    """Fetch a wrong return back; False when it could not be, which was said."""
    def store(connection: Book, counter: Counter, clerk: Clerk) -> None:
        recall_return(connection, counter, clerk, code, reason=reason, intent=intent, now=desk.clock(),
                      randomness=desk.office.randomness)

    return _at_once(desk, store, (code,), tr("Đã ghi thu hồi kết quả {code}", code=code))


def shelve(
    desk: Desk, code: str, shelf: str, note: str, originals: tuple[str, ...], *, intent: str
) -> bool:
    """On the shelf again, with a new label; False when it could not be, which was said."""
    jobs: list[str] = []

    def store(connection: Book, counter: Counter, clerk: Clerk) -> None:
        jobs.append(shelve_again(
            connection, counter, clerk, code, shelf=shelf, note=note, originals=originals, intent=intent,
            now=desk.clock(), randomness=desk.office.randomness,
        ))

    is_done = _at_once(desk, store, (code,), tr("Đã xếp kết quả {code} lên kệ", code=code))
    for job in jobs if is_done else ():
        print_paper(desk, job)
    return is_done


def move(desk: Desk, code: str, original: str, holder: Holder, reason: str, *, intent: str) -> bool:
    """One original is with somebody else; False when that could not be written, which was said."""
    def store(connection: Book, counter: Counter, clerk: Clerk) -> None:
        move_original(connection, counter, clerk, code, original, holder, reason=reason, intent=intent,
                      now=desk.clock(), randomness=desk.office.randomness)

    return _at_once(desk, store, (code,), tr("Đã ghi nơi giữ bản gốc"))


def print_original_labels(desk: Desk, code: str) -> None:
    """A label for each original of the dossier."""
    try:
        with desk.office.database.writing() as connection:
            jobs = ask_original_labels(connection, clerk_at(desk), code, desk.clock())
    except KnownError as error:
        warn_of(desk, error)
        return
    for job in jobs:
        print_paper(desk, job)


def _in_background(
    desk: Desk, store: Callable[[Book, Counter, Clerk], T], stored: Callable[[T], object],
    on_failure: OnFailure,
) -> None:
    office, clerk_id = desk.office, desk.clerk()

    def work() -> T:
        counter = office.enrolled
        with office.database.writing() as connection:
            return store(connection, counter, counter.clerk(clerk_id))

    desk.background.run(work, stored, on_failure)


def _at_once(
    desk: Desk, store: Callable[[Book, Counter, Clerk], None], codes: Iterable[str], words: str
) -> bool:
    try:
        with desk.office.database.writing() as connection:
            store(connection, counter_at(desk), clerk_at(desk))
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.frame.say(words)
    _tell(desk, codes)
    return True


def _tell(desk: Desk, codes: Iterable[str]) -> None:
    desk.changes.publish(Change(dossiers=frozenset(codes), has_prints=True, has_sync=True))
