"""What the province says of a fault that is known: which versions have it, how to tell, what to do.

The operator's file is a list of these; each is signed by itself and carried as text. `app.domain.known_problem`
reads it at the counter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sync.contract.codec import Id, MalformedMessage, from_json
from sync.contract.limits import MAX_TEXT

KIND = "known_problem"
MOST = 30
"""Of one list: more would be read by nobody."""
MOST_LETTERS = {"title": 120, "sign": 700, "act": 700}
_VERSION = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){0,3}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Said:
    """In one language: what it is, how to recognise it, what to do meanwhile."""

    title: str
    sign: str
    act: str


@dataclass(frozen=True, slots=True)
class KnownProblemText:
    """`since` and `until` are the first and the last version that has it; until "": it is not mended yet."""

    id: Id
    since: str
    noted: str                                     # day, as the operator dates it
    vi: Said
    en: Said
    until: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise MalformedMessage("id", "not_an_id")
        for name, version in (("since", self.since), ("until", self.until or self.since)):
            if not _VERSION.fullmatch(version):
                raise MalformedMessage(name, "not_a_version")
        try:
            date.fromisoformat(self.noted)
        except ValueError as error:
            raise MalformedMessage("noted", "not_a_day") from error
        for language, said in (("vi", self.vi), ("en", self.en)):
            for name, most in MOST_LETTERS.items():
                if not 0 < len(getattr(said, name).strip()) <= most:
                    raise MalformedMessage(f"{language}.{name}", "length")
        if len(self.to_payload()) > MAX_TEXT:
            raise MalformedMessage("", "too_long")

    def to_payload(self) -> str:
        """The exact text that is signed."""
        return json.dumps(asdict(self) | {"kind": KIND}, ensure_ascii=False, sort_keys=True,
                          separators=(",", ":"))


def read_list(content: Any) -> tuple[KnownProblemText, ...]:
    """The operator's list, checked. Raises MalformedMessage."""
    if not isinstance(content, list) or len(content) > MOST:
        raise MalformedMessage("", "not_a_list")
    found = []
    for number, each in enumerate(content):
        try:
            found.append(from_json(KnownProblemText, each))
        except MalformedMessage as error:
            raise MalformedMessage(f"[{number}].{error.where}", error.what) from error
    if len({each.id for each in found}) != len(found):
        raise MalformedMessage("id", "twice")
    return tuple(found)


def problems_digest(payloads: Iterable[str]) -> str:
    """Names a list, in whatever order: a counter that has it needs not hear it again."""
    held: Sequence[str] = sorted(payloads)
    return hashlib.sha256("\n".join(held).encode()).hexdigest()
