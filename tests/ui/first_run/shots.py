"""`python -m tests.ui.first_run.shots OUTDIR [NAME …]`: enrolment, the key's way back, a new counter's steps."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.devices.scanning.port import Source, SourceKind
from app.domain.scanning import Feed
from app.errors import EnvironmentFault
from app.services import first_run
from app.services.first_run import Step
from app.services.recovery_state import note_proved as note_recovery
from app.services.second_copy import PROVINCE_KEY, choose
from app.store.settings import write_setting
from sync.contract.key_letters import key_letters
from tests.office import Office, office_in
from tests.ui.admin.shots import page_of
from tests.ui.dossier.desk import AtOnce, make_desk
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.background.scan_desk import ScanDesk
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.page import FirstRunPage
from ui.pages.key_back_page import KeyBackPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def steps(desk: Desk, window: MainWindow, step: Step) -> FirstRunPage:
    page = window.open_beside(Place.SETTINGS, lambda: FirstRunPage(desk))
    assert isinstance(page, FirstRunPage)
    page.steps.stand_on(step)
    return page


def fresh(office: Office, desk: Desk, window: MainWindow) -> None:
    """Right after enrolment: the printer comes first."""
    page = steps(desk, window, Step.PRINTER)
    page.panels[Step.PRINTER]._on_printers(("Canon LBP6230", "HP LaserJet M404"))  # type: ignore[attr-defined]


def printed(office: Office, desk: Desk, window: MainWindow) -> None:
    page = steps(desk, window, Step.PRINTER)
    panel = page.panels[Step.PRINTER]
    panel._on_printers(("Canon LBP6230", "HP LaserJet M404"))  # type: ignore[attr-defined]
    panel._on_printed("QMC-THU-4821-AADDEEOOW-a6e7d9")  # type: ignore[attr-defined]
    panel.take_scan("QMC-THU-4821-ÂĐÊÔƠ-a6e7d9", is_rewritten=True)


def province(office: Office, desk: Desk, window: MainWindow) -> None:
    steps(desk, window, Step.PROVINCE)


def scanner(office: Office, desk: Desk, window: MainWindow) -> None:
    page = steps(desk, window, Step.SCANNER)
    assert desk.scans is not None
    desk.scans.sources = (Source("sane:test:0", "Máy quét thử", SourceKind.SANE, (Feed.FEEDER, Feed.FLATBED)),)
    desk.scans.sources_changed.emit()
    page.refresh()


def medium(office: Office, desk: Desk, window: MainWindow) -> None:
    steps(desk, window, Step.MEDIUM)


def restart(office: Office, desk: Desk, window: MainWindow) -> None:
    """The mark did not outlive the restart."""
    with office.application.database.writing() as connection:
        first_run.begin_restart_test(connection, "dau-thu", "lan-truoc", office.clock.now())
        first_run.look_after_restart(connection, office.application.folder.root, "lan-nay", office.clock.now())
    steps(desk, window, Step.RESTART)


def recovery(office: Office, desk: Desk, window: MainWindow) -> None:
    """Most is done, one is put off."""
    application, now = office.application, office.clock.now()
    with application.database.writing() as connection:
        choose(connection, Path("/media/usb-mau"), "0" * 32)
        first_run.note_proved(connection, Step.PRINTER, now - timedelta(minutes=4), "Canon LBP6230")
        first_run.put_off(connection, Step.SCANNER)
        first_run.begin_restart_test(connection, "dau-thu", "", now)
        write_setting(connection, PROVINCE_KEY, "11" * 32)
        note_recovery(connection, application.enrolled, application.book_key, now - timedelta(minutes=2))
    steps(desk, window, Step.RECOVERY)


def card(office: Office, desk: Desk, window: MainWindow) -> None:
    recovery(office, desk, window)
    page_of(window, desk)


def enrol(office: Office, desk: Desk, window: MainWindow) -> None:
    window.register_place(Place.HOME, lambda: EnrolPage(desk, office.application.folder))
    window.go(Place.HOME)


def enrol_refused(office: Office, desk: Desk, window: MainWindow) -> None:
    enrol(office, desk, window)
    page = window.page()
    assert isinstance(page, EnrolPage)
    page.enrol_by("không phải tệp")


def key_back(office: Office, desk: Desk, window: MainWindow) -> None:
    window.register_place(Place.HOME, lambda: KeyBackPage(
        sentence(EnvironmentFault("database_key_lost"), desk.language()), office.application.folder,
        AtOnce(), desk.language(),     # type: ignore[arg-type]
    ))
    page = window.go(Place.HOME)
    assert isinstance(page, KeyBackPage)
    right = "-".join(key_letters(bytes(range(32))))
    page.letters.set_text(right[:33] + "9" + right[34:50])
    page._on_edited(page.letters.text())
    page.open()


SCENES: tuple[Scene, ...] = (
    fresh, printed, province, scanner, medium, restart, recovery, card, enrol, enrol_refused, key_back,
)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            scans = ScanDesk(office.application, look=lambda: ())
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words,  # type: ignore[misc]
                           scans=scans)
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
            scans.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
