"""A counter as the gateway sees it: a key, a chain of operations, and HTTP; no client code of ours between."""

from __future__ import annotations

import gzip
import itertools
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import GENESIS, Header, canonical, digest
from sync.contract import codec
from sync.contract.feed import FeedPage
from sync.contract.messages import (
    Cursor,
    EnrolAnswer,
    EnrolRequest,
    Hello,
    HelloAnswer,
    LeaseUsage,
    b64,
    enrol_text,
)
from sync.contract.problems import Problem, read_problem
from sync.contract.push import Item, PlainItem, PushAnswer, PushHead, SealedItem, pack

_OP_IDS = itertools.count(1)


class Answer(Protocol):
    """What `requests` and Starlette's test client have in common."""

    status_code: int

    @property
    def content(self) -> bytes: ...

    def json(self) -> Any: ...


class Line(Protocol):
    """A way to the gateway."""

    def request(self, method: str, url: str, **more: Any) -> Any: ...


class SaidNo(Exception):
    def __init__(self, problem: Problem, headers: Any) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.code = problem.code
        self.headers = headers


def ask(line: Line, method: str, path: str, **more: Any) -> Answer:
    answer = line.request(method, path, **more)
    if answer.status_code // 100 != 2:
        raise SaidNo(read_problem(answer.json()), answer.headers)
    return answer


@dataclass
class Op:
    payload: str
    signature: bytes

    @property
    def item(self) -> PlainItem:
        return PlainItem(self.payload, self.signature)


@dataclass
class FakeCounter:
    """Writes and signs operations as a client does, and sends what a test tells it to."""

    line: Line
    office: str = "bc-mau"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    answer: EnrolAnswer | None = None
    token: str = ""
    device: str = ""
    epoch: int = 0
    seq: int = 0
    prev: str = GENESIS

    @property
    def public(self) -> str:
        return b64(self.key.public_key().public_bytes_raw())

    def enrol(self, code: str, **past: Any) -> EnrolAnswer:
        request = EnrolRequest(
            code=code, device_name="PC mẫu", public_key=self.public,
            proof=b64(self.key.sign(enrol_text(code, self.public).encode())), app_version="0.1.0",
            machine_hint="thử", **past,
        )
        answer = codec.loads(EnrolAnswer, ask(self.line, "POST", "/v1/enrol", data=codec.dumps(request)).content)
        self.answer, self.token = answer, answer.token
        self.device, self.epoch = answer.device, answer.epoch
        self.seq, self.prev = 0, GENESIS
        return answer

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def incarnation(self) -> str:
        assert self.answer is not None
        return self.answer.incarnation

    def write(self, *, number: str | None = None, body: Any = None, **changes: Any) -> Op:
        """The next operation of the chain; `changes` are header values that a correct client would not write."""
        self.seq += 1
        header = Header(
            op_id=str(uuid.UUID(int=next(_OP_IDS) + (7 << 76) + (2 << 62))), device=self.device, epoch=self.epoch,
            seq=self.seq, prev=self.prev, type="dossier.received" if number else "person.revealed",
            intent=uuid.uuid4().hex, office=self.office, staff="nv1", agency_account="mau.ca",
            business_date="2026-09-21", wall_time="2026-09-21T01:02:03.004Z", clock_offset_ms=None, number=number,
        )
        fields = {name: getattr(header, name) for name in Header.__slots__} | changes
        if changes:
            payload = json.dumps({**fields, "body": body or {}}, ensure_ascii=False, sort_keys=True,
                                 separators=(",", ":"))
        else:
            payload = canonical(header, body or {"ghi_chú": "thử"})
        return self.sign(payload)

    def sign(self, payload: str) -> Op:
        """Sign any text as the newest operation of the chain."""
        self.prev = digest(payload)
        return Op(payload, self.key.sign(payload.encode()))

    def number(self, n: int, *, day: date, agency: str = "H47.15") -> str:
        return f"{agency}-{day:%y%m%d}-{n:04d}"

    def first_number(self, agency: str) -> int:
        """Lowest number that this machine's leases for an agency begin with."""
        assert self.answer is not None
        leases = [json.loads(signed.payload) for signed in self.answer.leases]
        return min(int(lease["lo"]) for lease in leases if lease["agency"] == agency)

    def push(self, operations: Iterable[Op | Item], *, author: str | None = None) -> PushAnswer:
        items = [each.item if isinstance(each, Op) else each for each in operations]
        return self.push_body(pack(self.head(len(items), author), items))

    def head(self, count: int, author: str | None = None) -> PushHead:
        return PushHead(author or self.device, self.epoch, count, self.incarnation)

    def push_body(self, body: bytes, encoding: str = "gzip") -> PushAnswer:
        headers = {**self.headers, "Content-Encoding": encoding}
        return codec.loads(PushAnswer, ask(self.line, "POST", "/v1/push", data=body, headers=headers).content)

    def push_lines(self, lines: Sequence[str | bytes], count: int | None = None) -> PushAnswer:
        """Lines as they are, readable or not."""
        head = {"protocol": 1, "device": self.device, "epoch": self.epoch, "incarnation": self.incarnation,
                "count": len(lines) if count is None else count}
        raw = [json.dumps(head).encode(), *(each.encode() if isinstance(each, str) else each for each in lines)]
        return self.push_body(gzip.compress(b"\n".join(raw)))

    def hello(self, **changes: Any) -> HelloAnswer:
        values: dict[str, Any] = {
            "device": self.device, "epoch": self.epoch, "head": None, "cursor": None, "incarnation": None,
            "app": "0.1.0", "schemas": {"operation": 1}, "t_wall": "2026-09-21T01:02:03.004Z", **changes,
        }
        hello = Hello(**values)
        return codec.loads(
            HelloAnswer, ask(self.line, "POST", "/v1/hello", data=codec.dumps(hello), headers=self.headers).content
        )

    def feed(self, position: int = 0, limit: int = 500, incarnation: str | None = None) -> FeedPage:
        params = {"incarnation": incarnation or self.incarnation, "position": position, "limit": limit}
        return codec.loads(
            FeedPage, ask(self.line, "GET", "/v1/feed", params=params, headers=self.headers).content
        )

    def whole_feed(self, limit: int = 500) -> list[Any]:
        entries: list[Any] = []
        position = 0
        while True:
            page = self.feed(position, limit)
            entries += page.entries
            position = page.position
            if not page.more:
                return entries


def usage(agency: str, day: date, used: int) -> LeaseUsage:
    return LeaseUsage(agency, day.isoformat(), used)


def outcomes(answer: PushAnswer) -> list[str]:
    return [item.outcome for item in answer.items]


def sealed(op: Op, epoch: int, seq: int, prev: str | None = None) -> SealedItem:
    return SealedItem(op.payload.encode(), op.signature, epoch, seq, prev)


def cursor(incarnation: str, position: int) -> Cursor:
    return Cursor(incarnation, position)
