"""No code leaves the counter unread: the page is rasterised as a printer would, and both codes must answer."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

from app.errors import EnvironmentFault
from app.printing.pdfium import PDFIUM

BOTH = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
QR_ONLY = (zxingcpp.BarcodeFormat.QRCode,)


def check_codes(pdf: bytes, expected: str, *, qr_content: str = "", dpi: int = 203,
                area: tuple[float, float] | None = None,
                formats: tuple[zxingcpp.BarcodeFormat, ...] = BOTH) -> None:
    """Do nothing when each of `formats` on the first page reads exactly `expected`; raise otherwise.

    `qr_content`: what the QR holds where it is more than `expected` (a corrected receipt).

    `dpi`: printer resolution to imitate (203 thermal, 300 laser). `area`: only the strip between these two heights
    (points from the top edge) is looked at. Raises EnvironmentFault("barcode_unreadable", missing=…, dpi=…).
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            top, bottom = area or (0.0, page.get_height())
            found = _read(page, dpi, top, bottom, formats)
        finally:
            document.close()
    held = {zxingcpp.BarcodeFormat.QRCode: qr_content or expected}
    missing = [wanted.name for wanted in formats if (wanted, held.get(wanted, expected)) not in found]
    if missing:
        raise EnvironmentFault("barcode_unreadable", missing=", ".join(missing), dpi=dpi)


def codes_on_pages(pdf: bytes, *, dpi: int = 203) -> list[set[tuple[zxingcpp.BarcodeFormat, str]]]:
    """The format and text of every Code 128 and QR, page by page, as a printer of `dpi` would set them."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_read(page, dpi, 0.0, page.get_height(), BOTH) for page in document]
        finally:
            document.close()


def _read(page: pypdfium2.PdfPage, dpi: int, top: float, bottom: float,
          formats: tuple[zxingcpp.BarcodeFormat, ...]) -> set[tuple[zxingcpp.BarcodeFormat, str]]:
    # A matrix, not page.render(): that rounds the page up to whole pixels and stretches it, so that a bar of two
    # dots becomes one of three here and there, which no printer does.
    scale = dpi / 72
    first = math.floor(top * scale)
    width, height = math.ceil(page.get_width() * scale), math.ceil(bottom * scale) - first
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, -first)
    clip = pdfium.FS_RECTF(0, 0, width, height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, ctypes.byref(matrix), ctypes.byref(clip),
                                           pdfium.FPDF_PRINTING | pdfium.FPDF_GRAYSCALE)
    rows: Any = memoryview(bitmap.buffer).cast("B", (height, bitmap.stride))
    image = zxingcpp.ImageView(rows, width, height, zxingcpp.ImageFormat.Lum, bitmap.stride)
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(list(formats)), try_rotate=False,
                                   try_invert=False)
    return {(code.format, code.text) for code in found if code.valid}
