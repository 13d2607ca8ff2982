"""What a good secret of one's own is, and how a personal code is read.

Six characters are enough because guessing costs (`lockout`) and a copied book is worth nothing without the key
that the verifier is bound to; so what matters is that nobody tries the right one first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.text import fold, nfc

LEAST, MOST = 6, 128
FAULTS = ("secret_short", "secret_long", "secret_row", "secret_often", "secret_date", "secret_own",
          "secret_id_number")
"""All that `secret_fault` answers."""
_LEAST_OTHER = 3                                   # different characters
_OFTEN = frozenset({
    "123456", "123456789", "123123", "112233", "123321", "159753", "147258", "abc123", "abcd1234", "qwerty",
    "qwe123", "1q2w3e", "1q2w3e4r", "password", "matkhau", "buudien", "motcua", "admin",
    "iloveyou", "anhyeuem", "vietnam",
})
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def read_secret(typed: str) -> str:
    """As it is compared: the same letters however they were composed. Blanks count."""
    return nfc(typed)


def read_code(typed: str) -> str:
    """A personal code as it is compared: capitals, no dashes or blanks; O, I, L mean 0, 1, 1."""
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return letters.translate(str.maketrans("OIL", "011"))


def secret_fault(secret: str, about: Iterable[str] = ()) -> str:
    """Why `secret` is no good one; "" when it is. `about`: what everybody knows of her (id, name, account names).

    Codes: `secret_short` `secret_long` `secret_row` (one character or a run) `secret_often` `secret_date` (a
    birthday is tried first) `secret_own` (part of what is known of her) `secret_id_number`.
    """
    said = read_secret(secret)
    if len(said) < LEAST:
        return "secret_short"
    if len(said) > MOST:
        return "secret_long"
    plain = fold(said).replace(" ", "")
    if len(set(said)) < _LEAST_OTHER or _is_row(plain):
        return "secret_row"
    if plain in _OFTEN or plain.rstrip("0123456789!@#.") in _OFTEN:
        return "secret_often"
    if said.isascii() and said.isdigit():
        if len(said) in (9, 12):
            return "secret_id_number"
        if _is_day(said):
            return "secret_date"
    if any(_is_part(plain, fold(each).replace(" ", "")) for each in about):
        return "secret_own"
    return ""


def _is_row(plain: str) -> bool:
    runs = (*_ROWS, *(row[::-1] for row in _ROWS))
    return any(plain in row for row in runs)


def _is_part(plain: str, known: str) -> bool:
    """The one lies in the other; of short words nothing is said, they are parts of many."""
    return len(known) >= 4 and (known in plain or plain in known)


def _is_day(digits: str) -> bool:
    """Whether somebody may have been born on it: ddmmyy, ddmmyyyy or yyyymmdd."""
    if len(digits) == 6:
        day, month, year = int(digits[:2]), int(digits[2:4]), 2000 + int(digits[4:])
        return any(_exists(each, month, day) for each in (year, year - 100))
    if len(digits) != 8:
        return False
    told = (
        (int(digits[4:]), int(digits[2:4]), int(digits[:2])), (int(digits[:4]), int(digits[4:6]), int(digits[6:])),
    )
    return any(1900 <= year < 2100 and _exists(year, month, day) for year, month, day in told)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
