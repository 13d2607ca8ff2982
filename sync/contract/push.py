"""A push: gzip'd lines of JSON, the first says whose operations follow, each other line is one operation.

    {"protocol": 1, "device": "…", "epoch": 3, "count": 2, "incarnation": "…"}
    {"p": "<payload text>", "s": "<base64 signature>"}
    {"b": "<base64 payload bytes>", "s": "<base64 signature>", "epoch": 3, "seq": 18, "prev": "<hash>"}

The third form is the *sealed* lane: bytes that a gateway cannot or shall not read (three failures, no JSON). They
are taken by signature and place in the chain alone, so that one poisoned operation never holds up those behind it.
`prev`, where the sender could read it, is the hash of the operation before: behind a fork it follows another than
the province holds, and must not be chained there. Left out, the place alone decides.

`branch` says that these belong to a chain which left the province's: they are kept beside it, none is chained.

`device` is the author; it is another counter of the office when a neighbour gives operations back after a
province was restored. `author_key` is then the province's own word for the key of an epoch that it has forgotten
(`author_key.AuthorKey`); an older gateway passes it by and refuses that epoch's operations. `count` shows a body
that was cut short. Content-Encoding is gzip (or none).
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sync.contract import PROTOCOL
from sync.contract.codec import MalformedMessage, from_json, to_json
from sync.contract.json_text import read_json
from sync.contract.messages import Head, Signed, b64, unb64

CONTENT_TYPE = "application/x-ndjson"
_CONTROLS = bytes(range(32))


class Outcome:
    """What became of one pushed item."""

    TAKEN = "taken"                                # in custody now
    ALREADY = "already"                            # in custody before, same bytes
    GAP = "gap"                                    # send from `need` first
    FORK = "fork"                                  # `problems.Fork`
    REFUSED = "refused"                            # `problems.Refused`


@dataclass(frozen=True, slots=True)
class PushHead:
    device: str
    epoch: int                                     # of the session; items carry their own
    count: int
    incarnation: str
    protocol: int = PROTOCOL
    branch: bool = False
    author_key: Signed | None = None


@dataclass(frozen=True, slots=True)
class PlainItem:
    payload: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class SealedItem:
    payload: bytes
    signature: bytes
    epoch: int
    seq: int
    prev: str | None = None                        # None: the sender could not read it, or is an older one


Item = PlainItem | SealedItem


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """`line` counts operations from 0; epoch and seq are None where the item could not be read."""

    line: int
    outcome: str
    epoch: int | None = None
    seq: int | None = None
    need: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """One answer an item, in their order. `have`: what the province holds of the author afterwards."""

    incarnation: str
    server_time: str
    items: tuple[ItemAnswer, ...]
    have: Mapping[int, Head]


def line_of(item: Item) -> str:
    """One operation as a line, without the line's end."""
    return _line_of(item).decode()


def _line_of(item: Item) -> bytes:
    if isinstance(item, SealedItem):
        line: dict[str, object] = {
            "b": b64(item.payload), "s": b64(item.signature), "epoch": item.epoch, "seq": item.seq,
        }
        if item.prev is not None:
            line["prev"] = item.prev
        return json.dumps(line, separators=(",", ":")).encode()
    return b'{"p":%b,"s":"%b"}' % (_quoted(item.payload), base64.b64encode(item.signature))


def _quoted(text: str) -> bytes:
    """As `json.dumps(text, ensure_ascii=False)` writes it, in half the time where nothing but \" and \\ needs a
    backslash, as in every text that is JSON itself."""
    raw = text.encode()
    if len(raw.translate(None, _CONTROLS)) != len(raw):
        return json.dumps(text, ensure_ascii=False).encode()
    return b'"%b"' % raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def pack(head: PushHead, items: Iterable[Item]) -> bytes:
    """The body to send with `Content-Encoding: gzip`; equal input gives equal bytes."""
    first: dict[str, object] = {
        "protocol": head.protocol, "device": head.device, "epoch": head.epoch, "count": head.count,
        "incarnation": head.incarnation,
    }
    if head.branch:                                # an older gateway gets the bytes it knows
        first["branch"] = True
    if head.author_key is not None:
        first["author_key"] = to_json(head.author_key)
    lines = [json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode(), *map(_line_of, items)]
    return gzip.compress(b"\n".join(lines), compresslevel=6, mtime=0)


def unpacked_size(packed: bytes) -> int:
    """How many bytes `pack` has packed; gzip says it at the end (RFC 1952, ISIZE)."""
    return int.from_bytes(packed[-4:], "little")


def unpack(body: bytes) -> tuple[PushHead, Iterator[Item | None]]:
    """Head and items of an unzipped body; None stands for a line that is no item. Raises MalformedMessage."""
    first, *rest = body.rstrip(b"\n").split(b"\n")
    try:
        head = from_json(PushHead, json.loads(first))
    except (ValueError, RecursionError) as error:
        if isinstance(error, MalformedMessage):
            raise
        raise MalformedMessage("", "not_json") from error
    if len(rest) != head.count:
        raise MalformedMessage("count", "cut_short")
    return head, map(_item, rest)


def _item(line: bytes) -> Item | None:
    try:
        value = read_json(line)
        if not isinstance(value, dict):
            return None
        signature = unb64(value["s"])
        if "b" in value:
            epoch, seq, prev = value["epoch"], value["seq"], value.get("prev")
            if type(epoch) is not int or type(seq) is not int or not (prev is None or isinstance(prev, str)):
                return None
            return SealedItem(unb64(value["b"]), signature, epoch, seq, prev)
        payload = value["p"]
        return PlainItem(payload, signature) if isinstance(payload, str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
