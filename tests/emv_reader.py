"""Takes a payment square's text apart as a banking app would; shares nothing with the writer."""

from __future__ import annotations

from dataclasses import dataclass, field

_NESTED = {"38": {"01": {}}, "62": {}}


@dataclass
class Fields:
    """Plain values and groups of one level, by their two digits."""

    values: dict[str, str] = field(default_factory=dict)
    groups: dict[str, Fields] = field(default_factory=dict)


def read_square(text: str) -> Fields:
    """The fields of a whole square. Raises ValueError where a bank would refuse to read on."""
    body, name, check = text[:-8], text[-8:-4], text[-4:]
    if name != "6304" or f"{_division_check(text[:-4]):04X}" != check:
        raise ValueError("check")
    return _read(body, _NESTED)


def _read(text: str, nested: dict) -> Fields:
    found = Fields()
    while text:
        name, length = text[:2], text[2:4]
        if not (name.isascii() and name.isdigit() and length.isascii() and length.isdigit()):
            raise ValueError(f"no field at {text!r}")
        value, text = text[4:4 + int(length)], text[4 + int(length):]
        if len(value) != int(length) or not value or name in found.values or name in found.groups:
            raise ValueError(f"field {name}")
        if name in nested:
            found.groups[name] = _read(value, nested[name])
        else:
            found.values[name] = value
    return found


def _division_check(text: str) -> int:
    """CRC-16/CCITT-FALSE as the remainder of one long division over GF(2), the bits as one big integer."""
    data = text.encode("ascii")
    bits = len(data) * 8
    dividend = (int.from_bytes(data, "big") << 16) ^ (0xFFFF << bits)
    for at in range(bits + 15, 15, -1):
        if dividend >> at & 1:
            dividend ^= 0x11021 << (at - 16)
    return dividend
