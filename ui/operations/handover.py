"""What the clerk does with manifests: make one, take it back, store answers, remind; then print and tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.life.states import Custody, Source
from app.domain.manifest import Route
from app.errors import KnownError, Refusal
from app.services.counter import Clerk
from app.services.handover.acknowledging import Acknowledgement, acknowledge, found_again
from app.services.handover.answering import Answer
from app.services.handover.digest import Digest, note_digest
from app.services.handover.making import Made, Undone, make_manifest, undo_manifest
from app.services.handover.reminding import note_reminded
from app.services.life.acting import Acted
from app.services.papers.prints import ask_print, ask_print_again, prints_of
from app.store.queries.manifests import ManifestRow
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_paper import print_paper

T = TypeVar("T")
OnFailure = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that a manifest is made of."""

    agency: str
    codes: tuple[str, ...]
    route: Route = Route.HAND
    item_code: str = ""
    has_control_sheets: bool = False
    originals: Mapping[str, Sequence[str]] = field(default_factory=dict)


def make(
    desk: Desk, leaving: Leaving, *, intent: str, on_made: Callable[[Made], object], on_failure: OnFailure
) -> None:
    """Store the manifest, then print its list and what was asked for with it."""
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> Made:
        with office.database.writing() as connection:
            return make_manifest(
                connection, office.enrolled, clerk, leaving.codes, agency=leaving.agency, rules=office.rules,
                intent=intent, now=now, randomness=office.randomness, route=leaving.route,
                item_code=leaving.item_code, originals=leaving.originals,
                has_control_sheets=leaving.has_control_sheets,
            )

    def made(found: Made) -> None:
        on_made(found)
        _tell(desk, found.codes)
        if found.is_new:
            _print(desk, found.jobs)

    _in_background(desk, store, made, on_failure)


def undo(
    desk: Desk, manifest: str, reason: str, *, intent: str, on_undone: Callable[[Undone], object],
    on_failure: OnFailure,
) -> None:
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> Undone:
        with office.database.writing() as connection:
            return undo_manifest(
                connection, office.enrolled, clerk, manifest, reason, intent=intent, now=now,
                randomness=office.randomness,
            )

    def undone(found: Undone) -> None:
        on_undone(found)
        _tell(desk, found.codes)

    _in_background(desk, store, undone, on_failure)


def answer(
    desk: Desk, manifest: str, answers: Sequence[Answer], extras: Sequence[str], *, by_name: str, source: Source,
    intent: str, on_stored: Callable[[Acknowledgement], object], on_failure: OnFailure,
) -> None:
    """Store what the receiving side said; a discrepancy slip is printed where there is need of one."""
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> Acknowledgement:
        with office.database.writing() as connection:
            return acknowledge(
                connection, office.enrolled, clerk, manifest, answers, extras, by_name=by_name, source=source,
                intent=intent, now=now, randomness=office.randomness,
            )

    def stored(found: Acknowledgement) -> None:
        on_stored(found)
        _tell(desk, (*(each.code for each in answers), *(each.code for each in found.extras)))
        if found.is_new:
            _print(desk, found.jobs)

    _in_background(desk, store, stored, on_failure)


def find(
    desk: Desk, code: str, where: Custody, note: str, *, intent: str, on_stored: Callable[[Acted], object],
    on_failure: OnFailure,
) -> None:
    """A missing dossier turned up, here or there."""
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> Acted:
        with office.database.writing() as connection:
            return found_again(
                connection, office.enrolled, clerk, code, where, note, intent=intent, now=now,
                randomness=office.randomness,
            )

    def stored(acted: Acted) -> None:
        on_stored(acted)
        _tell(desk, acted.codes)

    _in_background(desk, store, stored, on_failure)


def remind(
    desk: Desk, manifest: str, agency: str, means: str, *, intent: str, on_stored: Callable[[str], object],
    on_failure: OnFailure,
) -> None:
    """The agency was told, by `means`."""
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> str:
        with office.database.writing() as connection:
            return note_reminded(
                connection, office.enrolled, clerk, [manifest], agency=agency, means=means, intent=intent, now=now,
                randomness=office.randomness,
            )

    def stored(op_id: str) -> None:
        _tell(desk, ())
        on_stored(op_id)

    _in_background(desk, store, stored, on_failure)


def send_digest(
    desk: Desk, digest: Digest, means: str, *, intent: str, on_stored: Callable[[], object], on_failure: OnFailure
) -> None:
    """The digest goes out: printed when `means` is "paper"."""
    office, now = desk.office, desk.clock()

    def store(clerk: Clerk) -> tuple[str, ...]:
        with office.database.writing() as connection:
            return note_digest(
                connection, office.enrolled, clerk, digest, means=means, intent=intent, now=now,
                randomness=office.randomness,
            ).jobs

    def stored(jobs: tuple[str, ...]) -> None:
        _tell(desk, ())
        _print(desk, jobs)
        on_stored()

    _in_background(desk, store, stored, on_failure)


def print_again(desk: Desk, manifest: ManifestRow, *, intent: str) -> None:
    """One more print of the list, counted and journalled. Refused for a list that was undone."""
    office = desk.office
    try:
        if manifest.is_undone:
            raise Refusal("manifest_undone", manifest=manifest.number)
        with office.database.writing() as connection:
            known = [one.job for one in prints_of(connection, manifest.id) if one.paper == "handover_list"]
            if known:
                job = ask_print_again(
                    connection, office.enrolled, clerk_at(desk), known[0], intent=intent, now=desk.clock(),
                    randomness=office.randomness,
                )
            else:                      # made at another counter: this one has printed none of it
                job = ask_print(
                    connection, paper="handover_list", op_id=manifest.id, code=manifest.number,
                    clerk_name=clerk_at(desk).name, now=desk.clock(),
                )
    except KnownError as error:
        warn_of(desk, error)
        return
    desk.changes.publish(Change(has_prints=True, has_sync=True))
    print_paper(desk, job)


def _in_background(
    desk: Desk, store: Callable[[Clerk], T], on_done: Callable[[T], object], on_failure: OnFailure
) -> None:
    clerk = clerk_at(desk)
    desk.background.run(lambda: store(clerk), on_done, on_failure)


def _tell(desk: Desk, codes: Iterable[str]) -> None:
    desk.changes.publish(Change(dossiers=frozenset(codes), has_prints=True, has_sync=True))


def _print(desk: Desk, jobs: Iterable[str]) -> None:
    for job in jobs:
        print_paper(desk, job)
