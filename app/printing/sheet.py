"""Pages of marks written as one PDF: each page's content once, shared by all copies of the paper."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFFormXObject, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from app.printing.codes import Bars
from app.printing.flow import Page
from app.printing.fonts import ROMAN, register_fonts
from app.printing.formats import Paper
from app.printing.practice_mark import PracticeCanvas, marks_pages


def _texts(page: Page, height: float, canvas: Canvas) -> list[str]:
    """Text operators. Strings are hexadecimal: subset codes may be any byte."""
    doc = canvas._doc              # a face's subset belongs to one document; reportlab's text object asks it too
    out = ["BT"]
    set_font = ("", 0.0)
    set_extra = 0.0
    for x, y, size, pieces, extra in page.texts:
        if extra != set_extra:
            out.append(f"{extra:.3f} Tw")
            set_extra = extra
        out.append(f"1 0 0 1 {x:.2f} {height - y:.2f} Tm")
        for text, face in pieces:
            font = pdfmetrics.getFont(face)
            for subset, codes in font.splitString(text, doc):
                name = font.getSubsetInternalName(subset, doc)
                if (name, size) != set_font:
                    out.append(f"{name} {size:g} Tf")
                    set_font = (name, size)
                out.append(f"<{codes.hex()}> Tj")
    out.append("ET")
    return out


def _rules(page: Page, height: float) -> list[str]:
    out = []
    set_weight = 0.0
    for x1, y1, x2, y2, weight in page.rules:
        if weight != set_weight:
            out.append(f"{weight:g} w")
            set_weight = weight
        out.append(f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l")
        out.append("S")
    return out


def _codes(page: Page, height: float) -> list[str]:
    """Each code as one path of rectangles, filled once. Six decimals: an edge must not leave its dot."""
    out: list[str] = []
    for x, y, tall, code in page.codes:
        unit = code.module
        if isinstance(code, Bars):
            boxes = [(x + at * unit, height - y - tall, count * unit, tall) for at, count in code.spans]
        else:
            boxes = [(x + at * unit, height - y - (row + 1) * unit, count * unit, unit)
                     for row, at, count in code.spans]
        out.extend(f"{left:.6f} {bottom:.6f} {wide:.6f} {high:.6f} re" for left, bottom, wide, high in boxes)
        out.append("f")
    return out


def _content(page: Page, height: float, canvas: Canvas) -> str:
    parts = _quiet_white(page, height) if marks_pages() else []
    if page.texts:
        parts += _texts(page, height, canvas)
    return "\n".join(parts + _rules(page, height) + _codes(page, height))


def _quiet_white(page: Page, height: float) -> list[str]:
    """White where codes and their quiet zones will stand: the mark of practice does not run under them."""
    out = []
    for x, y, tall, code in page.codes:
        is_bars = isinstance(code, Bars)
        high, above = (tall, 0.0) if is_bars else (code.width, code.quiet)
        out.append(f"{x - code.quiet:.2f} {height - y - high - above:.2f} {code.width + 2 * code.quiet:.2f} "
                   f"{high + 2 * above:.2f} re")
    return ["1 g", *out, "f", "0 g"] if out else []


def _canvas(target: BytesIO, paper: Paper, title: str, *, is_overlay: bool = False) -> Canvas:
    return empty_canvas(target, paper.width, paper.height, title, is_overlay=is_overlay)


def empty_canvas(
    target: BytesIO, width: float, height: float, title: str, *, is_overlay: bool = False,
) -> Canvas:
    """A canvas with our faces and nothing of the moment in it, for pages of `width` by `height` points.

    The one door of this room: what practises marks each page here. `is_overlay`: it is laid over a page that is
    marked already.
    """
    register_fonts()
    kind = PracticeCanvas if marks_pages() and not is_overlay else Canvas
    canvas = kind(target, pagesize=(width, height), pageCompression=1, invariant=1, initialFontName=ROMAN,
                  lang="vi-VN")
    canvas._doc.defaultStreamFilters = [PDFZCompress]      # its default wraps page content in base 85
    canvas.setTitle(title)
    return canvas


def _form(page: Page, paper: Paper, canvas: Canvas) -> PDFFormXObject:
    """Marks that several pages show."""
    shared = PDFFormXObject(0, 0, paper.width, paper.height)
    shared.compression = 1
    # Bytes: through canvas.beginForm a page of text takes a millisecond in reportlab's own text codec.
    shared.stream = _content(page, paper.height, canvas).encode("ascii")
    return shared


def write_pdf(paper: Paper, pages: Sequence[Page], copies: Sequence[Sequence[Page]], title: str, *,
              is_overlay: bool = False) -> bytes:
    """One PDF with every copy after the other; `copies[n][p]` is what copy n alone shows on page p, if anything.

    The same input gives the same bytes (no time of making, no random identifier): a stored paper can be compared.
    `is_overlay`: see `empty_canvas`.
    """
    target = BytesIO()
    canvas = _canvas(target, paper, title, is_overlay=is_overlay)
    for number, page in enumerate(pages):
        canvas._doc.addForm(f"page{number}", _form(page, paper, canvas))
    for own_marks in copies:
        for number in range(len(pages)):
            canvas.doForm(f"page{number}")
            if number < len(own_marks):
                canvas.addLiteral(_content(own_marks[number], paper.height, canvas))
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def write_long_pdf(paper: Paper, pages: Iterable[Page], everywhere: Callable[[int], Page], title: str,
                   draw: Callable[[Canvas, Page], None] | None = None) -> bytes:
    """One PDF of pages that come one by one; `everywhere` gives, for their number, the marks on all of them.

    `draw` adds to a page what is no text and no rule.

    A page's marks are packed and forgotten before the next one is asked for, so a book of hundreds of pages needs
    little more memory than its own finished bytes.
    """
    target = BytesIO()
    canvas = _canvas(target, paper, title)
    count = 0
    for page in pages:
        canvas.addLiteral(_content(page, paper.height, canvas))
        if draw is not None:
            draw(canvas, page)
        canvas.doForm("everywhere")            # defined below, when the number of pages is known
        canvas.showPage()
        written = canvas._doc.Pages.pages[-1]
        packed = zlib.compress(written.stream.encode("ascii"))
        written.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed)
        written.stream = None
        count += 1
    canvas._doc.addForm("everywhere", _form(everywhere(count), paper, canvas))
    canvas.save()
    return target.getvalue()
