"""A PDF page that is nothing but one scanned picture: that picture's own bytes, without loss.

Typical of scanners and copiers. Only a JPEG or a Group 4 picture that fills its page, straight, without masks and
with nothing visible on top; an invisible text layer over it is no hindrance. Everything else is drawn instead.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.errors import Refusal
from app.imaging.limits import Limits
from app.imaging.opening import Kind, open_picture, opened
from app.imaging.prepared import SplitPage

_LEAST_DPI, _MOST_DPI = 75, 1200
_SLACK = 0.02                              # of the page's side: scanners round


class ScanFinder:
    """Looks at the pages of one PDF; read a second time, by a library that hands out bytes, only when needed."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._document: pikepdf.Pdf | None = None
        self._is_unreadable = False

    def scan_on(self, page: pdfium.PdfPage, number: int) -> SplitPage | None:
        """The one picture that page `number` (from 0) consists of; None when it is more than that, or when the
        picture would not open by itself."""
        if self._is_unreadable or not _is_one_picture(page):
            return None
        try:
            if self._document is None:
                self._document = pikepdf.open(io.BytesIO(self._content))
            turn = page.get_rotation()
            points = page.get_size() if turn % 180 == 0 else page.get_size()[::-1]
            return _scan(self._document.pages[number], points, turn, self._limits)
        except (pikepdf.PdfError, pikepdf.PasswordError):
            self._is_unreadable = True
        except (Refusal, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RuntimeError,
                struct.error):
            pass
        return None

    def close(self) -> None:
        if self._document is not None:
            self._document.close()


def _is_one_picture(page: pdfium.PdfPage) -> bool:
    if raw.FPDFPage_GetAnnotCount(page):
        return False
    pictures = []
    for count, each in enumerate(page.get_objects(max_depth=1)):
        if count > 20_000:
            return False
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(each)
        elif each.type != raw.FPDF_PAGEOBJ_TEXT or (
            raw.FPDFTextObj_GetTextRenderMode(each) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        ):
            return False
    return len(pictures) == 1 and _fills(page, pictures[0])


def _fills(page: pdfium.PdfPage, picture: Any) -> bool:
    matrix = picture.get_matrix()
    if matrix.a <= 0 or matrix.d <= 0 or max(abs(matrix.b), abs(matrix.c)) > 0.01 * min(matrix.a, matrix.d):
        return False
    left, bottom, right, top = page.get_bbox()
    slack = _SLACK * max(right - left, top - bottom)
    edges = (matrix.e - left, matrix.f - bottom, matrix.e + matrix.a - right, matrix.f + matrix.d - top)
    return all(abs(edge) <= slack for edge in edges)


def _scan(page: pikepdf.Page, points: tuple[float, float], turn: int, limits: Limits) -> SplitPage | None:
    drawable: Any = page.resources.get("/XObject", {})
    pictures = [drawable[name] for name in drawable if drawable[name].get("/Subtype") == pikepdf.Name.Image]
    if len(pictures) != 1:
        return None
    picture = pictures[0]
    if any(name in picture for name in ("/SMask", "/Mask", "/ImageMask")) or "/UserUnit" in page.obj:
        return None
    width, height = int(picture["/Width"]), int(picture["/Height"])
    across, down = width * 72 / points[0], height * 72 / points[1]
    if not (_LEAST_DPI <= across <= _MOST_DPI and abs(across / down - 1) <= _SLACK):
        return None
    if width * height > limits.worked_pixels:
        return None
    dpi = round((across + down) / 2)
    if _is_plain_jpeg(picture):
        scan = SplitPage(jpeg_with_size(bytes(picture.read_raw_bytes()), dpi, turn), Kind.JPEG.mime)
    elif _is_g4(picture):
        scan = SplitPage(_tiff_of(picture, width, height, dpi, turn), Kind.TIFF.mime)
    else:
        return None
    return scan if _opens(scan.content, width, height, limits) else None


def _filter(picture: Any) -> str:
    """The only filter of a stream; empty when there are more."""
    found = picture.get("/Filter", "")
    if isinstance(found, pikepdf.Array):
        return str(found[0]) if len(found) == 1 else ""
    return str(found)


def _opens(content: bytes, width: int, height: int, limits: Limits) -> bool:
    with opened(content, limits) as header:
        # Pillow states a turned TIFF's size as it will stand, a turned JPEG's as it lies.
        if sorted(header.size) != sorted((width, height)) or header.mode not in ("1", "L", "RGB"):
            return False
    open_picture(content, limits)
    return True


def _is_plain_jpeg(picture: Any) -> bool:
    if _filter(picture) != "/DCTDecode" or "/Decode" in picture or "/DecodeParms" in picture:
        return False
    space = picture.get("/ColorSpace")
    name = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    return str(name) in ("/DeviceRGB", "/DeviceGray", "/CalRGB", "/CalGray", "/ICCBased")


def _is_g4(picture: Any) -> bool:
    if _filter(picture) != "/CCITTFaxDecode":
        return False
    if int(picture.get("/BitsPerComponent", 1)) != 1 or str(picture.get("/ColorSpace")) != "/DeviceGray":
        return False
    how = _parameters(picture)
    return int(how.get("/K", 0)) == -1 and not how.get("/EncodedByteAlign", False) and (
        int(how.get("/Columns", 1728)) == int(picture["/Width"])
    )


def _parameters(picture: Any) -> Any:
    how = picture.get("/DecodeParms", {})
    return how[0] if isinstance(how, pikepdf.Array) else how


_TURN_TO_ORIENTATION = {0: 1, 90: 6, 180: 3, 270: 8}


def _tiff_of(picture: Any, width: int, height: int, dpi: int, turn: int) -> bytes:
    """Group 4 bytes with a TIFF's head before them: nothing is coded again."""
    is_inverted = [int(each) for each in picture.get("/Decode", [0, 1])] == [1, 0]
    shows_white_as_0 = bool(_parameters(picture).get("/BlackIs1", False)) == is_inverted
    strip = bytes(picture.read_raw_bytes())
    short, long, ratio = 3, 4, 5
    tags = [
        (256, long, width), (257, long, height), (258, short, 1), (259, short, 4),
        (262, short, 0 if shows_white_as_0 else 1), (273, long, 0), (274, short, _TURN_TO_ORIENTATION[turn % 360]),
        (277, short, 1), (278, long, height), (279, long, len(strip)), (282, ratio, 0), (283, ratio, 0),
        (296, short, 2),
    ]
    end = 8 + 2 + 12 * len(tags) + 4
    places = {273: end + 16, 282: end, 283: end + 8}
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, places.get(tag, value)) for tag, kind, value in tags)
    head = b"II*\x00" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", 0)
    return head + struct.pack("<IIII", dpi, 1, dpi, 1) + strip


def jpeg_with_size(content: bytes, dpi: int, turn: int = 0) -> bytes:
    """The same JPEG that says `dpi` and `turn` in its head, in place of what it said there. A PDF's viewer goes
    by the page; alone, the picture must say it itself."""
    if not content.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    at, kept = 2, []
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in (0xDA, 0xD9):
        length = 2 + struct.unpack(">H", content[at + 2:at + 4])[0]
        if content[at + 1] not in (0xE0, 0xE1):                     # JFIF, EXIF and XMP
            kept.append(content[at:at + length])
        at += length
    jfif = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\x00", 0x0102, 1, dpi, dpi, 0, 0)
    orientation = _TURN_TO_ORIENTATION[turn % 360]
    exif = b"" if orientation == 1 else b"\xff\xe1" + struct.pack(">H", 34) + b"Exif\x00\x00" + (
        b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    )
    return b"\xff\xd8" + jfif + exif + b"".join(kept) + content[at:]
