"""Ready reasons (lý do) for what a clerk has to justify on paper: refusing, asking for more, taking back.

Each is a sentence of official Vietnamese that is printed as it stands, never translated, with its legal basis
where one is known. A reason may be for every procedure, for a field or for some procedures. "…" marks what the
clerk still has to write. The library suggests; the clerk may write anything, and what is printed is kept with the
dossier.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.syllables import has_marks, plain_syllables, spelt_syllables
from app.domain.text import fold, nfc
from app.errors import Refusal

SCHEMA = 1
GAP = "…"
"""Where the clerk writes on; a reason that still holds it is not finished."""


class Act(StrEnum):
    """What the reason is for."""

    REFUSAL = "refusal"
    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"
    STOP = "stop"                  # the agency's, as written on its paper
    LOST_RECEIPT = "lost_receipt"  # a result given out without the receipt
    RECALL = "recall"              # of a result given out wrongly
    UNDELIVERED = "undelivered"    # by the post
    SENT_BACK = "sent_back"        # a line of a manifest that the receiving side does not take


@dataclass(frozen=True, slots=True)
class Reason:
    """One ready reason. `key` is unique within its act; `words` are what people say for it, for the search."""

    act: Act
    key: str
    text: str
    basis: str = ""
    field: str = ""                # "": not for one field
    procedures: tuple[str, ...] = ()   # codes; (): not for certain procedures
    words: tuple[str, ...] = ()


class ReasonLibrary:
    """All reasons of one version; it never changes."""

    def __init__(self, version: str, reasons: tuple[Reason, ...]) -> None:
        """Raises ValueError when two reasons of an act share a key."""
        self.version, self.reasons = version, reasons
        self._named = {(each.act, each.key): each for each in reasons}
        if len(self._named) != len(reasons):
            raise ValueError("two reasons of an act have the same key")
        self._indexed = tuple(_Indexed(each) for each in reasons)

    def named(self, act: Act, key: str) -> Reason | None:
        return self._named.get((act, key))

    def suggested(self, act: Act, *, procedure: str = "", field: str = "") -> tuple[Reason, ...]:
        """What to offer before a word is typed: those of the procedure, of its field, then the general ones."""
        near = [(nearness, each) for each in self.reasons
                if each.act is act and (nearness := _nearness(each, procedure, field)) <= _GENERAL]
        return tuple(each for _, each in sorted(near, key=lambda pair: pair[0]))   # stable: then as in the library

    def find(
        self, act: Act, typed: str, *, procedure: str = "", field: str = "", limit: int = 12,
    ) -> tuple[Reason, ...]:
        """Those that hold every typed syllable, with or without marks, as a beginning; a whole phrase and right
        marks first, then the nearest to the procedure. Nothing typed: as `suggested`."""
        asked = plain_syllables(typed)
        if not asked:
            return self.suggested(act, procedure=procedure, field=field)[:limit]
        marked = [syllable for syllable in spelt_syllables(typed) if has_marks(syllable)]
        found = [
            (-each.worth(asked, marked), nearness, number, each.reason)
            for number, each in enumerate(self._indexed)
            if each.reason.act is act and each.holds(asked)
            and (nearness := _nearness(each.reason, procedure, field)) < _ELSEWHERE
        ]
        return tuple(reason for *_, reason in sorted(found, key=lambda hit: hit[:3])[:limit])


def parse_reasons(text: str) -> ReasonLibrary:
    """The library in JSON `text`, whole or not at all. Raises ValueError: the file ships with the program."""
    body = json.loads(text)
    if body["schema"] != SCHEMA:
        raise ValueError(f"reasons of schema {body['schema']}")
    return ReasonLibrary(str(body["version"]), tuple(_reasons(body)))


def finished_reason(text: str) -> str:
    """The reason as it may be printed: one line, NFC.

    Refusals `reason_empty`, `reason_unfinished` (a GAP is left).
    """
    plain = " ".join(nfc(text).split())
    if not plain:
        raise Refusal("reason_empty")
    if GAP in plain:
        raise Refusal("reason_unfinished")
    return plain


_PROCEDURE, _FIELD, _GENERAL, _SISTER, _ELSEWHERE = range(5)


def _nearness(reason: Reason, procedure: str, field: str) -> int:
    """How near a reason is to a dossier: a sister procedure's may be searched for, another field's may not.
    Without a procedure and a field everything may be searched for."""
    if procedure and procedure in reason.procedures:
        return _PROCEDURE
    if not reason.field and not reason.procedures:
        return _GENERAL
    if reason.field and fold(reason.field) == fold(field):
        return _SISTER if reason.procedures else _FIELD
    return _ELSEWHERE if procedure or field else _SISTER


class _Indexed:
    """A reason as the search compares it: syllables with a blank before each."""

    def __init__(self, reason: Reason) -> None:
        said = (reason.text, *reason.words)
        self.reason = reason
        self._plain = "".join(f" {' '.join(plain_syllables(each))} |" for each in said)
        self._spelt = "".join(f" {' '.join(spelt_syllables(each))} |" for each in said)

    def holds(self, asked: list[str]) -> bool:
        return all(f" {syllable}" in self._plain for syllable in asked)

    def worth(self, asked: list[str], marked: list[str]) -> int:
        """More for syllables that stand together, and for each with the marks that were typed."""
        together = len(asked) * (f" {' '.join(asked)}" in self._plain)
        return together + sum(f" {each}" in self._spelt for each in marked)


def _reasons(body: Mapping[str, Any]) -> Iterator[Reason]:
    for part in body["acts"]:
        act = Act(part["act"])
        for row in part["reasons"]:
            texts = dict(row)
            procedures, words = (tuple(texts.pop(name, ())) for name in ("procedures", "words"))
            yield Reason(act=act, procedures=procedures, words=words, **texts)
