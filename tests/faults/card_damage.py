"""Invented cards, and what scanners, keyboards, input methods, code pages and lines do to them on the way.

Damage is of two sorts, and a trial has at most one of each: the content written differently by a keyboard, an
input method or a code page, and keys lost or added by the line. Keys are lost or doubled, never both in one trial:
that would amount to one digit read as another, which no scanner does and no arithmetic can see.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.domain.input_method import LAYOUT, Method, compose
from app.domain.personal_number import PROVINCES

_FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Đặng", "Võ", "Ừng", "Hồ", "Ksor", "Rơ Châm", "H'Mẫu", "Bríu", "Jessica", "Siu", "A",
]
_MIDDLES = ["Thị", "Văn", "Ngọc Ánh", "", "Minh", "Quang", "K'", "Kass"]
_GIVEN = [
    "Mẫu", "Thử", "Giả Định", "Một", "Ưỡn", "Kiểm Tra", "Dương", "Xoong", "Data", "Mẫu An", "Đỗ Thử", "H Bia",
]
_PLACES = [
    "Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam", "Số 5/12, Ngõ 00, Phố Mẫu, Hà Nội", "1A-2B/3C Đường Giả, Quận 0",
    "Thôn Krỏng A5, Đắk Mẫu, Gia Lai", "Xã Mẫu, Đồng Tháp", "Khu phố 9, Phường 5, Đông Hà, Quảng Trị",
]


@dataclass(frozen=True)
class Card:
    """An invented card: what its QR holds and what must be read from it."""

    payload: str
    is_plain: bool

    @property
    def number(self) -> str:
        return self.payload[:12]


@dataclass
class Trial:
    """A damaged scan and what it was made of."""

    cards: list[Card]
    text: str
    is_rewritten: bool = False
    keeps_content: bool = True     # only keyboard or code page touched it, nothing was lost or added
    may_be_lost: bool = False      # an accented scan through an input method that left no trace
    families: list[str] = field(default_factory=list)


def invent_card(rng: random.Random) -> Card:
    """A card that reads well, of any variant, typed with or without marks."""
    birth = date(rng.randint(1930, 2020), rng.randint(1, 12), rng.randint(1, 28))
    gender = rng.choice(("Nam", "Nữ"))
    century = (birth.year - 1900) // 100 * 2 + (gender == "Nữ")
    number = f"{rng.choice(list(PROVINCES))}{century}{birth:%y}{rng.randint(0, 999999):06d}"
    name = " ".join(part for part in map(rng.choice, (_FAMILIES, _MIDDLES, _GIVEN)) if part)
    old = rng.choice(("", f"{rng.randint(0, 999999999):09d}", f"0{rng.randint(0, 10**11 - 1):011d}"))
    fields = [number, old, name, f"{birth:%d%m%Y}", gender, rng.choice(_PLACES)]
    variant = rng.choice("AAABBCDJI")
    if variant == "I":
        return Card(number, True)
    if variant != "J":
        fields.append(f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{rng.choice((2021, 2023, 2025))}")
    if variant == "C":
        fields += ["", "", "", ""]
    if variant == "D":
        fields += ["", number[:6] + f"{rng.randint(0, 999999):06d}", "Phan Văn Cha Thử", "Trần Thị Mẹ Thử"]
    payload = "|".join(fields)
    if rng.random() < 0.4:
        plain = _without_marks(payload)
        if rng.random() < 0.5:
            parts = plain.split("|")
            parts[2] = parts[2].upper()
            plain = "|".join(parts)
        return Card(plain, True)
    return Card(payload, False)


def _without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


# --- keyboards, input methods, code pages: the content is all there, only written differently ---

def _through_method(method: Method) -> Callable[[Trial, random.Random], None]:
    def damage(trial: Trial, rng: random.Random) -> None:
        typed = compose(trial.text, method)
        is_seen = rng.random() < 0.5   # the wedge reader sees the Backspaces; a pasted text has none
        trial.is_rewritten = is_seen and typed != trial.text
        trial.may_be_lost = not is_seen and not trial.cards[0].is_plain
        trial.text = typed
    return damage


def _through_layout(trial: Trial, rng: random.Random) -> None:
    as_typed = "".join(LAYOUT.get(key, key) for key in trial.text)
    trial.text = rng.choice((as_typed, compose(trial.text, "layout"), unicodedata.normalize("NFD", as_typed)))


def _with_caps_lock(trial: Trial, rng: random.Random) -> None:
    if rng.random() < 0.5:
        trial.text = trial.text.swapcase()
    else:
        trial.text = "".join(letter.swapcase() if letter.isascii() else letter for letter in trial.text)


def _with_caps_and_telex(trial: Trial, rng: random.Random) -> None:
    _with_caps_lock(trial, rng)
    _through_method("telex")(trial, rng)


def _other_digit_row(trial: Trial, rng: random.Random) -> None:
    row = rng.choice((")!@#$%^&*(", "à&é\"'(-è_ç", "０１２３４５６７８９"))
    trial.text = trial.text.translate({ord("0") + digit: row[digit] for digit in range(10)})


def _mojibake(trial: Trial, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 1, 2))):
        page = rng.choice(("latin-1", "cp1252", "cp1258", "cp437", "cp850", "cp1251", "mac_roman"))
        decoded = ""
        for byte in trial.text.encode("utf-8", "replace"):
            raw = bytes([byte])
            try:
                decoded += raw.decode(page)
            except UnicodeDecodeError:
                decoded += chr(byte)
        trial.text = decoded


def _other_form(trial: Trial, rng: random.Random) -> None:
    trial.text = unicodedata.normalize(rng.choice(("NFC", "NFD", "NFKC", "NFKD")), trial.text)


def _lossy_page(trial: Trial, rng: random.Random) -> None:
    trial.text = trial.text.encode(rng.choice(("ascii", "latin-1", "cp1252")), "replace").decode("latin-1")
    trial.keeps_content = False


def _broken_utf8(trial: Trial, rng: random.Random) -> None:
    """Bytes of marked letters damaged; ASCII is left alone, as a digit turned into another is not in question."""
    octets = bytearray(trial.text.encode("utf-8", "replace"))
    high = [at for at, byte in enumerate(octets) if byte > 0x7F]
    for at in rng.sample(high, min(len(high), rng.randint(1, 4))):
        octets[at] = rng.randint(0x80, 0xFF)
    trial.text = octets.decode("utf-8", rng.choice(("replace", "surrogateescape", "ignore")))
    trial.keeps_content = False


# --- lines: keys lost, keys doubled, scans cut, scans run together ---

def _lost_keys(trial: Trial, rng: random.Random) -> None:
    letters = list(trial.text)
    for _ in range(rng.randint(1, 5)):
        if letters:
            at = rng.randrange(len(letters))
            del letters[at:at + rng.choice((1, 1, 1, 3, 20))]
    trial.text = "".join(letters)


def _doubled_keys(trial: Trial, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(trial.text) + 1)
        length = rng.choice((1, 1, 1, 2, 13, 40))
        trial.text = trial.text[:at] + trial.text[max(0, at - length):at] + trial.text[at:]


def _cut_tail(trial: Trial, rng: random.Random) -> None:
    trial.text = trial.text[:rng.randrange(len(trial.text) + 1)]


def _cut_head(trial: Trial, rng: random.Random) -> None:
    trial.text = trial.text[rng.randrange(1, len(trial.text) + 1):]


def _twice(trial: Trial, rng: random.Random) -> None:
    trial.text = rng.choice(("", "\r", "\r\n", "\n", "\t", " ")).join((trial.text, trial.text))


def _with_another(trial: Trial, rng: random.Random) -> None:
    other = invent_card(rng)
    first, second = trial.text, other.payload
    cut = rng.choice(("none", "first", "second"))
    if cut == "first":
        first = first[:rng.randrange(len(first) + 1)]
    elif cut == "second":
        second = second[:rng.randrange(len(second) + 1)]
    trial.text = first + rng.choice(("", "", "\r", "\n", "\t", " ", "|")) + second
    trial.cards.append(other)


def _strange_signs(trial: Trial, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(trial.text) + 1)
        sign = rng.choice("\x00\x01\x1b\x1d\x7f\x85\u200b\u200d\u202e\u2066\ufeff\ufffd|?\ud800\U000e0001 \t\r\n")
        trial.text = trial.text[:at] + sign + trial.text[at:]


def _nothing(trial: Trial, rng: random.Random) -> None:
    pass


WRITTEN_DIFFERENTLY: dict[str, Callable[[Trial, random.Random], None]] = {
    "as it is": _nothing, "telex": _through_method("telex"), "vni": _through_method("vni"),
    "vietnamese layout": _through_layout, "caps lock": _with_caps_lock, "caps lock + telex": _with_caps_and_telex,
    "other digit row": _other_digit_row, "mojibake": _mojibake, "other Unicode form": _other_form,
    "lossy code page": _lossy_page, "broken UTF-8": _broken_utf8,
}
LOST_OR_ADDED: dict[str, Callable[[Trial, random.Random], None]] = {
    "lost keys": _lost_keys, "doubled keys": _doubled_keys, "tail cut": _cut_tail, "head cut": _cut_head,
    "scanned twice": _twice, "two scans run together": _with_another, "strange signs": _strange_signs,
}
_FRAMES = ("", "\r", "\n", "\r\n", "\t", "\ufeff", "\x00\x00", "  ", "\x02", "\x03", "]Q3")


def make_trial(rng: random.Random) -> Trial:
    """A card damaged in one way, in two ways on different floors, or not at all."""
    card = invent_card(rng)
    trial = Trial([card], card.payload)
    stages: list[str] = []
    if rng.random() < 0.5:
        stages.append(rng.choice(list(LOST_OR_ADDED)))
        trial.keeps_content = False
    if not stages or rng.random() < 0.4:
        stages.append(rng.choice(list(WRITTEN_DIFFERENTLY)))
    if rng.random() < 0.2:
        stages.reverse()
    for stage in stages:
        (LOST_OR_ADDED.get(stage) or WRITTEN_DIFFERENTLY[stage])(trial, rng)
    trial.families = stages
    front = rng.choice(_FRAMES)
    trial.text = front + trial.text + (rng.choice(_FRAMES[:-1]))
    return trial


def random_text(rng: random.Random) -> str:
    """Anything at all: noise, or bars between pieces of cards."""
    if rng.random() < 0.5:
        pool = rng.choice(("0123456789|", "abcNamNữ |0123456789", None))
        size = rng.randint(0, 600)
        return "".join(rng.choice(pool) if pool else chr(rng.randrange(0x110000)) for _ in range(size))
    pieces = [piece for _ in range(3) for piece in invent_card(rng).payload.split("|")]
    return "|".join(rng.choice(pieces) for _ in range(rng.randint(1, 14)))
