"""One act with money: stored beside the window, told to all pages, its papers printed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.services.disk_room import refuse_when_low
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_paper import print_paper

T = TypeVar("T")
OnFailure = Callable[[Exception], object]


def carry_out(
    desk: Desk, service: Callable[..., T], *values: Any, intent: str, on_done: Callable[[T], object],
    on_failure: OnFailure, codes: Iterable[str] = (), **named: Any,
) -> None:
    """`service` of `app.services.till` with this counter, clerk and moment, in one transaction; one answer in the
    GUI thread.

    A disk that fills up is said before money changes hands. Papers are printed from the committed rows, and not
    again for an act that had been carried out before.
    """
    office, clerk_id, now = desk.office, desk.clerk(), desk.clock()

    def work() -> T:
        refuse_when_low(office.folder.root)
        counter = office.enrolled
        with office.database.writing() as connection:
            return service(connection, counter, counter.clerk(clerk_id), *values, intent=intent, now=now,
                           randomness=office.randomness, **named)

    def done(found: T) -> None:
        jobs = _jobs(found)
        on_done(found)
        desk.changes.publish(Change(dossiers=frozenset(codes), has_prints=bool(jobs), has_sync=True))
        if getattr(found, "is_new", True):
            for job in jobs:
                print_paper(desk, job)

    desk.background.run(work, done, on_failure)


def _jobs(found: object) -> tuple[str, ...]:
    job = str(getattr(found, "job", ""))
    return tuple(getattr(found, "jobs", ())) or ((job,) if job else ())
