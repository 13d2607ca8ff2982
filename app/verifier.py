"""Check a journal export without this application: one file, standard library only, copy it anywhere.

    python verifier.py journal.jsonl            exit 0: whole; 1: broken; 2: not a journal

An export is JSON lines: a head line with the device's public key, then one line an operation with `payload`
(the exact signed text), `hash` (SHA-256 of it) and `signature` (Ed25519, RFC 8032). What is checked: each
hash, each signature, that `prev` names the line before, that sequence numbers have no gap inside an epoch, and
that no intent, operation id or number stands twice. Nothing here is shared with the program that wrote it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "quay-mot-cua-journal-1"
GENESIS = "0" * 64

# Ed25519, RFC 8032 section 5.1: the curve, its base point and group order.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
BASE_Y = 4 * pow(5, P - 2, P) % P

Point = tuple[int, int, int, int]
"""Extended homogeneous coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""


def _recover_x(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _is_same(one: Point, other: Point) -> bool:
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


def _decompress(raw: bytes) -> Point | None:
    value = int.from_bytes(raw, "little")
    y, sign = value & ((1 << 255) - 1), value >> 255
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _base() -> Point:
    x = _recover_x(BASE_Y, 0)
    assert x is not None
    return x, BASE_Y, 1, x * BASE_Y % P


BASE = _base()


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the Ed25519 signature of `message` by the holder of `public_key`."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = _decompress(public_key), _decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    factor = int.from_bytes(challenge, "little") % ORDER
    return _is_same(_times(scalar, BASE), _add(commitment, _times(factor, key)))


@dataclass
class Findings:
    """What was found: `operations` read, the last place of each epoch, and each break as (line, what)."""

    operations: int = 0
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    breaks: list[tuple[int, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": not self.breaks,
            "operations": self.operations,
            "epochs": [
                {"epoch": epoch, "seq": seq, "head": head} for epoch, (seq, head) in sorted(self.heads.items())
            ],
            "breaks": [{"line": line, "what": what} for line, what in self.breaks],
        }


class NotAJournalError(ValueError):
    """The file does not begin as a journal export."""


def verify_lines(lines: Iterable[str]) -> Findings:
    """Check every line. Raises NotAJournalError when the head line is not one."""
    numbered = enumerate(lines, start=1)
    try:
        _, first = next(numbered)
        head = json.loads(first)
        device, public_key = head["device"], bytes.fromhex(head["public_key"])
        if head["format"] != FORMAT:
            raise NotAJournalError(str(head["format"]))
    except (StopIteration, ValueError, KeyError, TypeError) as error:
        raise NotAJournalError("no head line") from error
    findings = Findings()
    seen: dict[str, set[str]] = {"op_id": set(), "intent": set(), "number": set()}
    for number, line in numbered:
        if not line.strip():
            continue
        findings.operations += 1
        for what in _check_line(line, device, public_key, findings, seen):
            findings.breaks.append((number, what))
    return findings


def _check_line(
    line: str, device: str, public_key: bytes, findings: Findings, seen: dict[str, set[str]]
) -> Iterable[str]:
    try:
        outer = json.loads(line)
        payload, stated, signature = outer["payload"], outer["hash"], bytes.fromhex(outer["signature"])
        inner = json.loads(payload)
        epoch, seq, prev = inner["epoch"], inner["seq"], inner["prev"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield "unreadable"
        return
    raw = payload.encode()
    if hashlib.sha256(raw).hexdigest() != stated:
        yield "hash_differs"
    if not is_signed(public_key, raw, signature):
        yield "signature_wrong"
    if inner.get("device") != device:
        yield "other_device"
    last_seq, last_hash = findings.heads.get(epoch, (0, GENESIS))
    if seq != last_seq + 1:
        yield "gap_in_sequence"
    if prev != last_hash:
        yield "chain_broken"
    findings.heads[epoch] = (seq, hashlib.sha256(raw).hexdigest())
    for name, values in seen.items():
        value = inner.get(name)
        if value is not None:
            if value in values:
                yield f"{name}_twice"
            values.add(value)


def verify_file(path: Path) -> Findings:
    """Check the export at `path`. Raises OSError or NotAJournalError."""
    with path.open(encoding="utf-8") as handle:
        return verify_lines(handle)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: verifier.py JOURNAL.jsonl\n")
        return 2
    try:
        findings = verify_file(Path(arguments[0]))
    except (OSError, UnicodeDecodeError, NotAJournalError) as error:
        sys.stdout.write(json.dumps({"ok": False, "reason": "not_a_journal", "detail": str(error)}) + "\n")
        return 2
    sys.stdout.write(json.dumps(findings.to_json(), ensure_ascii=False) + "\n")
    return 1 if findings.breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
