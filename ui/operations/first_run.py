"""The preparation of a counter: how each step stands, and what is done to prove it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from app.bootstrap import Application
from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.practice import is_practice
from app.services import first_run
from app.services.first_run import Standing, Step
from app.services.machine_settings import PRINTERS, require_setting
from app.services.people.sign_in import Asks
from app.store.boot import boot_name, leave_mark
from app.store.settings import read_setting, write_setting
from sync.second_copy.disk import MediumDisk
from sync.second_copy.machine_mark import OwnCopy, own_copies
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at
from ui.paper_printer import PaperPrinter

OnFailure = Callable[[Exception], object]


def read_steps(desk: Desk) -> tuple[Standing, ...]:
    """As the book knows them; no device is asked."""
    office = desk.office
    counter = office.enrolled
    has_secret = counter.has_sign_in and any(
        state.asks is Asks.SECRET for state in office.sign_ins.states(counter) if state.clerk.id == desk.clerk())
    with office.database.reading() as connection:
        return first_run.read_standings(connection, counter, office.book_key, has_secret=has_secret)


def wants_preparing(office: Application) -> bool:
    """Not where nothing is real: a demo office or the practice room."""
    with office.database.reading() as connection:
        return not (read_setting(connection, "is_demo") or is_practice())


def note_proved(desk: Desk, step: Step, name: str = "") -> None:
    with desk.office.database.writing() as connection:
        first_run.note_proved(connection, step, desk.clock(), name)
    desk.changes.publish(Change(has_settings=True))


def put_off(desk: Desk, step: Step) -> None:
    with desk.office.database.writing() as connection:
        first_run.put_off(connection, step)
    desk.changes.publish(Change(has_settings=True))


def printers_here(desk: Desk) -> tuple[str, ...]:
    """Names of the printers of this PC, the default one first; none where papers go to files. Not in the GUI
    thread. Raises EnvironmentFault."""
    with desk.office.database.reading() as connection:
        chosen = read_setting(connection, PRINTERS, {})
    port = PaperPrinter(desk.office).port(chosen.get("way", ""))
    if isinstance(port, PdfFolderPrinter):
        return ()
    found = port.list_printers()
    return tuple(each.name for each in sorted(found, key=lambda each: (not each.is_default, each.name)))


def chosen_printer(desk: Desk) -> str:
    """The queue of receipts; "" for the default one."""
    with desk.office.database.reading() as connection:
        return str(read_setting(connection, PRINTERS, {}).get("receipt", ""))


def choose_printer(desk: Desk, name: str) -> None:
    """Receipts go there from now on. Raises Refusal `setting_locked`, `act_not_allowed`."""
    if name == chosen_printer(desk):
        return
    office = desk.office
    with office.database.writing() as connection:
        require_setting(connection, office.enrolled, clerk_at(desk), PRINTERS, desk.clock())
        write_setting(connection, PRINTERS, {**read_setting(connection, PRINTERS, {}), "receipt": name})


def begin_restart_test(desk: Desk, on_done: Callable[[None], object], on_failure: OnFailure) -> None:
    """Leaves a mark in the data folder, to be looked for after the machine's next start."""
    office, token = desk.office, desk.office.randomness(8).hex()

    def work() -> None:
        leave_mark(office.folder.root, token)
        with office.database.writing() as connection:
            first_run.begin_restart_test(connection, token, boot_name(), office.clock.now())
        office.database.checkpoint()

    desk.background.run(work, on_done, on_failure)


def look_after_restart(office: Application) -> bool | None:
    """At the start of the program: whether the mark is still there; None where none is waited for, and then
    nobody who writes is waited for either."""
    with office.database.reading() as connection:
        if not first_run.waits_for_restart(connection):
            return None
    with office.database.writing() as connection:
        return first_run.look_after_restart(connection, office.folder.root, boot_name(), office.clock.now())


def prove_recovery(desk: Desk, on_done: Callable[[None], object], on_failure: OnFailure) -> None:
    """Ask the province for the proof now."""
    from sync.recovery_key import prove_recovery_now  # requests is only paid for where a line is spoken to

    office = desk.office
    desk.background.run(
        lambda: prove_recovery_now(
            office.database, office.enrolled, office.book_key, office.clock, office.randomness),
        on_done, on_failure,
    )


def own_copies_here(data: Path) -> tuple[OwnCopy, ...]:
    """Second copies of this very machine on its media; for a machine that has no book. Not in the GUI thread."""
    return own_copies(media_here(data), MediumDisk())


def media_here(data: Path) -> tuple[Path, ...]:
    """Disks and sticks of this PC that may be written and are not the one of the data folder. Not in the GUI
    thread: one that does not answer is waited for."""
    own = QStorageInfo(str(data)).device()
    return tuple(
        Path(each.rootPath()) for each in QStorageInfo.mountedVolumes()
        if each.isValid() and each.isReady() and not each.isReadOnly() and each.device() != own
        and each.bytesTotal() > LEAST_MEDIUM and _is_for_people(each.rootPath())
    )


LEAST_MEDIUM = 64 * 1024 * 1024
_OF_SYSTEM = ("/dev", "/proc", "/sys", "/run/user", "/run/lock", "/boot", "/snap", "/tmp", "/var/lib")


def _is_for_people(root: str) -> bool:
    return root not in ("/", "/run", "/etc/hosts") and not root.startswith(_OF_SYSTEM)
