"""What a Vietnamese input method on the PC does to the keys a scanner types.

Telex and VNI compose word by word: `aa` becomes â, `Ksor` becomes Ksỏ, `A1` becomes Á. The models here are the
common rules with free marking (the mark may follow at the end of the word) and undo (the same key again takes the
mark away and stands as itself); Unikey, EVKey, the built-in Windows and ibus methods agree on these. The third
model is the Vietnamese keyboard layout of Windows, whose top row types letters and tones instead of digits.

A scanner's keys are plain ASCII; a letter it types by an Alt code passes by the input method and ends its word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Method = Literal["telex", "vni", "layout"]
METHODS: tuple[Method, ...] = ("telex", "vni", "layout")

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TONES = frozenset((GRAVE, HOOK, TILDE, ACUTE, DOT))

TELEX_TONES = {"f": GRAVE, "r": HOOK, "x": TILDE, "s": ACUTE, "j": DOT, "z": ""}
VNI_TONES = {"2": GRAVE, "3": HOOK, "4": TILDE, "1": ACUTE, "5": DOT, "0": ""}
_VNI_SHAPES = {"6": (CIRCUMFLEX, "aeo"), "7": (HORN, "uo"), "8": (BREVE, "a")}
LAYOUT = dict(zip("1234567890", ("ă", "â", "ê", "ô", GRAVE, HOOK, TILDE, ACUTE, DOT, "đ"), strict=True)) | {
    "[": "ư", "]": "ơ", "=": "₫",
}
_WORDS = {"telex": re.compile(r"[A-Za-z]+"), "vni": re.compile(r"[A-Za-z0-9]+")}


def compose(keys: str, method: Method) -> str:
    """The text (NFC) that lands in a field when `keys` are typed while `method` is on.

    >>> compose("Ksor To 3", "telex"), compose("A1, Q.1", "vni"), compose("049", "layout")
    ('Ksỏ To 3', 'Á, Q.1', 'độ')
    """
    if method == "layout":
        return unicodedata.normalize("NFC", "".join(LAYOUT.get(key, key) for key in keys))
    return _WORDS[method].sub(lambda word: compose_word(word[0], method), keys)


@lru_cache(maxsize=4096)
def compose_word(keys: str, method: Method) -> str:
    """One word as `method` (telex or vni) composes it."""
    return composed_word(keys, method).text()


def composed_word(keys: str, method: Method) -> ComposedWord:
    """The same with the state in which the word ended."""
    word = ComposedWord()
    press = _press_telex if method == "telex" else _press_vni
    for key in keys:
        if word.is_settled:
            word.append(key)
        else:
            press(word, key)
    return word


@dataclass(slots=True)
class ComposedWord:
    """A word under composition: letters without tone (a shaped letter is one NFC sign), tone apart."""

    letters: list[str] = field(default_factory=list)
    tone: str = ""
    is_settled: bool = False       # after an undo the rest of the word is taken literally

    def append(self, key: str) -> None:
        """One more letter as it is; behind an open "uơ" (thuơ) it makes the u a ư as well (thương)."""
        self.letters.append(key)
        if "".join(self.letters[-3:-1]).lower() == "uơ" and "".join(self.letters[-4:-3]).lower() != "q":
            self.letters[-3] = "Ư" if self.letters[-3] == "U" else "ư"

    def put_tone(self, tone: str, key: str) -> None:
        if not self._vowels() or (not tone and not self.tone):
            self.append(key)
        elif tone and tone == self.tone:
            self.tone = ""
            self.settle(key)
        else:
            self.tone = tone

    def put_shape(self, mark: str, bases: str, key: str) -> bool:
        """Shape the last letter that can carry `mark`; False when there is none."""
        for at in reversed(range(len(self.letters))):
            letter = self.letters[at]
            bare, marks = split_letter(letter)
            if bare.lower() not in bases:
                continue
            if mark in marks:
                self.letters[at] = bare
                self.settle(key)
            else:
                self.letters[at] = unicodedata.normalize("NFC", bare + mark)
            return True
        return False

    def put_bar(self, key: str) -> bool:
        for at in reversed(range(len(self.letters))):
            letter = self.letters[at]
            if letter in "dD":
                self.letters[at] = "đ" if letter == "d" else "Đ"
                return True
            if letter in "đĐ":
                self.letters[at] = "d" if letter == "đ" else "D"
                self.settle(key)
                return True
        return False

    def settle(self, key: str) -> None:
        self.append(key)
        self.is_settled = True

    def text(self) -> str:
        if not self.tone:
            return "".join(self.letters)
        at = self._tone_place()
        toned = unicodedata.normalize("NFC", self.letters[at] + self.tone)
        return "".join((*self.letters[:at], toned, *self.letters[at + 1:]))

    def _vowels(self) -> list[int]:
        """Places of the last run of vowels; the u of qu and the i of gi before a vowel are consonants."""
        places = [at for at, letter in enumerate(self.letters) if split_letter(letter)[0].lower() in "aeiouy"]
        run: list[int] = []
        for at in reversed(places):
            if run and run[0] != at + 1:
                break
            run.insert(0, at)
        if len(run) > 1 and run[0] > 0:
            onset = (self.letters[run[0] - 1] + self.letters[run[0]]).lower()
            if onset in ("qu", "gi"):
                run = run[1:]
        return run

    def _tone_place(self) -> int:
        run = self._vowels()
        shaped = [at for at in run if split_letter(self.letters[at])[1]]
        if shaped:
            return shaped[-1]
        if len(run) == 1:
            return run[0]
        has_coda = run[-1] < len(self.letters) - 1
        if len(run) == 2:
            return run[1] if has_coda else run[0]
        return run[1]


def _press_telex(word: ComposedWord, key: str) -> None:
    low = key.lower()
    if low in TELEX_TONES:
        word.put_tone(TELEX_TONES[low], key)
    elif low in "aeo":
        if not word.put_shape(CIRCUMFLEX, low, key):
            word.append(key)
    elif low == "w":
        _press_w(word, key)
    elif low != "d" or not word.put_bar(key):
        word.append(key)


def _press_w(word: ComposedWord, key: str) -> None:
    plain = "".join(word.letters).lower()
    if "uo" in plain:
        at = plain.rindex("uo")
        if at + 2 == len(plain) and plain[:at] in ("h", "th", "kh", "q"):
            word.put_shape(HORN, "o", key)     # huơ, thuở, khuơ, quơ
            return
        word.letters[at:] = [
            unicodedata.normalize("NFC", letter + HORN) if at <= place < at + 2 else letter
            for place, letter in enumerate(word.letters) if place >= at
        ]
        return
    for letter in reversed(word.letters):
        bare = split_letter(letter)[0].lower()
        if bare in "uo":
            word.put_shape(HORN, bare, key)
            return
        if bare == "a":
            word.put_shape(BREVE, "a", key)
            return
    word.letters.append("Ư" if key == "W" else "ư")


def _press_vni(word: ComposedWord, key: str) -> None:
    if key in VNI_TONES:
        word.put_tone(VNI_TONES[key], key)
    elif key == "7" and "uo" in "".join(word.letters).lower():
        _press_w(word, key)
    elif key in _VNI_SHAPES:
        if not word.put_shape(*_VNI_SHAPES[key], key):
            word.append(key)
    elif key != "9" or not word.put_bar(key):
        word.append(key)


def split_letter(letter: str) -> tuple[str, str]:
    """A letter without its marks, and the marks; đ counts as a letter of its own."""
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0], decomposed[1:]
