"""Values as the national message writes them: all of them text."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sync.gateway.times import LOCAL

LIMITS: Mapping[str, int] = {
    "TrichYeuHoSo": 1_000, "TenTepDinhKem": 4_000, "TenGiayTo": 2_000, "NguoiXuLy": 50,
}
"""Letters that a provincial system was seen to take (domain facts 5.4); a province adds or changes its own."""

CUT = "…"
LONGEST_CODE = 50
"""Letters of MaHoSo. A code is never cut: cut, it would be another dossier's."""


class Unsayable(ValueError):
    """This dossier cannot be told in the national message; `reason` is a code, `where` a field."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason}: {where}")
        self.reason = reason
        self.where = where


def when(moment: datetime | None) -> str:
    """`yyyyMMddHHmmss` of the clock on the wall in Việt Nam; "" for no moment."""
    return moment.astimezone(LOCAL).strftime("%Y%m%d%H%M%S") if moment else ""


def truth(value: bool) -> str:
    return "True" if value else "False"


def text(value: object) -> str:
    """One form of Vietnamese letters, and nothing that a database refuses."""
    if not isinstance(value, str):
        return ""
    plain = unicodedata.normalize("NFC", value).encode(errors="replace").decode()
    return "".join(letter for letter in plain if letter in "\n\t" or unicodedata.category(letter) != "Cc").strip()


def folded(value: str) -> str:
    """Lower case without diacritics, for comparing the other side's words."""
    bare = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


def fit(message: dict[str, Any], limits: Mapping[str, int]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The message with every text inside its limit, and the paths of those that were cut: each ends with "…"."""
    allowed = {**LIMITS, **limits}
    cuts: list[str] = []

    def walk(value: Any, path: str, name: str) -> Any:
        if isinstance(value, dict):
            return {key: walk(each, f"{path}.{key}" if path else key, key) for key, each in value.items()}
        if isinstance(value, list):
            return [walk(each, f"{path}[{n}]", name) for n, each in enumerate(value)]
        limit = allowed.get(name)
        if limit is None or len(value) <= limit:
            return value
        cuts.append(f"{path} {len(value)}>{limit}")
        return value[:limit - len(CUT)].rstrip() + CUT

    return walk(message, "", ""), tuple(cuts)


def digest(value: Any) -> str:
    """Hex SHA-256 of the value as JSON; equal values give equal digests."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()
