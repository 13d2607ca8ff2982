"""A key as letters that a person can read out, type and check: 13 groups of five.

    0H4KQ-…        four letters of Crockford's alphabet and a fifth that checks them

The check letter is reckoned over GF(32), each place with another factor and the number of the group among them: it
finds every single wrong letter, every two neighbours in wrong order and two groups in each other's place, and
says in which group. The last group holds four bits more than the key has; they are zero.

A square code holds the same key as 80 digits, the last two of which check the rest (ISO 7064, MOD 97-10): whatever
keyboard layout or input method stands between a scanner and the program, digits come through it.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"      # Crockford: nothing that is misread over the telephone
KEY_BYTES = 32
GROUPS = 13
DIGITS = 80
_DATA = 4
_SPARE_BITS = GROUPS * _DATA * 5 - KEY_BYTES * 8
_ALIKE = str.maketrans("OIL", "011")


class WrongLetters(ValueError):
    """Not the letters of a key. `group`: the first wrong one, from 1; 0 where their number is wrong: `letters`, or
    where they are the digits of a square code that do not check: `is_square`."""

    def __init__(self, group: int, letters: int, *, is_square: bool = False) -> None:
        super().__init__(f"group {group}, {letters} letters")
        self.group, self.letters, self.is_square = group, letters, is_square


def key_letters(key: bytes) -> tuple[str, ...]:
    """The groups of a 32-byte key, in the order in which they are read."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    number = int.from_bytes(key, "big") << _SPARE_BITS
    values = [number >> 5 * place & 31 for place in reversed(range(GROUPS * _DATA))]
    groups = [values[start : start + _DATA] for start in range(0, len(values), _DATA)]
    return tuple("".join(ALPHABET[each] for each in (*group, _check(n, group)))
                 for n, group in enumerate(groups, start=1))


def read_key_letters(text: str) -> bytes:
    """The key that was typed or scanned; blanks, dashes and small letters as they come. Raises WrongLetters."""
    letters = plain_letters(text)
    if len(letters) == DIGITS and letters.isascii() and letters.isdecimal():
        return _read_digits(letters)
    size = _DATA + 1
    number = 0
    for start in range(0, min(len(letters), GROUPS * size), size):
        group, values = start // size + 1, [ALPHABET.find(each) for each in letters[start : start + size]]
        if len(values) < size:
            break
        if min(values) < 0 or _check(group, values[:_DATA]) != values[_DATA]:
            raise WrongLetters(group, len(letters))
        for value in values[:_DATA]:
            number = number << 5 | value
    if len(letters) != GROUPS * size:
        raise WrongLetters(0, len(letters))
    if number & (1 << _SPARE_BITS) - 1:
        raise WrongLetters(GROUPS, len(letters))
    return (number >> _SPARE_BITS).to_bytes(KEY_BYTES, "big")


def key_digits(key: bytes) -> str:
    """The key as a square code holds it."""
    number = int.from_bytes(key, "big") * 100
    return f"{number + 98 - number % 97:0{DIGITS}d}"


def _read_digits(digits: str) -> bytes:
    number = int(digits)
    if number % 97 != 1 or number // 100 >= 1 << KEY_BYTES * 8:
        raise WrongLetters(0, DIGITS, is_square=True)
    return (number // 100).to_bytes(KEY_BYTES, "big")


def plain_letters(text: str) -> str:
    """As they are compared: capitals, nothing between; O, I, L mean 0, 1, 1."""
    return "".join(each for each in text.upper() if each.isalnum()).translate(_ALIKE)


def _check(group: int, values: list[int]) -> int:
    found = 0
    for factor, value in enumerate((group, *values), start=2):
        found ^= times(factor, value)
    return found


def times(one: int, two: int) -> int:
    """The product of two elements of GF(32), by x⁵ + x² + 1."""
    product = 0
    while two:
        if two & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        two >>= 1
    return product
