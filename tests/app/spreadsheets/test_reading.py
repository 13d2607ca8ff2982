"""A bank's statement as rows, whatever program wrote it; and files that were made to do harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.spreadsheets.limits import Limits
from app.spreadsheets.reading import read_rows
from app.spreadsheets.writing import write_table
from tests.app.spreadsheets.foreign import encrypted_package, sheet_xml, with_lying_sizes, xlsx
from tests.app.spreadsheets.tables import EIGHT, TOP, rows, table

SMALL = Limits(packed=1 << 20, unpacked=1 << 21, rows=1000, columns=50, cells=10_000)
STATEMENT = (("Ngày", "Số tiền", "Nội dung"), ("02/01/2026", "30.000", "Nộp phí; H47152601020001"))


def read(content: bytes, limits: Limits = SMALL) -> tuple:
    return read_rows(io.BytesIO(content), "sao-ke.xlsx", limits=limits)


def refusal(content: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(Refusal) as refused:
        read(content, limits)
    assert refused.value.values["file"] == "sao-ke.xlsx"
    return refused.value.code


def test_our_own_report_reads_back_with_its_types() -> None:
    target = io.BytesIO()
    write_table(target, table(*rows(2)))
    found = read(target.getvalue())
    assert found[TOP] == (1, "H47.15-260102-0001", "=1+1", "Thôn Thử, xã Mẫu", 0, date(2026, 1, 2),
                          EIGHT, Decimal("0.9872"), 0)
    assert {type(cell) for row in found for cell in row} <= {int, str, date, datetime, Decimal, type(None)}


def test_texts_numbers_and_gaps_of_another_program() -> None:
    data = ('<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>Nguyễn</t></is></c><c r="D2"><v>30000.5</v></c>'
            '<c r="E2" t="b"><v>1</v></c><c r="F2" t="str"><f>1+1</f><v>đã tính</v></c></row></sheetData>')
    assert read(xlsx(sheet_xml(data))) == (
        (None,) * 6, (None, "Nguyễn", None, Decimal("30000.5"), True, "đã tính"))


def delimited(delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row)
                       for row in STATEMENT) + "\r\n"


@pytest.mark.parametrize("encode", [
    lambda text: text.encode(), lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("utf-16"),
    lambda text: b"\xfe\xff" + text.encode("utf-16-be"), lambda text: text.encode("utf-16-le"),
    lambda text: text.encode("utf-16-be"),
])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_every_usual_dress(encode: Callable[[str], bytes], delimiter: str) -> None:
    assert read(encode(delimited(delimiter))) == STATEMENT


def test_lines_above_the_table_do_not_mislead_it() -> None:
    text = "NGÂN HÀNG MẪU, CHI NHÁNH THỬ\n\nTài khoản;0123456789\n" + "a;b;c,d\n" * 20
    assert read(text.encode())[-1] == ("a", "b", "c,d")


def test_an_empty_file_has_no_rows() -> None:
    assert read(b"") == () and read(b"\n") == ((),)
    assert read(xlsx(sheet_xml("<sheetData/>"))) == ()


CELL = '<sheetData><row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'


def big_sheet(count: int) -> str:
    return sheet_xml("<sheetData>" + "<row><c><v>1</v></c></row>" * count + "</sheetData>")


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a sheet that unpacks a thousandfold": ("sheet_too_large", lambda: xlsx(sheet_xml(" " * (4 << 20)))),
    "a thousandfold that says it is small": ("sheet_unreadable", lambda: with_lying_sizes(
        xlsx(sheet_xml(" " * (4 << 20))), "xl/worksheets/sheet1.xml", 100)),
    "a thousandfold beside the sheet": ("sheet_too_large", lambda: xlsx(
        sheet_xml(""), {"xl/sharedStrings.xml": b"<sst>" + b" " * (4 << 20) + b"</sst>"})),
    "ten million rows": ("sheet_too_large", lambda: xlsx(big_sheet(10_000))),
    "one cell in the last corner": ("sheet_too_large", lambda: xlsx(sheet_xml(
        CELL.format(row=1048576, place="XFD1048576")))),
    "the last corner, written as an entity": ("sheet_too_large", lambda: xlsx(sheet_xml(
        CELL.format(row="1", place="&#88;FD1048576")))),
    "a broad row": ("sheet_too_large", lambda: xlsx(sheet_xml(CELL.format(row=1, place="ZZ1")))),
    "a large rectangle of few cells": ("sheet_too_large", lambda: xlsx(sheet_xml(
        CELL.format(row=999, place="AX999")))),
    "entities": ("sheet_unreadable", lambda: xlsx(sheet_xml("<sheetData/>", before=(
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>')))),
    "a file of this PC as an entity": ("sheet_unreadable", lambda: xlsx(sheet_xml("<sheetData/>", before=(
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>')))),
    "a nest without end": ("sheet_unreadable", lambda: xlsx(sheet_xml("<a>" * 500 + "</a>" * 500))),
    "no place": ("sheet_unreadable", lambda: xlsx(sheet_xml(CELL.format(row=1, place="1A")))),
    "row nought": ("sheet_unreadable", lambda: xlsx(sheet_xml(CELL.format(row=1, place="A0")))),
    "a negative row": ("sheet_unreadable", lambda: xlsx(sheet_xml(CELL.format(row=-1, place="A1")))),
    "torn in the middle": ("sheet_unreadable", lambda: xlsx(big_sheet(900))[:-200]),
    "torn XML": ("sheet_unreadable", lambda: xlsx(big_sheet(10)[:-30])),
    "no spreadsheet": ("sheet_unreadable", lambda: _zip({"a.txt": b"x"})),
    "an empty archive": ("sheet_encoding_unknown", lambda: b"PK\x05\x06" + b"\xff" * 18),
    "two parts of one name": ("sheet_unreadable", lambda: _twice()),
    "a password": ("sheet_password", encrypted_package),
    "an old XLS": ("sheet_old_format", lambda: encrypted_package().replace("Encrypted".encode("utf-16-le"), b"")),
    "a large file": ("sheet_too_large", lambda: b"a;b\n" * (1 << 19)),
    "a CSV of many rows": ("sheet_too_large", lambda: b"a\n" * 1001),
    "a CSV of one broad row": ("sheet_too_large", lambda: b";" * 51),
    "a CSV of one endless cell": ("sheet_unreadable", lambda: b'"' + b"x" * 200_000),
    "a picture": ("sheet_encoding_unknown", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "letters of another age": ("sheet_encoding_unknown", lambda: "Nguyên".encode("cp1258")),
    "control signs": ("sheet_unreadable", lambda: b"a;b\x01\n"),
    "half a sign": ("sheet_encoding_unknown", lambda: "ab".encode("utf-16") + b"x"),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _twice() -> bytes:
    target = io.BytesIO(xlsx(sheet_xml("<sheetData/>")))
    with zipfile.ZipFile(target, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/worksheets/sheet1.xml", big_sheet(5))
    return target.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_its_code(name: str) -> None:
    code, make = HOSTILE[name]
    assert refusal(make()) == code


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 1 << 14), st.binary(min_size=1, max_size=3), st.booleans())
def test_a_damaged_file_is_read_or_refused(at: int, damage: bytes, is_packed: bool) -> None:
    content = xlsx(big_sheet(30), packing=zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED)
    at %= len(content)
    try:
        read(content[:at] + damage + content[at + len(damage):])
    except Refusal as refused:
        assert refused.code.startswith("sheet_")
