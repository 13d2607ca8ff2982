"""What a clerk reads to support over the telephone: ten letters that say how her machine stands.

    K7QM4-2MX8P        two groups of five; large or small, with or without the dash; O is 0, I and L are 1

The letters of `key_letters`, five bits a letter, the highest first:

    layout 2 · error 11 · version 7 + 7 + 7 · waiting 3 · line, medium, disk, clock, practice 1 each · contact 3
    · check letter: the sum of each letter times its own power of x, in the field of 32 elements

So one wrong letter, or two that changed places, never give another code: each letter has a factor of its own that
is not zero. A fixed pattern lies over the nine letters, for a row of zeros is miscounted when it is read aloud.
Nothing in a code comes from a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sync.contract.key_letters import ALPHABET, plain_letters, times

LENGTH = 10
GROUP = 5
MOST_ERROR = (1 << 11) - 1
MOST_PART = (1 << 7) - 1
"""Of a version; a larger one is said as this one."""

_LAYOUT = 0
_OVER = 0b10110_00111_01001_11010_00101_10011_01110_11001_00110
_X = 2                                 # of the field


class Waiting(IntEnum):
    """How many operations wait for the province: the smallest number of each class is in `WAITING_FROM`."""

    NONE = 0
    FEW = 1
    TENS = 2
    MANY = 3
    HUNDREDS = 4
    THOUSANDS = 5
    UNKNOWN = 7


WAITING_FROM = {Waiting.FEW: 1, Waiting.TENS: 10, Waiting.MANY: 50, Waiting.HUNDREDS: 200, Waiting.THOUSANDS: 1000}


class Contact(IntEnum):
    """How long ago the province last answered; the greatest age of each class, in minutes: `CONTACT_WITHIN`."""

    NOW = 0
    TODAY = 1
    DAY = 2
    DAYS = 3
    WEEK = 4
    LONGER = 5
    NEVER = 6
    UNKNOWN = 7


CONTACT_WITHIN = {Contact.NOW: 15, Contact.TODAY: 240, Contact.DAY: 1440, Contact.DAYS: 4320, Contact.WEEK: 10080}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a code says. `error` 0: none, or one without a number; `version` (0, 0, 0): run from its source."""

    version: tuple[int, int, int] = (0, 0, 0)
    error: int = 0
    waiting: Waiting = Waiting.UNKNOWN
    contact: Contact = Contact.UNKNOWN
    is_line_down: bool = False
    is_medium_missing: bool = False
    is_disk_low: bool = False
    is_clock_doubtful: bool = False
    is_practice: bool = False


class NotACode(ValueError):
    """`what`: "length", "letter" (at `place`, from 1), "check" or "layout" (made by a newer program)."""

    def __init__(self, what: str, place: int = 0) -> None:
        super().__init__(what)
        self.what, self.place = what, place


def waiting_class(count: int) -> Waiting:
    """The class of so many operations."""
    return max((each for each, least in WAITING_FROM.items() if count >= least), default=Waiting.NONE)


def contact_class(minutes: float | None) -> Contact:
    """The class of that age; None: never. A contact of the future (the clock was set back) counts as now."""
    if minutes is None:
        return Contact.NEVER
    return min((each for each, most in CONTACT_WITHIN.items() if minutes <= most), default=Contact.LONGER)


def version_numbers(version: str) -> tuple[int, int, int]:
    """"1.4.2", "1.4.2.dev3+g12" → (1, 4, 2); (0, 0, 0) for what is no version."""
    parts = [part for part in version.partition("+")[0].split(".") if part.isascii() and part.isdigit()][:3]
    one, two, three = (min(int(part), MOST_PART) for part in (*parts, "0", "0", "0")[:3])
    return one, two, three


def write_code(standing: Standing) -> str:
    """The code of a standing; the same standing gives the same code."""
    value = _LAYOUT
    flags = (standing.is_line_down, standing.is_medium_missing, standing.is_disk_low, standing.is_clock_doubtful,
             standing.is_practice)
    fields = ((standing.error, 11), *((part, 7) for part in standing.version), (int(standing.waiting), 3),
              *((int(flag), 1) for flag in flags), (int(standing.contact), 3))
    for number, bits in fields:
        if not 0 <= number < 1 << bits:
            raise ValueError("out of range")
        value = value << bits | number
    letters = _letters(value ^ _OVER)
    text = "".join(ALPHABET[letter] for letter in (*letters, _check(letters)))
    return f"{text[:GROUP]}-{text[GROUP:]}"


def read_code(text: str) -> Standing:
    """What a code says. Raises NotACode; never gives back another standing for a letter that was misheard."""
    plain = plain_letters(text)
    for place, sign in enumerate(plain, 1):
        if sign not in ALPHABET:
            raise NotACode("letter", place)
    if len(plain) != LENGTH:
        raise NotACode("length")
    *letters, check = (ALPHABET.index(sign) for sign in plain)
    if _check(letters) != check:
        raise NotACode("check")
    value = 0
    for letter in letters:
        value = value << 5 | letter
    value ^= _OVER

    def take(bits: int) -> int:
        nonlocal value
        found = value & (1 << bits) - 1
        value >>= bits
        return found

    contact, practice, clock, disk, medium, line = take(3), take(1), take(1), take(1), take(1), take(1)
    waiting, three, two, one, error = take(3), take(7), take(7), take(7), take(11)
    if value != _LAYOUT or waiting not in set(Waiting):
        raise NotACode("layout")
    flags = (bool(flag) for flag in (line, medium, disk, clock, practice))
    return Standing((one, two, three), error, Waiting(waiting), Contact(contact), *flags)


def _letters(value: int) -> list[int]:
    return [value >> 5 * place & 31 for place in reversed(range(LENGTH - 1))]


def _check(letters: list[int]) -> int:
    """Σ letter · xⁿ; the powers of x are all different, because 31 is prime and there are fewer letters."""
    total = 0
    for letter in letters:
        total = times(_X, total ^ letter)
    return total
