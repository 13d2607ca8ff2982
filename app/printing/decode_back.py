"""No code leaves the counter unread: the page is rasterised as a printer would and both symbologies must answer."""

from __future__ import annotations

import math

import pypdfium2
import zxingcpp

from app.errors import EnvironmentFault

_WANTED = zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode


def check_codes(pdf: bytes, expected: str, *, dpi: int = 203, area: tuple[float, float] | None = None,
                formats: tuple[zxingcpp.BarcodeFormat, ...] = _WANTED) -> None:
    """Do nothing when each of `formats` on the first page reads exactly `expected`; raise otherwise.

    `dpi`: printer resolution to imitate (203 thermal, 300 laser). `area`: only the strip between these two heights
    (points from the top edge) is looked at. Raises EnvironmentFault("barcode_unreadable", missing=…, dpi=…).
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        top, bottom = area or (0.0, height)
        crop = (0.0, max(0.0, height - bottom), 0.0, max(0.0, top))
        bitmap = page.render(scale=dpi / 72, crop=crop, grayscale=True, optimize_mode="print")
        rows = memoryview(bitmap.buffer).cast("B", (bitmap.height, bitmap.stride))
        found = zxingcpp.read_barcodes(
            zxingcpp.ImageView(rows, bitmap.width, bitmap.height, zxingcpp.ImageFormat.Lum, bitmap.stride),
            formats=list(formats), try_rotate=False, try_invert=False)
        read = {(code.format, code.text) for code in found if code.valid}
    finally:
        document.close()
    missing = [wanted.name for wanted in formats if (wanted, expected) not in read]
    if missing:
        raise EnvironmentFault("barcode_unreadable", missing=", ".join(missing), dpi=math.floor(dpi))
