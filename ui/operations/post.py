"""One act at the post: in its own transaction, told to all pages, its paper printed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.domain.notices import NoticeText
from app.errors import KnownError
from app.services.post.posting import posted_texts
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_paper import print_paper

T = TypeVar("T")


def carry_out(
    desk: Desk, service: Callable[..., T], *values: Any, intent: str, codes: Iterable[str] = (), **named: Any
) -> T:
    """`service` of `app.services.post` with this counter, clerk and moment. Raises what it refuses.

    A few milliseconds, so the clerk waits for the answer; the paper comes after the commit, and not again for an
    act that had been carried out before.
    """
    office = desk.office
    with office.database.writing() as connection:
        done = service(
            connection, office.enrolled, clerk_at(desk), *values, intent=intent, now=desk.clock(),
            randomness=office.randomness, **named,
        )
    job = str(getattr(done, "job", ""))
    desk.changes.publish(Change(dossiers=frozenset(codes), has_prints=bool(job), has_sync=True))
    if job and getattr(done, "is_new", True):
        print_paper(desk, job)
    return done


def try_out(desk: Desk, service: Callable[..., T], *values: Any, intent: str, **named: Any) -> T | None:
    """The same, where a refusal is said over the page; None then."""
    try:
        return carry_out(desk, service, *values, intent=intent, **named)
    except KnownError as error:
        warn_of(desk, error)
        return None


def texts_for(desk: Desk, code: str) -> tuple[NoticeText, ...]:
    """What the citizen is told of a posted result."""
    with desk.office.database.reading() as connection:
        return posted_texts(connection, desk.office.enrolled, clerk_at(desk), code)
