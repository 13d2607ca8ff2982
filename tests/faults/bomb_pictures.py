"""Pictures made to hurt whoever opens them. Each function gives the bytes of one file; none is kept on a disk."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw, TiffImagePlugin

Make = Callable[[], bytes]


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def sheet(size: tuple[int, int] = (827, 1169), mode: str = "RGB") -> Image.Image:
    """An honest little page."""
    page = Image.new(mode, size, 1 if mode == "1" else "white")
    draw = ImageDraw.Draw(page)
    for line in range(10, size[1] - 10, 24):
        draw.line((20, line, size[0] - 20, line), fill=0 if mode == "1" else "black", width=3)
    return page


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _png(width: int, height: int, *, depth: int = 8, colour: int = 2, extra: bytes = b"", data: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def zeros(size: int) -> bytes:
    """`size` zero bytes, deflated; quick to make: after a full flush the same megabyte packs the same."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(size & 0xFFFFF)) + packer.flush()
    adler = struct.pack(">HH", size % 65_521, 1)
    return b"\x78\xda" + block * (size >> 20) + rest + adler


def _with_chunk(name: bytes, content: bytes) -> bytes:
    whole = saved(sheet((300, 400)), "PNG")
    return whole[:33] + _chunk(name, content) + whole[33:]


def png_60k_header() -> bytes:
    return _png(60_000, 60_000, data=zlib.compress(bytes(100)))


def png_60k_filled() -> bytes:
    return _png(60_000, 60_000, depth=1, colour=0, data=zeros(60_000 * 7501))


def png_64_megapixels() -> bytes:
    return _png(8_000, 8_000, data=zeros(8_000 * 24_001))


def png_text_bomb() -> bytes:
    return _with_chunk(b"zTXt", b"Comment\x00\x00" + zeros(200 << 20))


def png_profile_bomb() -> bytes:
    return _with_chunk(b"iCCP", b"sRGB\x00\x00" + zeros(200 << 20))


def png_exif_bomb() -> bytes:
    return _with_chunk(b"eXIf", b"MM\x00*\x00\x00\x00\x08\xff\xff" + bytes(3 << 20))


def png_200k_chunks() -> bytes:
    whole = saved(sheet((300, 400)), "PNG")
    return whole[:33] + _chunk(b"tEXt", b"a\x00b") * 200_000 + whole[33:]


def png_cut_short() -> bytes:
    whole = saved(sheet(), "PNG")
    return whole[: len(whole) // 2]


def png_wrong_sum() -> bytes:
    whole = bytearray(saved(sheet(), "PNG"))
    whole[60] ^= 0xFF
    return bytes(whole)


def png_rows_missing() -> bytes:
    return _png(4_000, 4_000, data=zlib.compress(bytes(12_001 * 10)))


def png_too_many_rows() -> bytes:
    return _png(100, 100, data=zeros(300 << 20))


def png_no_width() -> bytes:
    return _png(0, 100, data=zlib.compress(b""))


def png_16_bit_transparent() -> bytes:
    return _png(500, 500, depth=16, colour=6, data=zlib.compress(bytes(500 * 4_001)))


def png_animated() -> bytes:
    frames = [Image.new("RGB", (100, 100), (each % 256, 0, 0)) for each in range(1_000)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def png_and_zip() -> bytes:
    return saved(sheet(), "PNG") + b"PK\x03\x04" + bytes(1_000)


def _jpeg(**how: object) -> bytes:
    return saved(sheet(), "JPEG", **how)


def _resized(content: bytes, width: int, height: int) -> bytes:
    """The same JPEG with another size in its head."""
    at = next(content.index(bytes((0xFF, mark))) for mark in (0xC0, 0xC2) if bytes((0xFF, mark)) in content)
    return content[:at + 5] + struct.pack(">HH", height, width) + content[at + 9:]


def jpeg_lies_of_4_gigapixels() -> bytes:
    return _resized(_jpeg(), 65_500, 65_500)


def jpeg_lies_of_108_megapixels() -> bytes:
    return _resized(_jpeg(progressive=True), 12_000, 9_000)


def jpeg_100_megapixels() -> bytes:
    return saved(Image.new("L", (10_000, 10_000), 200), "JPEG", progressive=True)


def jpeg_100_megapixels_in_colour() -> bytes:
    return saved(Image.new("RGB", (10_000, 10_000), (200, 30, 30)), "JPEG", subsampling=0)


def jpeg_2000_scans() -> bytes:
    whole = saved(sheet((1_000, 1_400)), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 2_000 + b"\xff\xd9"


def jpeg_cut_short() -> bytes:
    whole = _jpeg()
    return whole[: len(whole) // 2]


def jpeg_without_end() -> bytes:
    return _jpeg()[:-2]


def jpeg_noise_inside() -> bytes:
    whole = bytearray(_jpeg())
    start = whole.index(b"\xff\xda") + 20
    whole[start:-2] = random.Random(1).randbytes(len(whole) - start - 2)
    return bytes(whole)


def jpeg_noise_after_mark() -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(2).randbytes(100_000)


def jpeg_four_inks() -> bytes:
    return saved(sheet().convert("CMYK"), "JPEG")


def jpeg_and_pdf() -> bytes:
    return _jpeg() + b"\n%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\n"


def jpeg_and_html() -> bytes:
    return _jpeg(comment=b"<html><script>alert(1)</script>")


def _with_exif(tiff: bytes, times: int = 1) -> bytes:
    segment = b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\x00\x00" + tiff
    whole = _jpeg()
    return whole[:2] + segment * times + whole[2:]


def _orientation(value: int) -> bytes:
    return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)


def jpeg_lying_on_its_side() -> bytes:
    return _with_exif(_orientation(6))


def jpeg_mirrored() -> bytes:
    return _with_exif(_orientation(5))


def jpeg_orientation_9() -> bytes:
    return _with_exif(_orientation(9))


def jpeg_exif_huge() -> bytes:
    return _with_exif(_orientation(6) + bytes(65_000), 300)


def jpeg_exif_loop() -> bytes:
    return _with_exif(b"MM\x00*" + struct.pack(">IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8))


def jpeg_exif_of_4_gigabytes() -> bytes:
    return _with_exif(b"MM\x00*" + struct.pack(">IHHHIII", 8, 1, 0x0112, 4, 0xFFFFFFFF, 8, 0))


def jpeg_profile_pieces() -> bytes:
    piece = b"ICC_PROFILE\x00\x01\xff" + bytes(60_000)
    whole = _jpeg()
    return whole[:2] + (b"\xff\xe2" + struct.pack(">H", len(piece) + 2) + piece) * 255 + whole[2:]


def _tiff(*tags: tuple[int, int, int, int], data: bytes = b"", following: int = 0) -> bytes:
    rows = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", following) + data


def _tiff_size(width: int, height: int, *, bits: int = 8, coding: int = 1, strip: int = 200) -> list[
    tuple[int, int, int, int]
]:
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, coding), (262, 3, 1, 1),
        (273, 4, 1, 8 + 2 + 10 * 12 + 4), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, strip), (284, 3, 1, 1),
    ]


def _frames(count: int) -> bytes:
    tags = [(*tag[:3], 8) if tag[0] == 273 else tag for tag in _tiff_size(16, 16, strip=256)]
    size = 2 + 12 * len(tags) + 4
    rows = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    starts = [8 + 256 + each * size for each in range(count)]
    links = [*starts[1:], 0]
    return b"II*\x00" + struct.pack("<I", starts[0]) + bytes(256) + b"".join(
        rows + struct.pack("<I", link) for link in links
    )


def tiff_1000_frames() -> bytes:
    return _frames(1_000)


def tiff_300_frames() -> bytes:
    return _frames(300)


def tiff_loop() -> bytes:
    return _tiff(*_tiff_size(10, 10, strip=100), data=bytes(100), following=8)


def tiff_2_gigapixels_wide() -> bytes:
    return _tiff(*_tiff_size(0x7FFFFFFF, 0x7FFFFFFF), data=bytes(200))


def tiff_60k_bilevel() -> bytes:
    return _tiff(*_tiff_size(60_000, 60_000, bits=1, coding=4), data=bytes(200))


def tiff_strip_of_2_gigabytes() -> bytes:
    return _tiff(*_tiff_size(1_000, 1_000, strip=0x7FFFFFFF), data=bytes(200))


def tiff_deflate_bomb() -> bytes:
    packed = zeros(70_000_000)
    return _tiff(*_tiff_size(7_000, 10_000, coding=8, strip=len(packed)), data=packed)


def tiff_tag_of_4_gigabytes() -> bytes:
    return _tiff(*_tiff_size(10, 10, strip=100)[:-1], (315, 2, 0xFFFFFFFF, 200), data=bytes(100))


def tiff_cut_short() -> bytes:
    whole = saved(sheet(), "TIFF", compression="tiff_lzw")
    return whole[: len(whole) // 2]


def tiff_no_numbers() -> bytes:
    """Floating grey that is no number, then endless."""
    values = struct.pack("<2f", float("nan"), float("inf")) * 5_000
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    out = io.BytesIO()
    Image.frombytes("F", (100, 100), values).save(out, "TIFF", tiffinfo=tags)
    return out.getvalue()


def big_tiff() -> bytes:
    return b"II+\x00\x08\x00\x00\x00" + bytes(100)


def _heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(500)


PICTURES: tuple[Make, ...] = (
    png_60k_header, png_60k_filled, png_64_megapixels, png_text_bomb, png_profile_bomb, png_exif_bomb,
    png_200k_chunks, png_cut_short, png_wrong_sum, png_rows_missing, png_too_many_rows, png_no_width,
    png_16_bit_transparent, png_animated, png_and_zip,
    jpeg_lies_of_4_gigapixels, jpeg_lies_of_108_megapixels, jpeg_100_megapixels, jpeg_100_megapixels_in_colour,
    jpeg_2000_scans, jpeg_cut_short, jpeg_without_end, jpeg_noise_inside, jpeg_noise_after_mark, jpeg_four_inks,
    jpeg_and_pdf, jpeg_and_html, jpeg_lying_on_its_side, jpeg_mirrored, jpeg_orientation_9, jpeg_exif_huge,
    jpeg_exif_loop, jpeg_exif_of_4_gigabytes, jpeg_profile_pieces,
    tiff_1000_frames, tiff_300_frames, tiff_loop, tiff_2_gigapixels_wide, tiff_60k_bilevel,
    tiff_strip_of_2_gigabytes, tiff_deflate_bomb, tiff_tag_of_4_gigabytes, tiff_cut_short, tiff_no_numbers,
    big_tiff,
)

OTHER_KINDS: dict[str, Make] = {
    "gif": lambda: saved(sheet((100, 100)), "GIF"),
    "webp": lambda: saved(sheet((100, 100)), "WEBP"),
    "heic": _heic,
    "svg": lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": lambda: b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>",
    "zip": lambda: b"PK\x03\x04" + bytes(100) + b"%PDF-1.7",
    "exe": lambda: b"MZ" + bytes(500),
    "empty": lambda: b"",
    "noise": lambda: random.Random(3).randbytes(100_000),
}
"""What is none of the four kinds, whatever its name says."""
