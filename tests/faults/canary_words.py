"""The citizens who must not be readable, and the words by which a search would know them again.

One invented syllable stands in every name, address, note and letter, one row of seven digits in every number: a
search for the two in each of their forms sees all of it.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from app.domain.applicant import Applicant, Person, Submitter
from app.domain.intake import Intake
from tests.office import sample_intake

SYLLABLE, DIGITS = "Khướuquạđen", "8642975"
WORDS = (SYLLABLE, DIGITS, "864 297 5", "86.42.97.5", "6 429 75", "6.429.75", "8642 975")
"""`DIGITS` also as a number is written in groups: of a telephone, of a personal number."""


_CALLED = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def name(number: int) -> str:
    return f"Trần {SYLLABLE} {_CALLED[number % len(_CALLED)]}"


def card(number: int) -> str:
    """What a card says: number, old number, name, birth, sex, address, issue."""
    return (f"0791{DIGITS}{number % 10}|2{DIGITS}1|{name(number)}|07031986|Nữ|"
            f"Tổ 3, Thôn {SYLLABLE}, Điện Bàn, Quảng Nam|12082021")


def phone(number: int) -> str:
    return f"09{DIGITS}{number % 10}"


def intake(intent: str, number: int) -> Intake:
    """A canary in every field that takes words or digits."""
    person = Person(
        name(number), f"0791{DIGITS}{number % 10}", date(1986, 3, 7), "Nữ", f"Thôn {SYLLABLE}, Điện Bàn",
        phone=phone(number), email=f"{SYLLABLE.lower()}@mau.example", old_id=f"2{DIGITS}1", card_text=card(number),
    )
    submitter = Person(f"Lê {SYLLABLE}", f"0790{DIGITS}2", phone=phone(number + 1))
    return replace(
        sample_intake(intent, procedure=("3.000333", "1.013225")[number % 2]), applicant=Applicant(person),
        submitter=Submitter(submitter, is_delegate=False), note=f"ghi chú của {SYLLABLE}",
        return_address=f"12 đường {SYLLABLE}",
    )


def page_picture(number: int) -> bytes:
    """A page as a scanner gives it: the name is drawn on it, and stands in its comment as well."""
    page = Image.new("RGB", (827, 1169), "white")
    pen = ImageDraw.Draw(page)
    for line in range(24):
        pen.text((80, 90 + 40 * line), f"{name(number)} {phone(number)} " * 3, fill="black")
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85, dpi=(100, 100), comment=name(number).encode())
    return out.getvalue()
