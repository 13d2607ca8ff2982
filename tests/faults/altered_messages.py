"""A recorded request with something else in it: a value, a key, a header, a part of the path, some bytes."""

from __future__ import annotations

import copy
import gzip
import json
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from tests.sync.compat.golden_set import Exchange, Message

WEIRD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, -2**63, 10**40, 0.5, 1e308, "", " ", "\x00", "\ud800",
    "a\nb", "ÿ" * 70, "x" * 70_000, "0" * 64, "../../x", "%00", "' OR 1=1 --", "2026-13-45", [], {}, [[]],
    {"a": 1}, [None], "AAAA", "=", "😀", "ế", "e\u0302\u0301",
)


def alter(model: Exchange, noise: random.Random) -> Exchange:
    """One or two changes, of a kind that suits the request."""
    changed = model
    for _ in range(noise.choice((1, 1, 1, 2))):
        ways: list[Callable[[Exchange, random.Random], Exchange]] = [_other_path, _other_header]
        if changed.asked.body:
            ways += [_other_bytes] + [_other_values] * 4
        changed = noise.choice(ways)(changed, noise)
    return changed


def _other_values(model: Exchange, noise: random.Random) -> Exchange:
    is_zipped = model.asked.body[:2] == b"\x1f\x8b"
    try:
        lines = (gzip.decompress(model.asked.body) if is_zipped else model.asked.body).split(b"\n")
        at = noise.randrange(len(lines))
        lines[at] = json.dumps(weird_within(json.loads(lines[at]), noise)).encode()
    except (ValueError, EOFError, OSError, zlib.error):
        return _other_bytes(model, noise)
    plain = b"\n".join(lines)
    return _with_body(model, gzip.compress(plain) if is_zipped else plain)


def weird_within(value: Any, noise: random.Random) -> Any:
    """A copy with one value replaced, left out, doubled or put under another name."""
    whole = copy.deepcopy({"": value})
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in node if isinstance(node, dict) else range(len(node)):
            places.append((node, key))
            if isinstance(node[key], dict | list):
                walk(node[key])

    walk(whole)
    node, key = noise.choice(places)
    match noise.randrange(8):
        case 0 if node is not whole:
            del node[key]
        case 1 if isinstance(node, dict) and node is not whole:
            node[noise.choice(("", "\x00", "x" * 300, "__proto__", "12"))] = node.pop(key)
        case 2 if isinstance(node[key], list):
            node[key] = node[key] * 40
        case 3 if isinstance(node[key], str) and node[key].startswith("{"):
            try:
                node[key] = json.dumps(weird_within(json.loads(node[key]), noise), ensure_ascii=False)
            except ValueError:
                node[key] = node[key][:-1]
        case _:
            node[key] = noise.choice(WEIRD)
    return whole[""]


def _other_bytes(model: Exchange, noise: random.Random) -> Exchange:
    raw = bytearray(model.asked.body)
    for _ in range(noise.randrange(1, 4)):
        at = noise.randrange(len(raw) + 1)
        match noise.randrange(3):
            case 0:
                raw[at:at + noise.randrange(1, 40)] = b""
            case 1:
                raw[at:at] = noise.randbytes(noise.randrange(1, 40))
            case _:
                raw[at:at + 1] = noise.randbytes(1)
    return _with_body(model, bytes(raw))


def _other_header(model: Exchange, noise: random.Random) -> Exchange:
    headers = dict(model.asked.headers)
    name = noise.choice((*headers, "content-encoding", "content-type", "accept-encoding", "range"))
    if noise.random() < 0.3:
        headers.pop(name, None)
    else:
        weird = "\t".join(str(noise.choice(WEIRD)).split()).encode("ascii", "replace").decode()
        headers[name] = noise.choice((weird[:2_000], "gzip", "br, gzip", "Bearer", "Bearer  x", "0", "-1", "1e3"))
        headers[name] = "".join(letter for letter in headers[name] if letter.isprintable())
    return replace(model, asked=Message(headers, model.asked.body))


def _other_path(model: Exchange, noise: random.Random) -> Exchange:
    path, _, query = model.path.partition("?")
    parts = query.split("&") if query else []
    if parts and noise.random() < 0.8:
        at = noise.randrange(len(parts))
        name = parts[at].partition("=")[0]
        word = quote(str(noise.choice(WEIRD))[:3_000].encode("utf-8", "replace"))
        parts[at] = noise.choice((f"{name}={word}", name, "", f"{parts[at]}&{parts[at]}"))
    elif noise.random() < 0.5:
        path = noise.choice(
            (path + "/", path + "/x", path.replace("/v1/", "/v2/"), path.upper(), path[:-1] or "/")
        )
    else:
        parts.append("x=%00%ff%zz")
    return replace(model, path=f"{path}?{'&'.join(parts)}" if parts else path)


def _with_body(model: Exchange, body: bytes) -> Exchange:
    return replace(model, asked=Message(model.asked.headers, body))
