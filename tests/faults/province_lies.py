"""What a province may say that is not so: each lie bends some answers of a real gateway."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import digest
from sync.client import GatewayClient
from sync.contract.feed import Entry, FeedPage, OperationsPage
from sync.contract.messages import EpochAnswer, Head, Hello, HelloAnswer, NewEpoch, Signed, b64
from sync.contract.push import ItemAnswer, Outcome, PushAnswer

AT = "2026-11-22T03:00:00.000+00:00"


@dataclass
class Victim:
    """What the liar knows of the counter that calls."""

    device: str
    epoch: int
    codes: tuple[str, ...]
    payloads: tuple[tuple[str, bytes], ...]        # own operations in order of seq, with their signatures
    noise: random.Random
    calls: int = 0
    entries: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)     # kind, actor, body

    def say(self, kind: str, actor: str, body: Mapping[str, Any]) -> None:
        self.entries.append((kind, actor, body))


class Lie:
    """Says nothing untrue yet; a subclass bends what it needs to."""

    incarnation = ""                               # another one than the real province's, "" for the same

    def begin(self, victim: Victim) -> None:
        """Before each contact: entries for the feed."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return answer

    def push(self, answer: PushAnswer, victim: Victim) -> PushAnswer:
        return answer

    def own(self, page: OperationsPage, victim: Victim) -> OperationsPage:
        return page

    def new_epoch(self, answer: EpochAnswer, victim: Victim) -> EpochAnswer:
        return answer


class Empty(Lie):
    """A new database in the old one's place: it holds nothing, and goes on holding nothing."""

    incarnation = "trong-rong"

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, have={}, office_heads={}, feed_head=0, leases=())

    def push(self, answer: PushAnswer, victim: Victim) -> PushAnswer:
        return replace(answer, have={})


class OtherProvince(Lie):
    """Another province's feed: other dossiers, other counters, statuses of numbers that nobody here gave out."""

    incarnation = "tinh-khac"

    def begin(self, victim: Victim) -> None:
        stranger = Ed25519PrivateKey.from_private_bytes(victim.noise.randbytes(32))
        for number in range(6):
            victim.say("status", "agency:khac", {"number": f"H99.9-261122-{number:04d}", "status": "9", "at": AT})
            payload = victim.payloads[0][0].replace(victim.device, "may-la")
            victim.say("operation", "device:may-la", {
                "device": "may-la", "epoch": 1, "seq": number + 1, "hash": "00" * 32, "p": payload,
                "s": b64(stranger.sign(payload.encode())),
            })

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, have={}, office_heads={"may-la": {1: Head(6, "00" * 32)}})


class OldBackup(Lie):
    """Put back from an older state, and nobody told it `restored`."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, have={epoch: _older(head, victim, epoch) for epoch, head in answer.have.items()})


class AllClosed(Lie):
    """Every dossier is finished, says the province."""

    def begin(self, victim: Victim) -> None:
        for code in victim.codes:
            victim.say("status", "province", {"number": code, "status": "10", "at": AT})


class Everything(Lie):
    """Statuses for everything: all codes, all states, and states that there are none."""

    def begin(self, victim: Victim) -> None:
        for code in victim.codes:
            for status in victim.noise.sample(["1", "3", "7", "8", "9", "10", "99", "-1", "", "mười", "NaN"], 4):
                victim.say("status", "agency:cong-an", {"number": code, "status": status, "at": AT})
        victim.say("status", "province", {"status": "9"})
        victim.say("status", "province", {"number": None, "status": None, "at": None})


class Trickle(Lie):
    """A landslide in small pieces: two dossiers a contact."""

    def begin(self, victim: Victim) -> None:
        first = 2 * (victim.calls - 1)
        for code in victim.codes[first : first + 2]:
            victim.say("status", "agency:cong-an", {"number": code, "status": "9", "at": AT})


class Ahead(Lie):
    """Claims to hold more of us than we ever wrote, and hands out forgeries when asked for them."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        more = Head(len(victim.payloads) + 3, "ab" * 32)
        return replace(answer, have={**answer.have, victim.epoch: more})

    def own(self, page: OperationsPage, victim: Victim) -> OperationsPage:
        payload, signature = victim.payloads[-1]
        forged = payload.replace(f'"seq":{len(victim.payloads)}', f'"seq":{len(victim.payloads) + 1}')
        item = {"seq": len(victim.payloads) + 1, "hash": "ab" * 32, "p": forged, "s": b64(signature)}
        return replace(page, items=(item,), more=False)


class OtherBytes(Lie):
    """Holds something else in our place."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, have={each: replace(head, hash="cd" * 32) for each, head in answer.have.items()})


class OtherMachine(Lie):
    """Says that another machine stands here."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, current_epoch=answer.current_epoch + 1)


class ForgedOwn(Lie):
    """Our own operations come back by the feed with other words in them, under our name."""

    def begin(self, victim: Victim) -> None:
        for seq, (payload, signature) in enumerate(victim.payloads, 1):
            victim.say("operation", f"device:{victim.device}", {
                "device": victim.device, "epoch": victim.epoch, "seq": seq, "hash": "00" * 32,
                "p": payload.replace("Mẫu", "Giả"), "s": b64(signature),
            })


class Verdicts(Lie):
    """Sends everything back."""

    def begin(self, victim: Victim) -> None:
        victim.say("verdict", "province", {
            "verdict": "refused", "device": victim.device, "epoch": victim.epoch, "seq_from": 1,
            "seq_to": len(victim.payloads) + 50, "reason": "khong-ro",
        })


class Aliases(Lie):
    """Every number of ours is said to be called as another of ours."""

    def begin(self, victim: Victim) -> None:
        for code, other in zip(victim.codes, reversed(victim.codes), strict=True):
            victim.say("alias", "province", {"number": code, "alias": other})


class ForeignLeases(Lie):
    """Numbers that nobody signed, and those of another counter."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        forged = [
            Signed(each.payload.replace(victim.device, "may-la"), each.signature) for each in answer.leases
        ] + [Signed(each.payload.replace('"lo":1', '"lo":5'), b64(b"\0" * 64)) for each in answer.leases]
        return replace(answer, leases=tuple(forged))


class Swallows(Lie):
    """Says "taken" and forgets it: the head it names is the one that we named."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return replace(answer, have={**answer.have, victim.epoch: _head(victim, len(victim.payloads))})


class Refuses(Lie):
    """Wants none of it in any form."""

    def push(self, answer: PushAnswer, victim: Victim) -> PushAnswer:
        items = tuple(ItemAnswer(each.line, Outcome.REFUSED, each.epoch, each.seq, reason="malformed")
                      for each in answer.items)
        return replace(answer, items=items)


class EpochBack(Lie):
    """Gives an epoch that was there before."""

    def hello(self, answer: HelloAnswer, victim: Victim) -> HelloAnswer:
        return OtherBytes().hello(answer, victim)

    def new_epoch(self, answer: EpochAnswer, victim: Victim) -> EpochAnswer:
        return replace(answer, epoch=victim.epoch)


LIES: tuple[Callable[[], Lie], ...] = (
    Empty, OtherProvince, OldBackup, AllClosed, Everything, Trickle, Ahead, OtherBytes, OtherMachine, ForgedOwn,
    Verdicts, Aliases, ForeignLeases, Swallows, Refuses, EpochBack,
)


class LyingClient(GatewayClient):
    """Speaks to the real gateway; what comes back passes through the lies."""

    def __init__(self, url: str, token: str, lies: list[Lie], victim: Victim) -> None:
        super().__init__(url, token)
        self._lies, self._victim = lies, victim
        self._told = next((lie.incarnation for lie in lies if lie.incarnation), "")
        self._real = ""

    def hello(self, hello: Hello) -> HelloAnswer:
        answer = super().hello(hello)
        self._real = answer.incarnation
        for lie in self._lies:
            answer = lie.hello(answer, self._victim)
        return replace(answer, incarnation=self._told or answer.incarnation)

    def feed(self, incarnation: str, position: int, *, own_runs: bool = False) -> FeedPage:
        first, entries = position, tuple[Entry, ...]()
        if not self._told:
            page = super().feed(incarnation, position, own_runs=own_runs)
            first, entries = page.position, page.entries
        made = tuple(
            Entry(first + 1 + at, kind, actor, AT, body)
            for at, (kind, actor, body) in enumerate(self._victim.entries)
        )
        self._victim.entries = []
        return FeedPage(incarnation, first + len(made), (*entries, *made), more=False)

    def push_packed(self, body: bytes, follows: tuple[int, int] | None = None) -> PushAnswer:
        answer = super().push_packed(self._as_real(body), follows)
        for lie in self._lies:
            answer = lie.push(answer, self._victim)
        return replace(answer, incarnation=self._told or answer.incarnation)

    def _as_real(self, body: bytes) -> bytes:
        """The batch as the gateway behind us would have been sent it."""
        first, rest = gzip.decompress(body).split(b"\n", 1)
        head = {**json.loads(first), "incarnation": self._real}
        return gzip.compress(json.dumps(head).encode() + b"\n" + rest)

    def own_operations(self, epoch: int, after: int, limit: int) -> OperationsPage:
        page = super().own_operations(epoch, after, limit)
        for lie in self._lies:
            page = lie.own(page, self._victim)
        return page

    def new_epoch(self, request: NewEpoch) -> EpochAnswer:
        answer = super().new_epoch(request)
        for lie in self._lies:
            answer = lie.new_epoch(answer, self._victim)
        return answer


def _older(head: Head, victim: Victim, epoch: int) -> Head:
    if epoch != victim.epoch or head.seq < 2:
        return head
    return _head(victim, victim.noise.randrange(1, head.seq))


def _head(victim: Victim, seq: int) -> Head:
    return Head(seq, digest(victim.payloads[seq - 1][0]))
