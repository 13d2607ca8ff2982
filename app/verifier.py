"""Check a journal export or a day's pack without this application: one file, standard library only.

    python verifier.py journal.jsonl|PACK.zip|PACK-folder [--key HEX]      exit 0: whole; 1: broken; 2: neither

A journal export is JSON lines: a head line with the device's public key, then one line an operation with `payload`
(the exact signed text), `hash` (SHA-256 of it) and `signature` (Ed25519, RFC 8032). What is checked: each
hash, each signature, that `prev` names the line before, that sequence numbers have no gap inside an epoch, and
that no intent, operation id or number stands twice. A day's extract begins in the middle of the chain: its head
line says behind which line, and the first line, signed, must name the same.

Money: the movements of each operation sum to zero and are what its own lines say; the minutes of each session
expect what its lines give; no receipt number stands twice; what the receipts say = what lies in drawers, bank
and safe + what counts found missing + what was handed on.

A pack is such an extract with readable lists beside it. `pack.json`, signed by the same key, names each file with
the hash of each line: whatever is changed has a file, a line and a name. Only the public key must be known from
elsewhere (`--key`): who makes a whole new pack signs it with another one. Even the key cannot make the lists say
what the journal does not: acts, receipts, entries and sessions are worked out from its lines again, and what a
list says otherwise is named by its line (all but the electronic receipt, which is the province's word). Nothing
here is shared with the program that wrote it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = "quay-mot-cua-journal-1"
PACK, MANIFEST, JOURNAL = "quay-mot-cua-pack-1", "pack.json", "journal.jsonl"
CONTAINER = "container"
"""Breaks of the zip around the files bear this name; their `line` is the byte."""
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
    """What was found: `operations` read, the last place of each epoch, and each break as (line, what).

    `starts`: (seq, hash) of the line behind which an extract begins, by epoch; a whole export has none. `earlier`:
    sessions that were opened before the first line, so that their minutes cannot be added up.
    """

    operations: int = 0
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    breaks: list[tuple[int, str]] = field(default_factory=list)
    starts: dict[int, tuple[int, str]] = field(default_factory=dict)
    earlier: list[str] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": not self.breaks,
            "operations": self.operations,
            "starts": _places(self.starts),
            "epochs": _places(self.heads),
            "money": dict(self.sums),
            "sessions_from_before": list(self.earlier),
            "breaks": [{"line": line, "what": what} for line, what in self.breaks],
        }


def _places(places: Mapping[int, tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"epoch": epoch, "seq": seq, "head": head} for epoch, (seq, head) in sorted(places.items())]


class NotAJournalError(ValueError):
    """The file does not begin as a journal export, or is no pack."""


def verify_lines(lines: Iterable[str]) -> Findings:
    """Check every line. Raises NotAJournalError when the head line is not one."""
    numbered = enumerate(lines, start=1)
    findings = Findings()
    try:
        _, first = next(numbered)
        head = json.loads(first)
        device, public_key = head["device"], bytes.fromhex(head["public_key"])
        if head["format"] != FORMAT:
            raise NotAJournalError(str(head["format"]))
        for start in head.get("starts", ()):
            findings.starts[start["epoch"]] = findings.heads[start["epoch"]] = (start["seq"], start["head"])
    except (StopIteration, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAJournalError("no head line") from error
    seen: dict[str, set[str]] = {"op_id": set(), "intent": set(), "number": set()}
    money, number = _Money(), 1
    for number, line in numbered:
        if not line.strip():
            continue
        findings.operations += 1
        for what in _check_line(line, device, public_key, findings, seen, money):
            findings.breaks.append((number, what))
    if not money.adds_up:
        findings.breaks.append((number, "receipts_do_not_add_up"))
    findings.earlier, findings.sums = sorted(money.earlier), money.sums()
    return findings


def _check_line(
    line: str, device: str, public_key: bytes, findings: Findings, seen: dict[str, set[str]], money: _Money
) -> Iterable[str]:
    try:
        outer = json.loads(line)
        payload, stated, signature = outer["payload"], outer["hash"], bytes.fromhex(outer["signature"])
        inner = json.loads(payload)
        epoch, seq, prev = inner["epoch"], inner["seq"], inner["prev"]
        raw = payload.encode()
        last_seq, last_hash = findings.heads.get(epoch, (0, GENESIS))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield "unreadable"
        return
    if hashlib.sha256(raw).hexdigest() != stated:
        yield "hash_differs"
    if not is_signed(public_key, raw, signature):
        yield "signature_wrong"
    if inner.get("device") != device:
        yield "other_device"
    if seq != last_seq + 1:
        yield "gap_in_sequence"
    if prev != last_hash:
        yield "chain_broken"
    findings.heads[epoch] = (seq, hashlib.sha256(raw).hexdigest())
    for name, values in seen.items():
        value = inner.get(name)
        if isinstance(value, str):
            if value in values:
                yield f"{name}_twice"
            values.add(value)
    try:
        yield from money.read(inner)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "money_unreadable"


class _Money:
    """The cash book as the lines tell it: by what people did, held against the movements written beside it."""

    def __init__(self) -> None:
        self.accounts: Counter[str] = Counter()
        self.receipts = self.collected = self.handed_on = 0
        self.earlier: set[str] = set()
        self._opened: set[str] = set()
        self._numbers: set[tuple[str, ...]] = set()

    @property
    def adds_up(self) -> bool:
        lies = sum(amount for account, amount in self.accounts.items() if not account.startswith("owed:"))
        return self.receipts == lies + self.handed_on

    def sums(self) -> dict[str, int]:
        """Đồng: on receipts less what was taken back, where it lies, and what was handed on."""
        found = {"receipts": self.receipts, "handed_on": self.handed_on}
        for name in ("drawer", "bank", "safe", "difference"):
            found[name] = sum(amount for account, amount in self.accounts.items()
                              if account.split(":")[0] == name)
        return found

    def read(self, inner: Mapping[str, Any]) -> Iterator[str]:
        """One operation; those without money pass. Yields what is wrong with it."""
        body, kind = inner["body"], inner["type"]
        if kind == "money_receipt.spoiled":
            yield from self._numbered([body["receipt"]])
        if "movements" not in body:
            if kind in _MOVING:
                yield "movements_missing"
            return
        moved: Counter[str] = Counter()
        for account, amount in body["movements"]:
            if type(amount) is not int or not isinstance(account, str):
                raise ValueError("no amount")
            moved[account] += amount
        if sum(moved.values()) != 0:
            yield "movements_unbalanced"
        if kind == "cash.closed":
            if body["session"] not in self._opened:
                self.earlier.add(str(body["session"]))
            elif self.accounts[f"drawer:{body['session']}"] != body["expected"]:
                yield "session_expected_differs"
        wanted = self._wanted(kind, inner, moved)
        if wanted is not None and _without_nothing(wanted) != _without_nothing(moved):
            yield "movements_differ"
        self.accounts.update(moved)
        if kind == "money.collected":
            given = body["collection"]["receipts"]
            self.receipts += sum(receipt["amount"] for receipt in given)
            if _by_owner(given) != _by_owner(body["collection"]["taking"]["lines"]):
                yield "receipts_differ"
            yield from self._numbered(given)
        elif kind in ("money.voided", "money.refunded"):
            self.receipts -= sum(line["amount"] for line in body["lines"])
        elif kind == "money.remitted":
            self.handed_on += body["cash"] + body["transferred"]
        elif kind == "cash.opened":
            self._opened.add(inner["op_id"])

    def _wanted(self, kind: str, inner: Mapping[str, Any], moved: Counter[str]) -> Counter[str] | None:
        """The movements by what was done; None where a line does not tell them all."""
        body, found = inner["body"], Counter[str]()
        outside = f"drawer:outside:{inner['device']}"
        if kind == "money.collected":
            kept = body["collection"]
            taking, session = kept["taking"], kept["session"]
            cash = f"drawer:{session}" if session else outside
            into = cash if taking["means"] == "cash" else f"bank:{taking['bank_account']}:claimed"
            _owe(found, taking["lines"], into, 1)
        elif kind in ("money.voided", "money.refunded"):
            cash = f"drawer:{body['session']}" if body["session"] else outside
            lies = [account for account in moved if account.startswith("bank:")]
            _owe(found, body["lines"], cash if body["means"] == "cash" else (lies or [""])[0], -1)
        elif kind == "cash.opened":
            here, left = f"drawer:{inner['op_id']}", body["counted"] if body["left"] is None else body["left"]
            loose = -moved[outside]                # what was taken before; its own lines stand further up
            if not body["taken_in"] and loose:
                return found
            found.update({here: body["counted"] + loose, "safe": -left, outside: -loose,
                          f"difference:{inner['op_id']}": left - body["counted"]})
        elif kind == "cash.moved":
            found.update({f"drawer:{body['session']}": body["amount"], "safe": -body["amount"]})
        elif kind == "cash.closed":
            found.update({f"drawer:{body['session']}": -body["expected"], "safe": body["counted"],
                          f"difference:{body['session']}": body["expected"] - body["counted"]})
        else:
            return None
        return found

    def _numbered(self, receipts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        for receipt in receipts:
            name: tuple[str, ...] = ("", receipt["slip"])
            if receipt["number"]:
                name = (receipt["form"], receipt["symbol"], receipt["number"])
            if name in self._numbers:
                yield "receipt_twice"
            self._numbers.add(name)


_MOVING = frozenset({
    "cash.opened", "cash.moved", "cash.closed", "money.collected", "money.voided", "money.refunded",
    "transfer.confirmed", "money.remitted",
})


def _without_nothing(sums: Mapping[str, int]) -> dict[str, int]:
    return {account: amount for account, amount in sums.items() if amount}


def _owe(found: Counter[str], lines: Iterable[Mapping[str, Any]], into: str, sign: int) -> None:
    for line in lines:
        found[into] += sign * line["amount"]
        found[f"owed:{line['stream']}:{line['owner']}:{line['kind']}"] -= sign * line["amount"]


def _by_owner(lines: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], int]:
    found: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        found[line["stream"], line["owner"], line["kind"]] += line["amount"]
    return dict(found)


@dataclass
class PackFindings:
    """`manifest`: what the signed list says; each break as (file, line, what), a byte where the file is the
    container. `journal`: what its lines say."""

    manifest: dict[str, Any] = field(default_factory=dict)
    journal: Findings | None = None
    breaks: list[tuple[str, int, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        told = {name: self.manifest.get(name) for name in ("day", "device", "public_key", "made_at", "made_by")}
        return {
            "ok": not self.breaks, **told, "files": sorted(self.manifest.get("files", {})),
            "journal": self.journal.to_json() if self.journal is not None else None,
            "breaks": [{"file": name, "line": line, "what": what} for name, line, what in self.breaks],
        }


def verify_pack(files: Mapping[str, bytes], key: str = "") -> PackFindings:
    """Check the files of a pack by their names. `key`: the public key that is known from elsewhere, in hex."""
    found = PackFindings()
    manifest = _manifest(files, key, found)
    listed = manifest.get("files", {})
    for name in sorted({*listed, *files} - {MANIFEST}):
        if name not in files:
            found.breaks.append((name, 0, "file_missing"))
        elif name not in listed:
            found.breaks.append((name, 0, "file_unknown"))
        else:
            found.breaks += [(name, line, "line_changed") for line in _changed(files[name], listed[name])]
    try:
        lines = files[JOURNAL].decode().split("\n")
        found.journal = verify_lines(lines)
        found.breaks += [(JOURNAL, line, what) for line, what in found.journal.breaks]
        head = json.loads(lines[0])
        if any(head.get(name) != manifest.get(name) for name in ("device", "public_key", "day")) and manifest:
            found.breaks.append((JOURNAL, 1, "head_differs"))
        if manifest:
            told = _Told(str(manifest.get("day")), str(manifest.get("clerk", "")))
            told.read_all(lines[1:])
            known = {name for name, _, _ in found.breaks}          # its changed lines are named already
            for name, wanted in told.lists().items():
                if name not in known:
                    found.breaks += [(name, line, what) for line, what in _against(files[name], wanted)]
    except (KeyError, ValueError) as error:        # no file of that name, no UTF-8, no head line
        found.breaks.append((JOURNAL, 1, "not_a_journal" if JOURNAL in files else str(error)))
    return found


def _manifest(files: Mapping[str, bytes], key: str, found: PackFindings) -> dict[str, Any]:
    if MANIFEST not in files:
        found.breaks.append((MANIFEST, 0, "file_missing"))
        return {}
    raw = files[MANIFEST]
    try:
        outer = json.loads(raw.decode())
        payload, signature = outer["payload"].encode(), outer["signature"]
        inner = json.loads(payload)
        is_whole = inner["format"] == PACK and all(
            isinstance(line, str) for lines in inner["files"].values() for line in lines)
        public = bytes.fromhex(inner["public_key"])
        if not is_whole or not is_signed(public, payload, bytes.fromhex(signature)):
            found.breaks.append((MANIFEST, 1, "signature_wrong"))
            return {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found.breaks.append((MANIFEST, 1, "unreadable"))
        return {}
    if raw != (json.dumps(outer, ensure_ascii=False) + "\n").encode():
        found.breaks.append((MANIFEST, 1, "line_changed"))
    if key and key.lower() != inner["public_key"]:
        found.breaks.append((MANIFEST, 1, "other_key"))
    found.manifest = inner
    return dict(inner)


class _Told:
    """What the readable lists must say: worked out from the journal's lines alone, as they stand at their end.

    `clerk` "": of everybody.
    """

    def __init__(self, day: str, clerk: str) -> None:
        self._day, self._clerk = day, clerk
        self._acts: list[tuple[Mapping[str, Any], str]] = []
        self._entries: dict[str, dict[str, Any]] = {}
        self._receipts: dict[str, list[dict[str, Any]]] = {}
        self._sessions: dict[str, dict[str, Any]] = {}
        self._wanted: set[str] = set()

    def read_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            try:
                payload = json.loads(line)["payload"]
                self._read(json.loads(payload), hashlib.sha256(payload.encode()).hexdigest())
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue                           # named already, as a line of the journal

    def lists(self) -> dict[str, dict[str, dict[str, Any]]]:
        """By file, then by what tells its lines apart."""
        return {
            "acts.jsonl": {inner["op_id"]: {
                "at": inner["wall_time"], "hash": sealed,
                **{name: inner[name] for name in ("epoch", "seq", "type", "staff", "op_id")},
            } for inner, sealed in self._acts},
            "receipts.jsonl": {f"{each['op_id']} {each['name']}": each for op_id, given in self._receipts.items()
                               if op_id in self._wanted for each in given},
            "entries.jsonl": {op_id: each for op_id, each in self._entries.items() if op_id in self._wanted},
            "sessions.jsonl": {op_id: each for op_id, each in self._sessions.items() if op_id in self._wanted},
        }

    def _read(self, inner: Mapping[str, Any], sealed: str) -> None:
        if inner["business_date"] == self._day and self._clerk in ("", inner["staff"]):
            self._acts.append((inner, sealed))
            self._wanted.add(inner["op_id"])
        body, kind = inner["body"], inner["type"]
        match kind:
            case "cash.opened":
                self._enter(inner, "opened", inner["op_id"], body["counted"])
                self._sessions[inner["op_id"]] = {
                    "id": inner["op_id"], "clerk": inner["staff"], "clerk_name": body["clerk_name"],
                    "opened_at": inner["wall_time"], "float": body["counted"], "number": "", "closed_at": None,
                    "counted": None, "expected": None, "difference": None, "carried": None, "taker": "",
                }
                for op_id in body["taken_in"]:
                    if op_id in self._entries:
                        self._entries[op_id]["session"] = inner["op_id"]
            case "cash.moved":
                self._enter(inner, "moved", body["session"], body["amount"], reason=body["reason"])
            case "cash.closed":
                self._enter(inner, "closed", body["session"], body["counted"], reason=body["reason"])
                if body["session"] in self._sessions:
                    self._sessions[body["session"]].update({
                        "number": body["about"]["number"], "closed_at": inner["wall_time"],
                        "difference": body["counted"] - body["expected"],
                        **{name: body[name] for name in ("counted", "expected", "carried", "taker")}})
            case "money.collected":
                kept = body["collection"]
                taking = kept["taking"]
                self._enter(inner, "collected", kept["session"], sum(line["amount"] for line in taking["lines"]),
                            code=kept["code"], payer=taking["payer"], means=taking["means"])
                for receipt in kept["receipts"]:
                    self._give(inner, receipt, "used", payer=taking["payer"], code=kept["code"])
            case "money.voided" | "money.refunded":
                self._undo(inner, body, is_void=kind == "money.voided")
            case "money_receipt.spoiled":
                self._give(inner, body["receipt"], "spoiled", payer="", code="")

    def _undo(self, inner: Mapping[str, Any], body: Mapping[str, Any], *, is_void: bool) -> None:
        total = sum(line["amount"] for line in body["lines"])
        self._enter(inner, "voided" if is_void else "refunded", body["session"], -total,
                    **{name: body[name] for name in ("code", "payer", "means", "undoes", "reason", "second_name")})
        if body["undoes"] in self._entries:
            self._entries[body["undoes"]]["undone"] += total
            self._entries[body["undoes"]]["is_void"] |= is_void
        if is_void:
            for receipt in self._receipts.get(body["undoes"], ()):
                receipt["state"] = "void"

    def _enter(self, inner: Mapping[str, Any], kind: str, session: str, amount: int, **more: str) -> None:
        self._entries[inner["op_id"]] = {
            "op_id": inner["op_id"], "kind": kind, "device": inner["device"], "session": session,
            "at": inner["wall_time"], "business_date": inner["business_date"], "code": "", "payer": "",
            "means": "cash", "amount": amount, "undoes": "", "undone": 0, "is_void": False, "reason": "",
            "second_name": "", "clerk_name": inner["body"]["clerk_name"], **more,
        }

    def _give(self, inner: Mapping[str, Any], receipt: Mapping[str, Any], state: str, **more: str) -> None:
        number = receipt["number"]
        self._receipts.setdefault(inner["op_id"], []).append({
            "op_id": inner["op_id"], "name": f"{receipt['symbol']} {number}" if number else receipt["slip"],
            "number": int(number) if number else None, "device": inner["device"], "at": inner["wall_time"],
            "business_date": inner["business_date"], "state": state, **more,
            **{name: receipt[name] for name in ("form", "symbol", "owner", "owner_name", "kind", "amount")},
        })


_BESIDE = frozenset({"electronic", "codes"})
"""In a list and in no line of the journal by that name."""


def _against(raw: bytes, wanted: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Each line of a readable list that the journal tells otherwise or not; then what the list leaves out."""
    seen: set[str] = set()
    number = 0
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            key = told["id"] if "id" in told else told["op_id"]
            key = key if key in wanted else f"{key} {told.get('name')}"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            yield number, "unreadable"
            continue
        if key not in wanted or key in seen:
            yield number, "not_in_journal"
        elif told.keys() - wanted[key].keys() - _BESIDE or not all(
                _is_told(name, told.get(name, ...), value) for name, value in wanted[key].items()):
            yield number, "journal_says_otherwise"
        seen.add(key)
    for _ in wanted.keys() - seen:
        yield number, "left_out_of_list"


def _is_told(name: str, told: object, value: object) -> bool:
    if name in ("at", "opened_at", "closed_at") and isinstance(told, str) and isinstance(value, str):
        try:
            return datetime.fromisoformat(told) == datetime.fromisoformat(value)
        except (ValueError, TypeError):            # no time, or one without its zone
            return False
    return type(told) is type(value) and told == value


def _changed(raw: bytes, listed: Sequence[str]) -> Iterator[int]:
    lines = raw.split(b"\n")
    for at in range(max(len(lines), len(listed))):
        is_both = at < len(lines) and at < len(listed)
        if not is_both or hashlib.sha256(lines[at]).hexdigest() != listed[at]:
            yield at + 1


# A zip of stored files, in the one way it is written: nothing in it that could be changed unseen.
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_YEAR_1980 = 33                                    # 1 January, as DOS says it


def _unzipped(raw: bytes) -> tuple[dict[str, bytes], list[tuple[str, int, str]]]:
    """The files, and the first byte of the container that is not as it must be."""
    files: dict[str, bytes] = {}
    at = 0
    while raw[at:at + 4] == b"PK\3\4" and len(raw) >= at + _LOCAL.size:
        *_, size, _, name_size, extra = _LOCAL.unpack_from(raw, at)
        begin = at + _LOCAL.size + name_size + extra
        name = raw[at + _LOCAL.size:begin - extra].decode("latin-1")
        while name in files:
            name += "*"                            # twice the same name: the container differs there
        files[name] = raw[begin:begin + size]
        at = begin + size
    whole = _zipped(files)
    if whole == raw:
        return files, []
    first = next((n for n, (one, other) in enumerate(zip(whole, raw, strict=False)) if one != other),
                 min(len(whole), len(raw)))
    return files, [(CONTAINER, first, "byte_changed")]


def _zipped(files: Mapping[str, bytes]) -> bytes:
    parts, listing, at = [], [], 0
    for name, data in files.items():
        called = name.encode("latin-1")
        facts = (20, 0, 0, 0, _YEAR_1980, zlib.crc32(data), len(data), len(data), len(called))
        local = _LOCAL.pack(b"PK\3\4", *facts, 0) + called + data
        listing.append(_CENTRAL.pack(b"PK\1\2", 20 | 3 << 8, *facts, 0, 0, 0, 0, 0o600 << 16, at) + called)
        parts.append(local)
        at += len(local)
    central = b"".join(listing)
    end = _END.pack(b"PK\5\6", 0, 0, len(listing), len(listing), len(central), at, 0)
    return b"".join([*parts, central, end])


def verify_file(path: Path) -> Findings:
    """Check the export at `path`. Raises OSError or NotAJournalError."""
    with path.open(encoding="utf-8", newline="\n") as handle:
        return verify_lines(handle)


def verify_pack_file(path: Path, key: str = "") -> PackFindings:
    """Check the pack at `path`, a zip or a folder. Raises OSError or NotAJournalError."""
    if path.is_dir():
        return verify_pack({each.name: each.read_bytes() for each in sorted(path.iterdir())}, key)
    raw = path.read_bytes()
    if raw[:4] != b"PK\3\4" and b"PK\5\6" not in raw:
        raise NotAJournalError("no pack")
    files, breaks = _unzipped(raw)
    found = verify_pack(files, key)
    if all(line for _, line, _ in found.breaks):
        # Where a line of a file differs, the container's sums do too; where a file is gone, the place tells why.
        breaks = breaks if not found.breaks else []
    found.breaks += breaks
    return found


def is_pack(path: Path) -> bool:
    """Whether `path` looks like a pack rather than a bare journal: a folder, or it begins as a zip."""
    if path.is_dir():
        return True
    with path.open("rb") as handle:
        return path.suffix == ".zip" or handle.read(2) == b"PK"


def main(arguments: Sequence[str]) -> int:
    paths, key = list(arguments), ""
    if len(paths) == 3 and paths[1] == "--key":
        key = paths.pop()
        paths.pop()
    if len(paths) != 1:
        sys.stderr.write("usage: verifier.py JOURNAL.jsonl|PACK.zip|FOLDER [--key HEX]\n")
        return 2
    path = Path(paths[0])
    try:
        findings = verify_pack_file(path, key) if is_pack(path) else verify_file(path)
    except (OSError, UnicodeDecodeError, NotAJournalError) as error:
        sys.stdout.write(json.dumps({"ok": False, "reason": "not_a_journal", "detail": str(error)}) + "\n")
        return 2
    sys.stdout.write(json.dumps(findings.to_json(), ensure_ascii=False) + "\n")
    return 1 if findings.breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
