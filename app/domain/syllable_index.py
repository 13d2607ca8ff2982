"""Which entries hold which syllables: one bit an entry, so that all entries are asked at once.

A whole number of 2,500 bits is cut with another in a tenth of a microsecond; sets and dictionaries of the
same entries took milliseconds on the first letter of a query, and the clerk feels that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.syllables import is_one_letter_off, without_one_letter

Bits = int
"""A set of entries: bit n stands for entry n."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of one entry is searched: bare syllables of its texts."""

    titles: Sequence[Sequence[str]]    # the name, then each counter word
    field: Sequence[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a typed syllable was found; each set holds the one before it."""

    whole: Bits                    # a whole syllable of a name or counter word
    begins: Bits                   # … or the beginning of one
    anywhere: Bits                 # … or in the field, the initials, or typed without blanks


class SyllableIndex:
    """Built once from all entries, in the order in which equals shall be taken."""

    def __init__(self, entries: Iterable[Indexed]) -> None:
        titles: dict[str, int] = {}
        fields: dict[str, int] = {}
        self._initials: list[str] = []
        self._joined: list[str] = []
        for number, entry in enumerate(entries):
            bit = 1 << number
            for syllable in {syllable for title in entry.titles for syllable in title}:
                titles[syllable] = titles.get(syllable, 0) | bit
            for syllable in set(entry.field):
                fields[syllable] = fields.get(syllable, 0) | bit
            self._initials.append(" ".join("".join(s[0] for s in title) for title in entry.titles))
            self._joined.append(" ".join("".join(title) for title in entry.titles))
        self._titles = titles
        self._fields = fields
        self._near: dict[str, list[str]] = {}
        for syllable in titles:
            for rest in without_one_letter(syllable):
                self._near.setdefault(rest, []).append(syllable)
        self._places: dict[str, Places] = {}

    def places(self, syllable: str) -> Places:
        """Where `syllable` stands; kept, because the same beginnings are typed again and again."""
        known = self._places.get(syllable)
        if known is None:
            known = self._places[syllable] = self._look_up(syllable)
        return known

    def neighbours(self, syllable: str) -> list[tuple[str, Bits]]:
        """Whole syllables of the titles that are one letter off and who holds them, same length first.

        A number or a syllable of fewer than three letters has none: everything would be near it.
        """
        if len(syllable) < 3 or not syllable.isalpha():
            return []
        near = {word for rest in without_one_letter(syllable) for word in self._near.get(rest, ())}
        near.discard(syllable)
        words = sorted((word for word in near if is_one_letter_off(syllable, word)),
                       key=lambda word: (len(word) != len(syllable), word))
        return [(word, self._titles[word]) for word in words]

    def _look_up(self, syllable: str) -> Places:
        whole = self._titles.get(syllable, 0)
        begins = _union(bits for word, bits in self._titles.items() if word.startswith(syllable))
        anywhere = begins | _union(bits for word, bits in self._fields.items() if word.startswith(syllable))
        if not whole and len(syllable) >= 3:
            for number, text in enumerate(self._initials):
                if syllable in text or (len(syllable) >= 5 and syllable in self._joined[number]):
                    anywhere |= 1 << number
        return Places(whole, begins, anywhere)


def in_all(sets: Iterable[Bits]) -> Bits:
    """Entries that are in every one of `sets` (at least one set)."""
    common = -1
    for bits in sets:
        common &= bits
    return common


def in_most(sets: Sequence[Bits], *, at_least: int) -> Iterator[Bits]:
    """Entries that are in n of `sets`, for each n from all of them down to `at_least`; earlier ones again."""
    counted = [0] * (len(sets) + 1)    # counted[n]: in n or more of the sets seen so far
    counted[0] = -1
    for bits in sets:
        for n in range(len(sets), 0, -1):
            counted[n] |= counted[n - 1] & bits
    yield from reversed(counted[at_least:])


def numbers(bits: Bits) -> Iterator[int]:
    """The entries of the set, lowest first."""
    digits = bin(bits)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def _union(sets: Iterable[Bits]) -> Bits:
    together = 0
    for bits in sets:
        together |= bits
    return together
