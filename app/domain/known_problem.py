"""A fault of this program that the province knows of: which versions have it, how to tell, what to do.

The words come from outside and are shown as they are: text, never markup, on lines of our own.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.text import nfc

KIND = "known_problem"
_MOST_LETTERS = 1_000
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Control and format characters: nothing that turns the line round or hides in it."""


@dataclass(frozen=True, slots=True)
class Told:
    title: str
    sign: str                                      # how to recognise it
    act: str                                       # what to do meanwhile


@dataclass(frozen=True, slots=True)
class KnownProblem:
    """`since` and `until`: the first and last version that has it; until "" while it is not mended."""

    id: str
    since: str
    until: str
    noted: date
    told: Mapping[str, Told]                       # by language

    def concerns(self, version: str) -> bool:
        """Whether `version` has it. A version that cannot be read is taken to have everything."""
        mine = _numbers(version)
        if mine is None:
            return True
        first, last = _numbers(self.since), _numbers(self.until) if self.until else None
        return (first is None or mine >= first) and (last is None or mine <= last)

    def words(self, language: str) -> Told:
        return self.told.get(language, self.told["vi"])

    @classmethod
    def from_payload(cls, payload: str) -> KnownProblem:
        """Raises ValueError when the text is no such problem. What this program does not know is passed by."""
        try:
            said = dict(json.loads(payload))
            if said["kind"] != KIND:
                raise ValueError("not a known problem")
            told = {language: _told(said[language]) for language in ("vi", "en")}
            return cls(_line(said["id"]), _line(said["since"]), _line(said.get("until", "")),
                       date.fromisoformat(said["noted"]), told)
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not a known problem") from error


def _told(said: Mapping[str, Any]) -> Told:
    told = Told(_line(said["title"]), _line(said["sign"]), _line(said["act"]))
    if not (told.title and told.sign and told.act):
        raise ValueError("not a known problem")
    return told


def _line(text: Any) -> str:
    """One line of plain letters."""
    if not isinstance(text, str):
        raise ValueError("not a known problem")
    spaced = " ".join(text.split())
    return nfc("".join(each for each in spaced if unicodedata.category(each) not in _DROPPED))[:_MOST_LETTERS]


def _numbers(version: str) -> tuple[int, ...] | None:
    """"0.3.1+7" as (0, 3, 1, 0); None for what begins with no number."""
    parts = version.partition("+")[0].partition("-")[0].partition("~")[0].split(".")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    found = [int(part[:9]) for part in parts[:4]]
    return tuple(found + [0] * (4 - len(found)))
