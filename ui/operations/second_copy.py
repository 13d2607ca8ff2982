"""The second copy at the counter: chosen, checked, restored from, handed to the province."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.people.roles import Act
from app.services import second_copy as known
from app.services.machine_settings import SECOND_COPY
from sync.second_copy.disk import MediumDisk
from sync.second_copy.in_time import note_slow
from sync.second_copy.keeper import Keeper, Kept
from sync.second_copy.machine_mark import leave_machine_mark
from sync.second_copy.medium import make_medium
from ui.background.second_copy import SecondCopyKeeper
from ui.changes import Change
from ui.operations.allowed import require_act, require_setting
from ui.operations.desk import Desk

OnFailure = Callable[[Exception], object]


def begin_second_copy(desk: Desk, keeper: SecondCopyKeeper) -> None:
    """Its child runs where a place is set up; it looks at the medium before the first number is given out."""
    keeper.hung.connect(lambda: say_slow(desk))
    with desk.office.database.reading() as connection:
        is_chosen = known.chosen(connection) is not None
    if is_chosen:
        keeper.start()


def say_slow(desk: Desk) -> None:
    """One waited in vain: it stands on the screens until the medium has been heard from."""
    desk.background.run(
        lambda: note_slow(desk.office.database, desk.clock()), lambda _: _tell(desk), lambda error: None
    )


def choose_place(desk: Desk, place: Path, on_done: Callable[[], object], on_failure: OnFailure) -> None:
    """Keep the second copy at `place` from now on; everything is copied there at once, beside the window."""
    office = desk.office

    def choose() -> None:
        require_setting(desk, SECOND_COPY)
        medium = make_medium(place, office.enrolled.device, desk.clock(), MediumDisk(), data=office.folder.root)
        with office.database.writing() as connection:
            known.choose(connection, place, medium.id)
        leave_machine_mark(place, office.enrolled.device, MediumDisk())

    def chosen(_: None) -> None:
        if desk.second_copy is not None:
            desk.second_copy.start()
            desk.second_copy.wake()
        _tell(desk)
        on_done()

    desk.background.run(choose, chosen, on_failure)


def give_up(desk: Desk, on_done: Callable[[], object], on_failure: OnFailure) -> None:
    """No second copy any more; what lies on the medium stays there."""
    office = desk.office

    def stop() -> None:
        require_setting(desk, SECOND_COPY)
        with office.database.writing() as connection:
            known.give_up(connection)

    def stopped(_: None) -> None:
        if desk.second_copy is not None:
            desk.second_copy.stop()
        _tell(desk)
        on_done()

    desk.background.run(stop, stopped, on_failure)


def check_whole(desk: Desk, on_done: Callable[[Kept], object], on_failure: OnFailure) -> None:
    """Read the medium from end to end, and write anew what cannot be read."""
    office = desk.office

    def check() -> Kept:
        require_act(desk, Act.VERIFY)
        return Keeper(office.database, office.book_key, office.clock).keep(is_thorough=True)

    def checked(kept: Kept) -> None:
        _tell(desk)
        on_done(kept)

    desk.background.run(check, checked, on_failure)


def restore(desk: Desk, place: Path, on_done: Callable[[int, int], object], on_failure: OnFailure) -> None:
    """Bring back what lies at `place` and is not in the book: how many came, how many could not be opened."""
    from sync.second_copy.restore import restore_from_medium  # not before it is needed

    office = desk.office

    def restored(found: tuple[int, int]) -> None:
        desk.changes.publish(Change(is_everything=True, has_sync=True))
        on_done(*found)

    def work() -> tuple[int, int]:
        done = restore_from_medium(office.database, office.book_key, place)
        return done.brought, done.unopened

    desk.background.run(work, restored, on_failure)


def forward(desk: Desk, place: Path, on_done: Callable[[int, int, int], object], on_failure: OnFailure) -> None:
    """From a new PC: hand the sealed records at `place` to the province; taken, already there, refused."""
    from sync.second_copy.forward import forward_to_province  # as above

    office = desk.office

    def work() -> tuple[int, int, int]:
        found = forward_to_province(office.database, office.clock, place)
        return found.taken, found.already, found.refused.total()

    desk.background.run(work, lambda found: on_done(*found), on_failure)


def _tell(desk: Desk) -> None:
    desk.changes.publish(Change(has_sync=True))
