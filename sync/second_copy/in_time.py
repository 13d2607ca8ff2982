"""For a command that prints a paper: keep what is new, within the time that a citizen may wait."""

from __future__ import annotations

import threading
from datetime import datetime

from app.clock import Clock
from app.errors import KnownError
from app.services import second_copy as known
from app.services.second_copy import CITIZEN_SECONDS
from app.store.database import Database
from sync.second_copy.keeper import Keeper
from sync.second_copy.serve import Told

_AGAIN_SECONDS = 0.05


def try_to_keep(keeper: Keeper, database: Database) -> Told:
    """One try; what stands in the way is in the answer."""
    code, written = "", 0
    try:
        written = keeper.keep().written
    except KnownError as error:
        code = error.code
    with database.reading() as connection:
        kept = known.kept_so_far(connection)
    return Told(kept.reached if kept is not None else {}, code, written)


def keep_in_time(
    keeper: Keeper, database: Database, clock: Clock, *, seconds: float = CITIZEN_SECONDS
) -> Told | None:
    """What the try said; None when the medium was not done in time. It goes on by itself then."""
    said: list[Told] = []
    over = threading.Event()

    def work() -> None:
        told = try_to_keep(keeper, database)
        end = clock.monotonic() + seconds
        while told.code == "second_copy_busy" and clock.monotonic() < end and not over.wait(_AGAIN_SECONDS):
            told = try_to_keep(keeper, database)       # the window's keeper has it: it is soon done
        said.append(told)

    thread = threading.Thread(target=work, daemon=True, name="second-copy")
    thread.start()
    thread.join(seconds)
    over.set()
    if not said:
        note_slow(database, clock.now(), seconds)
        return None
    return said[0]


def note_slow(database: Database, now: datetime, seconds: float = CITIZEN_SECONDS) -> None:
    """Said on the screens until the medium has answered again."""
    with database.writing() as connection:
        known.note_problem(connection, "second_copy_slow", {"seconds": int(seconds)}, now)
