"""PDFs made to hurt whoever opens them. Written by hand, object by object, as no honest library would."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf

from tests.faults.bomb_pictures import OTHER_KINDS, PICTURES, Make, jpeg_lies_of_4_gigapixels, saved, sheet, zeros

Objects = dict[int, bytes]


def written(objects: Objects, *, trailer: bytes = b"", xref_at: int | None = None) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % (start if xref_at is None else xref_at))


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def paged(
    drawing: bytes = b"0 0 m 100 100 l S", *, box: bytes = b"0 0 595 842", resources: bytes = b"",
    catalog: bytes = b"", page: bytes = b"", others: Objects | None = None, drawing_head: bytes = b"",
) -> Objects:
    """One page with that drawing; further objects from 10 on."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources << %s >> /Contents 4 0 R %s >>"
        % (box, resources, page),
        4: stream(drawing, drawing_head), **(others or {}),
    }


def pdf_deflate_bomb() -> bytes:
    return written(paged(zeros(1 << 30), drawing_head=b"/Filter /FlateDecode"))


def pdf_deflate_in_deflate() -> bytes:
    once = zlib.compress(zeros(1 << 30))
    return written(paged(once, drawing_head=b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_200_filters() -> bytes:
    filters = b"/Filter [" + b"/ASCIIHexDecode " * 200 + b"]"
    return written(paged(b"00" * 100_000, drawing_head=filters))


def pdf_run_length_bomb() -> bytes:
    return written(paged(b"\x81 " * 4_000_000, drawing_head=b"/Filter /RunLengthDecode"))


def pdf_box_of_a_field() -> bytes:
    return written(paged(box=b"0 0 14400 14400"))


def pdf_box_of_a_planet() -> bytes:
    return written(paged(box=b"0 0 1000000000 1000000000"))


def pdf_box_of_a_thread() -> bytes:
    return written(paged(box=b"0 0 1 10000000"))


def pdf_box_of_nothing() -> bytes:
    return written(paged(box=b"100 100 100 100"))


def pdf_box_of_no_numbers() -> bytes:
    return written(paged(box=b"(a) /b null -1e999"))


def pdf_20000_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % each for each in range(10, 20_010))
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return written({
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [%s] /Count 20000 >>" % kids,
        **dict.fromkeys(range(10, 20_010), leaf),
    })


def pdf_says_2_billion_pages() -> bytes:
    objects = paged()
    objects[2] = b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"
    return written(objects)


def pdf_says_minus_1_page() -> bytes:
    objects = paged()
    objects[2] = b"<< /Type /Pages /Kids [3 0 R] /Count -1 >>"
    return written(objects)


def pdf_page_tree_loop() -> bytes:
    objects = paged()
    objects[2] = b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 400 >>"
    return written(objects)


def pdf_form_draws_itself() -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 10 0 R >> >>"
    form = stream(b"/A Do /A Do", head)
    return written(paged(b"/A Do", resources=b"/XObject << /A 10 0 R >>", others={10: form}))


def pdf_billion_laughs() -> bytes:
    """Nine forms, each drawing the next ten times."""
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900]"
    forms = {
        each: stream(b"/A Do " * 10, head + b" /Resources << /XObject << /A %d 0 R >> >>" % (each + 1))
        for each in range(10, 19)
    }
    forms[19] = stream(b"0 0 m 500 800 l S", head)
    return written(paged(b"/A Do", resources=b"/XObject << /A 10 0 R >>", others=forms))


def pdf_million_lines() -> bytes:
    return written(paged(
        zlib.compress(b"0 0 m 595 842 l 300 9 l 20 800 l S\n" * 1_000_000), drawing_head=b"/Filter /FlateDecode",
    ))


def pdf_tiles_of_nothing() -> bytes:
    tile = stream(
        b"0 0 1 1 re f", b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
        b"/XStep 0.0001 /YStep 0.0001 /Resources << >>",
    )
    return written(paged(
        b"/Pattern cs /P scn 0 0 595 842 re f", resources=b"/Pattern << /P 10 0 R >>", others={10: tile},
    ))


def pdf_font_of_itself() -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 "
        b"/Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> "
        b"/Resources << /Font << /F 10 0 R >> >> >>"
    )
    return written(paged(
        b"BT /F 9 Tf (aaaa) Tj ET", resources=b"/Font << /F 10 0 R >>",
        others={10: font, 11: stream(b"9 0 d0 BT /F 9 Tf (aaaa) Tj ET")},
    ))


def pdf_shading_program() -> bytes:
    program = stream(
        b"{ " + b"dup mul sqrt " * 5_000 + b"pop pop 0.5 }",
        b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]",
    )
    space = b"/ColorSpace /DeviceGray /Domain [0 1 0 1] /Matrix [595 0 0 842 0 0]"
    shading = b"<< /ShadingType 1 %s /Function 11 0 R >>" % space
    return written(paged(b"/S sh", resources=b"/Shading << /S 10 0 R >>", others={10: shading, 11: program}))


def _with_picture(head: bytes, content: bytes, others: Objects | None = None) -> bytes:
    picture = stream(content, b"/Type /XObject /Subtype /Image " + head)
    return written(paged(
        b"595 0 0 842 0 0 cm /I Do", resources=b"/XObject << /I 10 0 R >>", others={10: picture, **(others or {})},
    ))


def pdf_picture_of_60k() -> bytes:
    head = b"/Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    return _with_picture(head, zeros(1 << 30))


def pdf_picture_of_2_billion() -> bytes:
    return _with_picture(
        b"/Width 2147483647 /Height 2147483647 /ColorSpace /DeviceRGB /BitsPerComponent 16", bytes(100),
    )


def pdf_mask_of_60k() -> bytes:
    mask = stream(zeros(1 << 20), b"/Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray "
                  b"/BitsPerComponent 8 /Filter /FlateDecode")
    return _with_picture(
        b"/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 11 0 R", b"\x00", {11: mask},
    )


def pdf_jpeg_lies() -> bytes:
    return _with_picture(
        b"/Width 827 /Height 1169 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        jpeg_lies_of_4_gigapixels(),
    )


def pdf_jpeg2000_lies() -> bytes:
    size = struct.pack(">HHIIIIIIIIH", 47, 0, 60_000, 60_000, 0, 0, 60_000, 60_000, 0, 0, 3) + b"\x07\x01\x01" * 3
    coding = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x01\x05\x04\x04\x00\x00\xff\x5c\x00\x13\x40" + bytes(16)
    head = b"/Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode"
    tile = b"\xff\x90\x00\x0a" + bytes(8) + b"\xff\x93\xff\xd9"
    return _with_picture(head, b"\xff\x4f\xff\x51" + size + coding + tile)


def pdf_jbig2_lies() -> bytes:
    page = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", 60_000, 60_000, 0, 0, 0, 0)
    return _with_picture(
        b"/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", page,
    )


def pdf_fax_of_60k() -> bytes:
    return _with_picture(
        b"/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode "
        b"/DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>", b"\x80" * 8_000,
    )


def pdf_script() -> bytes:
    action = b"/OpenAction << /S /JavaScript /JS (while (true) { app.alert\\(1\\); }) >>"
    return written(paged(catalog=action))


def pdf_launches() -> bytes:
    action = b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> >>"
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A %s >>]" % action
    return written(paged(catalog=b"/OpenAction " + action, page=b"/AA << /O %s >> %s" % (action, link)))


def pdf_carries_a_file() -> bytes:
    carried = b"<< /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>"
    names = b"/Names << /EmbeddedFiles << /Names [(a.exe) %s] >> >>" % carried
    return written(paged(catalog=names, others={10: stream(b"MZ" + bytes(1000), b"/Type /EmbeddedFile")}))


def pdf_asks_the_network() -> bytes:
    action = b"<< /S /SubmitForm /F << /FS /URL /F (http://127.0.0.1:9/) >> >>"
    form = b"/AcroForm << /XFA 10 0 R /Fields [] >> /OpenAction " + action
    return written(paged(catalog=form, others={10: stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")}))


def _locked(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written(paged()))) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner="chủ", R=6))
    return out.getvalue()


def pdf_locked() -> bytes:
    return _locked("mật khẩu")


def pdf_forbids() -> bytes:
    return _locked("")


def pdf_unknown_lock() -> bytes:
    return written(paged(), trailer=b"/Encrypt << /Filter /Foreign /V 9 /R 9 >> /ID [<00> <00>]")


def pdf_index_broken() -> bytes:
    return written(paged(), xref_at=999_999)


def pdf_index_loop() -> bytes:
    whole = written(paged())
    start = int(whole.rsplit(b"startxref\n", 1)[1].split()[0])
    return written(paged(), trailer=b"/Prev %d" % start)


def pdf_cut_short() -> bytes:
    whole = written(paged(b"0 0 m 9 9 l S\n" * 1_000))
    return whole[: len(whole) // 2]


def pdf_head_only() -> bytes:
    return b"%PDF-1.7\n"


def pdf_nests_200k_lists() -> bytes:
    return written(paged(catalog=b"/Deep " + b"[" * 200_000 + b"]" * 200_000))


def pdf_nests_200k_saves() -> bytes:
    return written(paged(b"q " * 200_000))


def pdf_streams_in_a_loop() -> bytes:
    objects = paged()
    objects[10] = stream(b"11 0 12 5 << >> << >>", b"/Type /ObjStm /N 2 /First 10 /Extends 10 0 R")
    objects[3] = objects[3].replace(b"/Contents 4 0 R", b"/Contents [4 0 R 10 0 R 3 0 R 2 0 R]")
    return written(objects)


def pdf_length_of_itself() -> bytes:
    objects = paged()
    objects[4] = b"<< /Length 4 0 R >>\nstream\n0 0 m 9 9 l S\nendstream"
    return written(objects)


def pdf_65_megabytes() -> bytes:
    return written(paged(others={10: stream(bytes(65 << 20))}))


def pdf_scan_in_itself() -> bytes:
    """Two real scans, of which the second is cut short."""
    whole = saved(sheet(), "JPEG")
    return _with_picture(
        b"/Width 827 /Height 1169 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        whole[: len(whole) // 2],
    )


PDFS: tuple[Make, ...] = (
    pdf_deflate_bomb, pdf_deflate_in_deflate, pdf_200_filters, pdf_run_length_bomb, pdf_box_of_a_field,
    pdf_box_of_a_planet, pdf_box_of_a_thread, pdf_box_of_nothing, pdf_box_of_no_numbers, pdf_20000_pages,
    pdf_says_2_billion_pages, pdf_says_minus_1_page, pdf_page_tree_loop, pdf_form_draws_itself, pdf_billion_laughs,
    pdf_million_lines, pdf_tiles_of_nothing, pdf_font_of_itself, pdf_shading_program, pdf_picture_of_60k,
    pdf_picture_of_2_billion, pdf_mask_of_60k, pdf_jpeg_lies, pdf_jpeg2000_lies, pdf_jbig2_lies, pdf_fax_of_60k,
    pdf_script, pdf_launches, pdf_carries_a_file, pdf_asks_the_network, pdf_locked, pdf_forbids, pdf_unknown_lock,
    pdf_index_broken, pdf_index_loop, pdf_cut_short, pdf_head_only, pdf_nests_200k_lists, pdf_nests_200k_saves,
    pdf_streams_in_a_loop, pdf_length_of_itself, pdf_65_megabytes, pdf_scan_in_itself,
)


def all_bombs() -> dict[str, Make]:
    """Every hostile file there is, pictures too, by its name."""
    return {make.__name__: make for make in (*PICTURES, *PDFS)} | {
        f"renamed_{name}": make for name, make in OTHER_KINDS.items()
    }
