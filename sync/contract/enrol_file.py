"""The file (or square code) with which a machine joins the province: everything that else would be typed.

    {"quay-mot-cua": "enrolment 1", "payload": "…", "signature": "…"}

`payload` is JSON of `EnrolFile`, signed by the province. Before a machine is enrolled it knows no province, so the
signature tells it nothing yet; once the province has answered it is checked against the key that came, and only
then do settings and lock of the file count. A square code holds the same bytes, packed and written as digits: no
keyboard layout and no input method between scanner and program changes those.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.contract.codec import Id, JsonObject, MalformedMessage, Name, dumps, loads
from sync.contract.inflated import inflated
from sync.contract.messages import Signed

KIND = "enrolment 1"
_MARK = "quay-mot-cua"
MAX_FILE = 32 * 1024
_FEWEST_DIGITS = 100
SETTINGS = frozenset({"printers", "scanning", "byte_window"})
"""Settings of a machine that a file may bring."""
LOCKABLE = SETTINGS | {"second_copy"}
"""Settings that the province may keep for itself."""


class NotAnEnrolFile(ValueError):
    """`what`: "garbage", or "newer" for a file of a newer program."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class EnrolFile:
    """`ca`: PEM of whom alone to believe about the gateway, "" for the system's own. `until`: of the code."""

    gateway: Name
    code: Id
    office: Name
    counter: Name
    until: Id
    ca: str = ""
    settings: Mapping[str, JsonObject] = field(default_factory=dict)
    lock: tuple[Id, ...] = ()

    def __post_init__(self) -> None:
        if not SETTINGS.issuperset(self.settings) or not LOCKABLE.issuperset(self.lock):
            raise MalformedMessage("settings", "unknown")


def payload_of(file: EnrolFile) -> str:
    """What the province signs."""
    return f"{KIND}\n{dumps(file).decode()}"


def file_text(signed: Signed) -> str:
    """The file as it is carried."""
    return json.dumps({_MARK: KIND, "payload": signed.payload, "signature": signed.signature}, ensure_ascii=False)


def read_enrol_file(text: str) -> tuple[EnrolFile, Signed]:
    """What a file, or the digits of a square code, says. Raises NotAnEnrolFile."""
    plain = text.strip().removeprefix("\ufeff")
    if len(plain) > MAX_FILE:
        raise NotAnEnrolFile("garbage")
    if is_digits(plain):
        plain = _of_digits(plain)
    try:
        said = json.loads(plain)
        kind, signed = said[_MARK], Signed(said["payload"], said["signature"])
        if isinstance(kind, str) and kind != KIND and kind.startswith("enrolment "):
            raise NotAnEnrolFile("newer")
        head, _, body = signed.payload.partition("\n")
        _ = signed.signature_bytes
        if KIND not in (head, kind) or head != kind:
            raise NotAnEnrolFile("garbage")
        return loads(EnrolFile, body.encode()), signed
    except NotAnEnrolFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnEnrolFile("garbage") from error


def is_digits(text: str) -> bool:
    """Whether this looks like what a scanner typed of a square code, and not like a code that a person types."""
    return len(text) >= _FEWEST_DIGITS and text.isascii() and text.isdecimal()


def file_digits(signed: Signed) -> str:
    """The file as a square code holds it; the last two digits check the rest (ISO 7064, MOD 97-10)."""
    packed = b"\x01" + zlib.compress(file_text(signed).encode(), 9)
    number = int.from_bytes(packed, "big") * 100
    return _decimal(number + 98 - number % 97)


def _of_digits(digits: str) -> str:
    number = _number(digits)
    if number % 97 != 1:
        raise NotAnEnrolFile("garbage")
    number //= 100
    packed = number.to_bytes((number.bit_length() + 7) // 8, "big")
    try:
        return inflated(packed[1:], MAX_FILE).decode()
    except ValueError as error:
        raise NotAnEnrolFile("garbage") from error


_STEP = 4_000
"""Digits that Python turns into a number at once: more it refuses."""


def _number(digits: str) -> int:
    number = 0
    for start in range(0, len(digits), _STEP):
        part = digits[start : start + _STEP]
        number = number * 10 ** len(part) + int(part)
    return number


def _decimal(number: int) -> str:
    parts = []
    while number >= 10 ** _STEP:
        number, rest = divmod(number, 10 ** _STEP)
        parts.append(f"{rest:0{_STEP}d}")
    return "".join([str(number), *reversed(parts)])
