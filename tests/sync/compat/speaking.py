"""Both ends of a kept story: an old client's bytes said again, an old gateway's answers given again."""

from __future__ import annotations

import http.client
import secrets
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract import signatures as rfc
from tests.sync.client.fault_proxy import Asked, FaultProxy, Rule
from tests.sync.compat.golden_set import Exchange, Machine, Message


@dataclass(frozen=True, slots=True)
class Heard:
    status: int
    answer: Message

    def of(self, exchange: Exchange) -> Exchange:
        """The same request with this answer."""
        return Exchange(exchange.stage, exchange.method, exchange.path, exchange.asked, self.status, self.answer)


@dataclass
class OldClient:
    """Says recorded requests to a gateway, byte for byte; only what ages is made anew: token and signature."""

    url: str
    machines: Iterable[Machine]
    tokens: dict[str, str] = field(default_factory=dict)           # recorded → today's
    keys: dict[str, tuple[str, int, Ed25519PrivateKey]] = field(default_factory=dict)

    def __enter__(self) -> OldClient:
        for each in self.machines:
            key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(each.key))
            self.keys[each.token] = (each.device, each.epoch, key)
        parts = urlsplit(self.url)
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def say(self, exchange: Exchange) -> Heard:
        headers = dict(exchange.asked.headers)
        said = headers.get("authorization", "").removeprefix("Bearer ")
        if said in self.tokens:
            headers["authorization"] = f"Bearer {self.tokens[said]}"
        if rfc.SIGNATURE.lower() in headers:
            self._sign(said, exchange, headers)
        self._line.request(exchange.method, exchange.path, exchange.asked.body or None, headers)
        answer = self._line.getresponse()
        body = answer.read()
        return Heard(answer.status, Message({name.lower(): value for name, value in answer.getheaders()}, body))

    def begins(self, recorded: str, token: str, epoch: int, key: Ed25519PrivateKey, device: str) -> None:
        """A token that the province gave today stands for the recorded one."""
        self.tokens[recorded] = token
        self.keys[recorded] = (device, epoch, key)

    def _sign(self, token: str, exchange: Exchange, headers: dict[str, str]) -> None:
        for name in (rfc.SIGNATURE, rfc.SIGNATURE_INPUT):
            del headers[name.lower()]
        path, _, query = exchange.path.partition("?")
        asked = rfc.Asked(exchange.method, path, query, headers)
        device, epoch, key = self.keys[token]
        note = rfc.note_of(asked, device, epoch, int(time.time()), rfc.nonce_text(secrets.token_bytes(24)))
        headers[rfc.SIGNATURE_INPUT] = rfc.input_text(note)
        headers[rfc.SIGNATURE] = rfc.signature_value(key.sign(rfc.signed_text(asked, note)))


class OldGateway(FaultProxy):
    """Answers with recorded bytes: by method and path, in their order, the last one again and again.

    A path that the old gateway did not know is answered as it answered such a path.
    """

    def __init__(self, unknown: Exchange) -> None:
        super().__init__("http://127.0.0.1:1", self._answer)
        self._unknown = unknown
        self._left: dict[tuple[str, str], list[Exchange]] = defaultdict(list)

    def turn_to(self, exchanges: Iterable[Exchange]) -> None:
        """From now on these; what was asked before is forgotten."""
        self.asked.clear()
        self._left.clear()
        for each in exchanges:
            self._left[each.method, each.plain_path].append(each)

    def bodies(self, path: str) -> list[bytes]:
        """What it was sent there."""
        return [each.body for each in self.asked if each.path.partition("?")[0] == path]

    def _answer(self, asked: Asked) -> Rule:
        waiting = self._left.get((asked.method, asked.path.partition("?")[0]), [])
        found = self._unknown if not waiting else waiting.pop(0) if len(waiting) > 1 else waiting[0]
        head = [f"HTTP/1.1 {found.status} Recorded", f"Content-Length: {len(found.answer.body)}",
                *(f"{name}: {value}" for name, value in found.answer.headers.items()), "", ""]
        return Rule("answer", answer="\r\n".join(head).encode("latin-1") + found.answer.body)
