"""Printing through Qt: the page keeps its size and its codes, into a file and into a real CUPS queue's driver."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from app.printing.decode_back import check_codes
from app.printing.receipt import render_receipt
from tests.app.devices.cups_server import cups_server
from tests.app.printing.samples import TYPICAL
from ui.qt_printer import QtPrinter


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_receipt_printed_by_qt_keeps_paper_size_and_both_codes(
    qapp: QApplication, tmp_path: Path, size: str
) -> None:
    paper = TYPICAL
    pdf = render_receipt(paper, size=size)
    file = tmp_path / "printed.pdf"
    QtPrinter(str(file)).print_pdf(pdf, paper.code)
    before, after = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(file)
    try:
        assert len(after) == len(before)
        for width, other in zip(before[0].get_size(), after[0].get_size(), strict=True):
            assert abs(width - other) < 1.5
        image = after[0].render(scale=203 / 72, grayscale=True).to_pil()
        assert {found.text for found in zxingcpp.read_barcodes(image)} == {paper.code}
        assert len(zxingcpp.read_barcodes(image)) == 2
    finally:
        before.close()
        after.close()


def test_a_printer_nobody_knows_is_refused_before_anything_is_printed(qapp: QApplication) -> None:
    with pytest.raises(EnvironmentFault, match=r"printer_unknown|no_default_printer"):
        QtPrinter().print_pdf(b"", "H47.15-261121-0001", printer="Không có máy này")


PRINT = """
import sys
from PySide6.QtWidgets import QApplication
from app.printing.decode_back import check_codes
from app.printing.receipt import render_receipt
from tests.app.devices.cups_server import cups_server
from tests.app.printing.samples import TYPICAL
from ui.qt_printer import QtPrinter
app = QApplication([])
QtPrinter().print_pdf(render_receipt(TYPICAL, size="A5"), TYPICAL.code, printer=sys.argv[1])
"""


def test_a_receipt_goes_through_qt_to_a_real_cups_queue() -> None:
    with cups_server() as server:
        paper = server.add_queue("office")
        # A process of its own: Qt's CUPS plug-in reads the server's address once, when it is loaded.
        surroundings = {**os.environ, "CUPS_SERVER": server.address, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([sys.executable, "-c", PRINT, "office"], env=surroundings, check=True, timeout=120)
        end = time.monotonic() + 60
        while not paper.stat().st_size and time.monotonic() < end:
            server.run("lpstat", "-W", "completed", "-o", "office")
        assert "office-" in server.run("lpstat", "-W", "all", "-o", "office")
        printed = paper.read_bytes()
    assert printed.startswith(b"%PDF")
    check_codes(printed, TYPICAL.code, dpi=203)
