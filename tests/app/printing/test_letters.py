"""Every Vietnamese letter, upper and lower, composed or not: the right shape on paper and the right text in it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from reportlab.pdfbase import pdfmetrics

from app.printing.fonts import FACES, has_letter, register_fonts
from app.printing.receipt import render_receipt
from app.printing.shared_face import VIETNAMESE
from tests.app.printing.reading import page_texts
from tests.app.printing.samples import TYPICAL

LETTERS = VIETNAMESE + VIETNAMESE.upper()
ALPHABET = LETTERS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def test_there_are_134_letters_with_marks() -> None:
    """Twelve vowels with six tones each, less the six that ASCII has, and đ: 67 in each case."""
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    derived = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    lower = {letter for letter in derived if not letter.isascii()}
    assert set(LETTERS) == lower | {letter.upper() for letter in lower}
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_a_shape_of_its_own_for_every_letter(face: str) -> None:
    register_fonts()
    shapes = pdfmetrics.getFont(face).face.charToGlyph
    assert [letter for letter in ALPHABET if not has_letter(face, letter)] == []
    assert len({shapes[ord(letter)] for letter in ALPHABET}) == len(ALPHABET)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_the_text_in_the_pdf_is_nfc_whatever_came_in(form: str) -> None:
    words = [LETTERS[at:at + 12] for at in range(0, len(LETTERS), 12)]
    name = unicodedata.normalize(form, " ".join(words))
    paper = replace(TYPICAL, procedure_name=name, address=name, papers=())
    (text,) = page_texts(render_receipt(paper, copies=("",)))
    for word in words:
        assert text.count(word) == 2        # upright in the address, bold in the procedure's name
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(("given", "shown"), [
    ("một\u200ehai", "mộthai"),             # direction mark
    ("gạch\u00admềm", "gạchmềm"),           # soft hyphen
    ("\uf0fc mục", "– mục"),                # a tick of a word processor's symbol font
    ("a\u00a0b", "a b"),
    ("Ω漢", "Ω□"),                          # what the face lacks is seen, never swallowed
])
def test_foreign_signs_are_shown_or_dropped_on_purpose(given: str, shown: str) -> None:
    (text,) = page_texts(render_receipt(replace(TYPICAL, address=f"<{given}>"), copies=("",)))
    assert f"<{shown}>" in text


def test_letters_beyond_the_shared_subset_go_into_a_second_one() -> None:
    name = "ΑΒΓΔΕΖΗΘ абвгдежз Ωß"
    (text,) = page_texts(render_receipt(replace(TYPICAL, address=name), copies=("",)))
    assert name in text
    (again,) = page_texts(render_receipt(TYPICAL, copies=("",)))
    assert "Khối phố Mẫu, phường Thử, thành phố Mẫu" in again
