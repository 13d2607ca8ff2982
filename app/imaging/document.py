"""Prepared pages into one PDF/A-2b: what the province keeps of a paper.

Nghị định 30/2020/NĐ-CP, Phụ lục I: PDF of version 1.4 or later at 100 % of the paper's size. ISO 19005-2, level B:
device-independent colour (an sRGB output intent), XMP that agrees with the document's properties, no encryption,
scripts or attached files. Pictures go in as they are coded; a turn is drawn by the page, not by a mark that some
viewers pass over. The same pages and the same `DocumentAbout` give the same bytes. Codes:
    document_empty              no page was given
    document_unreadable {step}  the finished file failed its own check and is not handed out
    besides those of `app.imaging.opening`
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence

import img2pdf
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from app.errors import EnvironmentFault, Refusal
from app.imaging.document_words import stamp_words
from app.imaging.limits import Limits
from app.imaging.opening import Kind, believable_dpi, decoded, exif_orientation, opened, sniff
from app.imaging.prepared import DocumentAbout, PageForPdf

_DPI_UNSAID = 200
_VERSION = "1.7"                           # what ISO 19005-2 is written for; old viewers open it too
_PLAIN_NUMBERS = 6                         # decimals; a reader must not meet 1e-05


def document(pages: Sequence[PageForPdf], about: DocumentAbout, limits: Limits) -> bytes:
    """One PDF/A-2b of `pages` in their order, checked by `check_document`."""
    if not pages:
        raise Refusal("document_empty")
    if len(pages) > limits.most_pages:
        raise Refusal("pdf_too_many_pages", pages=len(pages), limit=limits.most_pages)
    out = io.BytesIO()
    with contextlib.ExitStack() as sources, pikepdf.new() as made:
        for page in pages:
            _add_page(made, page, sources, limits)
        _add_output_intent(made)
        stamp_words(made, about)
        made.save(
            out, min_version=_VERSION, force_version=_VERSION, deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True,
        )
    content = out.getvalue()
    if len(content) > limits.most_bytes:
        raise Refusal("file_too_large", bytes=len(content), limit=limits.most_bytes)
    check_document(content, len(pages))
    return content


def check_document(content: bytes, pages: int) -> None:
    """Opened again as a stranger would: `pages` pages that can be drawn, no password, 1.4 or later."""
    try:
        opened_again = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise EnvironmentFault("document_unreadable", step="open") from error
    try:
        if len(opened_again) != pages:
            raise EnvironmentFault("document_unreadable", step="pages")
        if (opened_again.get_version() or 0) < 14:
            raise EnvironmentFault("document_unreadable", step="version")
        for number in range(pages):
            page = opened_again[number]
            bitmap = page.render(scale=16 / max(page.get_size()))
            bitmap.close()
            page.close()
    except pdfium.PdfiumError as error:
        raise EnvironmentFault("document_unreadable", step="draw") from error
    finally:
        opened_again.close()
    if b"/Encrypt" in content[-2048:]:
        raise EnvironmentFault("document_unreadable", step="locked")


def _add_page(made: pikepdf.Pdf, page: PageForPdf, sources: contextlib.ExitStack, limits: Limits) -> None:
    content, dpi, turn = _as_pdf_takes_it(page, limits)
    # Only its picture is used; what img2pdf thinks of page size and turn is not.
    single = img2pdf.convert(content, engine=img2pdf.Engine.pikepdf, rotation=img2pdf.Rotation.none, nodate=True)
    source = sources.enter_context(pikepdf.open(io.BytesIO(single)))
    picture = made.copy_foreign(source.pages[0].Resources.XObject.Im0)
    width, height = int(picture.Width) * 72 / dpi, int(picture.Height) * 72 / dpi
    box = (width, height) if turn % 180 == 0 else (height, width)
    resources = Dictionary(XObject=Dictionary(Im0=picture))
    drawing = b"q %s cm /Im0 Do Q" % _matrix(width, height, turn)
    leaf = made.make_indirect(Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, _number(box[0]), _number(box[1])]), Resources=resources,
    ))
    leaf.Contents = made.make_stream(drawing)
    made.pages.append(pikepdf.Page(leaf))
    if page.text_layer:
        layer = sources.enter_context(pikepdf.open(io.BytesIO(page.text_layer)))
        made.pages[-1].add_underlay(layer.pages[0], pikepdf.Rectangle(0, 0, *box))


def _as_pdf_takes_it(page: PageForPdf, limits: Limits) -> tuple[bytes, int, int]:
    """The picture's bytes, its dpi, and the clockwise turn to draw it with. The bytes are the page's own unless a
    PDF/A has no place for their kind of colour."""
    with opened(page.content, limits) as picture:
        if sniff(page.content).mime != page.mime:
            raise Refusal("picture_broken")
        pixels = picture.width * picture.height
        if pixels > limits.most_pixels:
            raise Refusal("picture_too_many_pixels", pixels=pixels, limit=limits.most_pixels)
        dpi = believable_dpi(picture.info.get("dpi")) or _DPI_UNSAID
        turn = _EXIF_TURNS.get(exif_orientation(picture))
        if turn and picture.format == "TIFF":
            turn = None                    # Pillow and img2pdf do not agree on what its width is: decoded instead
        is_fit = picture.mode in ("1", "L", "RGB") and "transparency" not in picture.info
        if is_fit and turn is not None and getattr(picture, "n_frames", 1) == 1:
            picture.load()                 # a page cut short is refused here, not at the province
            return _without_profile(page.content, picture), dpi, (page.turn + turn) % 360
        plain = decoded(picture, limits)
        dpi = plain.info["dpi"][0] if "dpi" in plain.info else _DPI_UNSAID
        out = io.BytesIO()
        plain.save(out, Kind.PNG.name)
        return out.getvalue(), dpi, page.turn % 360


_EXIF_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}


def _without_profile(content: bytes, picture: Image.Image) -> bytes:
    """A PNG's own colour profile would go into the PDF unchecked; its pixels are kept, the profile is not."""
    if picture.format != "PNG" or not {"icc_profile", "interlace"} & set(picture.info):
        return content
    out = io.BytesIO()
    bare = picture.copy()
    bare.info = {}
    bare.save(out, "PNG")
    return out.getvalue()


def _matrix(width: float, height: float, turn: int) -> bytes:
    """Of the unit square onto the page, turned clockwise."""
    found = {
        0: (width, 0, 0, height, 0, 0), 90: (0, -width, height, 0, 0, width),
        180: (-width, 0, 0, -height, width, height), 270: (0, width, -height, 0, height, 0),
    }[turn % 360]
    return " ".join(str(_number(each)) for each in found).encode()


def _number(value: float) -> float | int:
    rounded = round(value, _PLAIN_NUMBERS)
    return int(rounded) if rounded == int(rounded) else rounded


def _add_output_intent(made: pikepdf.Pdf) -> None:
    profile = made.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    made.Root.OutputIntents = Array([made.make_indirect(Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"), RegistryName=String("http://www.color.org"), DestOutputProfile=profile,
    ))])


def srgb_profile() -> bytes:
    """The sRGB colour profile as Little CMS makes it, without the time of making it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)            # ICC.1, header: date and time number
    made[84:100] = bytes(16)                                        # profile ID: not calculated
    return bytes(made)
