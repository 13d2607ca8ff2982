"""Finding the procedure while the clerk types: two or three syllables, with or without marks, in any order.

Built once per catalogue, asked on every key. Each syllable of the query may be the beginning of a syllable
of the name, of a counter word ("bằng lái") or of the field; initials ("gplx"), a code or a part of it, and
syllables typed without blanks are understood too. Only when nothing holds all syllables, one wrong letter
is forgiven, and only after that some syllables may be missing.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.procedure import Catalogue, Procedure
from app.domain.syllable_index import Bits, Indexed, SyllableIndex, in_all, in_most, numbers
from app.domain.syllables import has_marks, plain_syllables, spelt_syllables


class Why(StrEnum):
    """What made a procedure a hit."""

    CODE = "code"
    NAME = "name"
    KEYWORD = "keyword"
    FIELD = "field"                # at least one syllable stands only in the field
    INITIALS = "initials"          # … or only as initials or without blanks
    TYPO = "typo"                  # one letter was wrong
    PARTIAL = "partial"            # not all syllables were found


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found; `is_receivable` says whether this office may receive it or only guide."""

    procedure: Procedure
    why: Why
    is_receivable: bool


# What a syllable is worth by where it stands, and what the whole query is worth as a phrase.
_WHOLE_SYLLABLE, _BEGINNING, _ELSEWHERE = 64, 44, 16
_ALL_WHOLE = 14
_PHRASE_IN_NAME, _NAME_STARTS, _WHOLE_NAME = 16, 24, 46
_PHRASE_IN_KEYWORD, _WHOLE_KEYWORD = 18, 40
_MARK_FITS = 8
_RECEIVABLE = 12
_LENGTH = 24                       # a short name says what it is; a long one merely mentions it

_ENOUGH = 200                      # candidates scored, best places and shortest names first
_FEW = 25                          # … for each way to put a letter right
_LONG_QUERY = 6                    # syllables; longer ones name a thing this catalogue has not, not a typo

_CODE = re.compile(r"\d\.\d{6}")
_PART_OF_CODE = re.compile(r"\d[\d.]*\d\.?")
_OPENING = ["thu", "tuc"]          # half of all official names begin so; it tells nothing apart


@dataclass(frozen=True, slots=True)
class _Entry:
    """What of one procedure is compared: bare syllables with a blank on either side."""

    procedure: Procedure
    is_receivable: bool
    digits: str                    # of the code
    name: str                      # " dang ki khai sinh "
    titles: str                    # " dang ki khai sinh | bang lai | gplx |"
    spelt: str                     # the same with marks
    field: str
    indexed: Indexed
    worth: int


class CatalogueSearch:
    """The search index of one catalogue; it never changes, a new catalogue gets a new one."""

    def __init__(self, catalogue: Catalogue) -> None:
        allowed = catalogue.receivable
        entries = [_entry(procedure, is_receivable=allowed is None or procedure.code in allowed)
                   for procedure in catalogue.procedures]
        self._entries = sorted(entries, key=lambda entry: -entry.worth)
        self._index = SyllableIndex(entry.indexed for entry in self._entries)
        self._valid: dict[date, Bits] = {}

    def find(self, query: str, limit: int = 10, on: date | None = None) -> list[Hit]:
        """The best `limit` procedures for `query`, best first; those not valid on the day `on` are left out.

        An empty query finds nothing. Receivable ones come before equally good others.
        """
        valid = -1 if on is None else self._valid_on(on)
        by_code = self._by_code(query, valid)
        if by_code:
            return [self._hit(number, Why.CODE) for number in by_code[:limit]]
        asked = _without_opening(plain_syllables(query))
        if not asked:
            return []
        marked = [syllable for syllable in spelt_syllables(query) if has_marks(syllable)]
        why: Why | None = None
        scores = self._holding_all(asked, marked, valid)
        if not scores:
            why, scores = Why.TYPO, self._forgiving(asked, marked, valid)
        if not scores:
            why, scores = Why.PARTIAL, self._holding_most(asked, marked, valid)
        best = heapq.nsmallest(limit, scores, key=lambda number: (-scores[number], number))
        return [self._hit(number, why or _reason(self._entries[number], asked)) for number in best]

    def _by_code(self, query: str, valid: Bits) -> list[int]:
        """Entries whose code begins with, ends with or holds the digits; agency suffixes are left aside."""
        whole = _CODE.search(query)
        part = whole or _PART_OF_CODE.fullmatch(query.strip())
        if not part:
            return []
        digits = part.group().replace(".", "")
        if len(digits) < 3 and "." not in query:
            return []              # "14 tuổi", "cấp 3": a number of the name, not of the code
        first: list[int] = []
        last: list[int] = []
        inside: list[int] = []
        for number, entry in enumerate(self._entries):
            if digits in entry.digits and valid >> number & 1:
                place = (first if entry.digits.startswith(digits)
                         else last if entry.digits.endswith(digits) else inside)
                place.append(number)
        return sorted(first, key=lambda number: self._entries[number].digits) + last + inside

    def _holding_all(self, asked: Sequence[str], marked: Sequence[str], valid: Bits) -> dict[int, int]:
        places = [self._index.places(syllable) for syllable in asked]
        return self._scored(asked, marked, (
            valid & in_all(place.whole for place in places),
            valid & in_all(place.begins for place in places),
            valid & in_all(place.anywhere for place in places),
        ))

    def _forgiving(self, asked: Sequence[str], marked: Sequence[str], valid: Bits) -> dict[int, int]:
        """Entries that hold all syllables once one letter of one of them is put right."""
        scores: dict[int, int] = {}
        begins = [self._index.places(syllable).begins for syllable in asked]
        lost = [at for at, bits in enumerate(begins) if not bits]
        if len(lost) > 1 or (not lost and len(asked) > _LONG_QUERY):
            return scores
        for at in lost or range(len(asked)):
            others = valid & in_all([*begins[:at], *begins[at + 1:]])
            for syllable, holders in self._index.neighbours(asked[at]):
                if not others & holders:
                    continue
                repaired = [*asked[:at], syllable, *asked[at + 1:]]
                for number, score in self._scored(repaired, marked, [others & holders], _FEW).items():
                    scores[number] = max(score, scores.get(number, 0))
        return scores

    def _holding_most(self, asked: Sequence[str], marked: Sequence[str], valid: Bits) -> dict[int, int]:
        """Entries that hold at least half of the syllables, and no fewer than two."""
        enough = max(2, (len(asked) + 1) // 2)
        if len(asked) < enough:
            return {}
        sets = [self._index.places(syllable).begins for syllable in asked]
        return self._scored(asked, marked, [valid & bits for bits in in_most(sets, at_least=enough)])

    def _scored(
        self, asked: Sequence[str], marked: Sequence[str], tiers: Iterable[Bits], most: int = _ENOUGH
    ) -> dict[int, int]:
        """Scores of the first `most` entries of `tiers`, which come best places first."""
        phrase = " " + " ".join(asked)
        begun = [(f" {syllable} ", f" {syllable}") for syllable in asked]
        spelt = [f" {syllable}" for syllable in marked]
        all_whole = len(begun) * _WHOLE_SYLLABLE
        scores: dict[int, int] = {}
        taken = 0
        for tier in tiers:
            for number in numbers(tier & ~taken):
                entry = self._entries[number]
                titles = entry.titles
                fit = 0
                for whole, beginning in begun:
                    if whole in titles:
                        fit += _WHOLE_SYLLABLE
                    elif beginning in titles:
                        fit += _BEGINNING
                    elif beginning in entry.field:
                        fit += _ELSEWHERE
                score = fit // len(begun) + entry.worth
                if fit == all_whole:
                    score += _ALL_WHOLE
                if phrase in titles:
                    score += _phrase_worth(entry, phrase)
                for syllable in spelt:
                    if syllable in entry.spelt:
                        score += _MARK_FITS
                scores[number] = score
                if len(scores) >= most:
                    return scores
            taken |= tier
        return scores

    def _valid_on(self, day: date) -> Bits:
        bits = self._valid.get(day)
        if bits is None:
            bits = sum(1 << number for number, entry in enumerate(self._entries)
                       if entry.procedure.holds_on(day))
            self._valid = {day: bits}  # one day at a time is asked for
        return bits

    def _hit(self, number: int, why: Why) -> Hit:
        entry = self._entries[number]
        return Hit(entry.procedure, why, entry.is_receivable)


def _entry(procedure: Procedure, *, is_receivable: bool) -> _Entry:
    texts = (procedure.name, *procedure.keywords)
    titles = [_without_opening(plain_syllables(text)) for text in texts]
    name = f" {' '.join(titles[0])} "
    field = plain_syllables(procedure.field)
    return _Entry(
        procedure=procedure,
        is_receivable=is_receivable,
        digits=procedure.code.replace(".", ""),
        name=name,
        titles=name + "".join(f"| {' '.join(title)} " for title in titles[1:]) + "|",
        spelt="".join(f" {' '.join(spelt_syllables(text))} |" for text in texts),
        field=f" {' '.join(field)} ",
        indexed=Indexed(titles, field),
        worth=_RECEIVABLE * is_receivable + max(0, _LENGTH - name.count(" ")),
    )


def _without_opening(syllables: list[str]) -> list[str]:
    return syllables[2:] if len(syllables) > 2 and syllables[:2] == _OPENING else syllables


def _phrase_worth(entry: _Entry, phrase: str) -> int:
    worth = 0
    if phrase in entry.name:
        worth = _PHRASE_IN_NAME
        if entry.name.startswith(phrase):
            worth = _WHOLE_NAME if len(entry.name) == len(phrase) + 1 else _NAME_STARTS
    if f"| {phrase.lstrip()} |" in entry.titles:
        worth += _WHOLE_KEYWORD
    elif phrase in entry.titles[len(entry.name):]:
        worth += _PHRASE_IN_KEYWORD
    return worth


def _reason(entry: _Entry, asked: Sequence[str]) -> Why:
    """The weakest place that a syllable of the query needed."""
    beginnings = [f" {syllable}" for syllable in asked]
    if all(syllable in entry.name for syllable in beginnings):
        return Why.NAME
    elsewhere = [syllable for syllable in beginnings if syllable not in entry.titles]
    if not elsewhere:
        return Why.KEYWORD
    return Why.FIELD if all(syllable in entry.field for syllable in elsewhere) else Why.INITIALS
