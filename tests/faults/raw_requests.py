"""Signed requests as the bytes that go over the line, and one way each to bend them.

A bend gives other bytes that mean something else; what HTTP itself holds for the same (a header's name in capitals
or blanks around its value, an empty query) is no bend and is drawn anew.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import requests

from sync.contract.signatures import MEANT

SIGNED = (*MEANT, "signature", "signature-input")


@dataclass(frozen=True)
class Raw:
    """One request on the line."""

    method: bytes
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def line(self) -> bytes:
        head = b"".join(b"%s: %s\r\n" % pair for pair in self.headers)
        return b"%s %s HTTP/1.1\r\n%s\r\n%s" % (self.method, self.target, head, self.body)

    def header(self, name: str) -> bytes:
        return next((value for key, value in self.headers if key.lower() == name.encode()), b"")

    def with_header(self, name: str, value: bytes | None) -> Raw:
        """None drops it."""
        rest = tuple(pair for pair in self.headers if pair[0].lower() != name.encode())
        return replace(self, headers=rest if value is None else (*rest, (name.encode(), value)))

    def with_body(self, body: bytes) -> Raw:
        return replace(self.with_header("content-length", str(len(body)).encode()), body=body)

    @property
    def meaning(self) -> tuple[object, ...]:
        """Equal for requests that HTTP holds for the same."""
        path, _, query = self.target.partition(b"?")
        meant = sorted((key.lower(), value.strip()) for key, value in self.headers
                       if key.lower().decode("latin-1") in SIGNED)
        return self.method, path, query, tuple(meant), self.body, self.header("content-length") or b"0"


def raw_of(request: requests.PreparedRequest) -> Raw:
    body = request.body or b""
    given = {**request.headers, "Host": urlsplit(request.url or "").netloc, "Connection": "close"}
    headers = tuple((name.encode(), value if isinstance(value, bytes) else value.encode("latin-1"))
                    for name, value in given.items())
    return Raw((request.method or "").encode(), request.path_url.encode(), headers,
               body.encode() if isinstance(body, str) else bytes(body))


def status_of(url: str, raw: Raw) -> int:
    """The status of the first answer; 0 when the line was cut without one."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as line:
        try:
            line.sendall(raw.line)
            head = line.recv(65_536)
            while head and b"\r\n" not in head:
                head += line.recv(65_536)
        except ConnectionError:
            return 0
    return int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/1.1 ") else 0


Bend = Callable[[Raw, random.Random], Raw]


def _flip(text: bytes, rng: random.Random, letters: bool = True) -> bytes:
    """One byte changed, taken away or put in; `letters`: stays printable, so that HTTP passes it on."""
    at = rng.randrange(len(text)) if text else 0
    fresh = bytes([rng.randrange(33, 127) if letters else rng.randrange(256)])
    how = rng.randrange(3)
    if how == 0 and text:
        return text[:at] + fresh + text[at + 1:]
    if how == 1 and text:
        return text[:at] + text[at + 1:]
    return text[:at] + fresh + text[at:]


def _method(raw: Raw, rng: random.Random) -> Raw:
    # OPTIONS is left out: what of tus is spoken here, it tells anybody.
    return replace(raw, method=rng.choice([b"GET", b"POST", b"PATCH", b"HEAD", b"PUT", b"DELETE", b"post", b"X"]))


def _target(raw: Raw, rng: random.Random) -> Raw:
    return replace(raw, target=b"/" + _flip(raw.target[1:], rng))


def _query(raw: Raw, rng: random.Random) -> Raw:
    path, mark, query = raw.target.partition(b"?")
    more = rng.choice([b"&limit=1", b"&position=7", b"&x", b"%20"])
    return replace(raw, target=path + b"?" + (_flip(query, rng) if mark and rng.random() < 0.7 else query + more))


def _header(raw: Raw, rng: random.Random) -> Raw:
    name = rng.choice([each for each in SIGNED if raw.header(each)])
    return raw.with_header(name, _flip(raw.header(name), rng))


def _drop_header(raw: Raw, rng: random.Random) -> Raw:
    return raw.with_header(rng.choice([each for each in SIGNED if raw.header(each)]), None)


def _double_header(raw: Raw, rng: random.Random) -> Raw:
    name = rng.choice([each for each in SIGNED if raw.header(each)])
    return replace(raw, headers=(*raw.headers, (name.encode(), raw.header(name))))


def _add_header(raw: Raw, rng: random.Random) -> Raw:
    absent = [each for each in MEANT if not raw.header(each)]
    return raw.with_header(rng.choice(absent), rng.choice([b"0", b"gzip", b"identity", b"1.0.0"]))


def _body(raw: Raw, rng: random.Random) -> Raw:
    return raw.with_body(_flip(raw.body, rng, letters=False))


def _cut_body(raw: Raw, rng: random.Random) -> Raw:
    return raw.with_body(raw.body[:rng.randrange(len(raw.body))] if raw.body else b"{}")


def _shorter(raw: Raw, rng: random.Random) -> Raw:
    """Only the length that is announced: the rest of the body would be the next request."""
    if not raw.body:
        return _body(raw, rng)
    return raw.with_header("content-length", str(rng.randrange(len(raw.body))).encode())


def _chunked(raw: Raw, rng: random.Random) -> Raw:
    """Another body, in pieces and without a length."""
    other = _flip(raw.body, rng, letters=False)
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(other), other) if other else b"0\r\n\r\n"
    without = raw.with_header("content-length", None)
    return replace(without.with_header("transfer-encoding", b"chunked"), body=pieces)


BENDS: dict[str, Bend] = {
    "method": _method, "target": _target, "query": _query, "header": _header, "header_dropped": _drop_header,
    "header_doubled": _double_header, "header_added": _add_header, "body": _body, "body_cut": _cut_body,
    "body_shorter": _shorter, "body_chunked": _chunked,
}


def bent(raw: Raw, bend: Bend, rng: random.Random) -> Raw:
    """Other bytes that mean something else."""
    while True:
        found = bend(raw, rng)
        if found.meaning != raw.meaning:
            return found
