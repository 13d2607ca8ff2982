"""Foreign pictures opened: their first bytes say what they are, their header how big, before a pixel is decoded.

Runs on the light table only. Codes:
    picture_unknown_kind {found}             neither PDF, JPEG, PNG nor TIFF; found: "gif", "zip" … or ""
    picture_too_many_pixels {pixels, limit}
    picture_too_small {width, height}        a thread or a dot: no paper
    picture_broken                           cut short, lying header, damaged
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from PIL import Image, ImageFile

from app.errors import Refusal
from app.imaging.limits import Limits

Image.MAX_IMAGE_PIXELS = None              # the limits here are tighter, and refuse by code
ImageFile.LOAD_TRUNCATED_IMAGES = False


class Kind(Enum):
    """What a file is. `mime` is how it is stored."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"

    @property
    def mime(self) -> str:
        return self.value


_MAGIC = (
    (b"%PDF-", Kind.PDF), (b"\xff\xd8\xff", Kind.JPEG), (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\x00", Kind.TIFF), (b"MM\x00*", Kind.TIFF),
)
_KNOWN_OTHERS = (
    (b"GIF8", "gif"), (b"PK\x03\x04", "zip"), (b"BM", "bmp"), (b"MZ", "exe"), (b"\xd0\xcf\x11\xe0", "doc"),
    (b"{\\rtf", "rtf"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gz"), (b"%!PS", "ps"),
    (b"II+\x00", "bigtiff"), (b"MM\x00+", "bigtiff"), (b"\x00\x00\x00\x0cjP  ", "jp2"),
)
_LEADING = b"\xef\xbb\xbf \t\r\n\x00"


def sniff(content: bytes) -> Kind:
    """What `content` is, by its first bytes. A PDF may begin with blanks, nothing else."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:1024].lstrip(_LEADING).startswith(b"%PDF-"):
        return Kind.PDF
    raise Refusal("picture_unknown_kind", found=_other_kind(content))


def _other_kind(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        return "heic" if content[8:12] in {b"heic", b"heix", b"mif1", b"hevc"} else "video"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    for magic, name in _KNOWN_OTHERS:
        if content.startswith(magic):
            return name
    start = content[:1024].lstrip(_LEADING).lower()
    if start.startswith(b"<"):
        return "svg" if b"<svg" in content[:4096].lower() else "html"
    return ""


def open_picture(content: bytes, limits: Limits) -> Image.Image:
    """The picture in `content`, decoded, upright by its EXIF, as 1, L or RGB over white, with a believable
    `info["dpi"]` (one whole number for both ways) or none. Larger than `limits.worked_pixels`: halved until it
    fits, its dpi too."""
    with opened(content, limits) as picture:
        return decoded(picture, limits)


@contextlib.contextmanager
def opened(content: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The file's header read, no pixel yet; whatever its decoder cannot bear inside the block is a Refusal."""
    kind = sniff(content)
    if kind is Kind.PDF:
        raise Refusal("picture_unknown_kind", found="pdf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")    # of foreign tags; what matters is an error
        try:
            lean = _without_bulk(content) if kind is Kind.JPEG else content
            with Image.open(io.BytesIO(lean), formats=[kind.name]) as picture:
                yield picture
        except _DECODER_ERRORS as error:
            raise Refusal("picture_broken") from error


_MOST_HEAD = 256 << 10                     # of a JPEG: a thumbnail and a colour profile have room


def _without_bulk(content: bytes) -> bytes:
    """A JPEG whose head is a bomb of EXIF or profiles, without all but the first of them; others as they are."""
    at, kept, seen = 2, [content[:2]], set()
    while content[at:at + 1] == b"\xff" and content[at + 1:at + 2] not in (b"", b"\xda", b"\xd9"):
        mark = content[at + 1]
        length = 2 + int.from_bytes(content[at + 2:at + 4], "big")
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark not in seen:
            kept.append(content[at:at + length])
        seen.add(mark)
        at += length
    return content if at < _MOST_HEAD else b"".join([*kept, content[at:]])


_DECODER_ERRORS = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    EOFError, OverflowError, ZeroDivisionError, RuntimeError, NotImplementedError, struct.error, zlib.error,
)
"""What Pillow's decoders have been seen to raise at damaged bytes; never MemoryError."""


def decoded(picture: Image.Image, limits: Limits) -> Image.Image:
    """The present frame of an opened picture, as `open_picture` promises it."""
    dpi = believable_dpi(picture.info.get("dpi"))
    shrink = _shrink_while_decoding(picture, limits)
    pixels = picture.width * picture.height
    if pixels > limits.most_pixels:
        raise Refusal("picture_too_many_pixels", pixels=pixels, limit=limits.most_pixels)
    if min(picture.size) < _LEAST_SIDE or max(picture.size) > _MOST_SLENDER * min(picture.size):
        raise Refusal("picture_too_small", width=picture.width, height=picture.height)
    picture.load()                         # turns a TIFF by itself, and forgets that it lay on its side
    turned = _EXIF_TURNS.get(exif_orientation(picture))
    page = plain(picture)
    while page.width * page.height > limits.worked_pixels:
        page, shrink = page.reduce(2) if page.mode != "1" else page.convert("L").reduce(2), shrink * 2
    if turned is not None:
        page = page.transpose(turned)
    page.info = {"dpi": (round(dpi / shrink), round(dpi / shrink))} if dpi else {}
    return page


_LEAST_SIDE, _MOST_SLENDER = 16, 50        # pixels; a till roll of a metre is 12 times as long as wide


def _shrink_while_decoding(picture: Image.Image, limits: Limits) -> int:
    """A JPEG from a 200-megapixel camera is decoded at a half, a quarter or an eighth of its size; how much
    smaller it became. Its full size is never in memory."""
    if picture.format != "JPEG":
        return 1
    full = picture.width
    if picture.width * picture.height > limits.worked_pixels:
        for divisor in (2, 4, 8):
            if picture.width * picture.height <= limits.worked_pixels * divisor * divisor:
                picture.draft(None, (picture.width // divisor, picture.height // divisor))
                break
    return max(round(full / picture.width), 1)


def believable_dpi(found: object) -> int:
    """`found` as Pillow reads it, when it is one that paper can have been scanned with; 0 otherwise."""
    try:
        across, down = (float(each) for each in found)              # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0
    if not LEAST_DPI <= across <= MOST_DPI or not 0.98 <= across / max(down, 0.1) <= 1.02:
        return 0
    return round(across)


LEAST_DPI, MOST_DPI = 75, 1200
"""72 is what programs write that do not know."""


def exif_orientation(picture: Image.Image) -> int:
    """1 to 8; 1 where it is absent, damaged or no such number."""
    try:
        found = picture.getexif().get(_EXIF_ORIENTATION, 1)
    except _DECODER_ERRORS:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


_EXIF_ORIENTATION = 0x0112
_EXIF_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def plain(picture: Image.Image) -> Image.Image:
    """`picture` as 1, L or RGB, itself where it is so already; what shows through is white paper."""
    if picture.mode in ("1", "L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        return _stretched(picture)
    if "A" in picture.getbands() or "a" in picture.getbands() or "transparency" in picture.info:
        over = picture.convert("RGBA")
        page = Image.new("RGB", over.size, "white")
        page.paste(over, mask=over.getchannel("A"))
        return page
    return picture.convert("RGB")


def _stretched(picture: Image.Image) -> Image.Image:
    """More than 8 bits of grey in 8: sixteen-bit scanners use the whole range, others what they use."""
    low, high = picture.getextrema()
    if picture.mode.startswith("I;16"):
        low, high = 0, 65535
        picture = picture.convert("I")
    scale = 255.0 / max(float(high) - float(low), 1e-6)             # type: ignore[arg-type]
    return picture.point(lambda value: value * scale - float(low) * scale).convert("L")    # type: ignore[arg-type]


def preview(content: bytes, longest: int, turn: int, limits: Limits, page_number: int = 1) -> bytes:
    """`content` as a JPEG whose longest side is at most `longest`, turned clockwise by `turn` degrees.

    `page_number` 1, 2, 3 … counts in a PDF only; raises `pdf_broken` where it has no such page.
    """
    if sniff(content) is Kind.PDF:
        from app.imaging.pdf_pages import page_picture

        picture = page_picture(content, page_number, longest, limits)
    else:
        picture = open_picture(content, replace(limits, worked_pixels=min(4 * longest**2, limits.worked_pixels)))
    page = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    page.thumbnail((longest, longest), Image.Resampling.BICUBIC)
    stream = io.BytesIO()
    page.rotate(-turn, expand=True).save(stream, "JPEG", quality=80)
    return stream.getvalue()
