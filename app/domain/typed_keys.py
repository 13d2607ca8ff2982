"""Which keys a scanner must have typed, if an input method stood between it and the text that arrived.

The proof of a repair: a key sequence explains a text when the model of `input_method` turns it into exactly that
text, and it is proven only when no other plausible sequence does the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from app.domain.input_method import (
    ACUTE,
    BREVE,
    CIRCUMFLEX,
    DOT,
    GRAVE,
    HOOK,
    HORN,
    LAYOUT,
    TELEX_TONES,
    TILDE,
    TONES,
    VNI_TONES,
    Method,
    compose,
    compose_word,
    composed_word,
    split_letter,
)

_OBSERVED_WORD = {"telex": re.compile(r"[^\W\d_]+"), "vni": re.compile(r"[^\W_]+")}
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_WORD = 14
_MOST_KEYS = 4
_MOST_ATTEMPTS = 4000              # per word; what takes longer to explain is not explained for certain
_ENOUGH = 8                        # so many spellings of one word prove nothing any more


def key_sequences(text: str, method: Method, limit: int = 2) -> list[str] | None:
    """Up to `limit` different plain key sequences that `method` turns into exactly `text`; None: too many to tell.

    Only sequences a printed text can hold are considered: a tone overridden by another tone, or set and taken
    away again, is a machine's way of typing and no spelling of a name. More than one answer means: not provable.
    """
    if method == "layout":
        keys = _layout_keys(text)
        return [] if keys is None else [keys]
    text = unicodedata.normalize("NFC", text)
    pieces: list[tuple[str, ...]] = []
    end = 0
    for word in _OBSERVED_WORD[method].finditer(text):
        gap = text[end:word.start()]
        found = _word_keys(word[0], method) if gap.isascii() else ()
        if not found:
            return found if found is None else []
        pieces += (gap,), found
        end = word.end()
    if not text[end:].isascii():
        return []
    return list(islice(("".join(choice) for choice in product(*pieces, (text[end:],))), limit))


@lru_cache(maxsize=4096)
def _word_keys(word: str, method: Method) -> tuple[str, ...] | None:
    """The key sequences of one word, at most `_ENOUGH`; None when they are too many to be tried."""
    if not _LETTER.search(word):
        return (word,)
    if len(word) > _LONGEST_WORD:
        return (word,) if word.isascii() and compose_word(word, method) == word else None
    found: dict[str, None] = {}
    attempts = 0
    for base, extra, is_undo in _explanations(word, method):
        for keys in _with_keys(base, extra):
            attempts += 1
            if attempts > _MOST_ATTEMPTS:
                return None
            composed = composed_word(keys, method)
            if composed.is_settled == is_undo and composed.text() == word:
                found[keys] = None
                if len(found) == _ENOUGH:
                    return tuple(found)
    return tuple(found)


def _explanations(word: str, method: Method) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Plain letters of `word`, the extra keys its marks would have taken, and whether one of them is an undo."""
    base = ""
    extra: list[str] = []
    for letter in word:
        bare, marks = ("d" if letter == "đ" else "D", "bar") if letter in "đĐ" else split_letter(letter)
        if not bare.isascii():
            return
        base += bare
        for mark in ("bar",) if marks == "bar" else marks:
            extra.append(_key_for(mark, bare, method))
    if len(extra) > _MOST_KEYS:
        return
    shown = "".join(extra)
    yield base, tuple(extra), False
    if "uo" in base.lower() and shown.count("w") + shown.count("7") == 2:
        lone = list(extra)
        lone.remove("w" if method == "telex" else "7")
        yield base, tuple(lone), False    # one key bends both letters of ươ
    if method == "telex" and "w" in extra:
        for at, letter in enumerate(word):
            if letter in "ưƯ":     # a w of its own types ư
                rest = list(extra)
                rest.remove("w")
                yield base[:at] + ("W" if letter == "Ư" else "w") + base[at + 1:], tuple(rest), False
    undone = set("sfrxjaeowd" if method == "telex" else "123456789") & set(base.lower())
    for key in sorted(undone):
        yield base, (*extra, key), True


def _key_for(mark: str, bare: str, method: Method) -> str:
    if method == "telex":
        tones = {tone: key for key, tone in TELEX_TONES.items()}
        shapes = {CIRCUMFLEX: bare.lower(), BREVE: "w", HORN: "w", "bar": "d"}
    else:
        tones = {tone: key for key, tone in VNI_TONES.items()}
        shapes = {CIRCUMFLEX: "6", BREVE: "8", HORN: "7", "bar": "9"}
    return tones[mark] if mark in TONES else shapes.get(mark, "\0")


def _with_keys(base: str, extra: tuple[str, ...]) -> Iterator[str]:
    """`base` with the keys of `extra` put in at every place, in the case that a printed word can have."""
    if not extra:
        yield base
        return
    total = len(base) + len(extra)
    for places in combinations(range(1, total), len(extra)):
        for order in set(_orders(extra)):
            keys, left, inserted = [], iter(base), iter(order)
            for at in range(total):
                keys.append(next(inserted) if at in places else next(left))
            word = "".join(keys)
            bare = "".join(letter for letter in base if letter.isalpha())
            if not bare.isupper() or len(bare) == 1:
                yield word
            if bare.isupper():
                yield word.upper()


def _orders(extra: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(extra) <= 1:
        yield extra
        return
    for at, key in enumerate(extra):
        for rest in _orders(extra[:at] + extra[at + 1:]):
            yield (key, *rest)


def _layout_keys(text: str) -> str | None:
    """The one key sequence behind a text typed on the Vietnamese layout; None when there is none or several.

    Normalisation sorts a dot below before other tones, so 59 and 95 look alike afterwards. Only a text that is
    in neither normal form is certain to show the marks in the order of the keys.
    """
    decomposed = unicodedata.normalize("NFD", text)
    is_in_typed_order = text not in (unicodedata.normalize("NFC", text), decomposed)
    if not is_in_typed_order and _DOT_BESIDE_TONE.search(_SHAPES.sub("", decomposed)):
        return None
    keys = []
    for letter in text:
        tone = "" if letter in TONES else _split_tone(letter)[1]
        bare = letter if not tone else _split_tone(letter)[0]
        key = _LAYOUT_KEYS.get(bare.lower(), bare)
        if not key.isascii():
            return None
        keys.append(key + (_LAYOUT_KEYS[tone] if tone else ""))
    found = "".join(keys)
    return found if compose(found, "layout") == unicodedata.normalize("NFC", text) else None


def _split_tone(letter: str) -> tuple[str, str]:
    """A letter (with its circumflex, breve or horn) and its tone mark."""
    decomposed = unicodedata.normalize("NFD", letter)
    bare = "".join(mark for mark in decomposed if mark not in TONES)
    tone = "".join(mark for mark in decomposed if mark in TONES)
    return unicodedata.normalize("NFC", bare), tone


_LAYOUT_KEYS = {sign: key for key, sign in LAYOUT.items()}
_DOT_BESIDE_TONE = re.compile(f"{DOT}[{GRAVE}{HOOK}{TILDE}{ACUTE}]|[{GRAVE}{HOOK}{TILDE}{ACUTE}]{DOT}")
_SHAPES = re.compile(f"[{CIRCUMFLEX}{BREVE}{HORN}]")
