"""The dossiers of one go: what is to be taken in all, and the annex that lists them."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import KnownError
from app.services.groups import Basket, annexes_of, ask_annex, read_basket
from app.services.papers.prints import ask_print_again
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.operations.print_paper import print_paper


def basket(desk: Desk, group: str) -> Basket:
    with desk.office.database.reading() as connection:
        return read_basket(connection, group)


def print_annex(desk: Desk, group: str, on_asked: Callable[[], None]) -> None:
    """Ask for the annex as the group stands now, then let it be printed; `on_asked` once that is in the book."""
    office = desk.office

    def ask() -> str:
        with office.database.writing() as connection:
            return ask_annex(connection, office.enrolled, clerk_at(desk), group, now=desk.clock())

    def asked(job: str) -> None:
        on_asked()
        print_paper(desk, job)

    desk.background.run(ask, asked, lambda error: warn_of(desk, error))


def print_annex_again(desk: Desk, group: str) -> None:
    """One more of the newest annex, as a copy; the first of all when none was printed on this counter."""
    office = desk.office
    intent = new_intent(desk)
    try:
        with office.database.writing() as connection:
            known = annexes_of(connection, group)
            if known and known[-1].state != "waiting":
                job = ask_print_again(
                    connection, office.enrolled, clerk_at(desk), known[-1].job, intent=intent, now=desk.clock(),
                    randomness=office.randomness,
                )
            else:
                job = ask_annex(connection, office.enrolled, clerk_at(desk), group, now=desk.clock())
    except KnownError as error:
        warn_of(desk, error)
        return
    print_paper(desk, job)
