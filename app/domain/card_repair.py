"""A scanned text before it is read: noise taken off, and damage undone where the undoing can be proven.

The way from a card to this program leads over a scanner, a keyboard driver, an input method and a code page, and
each of them breaks the text in its own way. What has exactly one explanation is repaired; anything else is refused
by the reader, because a name that is nearly right is worse than a scan repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from app.domain.input_method import METHODS, Method
from app.domain.text import nfc
from app.domain.typed_keys import key_sequences
from app.errors import Refusal

LONGEST_SCAN = 512
"""Characters. The longest card payload known has about 300; mojibake and a doubled scan still fit."""

GENDER_WORDS = ("Nam", "Nữ", "Nu")
"""The words a card carries, and the one left by a scanner that cannot type marks."""

_FRAME = "".join(map(chr, range(0x21))) + "\x7f\ufeff\u200b\u2060"
"""What scanners and pipes put around a text or a field: C0 controls, blanks, BOM, zero-width space."""

_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z](?=[0-9])")   # AIM identifier, ISO/IEC 15424: "]Q3" before a QR
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LINE_BREAKS = re.compile(r"[\r\n\x00-\x08\x0b-\x1f]+")
_STARTS_LIKE_CARD = re.compile(r"[0-9]{12}(?:\||$)")
_MOST_SEQUENCES = 64


def clean_scan(text: str) -> str:
    """`text` without scanner noise, in NFC, with fields trimmed, full-width signs narrowed and mojibake undone.

    A payload that came twice in one burst is given once. Refusals: `card_empty`, `card_too_long` (limit),
    `card_unreadable_characters` (bytes that are no text), `card_hidden_characters` (signs that turn the reading
    direction), `card_control_characters` (a control character inside a field: a letter was lost there),
    `card_two_scans` (two different payloads in one burst).
    """
    if len(text) > LONGEST_SCAN:
        raise Refusal("card_too_long", limit=LONGEST_SCAN)
    plain = _once(_SYMBOLOGY.sub("", repair_mojibake(text.strip(_FRAME)).strip(_FRAME)))
    plain = nfc(plain.translate(_FULL_WIDTH).translate(_INVISIBLE))
    plain = "|".join(field.strip(_FRAME) for field in plain.split("|"))
    if not plain.strip("|"):
        raise Refusal("card_empty")
    if _BIDI.search(plain):
        raise Refusal("card_hidden_characters")
    for letter in plain:
        category = unicodedata.category(letter)
        if category in ("Cs", "Co", "Cn"):
            raise Refusal("card_unreadable_characters")
        if category == "Cc":
            raise Refusal("card_control_characters")
    return plain


def outer_noise_off(text: str) -> str:
    """`text` without what frames it, its signs in the very order they were typed: for explaining keystrokes."""
    return _SYMBOLOGY.sub("", text.strip(_FRAME))


def repair_mojibake(text: str) -> str:
    """`text` read anew as UTF-8 if, as a whole, it is UTF-8 that was read as Latin-1, Windows-1252 or -1258.

    The whole text must go back to bytes and the bytes must be strict UTF-8: no Vietnamese spelling passes that by
    chance ("Ân" does not), so the repair is certain. Done twice for text that was garbled twice.
    """
    for _ in range(2):
        repaired = {found for found in (_redecoded(text, page) for page in ("cp1252", "cp1258")) if found}
        if len(repaired) != 1:
            return text
        text = repaired.pop()
    return text


def _redecoded(text: str, page: str) -> str | None:
    """`text` taken back through `page`; a byte undefined there is kept as its C1 control, as Windows does."""
    if text.isascii():
        return None
    kept = bytearray()
    for letter in text:
        try:
            kept += letter.encode(page)
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            kept.append(ord(letter))
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _once(text: str) -> str:
    """The payload of a doubled scan, once. Both halves must be the same to the letter."""
    parts = [part.strip(_FRAME) for part in _LINE_BREAKS.split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        if len(set(parts)) == 1:
            return parts[0]
        if sum(_STARTS_LIKE_CARD.match(part) is not None for part in parts) > 1:
            raise Refusal("card_two_scans")
    for half in (text[:len(text) // 2], text[:(len(text) - 1) // 2]):
        if text in (half + half, f"{half} {half}", f"{half}\t{half}") and _STARTS_LIKE_CARD.match(half):
            return half
    return text


def undo_caps_lock(payload: str) -> str | None:
    """`payload` as it stands on the card if Caps Lock swapped its letters; None if the gender word is in order.

    The gender word proves it: a card says Nam or Nữ, Caps Lock makes nAM or nỮ of them. Letters typed by Alt codes
    keep their case, so both ways are tried; exactly one must give a card whose name is in capitals or capitalised
    word by word. Refusal `card_caps_lock` when the case of the gender word is wrong in another way.
    """
    fields = payload.split("|")
    if len(fields) < 5 or fields[4] in GENDER_WORDS or fields[4].casefold() not in ("nam", "nữ", "nu"):
        return None
    swapped = {
        whole
        for whole in (payload.swapcase(), re.sub("[A-Za-z]+", lambda run: run[0].swapcase(), payload))
        if whole.split("|")[4] in GENDER_WORDS and has_printed_case(whole.split("|")[2])
    }
    if len(swapped) != 1:
        raise Refusal("card_caps_lock")
    return swapped.pop()


def has_printed_case(name: str) -> bool:
    """Whether `name` is in capitals or capitalised word by word, as cards print names."""
    words = re.findall(r"[^\W\d_]+", name)
    return all(word.isupper() for word in words) or all(
        word[0].isupper() and (len(word) == 1 or word[1:].islower()) for word in words
    )


def is_half_marked(payload: str) -> bool:
    """Whether some fields carry Vietnamese marks where others prove that the scanner types none.

    "Nu" is the word of a scanner without marks; a marked name beside an unmarked address is no card's spelling.
    """
    fields = [*payload.split("|"), "", "", "", "", "", ""]
    name, gender, address = fields[2], fields[4], fields[5]
    if gender == "Nu":
        return not payload.isascii()
    return gender == "Nam" and not name.isascii() and address.isascii() and any(map(str.isalpha, address))


def only_key_sequence(
    text: str, is_card: Callable[[str], bool], methods: tuple[Method, ...] = METHODS
) -> str | None:
    """The one plain payload that `is_card` and that one of `methods` would have turned into `text`, else None.

    All methods are tried together: two explanations, by one method or by two, prove nothing.
    """
    found: set[str] = set()
    for method in methods:
        sequences = key_sequences(text, method, limit=_MOST_SEQUENCES)
        if sequences is None or len(sequences) == _MOST_SEQUENCES:
            return None
        found.update(keys for keys in sequences if is_card(keys))
    return found.pop() if len(found) == 1 else None


def looks_garbled(text: str) -> bool:
    """Whether `text` shows lost or misread letters: ?, U+FFFD, or leftovers of UTF-8 in another code page."""
    return _GARBLED.search(nfc(text)) is not None


_WINDOWS_SIGNS = "\u2018-\u203a\u20ac\u2122\u0160\u0161\u0152\u0153\u017d\u017e\u0178\u0192\u02c6\u02dc"
_GARBLED = re.compile(f"[?\ufffd\x80-\x9f]|[ÃÂÄÅÆáâ][\xa0-\xbf{_WINDOWS_SIGNS}]")
