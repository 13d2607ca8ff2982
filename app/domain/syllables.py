"""Vietnamese syllables as search compares them: bare letters first, marks second.

Two spellings of one syllable that schools and forms both use compare equal: "hoà" and "hòa" (where the tone
mark stands) and "lí" and "lý" (final i or y after a consonant).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.domain.text import nfc

_WORD = re.compile(r"[^\W_]+")
_FINAL_Y = re.compile(r"[^aeiouy]+y")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook above, dot below: the five tone marks. Circumflex, breve and horn make letters."""


def split_syllables(text: str) -> list[str]:
    """Words and numbers of `text` in lower case with their marks, in order.

    >>> split_syllables("Cấp lại GPLX (hạng A1)")
    ['cấp', 'lại', 'gplx', 'hạng', 'a1']
    """
    return _WORD.findall(nfc(text).casefold())


def plain_syllables(text: str) -> list[str]:
    """The same without marks, đ as d: what every comparison starts from.

    >>> plain_syllables("Lý lịch tư pháp")
    ['li', 'lich', 'tu', 'phap']
    """
    return [_plain(word) for word in split_syllables(text)]


def spelt_syllables(text: str) -> list[str]:
    """The same with marks, the tone behind the letters wherever the writer had put it."""
    return [_spelt(word) for word in split_syllables(text)]


def has_marks(syllable: str) -> bool:
    """Whether a spelt syllable says more than its bare letters."""
    return not syllable.isascii()


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter changed, missing or added, or two neighbours swapped, turns `one` into `other`."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[at:] == other[at + 1:]
    rest, other_rest = one[at:], other[at:]
    swapped = rest[1:2] + rest[:1] == other_rest[:2]
    return rest[1:] == other_rest[1:] or (swapped and rest[2:] == other_rest[2:])


def without_one_letter(syllable: str) -> set[str]:
    """The syllable and everything that is left of it when one letter goes: shared by syllables one letter off."""
    return {syllable} | {syllable[:at] + syllable[at + 1:] for at in range(len(syllable))}


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return _one_final_i("".join(letter for letter in letters if not unicodedata.combining(letter)))


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    toneless = "".join(letter for letter in letters if letter not in _TONES)
    return _one_final_i(toneless) + "".join(letter for letter in letters if letter in _TONES)


def _one_final_i(letters: str) -> str:
    return letters[:-1] + "i" if _FINAL_Y.fullmatch(letters) else letters
