"""One glance at a scanned text: what is it?"""

from __future__ import annotations

import pytest

from app.domain.scan_kind import ScanKind, scan_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("049190004217|205511998|Trần Thị Mẫu|07031990|Nữ|Quảng Nam|12082021\r", ScanKind.CITIZEN_CARD),
        ("04919|205511998|Trần Thị Mẫu|07031990|Nữ|Quảng Nam|12082021", ScanKind.CITIZEN_CARD),
        ("049190004217||Mẫu\x1b|07031990|Nữ|Quảng Nam", ScanKind.CITIZEN_CARD),
        ("đôặăặđđđôâăđ|âđđ|MAU|đđêđăđđđ|Nu|X|ăâđđâđâă", ScanKind.CITIZEN_CARD),
        ("049190004217", ScanKind.PERSONAL_NUMBER),
        ("\ufeff049190004217\r\n", ScanKind.PERSONAL_NUMBER),
        ("H47.15-260921-0001", ScanKind.DOSSIER_CODE),
        ("000.00.14.H20-260921-0007\r", ScanKind.DOSSIER_CODE),
        ("GD4797900000001|5472e1baa76e|07/03/1990|2|-|49 - 001|$", ScanKind.HEALTH_INSURANCE),
        ("4797900001|5472E1BAA76E|07/03/1990|2|-", ScanKind.HEALTH_INSURANCE),
        ("00020101021138540010A00000072701240006970400011000000000000208QRIBFTTA53037045802VN6304ABCD",
         ScanKind.VIETQR),
        ("https://dichvucong.gov.vn/tra-cuu?ma=000.00.14.H20-260921-0007", ScanKind.URL),
        ("HTTPS://EXAMPLE.VN", ScanKind.URL), ("www.example.vn", ScanKind.URL),
        ("IDVNM1900042174049190004217<<2", ScanKind.MRZ),
        ("9003079F3103079VNM<<<<<<<<<<<4", ScanKind.MRZ),
        ("TRAN<<THI<MAU<<<<<<<<<<<<<<<<<", ScanKind.MRZ),
        ("", ScanKind.EMPTY), ("\r\n", ScanKind.EMPTY),
        ("8934563138165", ScanKind.UNKNOWN), ("a|b", ScanKind.UNKNOWN), ("Nguyễn\x1b", ScanKind.UNKNOWN),
        ("0002010102", ScanKind.UNKNOWN),
    ],
)
def test_each_text_has_its_kind(text: str, kind: ScanKind) -> None:
    assert scan_kind(text) is kind
