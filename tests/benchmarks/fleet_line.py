"""HTTP/1.1 for a thousand counters in one process: one connection each while it speaks, requests signed.

Only what the gateway answers: Content-Length or chunks, gzip. `Tally` counts what all of them asked and heard.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import random
import secrets
import time
from collections import Counter as Amounts
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract import signatures as rfc
from sync.core.patience import LONGEST_PAUSE, PATIENCE, TRIES


class Busy(Exception):
    """429, 503 or no answer at all; `after`: what the server asked for, in seconds."""

    def __init__(self, after: float | None) -> None:
        super().__init__(after)
        self.after = after


class SaidNo(Exception):
    """Any other refusal: a finding."""


@dataclass
class Tally:
    """`busy_share`: of all requests, turned away for a second by a front that is overloaded, before the gateway
    sees them."""

    busy_share: float = 0.0
    noise: random.Random = field(default_factory=lambda: random.Random(27))
    asked: Amounts[str] = field(default_factory=Amounts)
    busy: Amounts[str] = field(default_factory=Amounts)
    open_now: int = 0
    open_most: int = 0
    first_hellos: int = 0

    @property
    def answered(self) -> int:
        return sum(self.asked.values()) - sum(self.busy.values())


@dataclass
class FleetLine:
    """One counter's connection. Use as an async context manager."""

    url: str
    tally: Tally
    token: str = ""
    keyid: tuple[str, int] = ("", 0)
    key: Ed25519PrivateKey | None = None
    patience: float = PATIENCE
    _ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> FleetLine:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def ask(self, name: str, method: str, path: str, body: bytes = b"", *headers: tuple[str, str]) -> bytes:
        """The answer's body; a short wait that the server asks for is obeyed, as the core does (`patience`).

        Raises Busy, SaidNo.
        """
        for tried in range(1, TRIES + 1):
            try:
                return await self._ask(name, method, path, body, *headers)
            except Busy as busy:
                if tried == TRIES or busy.after is None or busy.after > min(LONGEST_PAUSE, self.patience):
                    raise
                self.patience -= busy.after
                await asyncio.sleep(busy.after)
        raise AssertionError("the last try answers or raises")

    async def _ask(self, name: str, method: str, path: str, body: bytes, *headers: tuple[str, str]) -> bytes:
        self.tally.asked[name] += 1
        if self.tally.noise.random() < self.tally.busy_share:
            self.tally.busy[name] += 1
            raise Busy(1.0)
        try:
            status, heads, content = await self._exchange(method, path, body, dict(headers))
        except (OSError, EOFError) as error:
            await self._close()
            self.tally.busy[name] += 1
            raise Busy(None) from error
        if status in (429, 503):
            self.tally.busy[name] += 1
            after = heads.get("retry-after", "")
            raise Busy(float(after) if after.isdigit() else None)
        if status // 100 != 2:
            raise SaidNo(f"{method} {path}: {status} {content[:300]!r}")
        return content

    async def _exchange(
        self, method: str, path: str, body: bytes, headers: dict[str, str],
    ) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(self.url)
        if self._ends is None:
            self._ends = await asyncio.open_connection(parts.hostname, parts.port)
            self.tally.open_now += 1
            self.tally.open_most = max(self.tally.open_most, self.tally.open_now)
        reader, writer = self._ends
        said = {"host": f"{parts.hostname}:{parts.port}", "content-length": str(len(body)),
                "accept-encoding": "gzip", "content-type": "application/json", **headers}
        if self.token:
            said["authorization"] = f"Bearer {self.token}"
        if self.key is not None:
            said |= self._signature(method, path, body, said)
        head = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""]
        writer.write("\r\n".join(head).encode() + body)
        await writer.drain()
        return await _answer(reader)

    def _signature(self, method: str, path: str, body: bytes, said: dict[str, str]) -> dict[str, str]:
        assert self.key is not None
        digest = rfc.digest_value(hashlib.sha256(body).digest())
        bare, _, query = path.partition("?")
        asked = rfc.Asked(method, bare, query, {**said, rfc.CONTENT_DIGEST.lower(): digest})
        nonce = base64.urlsafe_b64encode(secrets.token_bytes(24)).decode()
        note = rfc.note_of(asked, *self.keyid, int(time.time()), nonce)
        return {
            rfc.CONTENT_DIGEST: digest, rfc.SIGNATURE_INPUT: rfc.input_text(note),
            rfc.SIGNATURE: rfc.signature_value(self.key.sign(rfc.signed_text(asked, note))),
        }

    async def _close(self) -> None:
        if self._ends is None:
            return
        _, writer = self._ends
        self._ends = None
        self.tally.open_now -= 1
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    raw = await reader.readuntil(b"\r\n\r\n")
    first, *rest = raw.decode("latin-1").split("\r\n")
    heads = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    if heads.get("transfer-encoding") == "chunked":
        content = b""
        while size := int(await reader.readline(), 16):
            content += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        content = await reader.readexactly(int(heads.get("content-length", "0")))
    if heads.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    return int(first.split(" ")[1]), heads, content
