"""Spreadsheet files made by hand, part by part: honest ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile

_TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="xml" ContentType="application/xml"/></Types>')
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
_PACKAGE = _LINKS.format(link=f'<Relationship Id="r1" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/>')
_BOOK_LINKS = _LINKS.format(
    link=f'<Relationship Id="r1" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/>')
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
         '<sheet name="Sao kê" sheetId="1" r:id="r1"/></sheets></workbook>')


def sheet_xml(data: str, before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}">{data}</worksheet>'


def xlsx(sheet: str, extra: dict[str, bytes] | None = None, *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _PACKAGE, "xl/workbook.xml": _BOOK,
             "xl/_rels/workbook.xml.rels": _BOOK_LINKS, "xl/worksheets/sheet1.xml": sheet}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as package:
        for name, content in {**parts, **(extra or {})}.items():
            package.writestr(name, content)
    return target.getvalue()


def with_lying_sizes(content: bytes, name: str, size: int) -> bytes:
    """The same package, saying that `name` unpacks to `size` bytes, in its directory and before the part."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := changed.find(mark, start)) >= 0:
            head = 46 if mark == b"PK\x01\x02" else 30
            if changed[start + head:start + head + len(name)] == name.encode():
                struct.pack_into("<I", changed, start + at, size)
            start += 4
    return bytes(changed)


def encrypted_package() -> bytes:
    """What a password leaves: an OLE container that names its encrypted stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 480
