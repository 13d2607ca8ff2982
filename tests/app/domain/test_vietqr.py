"""VietQR: the published shape sign by sign, read back by another parser and by a QR reader."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.vietqr import MOST_AMOUNT, crc16, payload
from app.errors import Refusal
from tests.emv_reader import read_square

TWO = ("00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045405300005802VN"
       "62220818H47.15-220812-000163049954")
STATIC = "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15"


def test_a_transfer_with_amount_and_purpose() -> None:
    assert payload("970436", "0123456789", amount=30000, purpose="H47.15-220812-0001") == TWO


def test_without_an_amount_the_square_is_static() -> None:
    assert payload("970436", "0123456789") == STATIC


@pytest.mark.parametrize(("text", "check"), [(b"123456789", 0x29B1), (b"", 0xFFFF), (b"A", 0xB915)])
def test_the_check_is_ccitt_false(text: bytes, check: int) -> None:
    assert crc16(text) == check


_BINS = st.text("0123456789", min_size=6, max_size=6)
_ACCOUNTS = st.text("0123456789ABCxyz", min_size=1, max_size=19)
_PURPOSES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25).map(str.strip)


@settings(deadline=None)
@given(_BINS, _ACCOUNTS, st.none() | st.integers(1, MOST_AMOUNT), _PURPOSES)
def test_a_bank_reads_what_was_asked(bin: str, account: str, amount: int | None, purpose: str) -> None:
    found = read_square(payload(bin, account, amount=amount, purpose=purpose))
    assert found.values == {"00": "01", "01": "11" if amount is None else "12", "53": "704", "58": "VN",
                            **({} if amount is None else {"54": str(amount)})}
    assert found.groups["38"].values == {"00": "A000000727", "02": "QRIBFTTA"}
    assert found.groups["38"].groups["01"].values == {"00": bin, "01": account}
    assert ("62" in found.groups) == bool(purpose)
    assert not purpose or found.groups["62"].values == {"08": purpose}


def test_a_square_on_paper_reads_back() -> None:
    picture = zxingcpp.create_barcode(TWO, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=4)
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [TWO]


@pytest.mark.parametrize(("code", "asked"), [
    ("vietqr_bin_wrong", {"bin": "97043"}), ("vietqr_bin_wrong", {"bin": "9704361"}),
    ("vietqr_bin_wrong", {"bin": "97043a"}), ("vietqr_bin_wrong", {"bin": "９７０４３６"}),
    ("vietqr_account_wrong", {"account": ""}), ("vietqr_account_wrong", {"account": "1" * 20}),
    ("vietqr_account_wrong", {"account": "0123 456"}), ("vietqr_account_wrong", {"account": "012345678\n"}),
    ("vietqr_amount_wrong", {"amount": 0}), ("vietqr_amount_wrong", {"amount": -1}),
    ("vietqr_amount_wrong", {"amount": MOST_AMOUNT + 1}),
    ("vietqr_purpose_wrong", {"purpose": "x" * 26}), ("vietqr_purpose_wrong", {"purpose": "Phí hồ sơ"}),
    ("vietqr_purpose_wrong", {"purpose": "a\nb"}), ("vietqr_purpose_wrong", {"purpose": " "}),
    ("vietqr_purpose_wrong", {"purpose": "phi "}),
])
def test_what_a_bank_would_not_read_is_refused(code: str, asked: dict) -> None:
    with pytest.raises(Refusal) as refused:
        payload(**({"bin": "970436", "account": "0123456789"} | asked))
    assert refused.value.code == code


@pytest.mark.parametrize("amount", [30000.0, True, "30000"])
def test_only_whole_dong_are_asked_for(amount: object) -> None:
    with pytest.raises(TypeError):
        payload("970436", "0123456789", amount=amount)  # type: ignore[arg-type]
