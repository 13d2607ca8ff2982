"""Which printer a paper goes to: a queue of this machine, or PDF files in the counter's own folder.

Setting "printers": {"way": "cups" | "system" | "pdf", "receipt": "<queue>", "guidance": …, "label": …}; a slip
without a queue goes to the default one. Without the setting the way is looked for: CUPS, then what Qt
knows, then files, so that a paper is never refused for want of a setting.
"""

from __future__ import annotations

import shutil
import sys

from app.bootstrap import Application
from app.devices.cups_printer import CupsPrinter
from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.devices.printer import Printer
from app.errors import EnvironmentFault
from app.practice import is_practice
from app.store.settings import read_setting

SETTING = "printers"


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
        way = "pdf" if is_practice() else way or _way_of_this_machine()      # practice wastes nobody's paper
        if way == "cups":
            return CupsPrinter()
        if way != "system":
            return PdfFolderPrinter(self._office.folder.papers)
        from ui.qt_printer import QtPrinter  # with PDFium; a queue of CUPS prints without it

        return QtPrinter()


def _way_of_this_machine() -> str:
    if sys.platform == "win32":
        return "system"
    if shutil.which("lpstat"):
        try:
            if any(printer.is_default for printer in CupsPrinter().list_printers()):
                return "cups"
        except EnvironmentFault:       # no CUPS is running: files it is
            return "pdf"
    return "pdf"
