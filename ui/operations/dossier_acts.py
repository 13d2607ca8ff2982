"""One act of a clerk on a dossier: in its own transaction, told to all pages, its papers printed after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, counter_at
from ui.operations.print_paper import print_paper

T = TypeVar("T")


def carry_out(
    desk: Desk, code: str, service: Callable[..., T], *values: Any, intent: str, has_rules: bool = False,
    **named: Any,
) -> T:
    """`service` of `app.services.life` with this counter, clerk and moment. Raises what it refuses.

    A few milliseconds: the clerk waits for the answer as for a reception. The same `intent` twice is one act.
    """
    office = desk.office
    given = (office.rules,) if has_rules else ()
    with office.database.writing() as connection:
        done = service(
            connection, counter_at(desk), clerk_at(desk), *given, *values, intent=intent, now=desk.clock(),
            randomness=office.randomness, **named,
        )
    jobs: tuple[str, ...] = getattr(done, "jobs", ())
    desk.changes.publish(Change(dossiers=frozenset({code}), has_prints=bool(jobs), has_sync=True))
    for job in jobs:
        print_paper(desk, job)
    return done


def print_sheet(desk: Desk, code: str, sheet: Any, *, intent: str) -> None:
    """One of the sheets of `app.services.life.sheets`. Raises what it refuses."""
    from app.services.life.sheets import ask_sheet  # not before the first sheet

    job = carry_out(desk, code, ask_sheet, code, sheet, intent=intent)
    print_paper(desk, job)
