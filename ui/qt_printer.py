"""Printing through Qt: the way on Windows, and wherever no CUPS programs are.

Each page is rasterised at the printer's own resolution and laid on the paper unscaled, so that barcode modules
keep their size (exact to 0.2 mm in trials). Works on a background thread.
"""

from __future__ import annotations

import uuid

import pypdfium2
from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.devices.printer import JobPhase, JobState, PrinterStatus, Trouble
from app.errors import EnvironmentFault
from app.printing.pdfium import PDFIUM

POINTS_AN_INCH = 72.0
MOST_DPI = 600
"""Enough for any laser; a 1200 dpi page would take 140 MB."""

_TROUBLES = {
    QPrinter.PrinterState.Error: Trouble.STOPPED,
    QPrinter.PrinterState.Aborted: Trouble.STOPPED,
}


class QtPrinter:
    """The printers that Qt knows; `to_file` prints into a PDF file instead, for a look before paper is used."""

    def __init__(self, to_file: str = "") -> None:
        self._to_file = to_file

    def list_printers(self) -> tuple[PrinterStatus, ...]:
        return tuple(
            PrinterStatus(info.printerName(), info.isDefault(), _TROUBLES.get(info.state()))
            for info in QPrinterInfo.availablePrinters()
        )

    def print_pdf(self, pdf: bytes, job_name: str, *, printer: str = "", copies: int = 1, media: str = "") -> str:
        """As `app.devices.printer.Printer.print_pdf`; the page's own size is the paper's."""
        device = self._device(printer)
        device.setDocName(job_name)
        device.setCopyCount(copies)
        device.setResolution(min(MOST_DPI, device.resolution()))
        device.setFullPage(True)
        with PDFIUM:
            document = pypdfium2.PdfDocument(pdf)
            try:
                self._print(document, device)
            finally:
                document.close()
        return f"{job_name}:{uuid.uuid4().hex[:8]}"

    def job_state(self, job: str) -> JobState:
        """Qt hands a job to the system and hears no more of it."""
        return JobState(JobPhase.UNKNOWN)

    def cancel_job(self, job: str) -> None:
        """Not possible through Qt once the job is with the system."""

    def _device(self, printer: str) -> QPrinter:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._to_file:
            device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            device.setOutputFileName(self._to_file)
            return device
        known = {status.name: status for status in self.list_printers()}
        chosen = printer or QPrinterInfo.defaultPrinterName()
        if not chosen:
            raise EnvironmentFault("no_default_printer")
        if chosen not in known:
            raise EnvironmentFault("printer_unknown", printer=chosen)
        trouble = known[chosen].trouble
        if trouble is not None:
            raise EnvironmentFault(trouble.value, printer=chosen)
        device.setPrinterName(chosen)
        return device

    def _print(self, document: pypdfium2.PdfDocument, device: QPrinter) -> None:
        dpi = device.resolution()
        painter = QPainter()
        for number in range(len(document)):
            page = document[number]
            _set_paper(device, *page.get_size())
            is_begun = device.newPage() if number else painter.begin(device)
            if not is_begun:
                raise EnvironmentFault("print_refused", printer=device.printerName())
            bitmap = page.render(scale=dpi / POINTS_AN_INCH, grayscale=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8
            )
            painter.drawImage(QPoint(0, 0), image)
            page.close()
        if not painter.end():
            raise EnvironmentFault("print_refused", printer=device.printerName())


def _set_paper(device: QPrinter, width: float, height: float) -> None:
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
