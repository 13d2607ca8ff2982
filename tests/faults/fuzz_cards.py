"""Does any damage on the way from a card to the program make it accept a wrong number?

    python -m tests.faults.fuzz_cards [--count 100000] [--seed 1]

Each trial takes an invented card, damages it as scanners, keyboards, input methods, code pages and lines do, and
reads it. Two promises are checked:

1. Nothing but `Refusal` is ever raised.
2. An accepted number is the number of a card that was in the scan, whole; and after damage by a keyboard or a code
   page alone the birth date and the sex are the card's as well, and the name is the card's, or the reading says
   `accents_lost` (a scanner without marks: the clerk types the name anyway).

What is *not* promised, because no arithmetic can: one digit read as another. The number has no check digit. A
scanner does not do that (a QR code corrects its own errors), so such damage stays out of the trials; how often the
sex and year inside the number betray it is measured separately and printed. A key lost and another one doubled in
the same number amounts to the same; so a trial loses keys or doubles keys, never both.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.domain.citizen_card import CardReading, read_card
from app.domain.input_method import LAYOUT, Method, compose
from app.domain.personal_number import PROVINCES
from app.domain.text import nfc
from app.errors import Refusal

TODAY = date(2026, 11, 21)

Reader = Callable[..., CardReading]

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


_WRITTEN_DIFFERENTLY: dict[str, Callable[[Trial, random.Random], None]] = {
    "as it is": _nothing, "telex": _through_method("telex"), "vni": _through_method("vni"),
    "vietnamese layout": _through_layout, "caps lock": _with_caps_lock, "caps lock + telex": _with_caps_and_telex,
    "other digit row": _other_digit_row, "mojibake": _mojibake, "other Unicode form": _other_form,
    "lossy code page": _lossy_page, "broken UTF-8": _broken_utf8,
}
_LOST_OR_ADDED: dict[str, Callable[[Trial, random.Random], None]] = {
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
        stages.append(rng.choice(list(_LOST_OR_ADDED)))
        trial.keeps_content = False
    if not stages or rng.random() < 0.4:
        stages.append(rng.choice(list(_WRITTEN_DIFFERENTLY)))
    if rng.random() < 0.2:
        stages.reverse()
    for stage in stages:
        (_LOST_OR_ADDED.get(stage) or _WRITTEN_DIFFERENTLY[stage])(trial, rng)
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


@dataclass
class Figures:
    """What a run of `reader` found."""

    reader: Reader = read_card
    trials: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    by_code: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    wrong_numbers: list[str] = field(default_factory=list)
    wrong_contents: list[str] = field(default_factory=list)
    unseen_names: int = 0          # accented scan, input method on, no trace, name changed
    slowest_ms: float = 0.0


def run(count: int, seed: int, reader: Reader = read_card) -> Figures:
    """`count` trials of `reader`, one in ten of them random text."""
    rng = random.Random(seed)
    figures = Figures(reader)
    for _ in range(count):
        figures.trials += 1
        if rng.random() < 0.1:
            _judge_random(random_text(rng), figures)
        else:
            _judge(make_trial(rng), figures)
    return figures


def _read(text: str, figures: Figures, label: str, *, is_rewritten: bool = False) -> CardReading | None:
    started = time.perf_counter()
    try:
        reading = figures.reader(text, TODAY, is_rewritten=is_rewritten)
    except Refusal as refused:
        figures.refused[label] += 1
        figures.by_code[refused.code] += 1
        return None
    except Exception as crash:
        figures.crashes.append(f"{crash!r} on {text!r}")
        return None
    finally:
        figures.slowest_ms = max(figures.slowest_ms, (time.perf_counter() - started) * 1000)
    figures.accepted[label] += 1
    return reading


def _judge(trial: Trial, figures: Figures) -> None:
    label = " + ".join(trial.families)
    reading = _read(trial.text, figures, label, is_rewritten=trial.is_rewritten)
    if reading is None:
        return
    if reading.person.personal_id not in [card.number for card in trial.cards]:
        figures.wrong_numbers.append(f"{label}: {reading.person.personal_id} from {trial.text!r}")
    elif trial.keeps_content and not _is_same(reading, read_card(trial.cards[0].payload, TODAY)):
        if trial.may_be_lost:
            figures.unseen_names += 1
        else:
            figures.wrong_contents.append(f"{label}: {reading.person} from {trial.text!r}")


def _is_same(found: CardReading, true: CardReading) -> bool:
    if (found.person.birth_date, found.person.gender) != (true.person.birth_date, true.person.gender):
        return False
    return nfc(found.person.full_name) == true.person.full_name or "accents_lost" in found.warnings


def _judge_random(text: str, figures: Figures) -> None:
    reading = _read(text, figures, "random text")
    if reading is not None and reading.person.personal_id not in text:
        figures.wrong_numbers.append(f"random text: {reading.person.personal_id} from {text!r}")


def measure_replaced_digits(count: int, seed: int) -> tuple[int, int, int]:
    """Of `count` cards with one digit of the number replaced: refused, accepted with a doubt, or silently."""
    rng = random.Random(seed)
    refused = doubted = silent = 0
    for _ in range(count):
        card = invent_card(rng)
        at = rng.randrange(12)
        other = rng.choice([digit for digit in "0123456789" if digit != card.payload[at]])
        text = card.payload[:at] + other + card.payload[at + 1:]
        try:
            warnings = set(read_card(text, TODAY).warnings)
        except Refusal:
            refused += 1
            continue
        if warnings & {"unknown_province_code", "gender_digit_differs", "year_in_id_differs", "number_only"}:
            doubted += 1
        else:
            silent += 1
    return refused, doubted, silent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    figures = run(chosen.count, chosen.seed)
    seconds = time.perf_counter() - started
    print(f"{figures.trials:,} scans in {seconds:.0f} s, slowest {figures.slowest_ms:.0f} ms, seed {chosen.seed}")
    print(f"  accepted {figures.accepted.total():,}   refused {figures.refused.total():,}")
    print(f"  crashes {len(figures.crashes)}   wrong numbers accepted {len(figures.wrong_numbers)}   "
          f"wrong name, date or sex accepted {len(figures.wrong_contents)}")
    print(f"  marked scans changed by an input method that left no trace (pasted text): {figures.unseen_names}")
    singles = {label for label in (*figures.accepted, *figures.refused) if " + " not in label or "caps" in label}
    print(f"\n{'damage':<28}{'accepted':>10}{'refused':>10}")
    for label in sorted(singles & {*_WRITTEN_DIFFERENTLY, *_LOST_OR_ADDED, "random text"}):
        print(f"{label:<28}{figures.accepted[label]:>10,}{figures.refused[label]:>10,}")
    print("\nrefusals: " + ", ".join(f"{code} {number:,}" for code, number in figures.by_code.most_common()))
    refused, doubted, silent = measure_replaced_digits(10_000, chosen.seed)
    print(f"\nOutside the promise, 10,000 numbers with one digit replaced: refused {refused:,}, accepted with a "
          f"warning {doubted:,}, accepted without {silent:,} (no check digit exists)")
    for line in (figures.crashes + figures.wrong_numbers + figures.wrong_contents)[:20]:
        print("FAILED", line)
    return 1 if figures.crashes or figures.wrong_numbers or figures.wrong_contents else 0


if __name__ == "__main__":
    sys.exit(main())
