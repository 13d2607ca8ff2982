"""A desk with a scan desk on it: a real office and light table, a pile for a scanner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.bootstrap import Application
from app.imaging.table_process import LightTable
from tests.office import Office, office_in, sample_intake
from tests.ui.digitise.scanner import OFFICE_SCANNER, Pile
from tests.ui.dossier.desk import Around, make_desk, present
from ui.background.scan_desk import ScanDesk
from ui.background.text_reading import TextReading
from ui.operations.desk import Desk
from ui.pages.digitise.page import DigitisePage


@dataclass
class Bench:
    """What a test of the page holds."""

    office: Office
    desk: Desk
    around: Around
    scans: ScanDesk
    pile: Pile
    code: str

    def page(self, qtbot: QtBot, width: int = 1240, height: int = 660) -> DigitisePage:
        return present(qtbot, DigitisePage(self.desk, self.code), width, height)


def no_reading(office: Application, parent: QObject) -> TextReading:
    """A PC on which no Tesseract is installed."""
    return TextReading(office, parent, languages=tuple)


def scan_desk(
    office: Office, desk: Desk, pile: Pile, table: LightTable | None = None,
    texts: Callable[[Application, QObject], TextReading] = no_reading,
) -> tuple[Desk, ScanDesk]:
    scans = ScanDesk(
        office.application, new_run=pile.new_run, look=lambda: (OFFICE_SCANNER,), table=table, texts=texts
    )
    return replace(desk, scans=scans), scans


@contextmanager
def bench(
    folder: Path, *pages: bytes, pile: Pile | None = None, table: LightTable | None = None,
    texts: Callable[[Application, QObject], TextReading] = no_reading,
) -> Iterator[Bench]:
    """An office with one received dossier of three papers; `pages` lie in the feeder."""
    with office_in(folder) as office:
        code = office.receive(sample_intake("hồ-sơ-số-hóa")).dossier.code
        held = pile or Pile(pages)
        plain, around = make_desk(office)
        desk, scans = scan_desk(office, plain, held, table, texts)
        made = Bench(office, desk, around, scans, held, code)
        try:
            yield made
        finally:
            made.scans.close()


def settled(qtbot: QtBot, page: DigitisePage, pages: int) -> None:
    """Waits until `pages` pages have arrived, were prepared, filed, and their arrangement is stored."""
    qtbot.waitUntil(
        lambda: len(page.intake.pages) == pages and page.intake.is_idle, timeout=20_000
    )
