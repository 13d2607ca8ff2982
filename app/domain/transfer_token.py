"""The token by which a bank transfer finds its dossier again, whatever a bank does to the purpose on the way.

Banks drop dots and dashes, change case, insert blanks, put their own words around, or cut the end. So the purpose
carries both the code without its dots and dashes and a short token with a check sign; a statement is searched for
either. The token is eight signs that a citizen can also copy from a slip: no vowel and no D, J or W, which
Vietnamese typing (Telex, VNI) would turn into other letters, and none of 0, 1, I, L, O, which look alike.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.dossier_code import parse_code
from app.domain.vietqr import MOST_PURPOSE
from app.errors import Refusal

MARK = "Q"                         # begins each token and stands nowhere else in one
SIGNS = "23456789BCFGHKMNPRSTVXZ"  # 23 of them: a prime, so the check finds every wrong and every swapped sign
LENGTH = 8                         # mark, six signs, check: 148 million tokens; an office awaits some hundred


@dataclass(frozen=True, slots=True)
class Awaited:
    """A transfer that is waited for: of a dossier (its code in either form) or of a slip (its number).

    `collection` tells two collections of one dossier apart, "" where there is but one.
    """

    code: str
    collection: str = ""


def transfer_token(code: str, collection: str = "") -> str:
    """The token of a dossier or slip: "Q" and seven signs, the same on every machine and for both forms of a code.

    Raises ValueError for an empty code.
    """
    key = _key(code)
    if not key:
        raise ValueError("a token is of something")
    seed = int.from_bytes(hashlib.sha256(f"{key}\n{collection}".encode()).digest()[:16], "big")
    signs = []
    for _ in range(LENGTH - 2):
        seed, at = divmod(seed, len(SIGNS))
        signs.append(SIGNS[at])
    return MARK + "".join(signs) + _check("".join(signs))


def transfer_purpose(code: str, collection: str = "") -> str:
    """Code and token for `vietqr.payload`, at most 25 plain signs; the token alone where both are too long."""
    token = transfer_token(code, collection)
    said = f"{_squeezed(_key(code))} {token}"
    return said if len(said) <= MOST_PURPOSE and said.isascii() else token


def is_token(text: str) -> bool:
    """Whether `text` is a whole token with the right check sign, in capitals."""
    return (len(text) == LENGTH and text[0] == MARK and all(sign in SIGNS for sign in text[1:])
            and _check(text[1:-1]) == text[-1])


class TransferFinder:
    """The awaited transfers, ready to be looked for in many lines of a statement."""

    def __init__(self, awaited: Iterable[Awaited]) -> None:
        self._by_token: dict[str, list[Awaited]] = defaultdict(list)
        self._by_code: dict[str, list[Awaited]] = defaultdict(list)
        for each in awaited:
            self._by_token[transfer_token(each.code, each.collection)].append(each)
            for text in {_squeezed(form) for form in _forms(each.code)}:
                self._by_code[text].append(each)
        self._lengths = sorted({len(text) for text in self._by_code}, reverse=True)

    def named_in(self, purpose: str) -> tuple[Awaited, ...]:
        """Whom the purpose names. Several when it does not say which of them: then a person decides.

        A token counts alone, for it is checked: beside one that nobody awaits (any more) the code says nothing,
        since one dossier may have two collections. A code counts where no digit follows at once: …0001 begins
        …00012 too. What the bank cut off is found by nobody.
        """
        signs, followers = _signs(purpose)
        parts = [signs[at:at + LENGTH] for at in range(len(signs) - LENGTH + 1)]
        tokens = [part for part in parts if is_token(part)]
        found = [each for token in tokens for each in self._by_token.get(token, ())]
        return tuple(dict.fromkeys(found if tokens else self._named_by_code(signs, followers)))

    def _named_by_code(self, signs: str, followers: list[str]) -> list[Awaited]:
        found: list[Awaited] = []
        for at in range(len(signs)):
            for length in self._lengths:
                each = self._by_code.get(signs[at:at + length]) if at + length <= len(signs) else None
                if each and not followers[at + length - 1].isdigit():
                    found += each
                    break                      # a shorter code at the same place is only this one's beginning
        return found


def _key(code: str) -> str:
    try:
        return parse_code(code).key
    except Refusal:                            # not a dossier's: a slip's number is its own key
        return code.strip().upper()


def _forms(code: str) -> tuple[str, ...]:
    """As it is given, and both forms of a dossier's: a citizen copies the one on her paper."""
    try:
        parts = parse_code(code)
    except Refusal:
        return (code,)
    low, middle, high = (0, 0, 0, *reversed(parts.units))[-3:]
    return code, parts.key, f"{low:03d}.{middle:02d}.{high:02d}.{parts.top}{parts.key[len(parts.agency_key):]}"


def _squeezed(text: str) -> str:
    return _signs(text)[0]


def _signs(text: str) -> tuple[str, list[str]]:
    """Capital letters and digits of `text` without marks, and for each the sign that follows it in the text."""
    plain = [sign for sign in unicodedata.normalize("NFKD", text.upper().replace("Đ", "D"))
             if not unicodedata.combining(sign)]
    kept = [(sign, after) for sign, after in zip(plain, [*plain[1:], " "], strict=False)
            if sign.isascii() and sign.isalnum()]
    return "".join(sign for sign, _ in kept), [after for _, after in kept]


def _check(signs: str) -> str:
    return SIGNS[sum(at * SIGNS.index(sign) for at, sign in enumerate(signs, 2)) % len(SIGNS)]
