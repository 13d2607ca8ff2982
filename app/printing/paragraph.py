"""Text broken into measured lines: nothing is ever cut, however long a word or a name is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.text import nfc
from app.printing.fonts import has_letter, text_width

Run = tuple[str, str]              # text, face

# Private-use signs that word processors leave in procedure texts (Wingdings), as what they meant.
_MEANT = str.maketrans({"\uf0fc": "–", "\uf0d8": "–", "\uf0b7": "•", "\u2011": "-", "\u00a0": " ", "\t": " "})
_UNKNOWN = {True: "□", False: "?"}
_GLUED_PART = re.compile(r"[^\-/_.,;:@)\\]*[\-/_.,;:@)\\]+|[^\-/_.,;:@)\\]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: pieces from left to right, its natural width in points, and its blanks."""

    pieces: tuple[Run, ...]
    width: float
    blanks: int
    is_last: bool                  # of its paragraph: never stretched


@lru_cache(maxsize=4096)
def printable(text: str, face: str) -> str:
    """`text` in NFC without control and format signs; a sign the face lacks shows as an empty square."""
    kept = []
    for sign in nfc(text).translate(_MEANT):
        if sign in "\n\r\v\f\u2028\u2029\x85":
            kept.append("\n")
        elif unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}:
            kept.append(sign if has_letter(face, sign) else _UNKNOWN[has_letter(face, "□")])
    return "".join(kept)


@lru_cache(maxsize=16384)
def _units(word: str, face: str) -> float:
    return text_width(word, face, 1000)


@dataclass(frozen=True, slots=True)
class _Word:
    pieces: tuple[Run, ...]        # none: a line break
    units: float                   # width in 1/1000 em
    blank: float                   # width of the blank before it


@lru_cache(maxsize=1024)
def _words(runs: tuple[Run, ...]) -> tuple[_Word, ...]:
    """Measured words of `runs`; a word may change face inside."""
    words: list[_Word] = []
    current: list[Run] = []

    def close() -> None:
        if current:
            units = sum(_units(text, face) for text, face in current)
            words.append(_Word(tuple(current), units, _units(" ", current[0][1])))
            current.clear()

    for text, face in runs:
        for part in re.split(r"(\s+)", printable(text, face)):
            if part and not part.isspace():
                current.append((part, face))
            elif part:
                close()
                if "\n" in part and words:
                    words.append(_BREAK)
    close()
    while words and not words[-1].pieces:
        words.pop()
    return tuple(words)


_BREAK = _Word((), 0.0, 0.0)


def _parts(word: _Word, size: float, room: float) -> list[_Word]:
    """A word too long for a line, opened after hyphens and the like, then anywhere."""
    parts: list[_Word] = []
    for text, face in word.pieces:
        for chunk in _GLUED_PART.findall(text):
            start = 0
            while start < len(chunk):
                end = len(chunk)
                if _units(chunk[start:], face) * size / 1000 > room:
                    end = start + 1
                    while text_width(chunk[start:end + 1], face, size) <= room:
                        end += 1
                parts.append(_Word(((chunk[start:end], face),), _units(chunk[start:end], face), word.blank))
                start = end
    return parts


class _LineUnderWork:
    def __init__(self) -> None:
        self.pieces: list[Run] = []
        self.width = 0.0
        self.blanks = 0

    def add(self, word: _Word, width: float, blank: float) -> None:
        gap = " " if blank else ""
        for text, face in word.pieces:
            if self.pieces and self.pieces[-1][1] == face:
                self.pieces[-1] = (self.pieces[-1][0] + gap + text, face)
            else:
                self.pieces.append((gap + text, face))
            gap = ""
        self.blanks += 1 if blank else 0
        self.width += width + blank

    def done(self, *, is_last: bool) -> Line:
        return Line(tuple(self.pieces), self.width, self.blanks, is_last)


def wrap(runs: Iterable[Run], size: float, room: float) -> tuple[Line, ...]:
    """Lines of at most `room` points, breaking at blanks.

    A word wider than half a line may also break after a hyphen, slash or other joint; one wider than a whole line
    breaks anywhere. Line feeds in the text start a new line. Empty text gives no line.
    """
    return _wrap(tuple(runs), size, room)


@lru_cache(maxsize=1024)
def _wrap(runs: tuple[Run, ...], size: float, room: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    line = _LineUnderWork()
    em = size / 1000
    for word in _words(runs):
        if not word.pieces:
            lines.append(line.done(is_last=True))
            line = _LineUnderWork()
            continue
        width = word.units * em
        blank = word.blank * em if line.pieces else 0.0
        if line.width + blank + width <= room:
            line.add(word, width, blank)
            continue
        for index, part in enumerate(_parts(word, size, room) if width > room / 2 else (word,)):
            width = part.units * em
            gap = blank if index == 0 else 0.0
            if line.pieces and line.width + gap + width > room:
                lines.append(line.done(is_last=False))
                line, gap = _LineUnderWork(), 0.0
            line.add(part, width, gap)
    if line.pieces:
        lines.append(line.done(is_last=True))
    return tuple(lines)
