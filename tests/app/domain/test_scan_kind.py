"""One glance at a scanned text: what is it?"""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.citizen_card import read_card
from app.domain.original_code import original_text
from app.domain.paper_number import PaperKind, paper_number
from app.domain.result_code import result_text
from app.domain.scan_kind import ScanKind, scan_kind
from app.domain.separator import separator_text
from app.errors import Refusal

CODE = "000.00.15.H47-260921-0001"
MANIFEST = paper_number(PaperKind.HANDOVER, date(2026, 11, 22), "quay-1", 1)


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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (result_text(CODE), ScanKind.RESULT),
        (result_text(CODE).lower() + "\r\n", ScanKind.RESULT),
        (result_text(CODE)[:-1], ScanKind.RESULT),           # damaged: its reader says so
        ("KQ2*of a newer program", ScanKind.RESULT),
        (original_text(CODE, "2"), ScanKind.ORIGINAL),
        (original_text(CODE, "Giấy chứng nhận", 2), ScanKind.ORIGINAL),
        ("BG1*", ScanKind.ORIGINAL),
        (MANIFEST, ScanKind.PAPER_NUMBER),
        (MANIFEST.lower() + "\r", ScanKind.PAPER_NUMBER),
        (MANIFEST[:-1] + ("0" if MANIFEST[-1] != "0" else "1"), ScanKind.UNKNOWN),
        ("BG-261122-001", ScanKind.UNKNOWN),
        ("EB473124829VN", ScanKind.ITEM_CODE),
        ("eb473124829vn\r", ScanKind.ITEM_CODE),
        ("EB473124820VN", ScanKind.ITEM_CODE),               # by shape: the check digit is its reader's
        ("EB473124829CN", ScanKind.UNKNOWN), ("EB47312482VN", ScanKind.UNKNOWN),
        ("E1473124829VN", ScanKind.UNKNOWN),
        (separator_text(CODE, "1"), ScanKind.UNKNOWN),
    ],
)
def test_what_is_scanned_on_the_way_has_its_kind(text: str, kind: ScanKind) -> None:
    assert scan_kind(text) is kind


@pytest.mark.parametrize("text", [result_text(CODE), original_text(CODE, "2"), MANIFEST, "EB473124829VN"])
def test_what_is_scanned_on_the_way_is_no_card(text: str) -> None:
    with pytest.raises(Refusal, match="card_not_recognised"):
        read_card(text, date(2026, 11, 22))
