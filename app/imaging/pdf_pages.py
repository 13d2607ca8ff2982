"""Foreign PDFs and TIFFs taken apart into pages, each a picture file that states its dpi.

A page that is nothing but one scanned picture hands out that picture's own bytes; any other is drawn, so that
scripts, actions, attached files and links never leave it. Runs on the light table only, in one thread. Codes:
    pdf_encrypted                          opens only with a password (one that only forbids is no hindrance)
    pdf_broken {page}                      cannot be read; page 0: as a whole
    pdf_too_many_pages {pages, limit}      also of a TIFF
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image

from app.errors import Refusal
from app.imaging.limits import Limits
from app.imaging.opening import Kind, decoded, open_picture, opened, sniff
from app.imaging.pdf_scan import ScanFinder
from app.imaging.prepared import SplitPage

_PAPER_DPI, _CARD_DPI = 200, 300
_CARD_POINTS = 420.0                       # A6: whatever is no longer has small print
_MOST_DRAWN_PIXELS = 25_000_000            # A3 at 300 dpi has 17 million; larger boxes are drawn coarser
_MOST_DRAWN_SIDE = 20_000
_ROWS_PER_STRIP = 278                      # tag of a TIFF; a PDF takes one strip as it is
_FEW_COLOURS = 4096                        # more are a photograph: PNG has no chance
_PASSWORD_ERRORS = (4, 5)                  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def split(content: bytes, limits: Limits) -> Iterator[SplitPage]:
    """The pages of a PDF or TIFF in order; a JPEG, PNG or single TIFF is its own one page, as it is."""
    kind = sniff(content)
    if kind is Kind.PDF:
        yield from _pdf_pages(content, limits)
    elif kind is Kind.TIFF and (frames := _frame_count(content, limits)) > 1:
        yield from _tiff_pages(content, frames, limits)
    else:
        open_picture(content, limits)      # shown whole, or refused
        yield SplitPage(content, kind.mime)


def page_picture(content: bytes, number: int, longest: int, limits: Limits) -> Image.Image:
    """Page 1, 2, 3 … of a PDF, drawn so that its longest side has `longest` pixels."""
    with _open(content, limits) as document:
        if not 1 <= number <= len(document):
            raise Refusal("pdf_broken", page=number)
        with _page(document, number - 1) as page:
            return _drawn(page, longest * 72 / max(_size(page, number)))


def _pdf_pages(content: bytes, limits: Limits) -> Iterator[SplitPage]:
    with _open(content, limits) as document, contextlib.closing(ScanFinder(content, limits)) as finder:
        for number in range(len(document)):
            with _page(document, number) as page:
                yield finder.scan_on(page, number) or _drawn_page(page, number + 1)


@contextlib.contextmanager
def _open(content: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in _PASSWORD_ERRORS
        raise (Refusal("pdf_encrypted") if is_locked else Refusal("pdf_broken", page=0)) from error
    try:
        pages = len(document)
        if pages < 1:
            raise Refusal("pdf_broken", page=0)
        if pages > limits.most_pages:
            raise Refusal("pdf_too_many_pages", pages=pages, limit=limits.most_pages)
        with contextlib.suppress(pdfium.PdfiumError):
            document.init_forms()          # what was typed into a form and the seal of a signature are drawn by it
        yield document
    finally:
        document.close()


@contextlib.contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise Refusal("pdf_broken", page=number + 1) from error
    try:
        yield page
    finally:
        page.close()


def _size(page: pdfium.PdfPage, number: int) -> tuple[float, float]:
    """Width and height in points."""
    width, height = page.get_size()
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise Refusal("pdf_broken", page=number)
    return width, height


def _drawn_page(page: pdfium.PdfPage, number: int) -> SplitPage:
    size = _size(page, number)
    wanted = _CARD_DPI if max(size) <= _CARD_POINTS else _PAPER_DPI
    area = size[0] * size[1] / 72**2
    dpi = min(wanted, math.sqrt(_MOST_DRAWN_PIXELS / area), _MOST_DRAWN_SIDE * 72 / max(size))
    picture = _drawn(page, dpi)
    kept = max(round(dpi), 1)
    jpeg, png = io.BytesIO(), io.BytesIO()
    picture.save(jpeg, "JPEG", quality=92, subsampling=0, dpi=(kept, kept))
    if picture.getcolors(_FEW_COLOURS) is not None:
        picture.save(png, "PNG", dpi=(kept, kept))
        if png.tell() <= jpeg.tell():
            return SplitPage(png.getvalue(), Kind.PNG.mime)
    return SplitPage(jpeg.getvalue(), Kind.JPEG.mime)


def _drawn(page: pdfium.PdfPage, dpi: float) -> Image.Image:
    """`page` on white, as L where it has no colour, else RGB."""
    width, height = (max(math.ceil(side * dpi / 72), 1) for side in page.get_size())
    if width * height > 2 * _MOST_DRAWN_PIXELS:
        raise Refusal("picture_too_many_pixels", pixels=width * height, limit=2 * _MOST_DRAWN_PIXELS)
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, maybe_alpha=False, prefer_bgrx=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture if has_colour(picture) else picture.convert("L")


def has_colour(picture: Image.Image) -> bool:
    """Any spot of an RGB picture that is plainly no grey."""
    _, blue, red = picture.reduce(2).convert("YCbCr").split()
    return any(abs(value - 128) > 12 for band in (blue, red) for value in band.getextrema())  # type: ignore[operator]


def _frame_count(content: bytes, limits: Limits) -> int:
    with opened(content, limits) as picture:
        count = 1
        while count <= limits.most_pages:
            try:
                picture.seek(count)
            except EOFError:
                return count
            count += 1
        raise Refusal("pdf_too_many_pages", pages=count, limit=limits.most_pages)


def _tiff_pages(content: bytes, frames: int, limits: Limits) -> Iterator[SplitPage]:
    with opened(content, limits) as picture:
        for number in range(frames):
            picture.seek(number)
            is_jpeg = picture.info.get("compression") == "jpeg"
            yield _frame_page(decoded(picture, limits), is_jpeg)


def _frame_page(page: Image.Image, is_jpeg: bool) -> SplitPage:
    """A frame in a file of its own: bilevel as Group 4, what was JPEG as good JPEG, the rest as PNG."""
    out = io.BytesIO()
    dpi = {"dpi": page.info["dpi"]} if "dpi" in page.info else {}
    if page.mode == "1":
        one_strip = {_ROWS_PER_STRIP: page.height}
        page.save(out, "TIFF", compression="group4", tiffinfo=one_strip, **dpi)
        return SplitPage(out.getvalue(), Kind.TIFF.mime)
    if is_jpeg:
        page.save(out, "JPEG", quality=95, subsampling=0, **dpi)
        return SplitPage(out.getvalue(), Kind.JPEG.mime)
    page.save(out, "PNG", compress_level=4, **dpi)
    return SplitPage(out.getvalue(), Kind.PNG.mime)
