"""Why a clerk searches for persons: read, chosen, and written beside the window so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable

from app.services.days import today_at_counter
from app.services.search_purpose import By, choose_search_purpose, keep_search, search_purpose
from ui.operations.desk import Desk, clerk_at


def purpose_now(desk: Desk) -> str:
    """What stands chosen for who works the counter now."""
    with desk.office.database.reading() as connection:
        return search_purpose(connection, desk.clerk(), today_at_counter(connection, desk.clock()))


def choose_purpose(desk: Desk, purpose: str) -> str:
    """For the rest of the shift. Raises `purpose_missing`, `purpose_too_long`."""
    with desk.office.database.writing() as connection:
        day = today_at_counter(connection, desk.clock())
        return choose_search_purpose(connection, desk.clerk(), day, purpose)


def keep(desk: Desk, by: By, shown: int, purpose: str, on_kept: Callable[[], object],
         on_failure: Callable[[Exception], object]) -> None:
    """Raises `clerk_unknown` when nobody works this counter; all else goes to `on_failure`."""
    office, clerk, now = desk.office, clerk_at(desk), desk.clock()

    def work() -> None:
        with office.database.writing() as connection:
            keep_search(connection, office.enrolled, clerk, by, shown, purpose, now=now,
                        randomness=office.randomness)

    desk.background.run(work, lambda _: on_kept(), on_failure)
