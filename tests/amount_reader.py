"""Reads an amount in words back to figures, by the grammar of a listener; shares nothing with the writer.

It is strict: what is understood but wrong ("mười năm", "hai mươi một", a forgotten "không trăm") is refused,
because a receipt with it is wrong.
"""

from __future__ import annotations

import re

_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PLAIN = {word: value for value, word in enumerate(_UNITS, 1)}
_AFTER_MUOI = {**{word: value for word, value in _PLAIN.items() if value != 5}, "lăm": 5}
_AFTER_MUOI_TENS = {"mốt": 1, "tư": 4, "lăm": 5,
                    **{word: value for word, value in _PLAIN.items() if value not in (1, 4, 5)}}


def _one_of(words: dict[str, int]) -> str:
    return "|".join(words)


_BELOW_HUNDRED = (
    rf"(?P<ten>mười)(?: (?P<teen>{_one_of(_AFTER_MUOI)}))?"
    rf"|(?P<tens>{'|'.join(_UNITS[1:])}) mươi(?: (?P<unit>{_one_of(_AFTER_MUOI_TENS)}))?"
)
_SHORT = re.compile(rf"(?:{_BELOW_HUNDRED}|(?P<alone>{_one_of(_PLAIN)}))")
_FULL = re.compile(
    rf"(?P<hundreds>không|{_one_of(_PLAIN)}) trăm"
    rf"(?: (?:(?:linh|lẻ) (?P<alone>{_one_of(_PLAIN)})|{_BELOW_HUNDRED}))?"
)


def read_amount(text: str) -> int:
    """The đồng that `text` says. Raises ValueError for what no careful clerk would write."""
    if text == "Không đồng":
        return 0
    if text[:1].upper() != text[:1] or not text.endswith(" đồng") or len({"linh", "lẻ"} & set(text.split())) > 1:
        raise ValueError(text)
    rest = text[:1].lower() + text[1:].removesuffix("đồng").rstrip()
    total, seen_any = 0, False
    above, has_billions, below = rest.partition("tỷ")
    parts = ((above, 1_000_000_000), (below, 1)) if has_billions else ((rest, 1),)
    for part, unit in parts:
        for name, scale in (("triệu", 1_000_000), ("nghìn", 1_000), ("", 1)):
            head, found, tail = part.partition(name) if name else (part, True, "")
            if not found or not head.strip():
                if name and found:
                    raise ValueError(text)
                continue
            value = _group(head.strip(), seen_any)
            if value is None:
                raise ValueError(text)
            total += value * scale * unit
            seen_any, part = True, tail
    if not seen_any:
        raise ValueError(text)
    return total


def _group(words: str, seen_any: bool) -> int | None:
    """A group of three; after another group its hundreds are always said, even when there are none."""
    found = _FULL.fullmatch(words)
    if found is None and not seen_any:
        found = _SHORT.fullmatch(words)
    elif found is not None and found["hundreds"] == "không" and not seen_any:
        return None
    if found is None:
        return None
    said = found.groupdict()
    value = _PLAIN.get(said.get("hundreds") or "", 0) * 100 + _PLAIN.get(said["alone"] or "", 0)
    if said["ten"]:
        value += 10 + _AFTER_MUOI.get(said["teen"] or "", 0)
    if said["tens"]:
        value += _PLAIN[said["tens"]] * 10 + _AFTER_MUOI_TENS.get(said["unit"] or "", 0)
    return value or None
