"""One act with money: stored beside the window, told to all pages, its papers printed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.domain.people.roles import Act
from app.errors import KnownError
from app.services.disk_room import refuse_when_low
from app.services.papers.prints import ask_print_again, prints_of
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.operations.print_paper import print_paper

T = TypeVar("T")
OnFailure = Callable[[Exception], object]


def carry_out(
    desk: Desk, service: Callable[..., T], *values: Any, intent: str, on_done: Callable[[T], object],
    on_failure: OnFailure, codes: Iterable[str] = (), proof: str = "", **named: Any,
) -> None:
    """`service` of `app.services.till` with this counter, clerk and moment, in one transaction; one answer in the
    GUI thread.

    A disk that fills up is said before money changes hands. Papers are printed from the committed rows, and not
    again for an act that had been carried out before. `proof` is the secret of the clerk in `second`, where each
    signs in as herself: one try, before anything is written.
    """
    office, clerk_id, now = desk.office, desk.clerk(), desk.clock()

    def work() -> T:
        refuse_when_low(office.folder.root)
        counter, second = office.enrolled, str(named.get("second", ""))
        if counter.has_sign_in and second:
            office.sign_ins.confirm(counter, second, proof, Act.APPROVE_MONEY)
            counter = counter.with_second(second)
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


def print_money_again(desk: Desk, op_ids: Iterable[str]) -> bool:
    """Every paper of these acts once more, with its copy mark; False when this counter has none of them."""
    jobs = []
    try:
        with desk.office.database.writing() as connection:
            for each in [each for op_id in op_ids for each in prints_of(connection, op_id)]:
                if each.copy_number == 0:
                    jobs.append(ask_print_again(
                        connection, desk.office.enrolled, clerk_at(desk), each.job, intent=new_intent(desk),
                        now=desk.clock(), randomness=desk.office.randomness,
                    ))
    except KnownError as error:
        warn_of(desk, error)
        return True
    if jobs:
        desk.changes.publish(Change(has_prints=True))
    for job in jobs:
        print_paper(desk, job)
    return bool(jobs)


def _jobs(found: object) -> tuple[str, ...]:
    job = str(getattr(found, "job", ""))
    return tuple(getattr(found, "jobs", ())) or ((job,) if job else ())
