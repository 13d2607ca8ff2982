"""Before a number and before a paper: what the second medium has to say, for as long as a citizen may wait."""

from __future__ import annotations

from app.store import journal as book
from ui.operations.desk import Desk


def wait_before_number(desk: Desk) -> None:
    """On a worker thread. The first number of a start is given out once the medium was looked at."""
    if desk.second_copy is not None:
        desk.second_copy.wait_first_look()


def wait_before_paper(desk: Desk) -> None:
    """On a worker thread. Order is always commit, second copy, paper; a medium that hangs is not waited for."""
    if desk.second_copy is None or not desk.second_copy.is_on:
        return
    counter = desk.office.enrolled
    with desk.office.database.reading() as connection:
        head = book.head(connection, counter.device, counter.epoch)
    desk.second_copy.wait_kept(counter.epoch, head.seq)
