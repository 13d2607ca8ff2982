"""Which printer a paper goes to: a queue of this machine, or PDF files in a tray that the closing window empties.

Setting "printers": {"way": "cups" | "system" | "pdf", "receipt": "<queue>", "guidance": …, "label": …}; a slip
without a queue goes to the default one. Without the setting papers go where this system prints; only a PC without
a print system, and a trial office without a printer, puts them into files (`app.devices.paper_tray`). The files
of a trial office and of practice tell of nobody: they stay in the data folder.
"""

from __future__ import annotations

import shutil
import sys

from app.bootstrap import Application
from app.devices.cups_printer import CupsPrinter
from app.devices.paper_tray import empty_tray, ready_tray
from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.devices.printer import Printer
from app.errors import EnvironmentFault
from app.practice import is_practice
from app.services.machine_settings import PRINTERS
from app.store.settings import read_setting

SETTING = PRINTERS


class PaperPrinter:
    """The `Printer` of the pages' context. Called on a background thread."""

    def __init__(self, office: Application) -> None:
        self._office = office

    def print_pdf(self, pdf: bytes, name: str, *, slip: str, copies: int) -> None:
        """Hand the finished PDF over; returns when the queue has taken it. Raises EnvironmentFault."""
        with self._office.database.reading() as connection:
            chosen = read_setting(connection, SETTING, {})
        port = self.port(chosen.get("way", ""))
        queue = "" if isinstance(port, PdfFolderPrinter) else chosen.get(slip, "")
        port.print_pdf(pdf, name, printer=queue, copies=copies)

    def port(self, way: str = "") -> Printer:
        """What prints where `way` is set so; "" where nothing was chosen."""
        way = "pdf" if is_practice() else way or self._way_of_this_machine()     # practice wastes nobody's paper
        if way == "cups":
            return CupsPrinter()
        if way != "system":
            ready = None if tells_of_nobody(self._office) else ready_tray
            return PdfFolderPrinter(self._office.folder.papers, ready)
        from ui.qt_printer import QtPrinter  # with PDFium; a queue of CUPS prints without it

        return QtPrinter()

    def _way_of_this_machine(self) -> str:
        """Files only where this PC has no way to print: a print system that is down for a minute must not put
        citizens' papers into the data folder, in clear, and say that they are printed."""
        if sys.platform == "win32":
            return "system"
        if not shutil.which("lpstat"):
            return "pdf"
        return "pdf" if _is_demo(self._office) and not _has_default_queue() else "cups"


def clear_papers(office: Application) -> int:
    """Empty the tray of a counter that prints to files, when its window opens and closes; how many papers."""
    try:
        is_kept = tells_of_nobody(office)
    except EnvironmentFault:               # a book that cannot be read any more: its papers can
        is_kept = False
    return 0 if is_kept else empty_tray(office.folder.papers)


def tells_of_nobody(office: Application) -> bool:
    """Whether all people of this book are invented."""
    return is_practice() or _is_demo(office)


def _is_demo(office: Application) -> bool:
    with office.database.reading() as connection:
        return bool(read_setting(connection, "is_demo", default=False))


def _has_default_queue() -> bool:
    try:
        return any(printer.is_default for printer in CupsPrinter().list_printers())
    except EnvironmentFault:           # no CUPS is running
        return False
