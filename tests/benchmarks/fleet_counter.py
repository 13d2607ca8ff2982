"""A counter after three days without a line: its operations signed and packed beforehand, its contacts as the real
one has them (hello, push, feed; away at the first refusal, back after full jitter)."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import GENESIS, Header, canonical, digest
from sync.backoff import delay
from sync.contract import codec, paths
from sync.contract.feed import FeedPage
from sync.contract.messages import (
    Cursor,
    EnrolAnswer,
    EnrolRequest,
    Head,
    Hello,
    HelloAnswer,
    b64,
    enrol_text,
)
from sync.contract.push import CONTENT_TYPE, Outcome, PlainItem, PushAnswer, PushHead, pack
from sync.core.pace import FIRST_OPERATIONS, MOST_OPERATIONS
from tests.benchmarks.fleet_line import Busy, FleetLine, Tally

NUMBERS_A_DAY = 400


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations first..last, packed as they go over the line."""

    first: int
    last: int
    last_hash: str
    body: bytes


@dataclass
class FleetCounter:
    """`agency`: the identifier that begins its numbers. `troubles`: whatever an honest counter never hears."""

    url: str
    tally: Tally
    noise: random.Random
    agency: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device: str = ""
    epoch: int = 0
    token: str = ""
    office: str = ""
    incarnation: str = ""
    position: int = 0
    seen: int = 0                                  # entries of the feed
    head: Head | None = None
    batches: list[Batch] = field(default_factory=list)
    confirmed: int = 0
    failures: int = 0
    contacts: int = 0
    troubles: list[str] = field(default_factory=list)

    def line(self) -> FleetLine:
        return FleetLine(self.url, self.tally, self.token, (self.device, self.epoch), self.key)

    async def enrol(self, code: str) -> EnrolAnswer:
        public = b64(self.key.public_key().public_bytes_raw())
        request = EnrolRequest(
            code=code, device_name="PC thử", public_key=public,
            proof=b64(self.key.sign(enrol_text(code, public).encode())), app_version="0.1.0", machine_hint="",
        )
        async with FleetLine(self.url, Tally()) as line:
            answer = codec.loads(EnrolAnswer, await line.ask("enrol", "POST", paths.ENROL, codec.dumps(request)))
        self.device, self.epoch, self.token = answer.device, answer.epoch, answer.token
        self.office, self.incarnation = answer.office, answer.incarnation
        self.position = answer.cursor.position
        return answer

    def write(self, answer: EnrolAnswer, amount: int) -> Iterator[tuple[str, int, int, str, str, bytes, str]]:
        """`amount` signed receptions of three days, packed into batches; gives each as a row of a table."""
        lease = json.loads(answer.leases[0].payload)
        prev, seq = GENESIS, 0
        today = datetime.now(UTC).date()
        sizes = [min(FIRST_OPERATIONS, amount)]
        while sum(sizes) < amount:
            sizes.append(min(MOST_OPERATIONS, amount - sum(sizes)))
        for size in sizes:
            first, items = seq + 1, []
            for _ in range(size):
                seq += 1
                op_id = str(uuid.UUID(int=self.noise.getrandbits(128)))
                payload = self._reception(op_id, seq, prev, today, lease)
                prev = digest(payload)
                items.append(PlainItem(payload, self.key.sign(payload.encode())))
                yield self.device, self.epoch, seq, op_id, prev, items[-1].signature, payload
            head = PushHead(self.device, self.epoch, size, self.incarnation)
            self.batches.append(Batch(first, seq, prev, pack(head, items)))
        self.head = Head(seq, prev)

    def _reception(self, op_id: str, seq: int, prev: str, today: date, lease: dict[str, object]) -> str:
        days, nth = divmod(seq, NUMBERS_A_DAY)
        day = today + timedelta(days=days)
        header = Header(
            op_id=op_id, device=self.device, epoch=self.epoch, seq=seq,
            prev=prev, type="dossier.received", intent=f"f{seq}", office=self.office, staff="nv1",
            agency_account="mau.ca", business_date=day.isoformat(),
            wall_time=datetime.now(UTC).isoformat(timespec="milliseconds"), clock_offset_ms=None,
            number=f"{self.agency}-{day:%y%m%d}-{int(str(lease['lo'])) + nth:04d}",
        )
        person = {"full_name": f"Nguyễn Thị Thử {self.noise.randrange(10**6)}",
                  "personal_id": f"{self.noise.randrange(10**11):012d}", "gender": "Nữ",
                  "address": "Tổ 3, Thôn Giả Định, Xã Thử, Tỉnh Mẫu", "phone": "0905000123"}
        papers = [{"name": name, "originals": 1, "copies": 0, "status": "present", "is_compared": False}
                  for name in ("Tờ khai yêu cầu (Mẫu thử)", "Bản sao căn cước hoặc hộ chiếu", "Ảnh 4×6")]
        body = {"dossier": {"code": header.number, "intake": {
            "applicant": {"person": person}, "papers": papers, "fees": [{"amount": 200_000, "kind": "fee"}],
            "procedure": {"code": "3.000333", "name": "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam"}}},
            "lease_id": lease["lease_id"], "lease_number": int(str(lease["lo"])) + nth}
        return canonical(header, body)

    @property
    def is_drained(self) -> bool:
        return self.head is None or self.confirmed >= self.head.seq

    async def come_back(self, within: float) -> None:
        """Contacts until everything is confirmed and the feed is read, beginning at a moment of its own."""
        await asyncio.sleep(self.noise.uniform(0, within))
        while True:
            self.contacts += 1
            try:
                async with self.line() as line:
                    await self._contact(line)
                return
            except Busy as busy:
                self.failures += 1
                await asyncio.sleep(delay(self.failures, self.noise.uniform, busy.after))

    async def _contact(self, line: FleetLine) -> None:
        hello = Hello(
            device=self.device, epoch=self.epoch, head=self.head, cursor=Cursor(self.incarnation, self.position),
            incarnation=self.incarnation, app="0.1.0", schemas={"operation": 1},
            t_wall=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        met = codec.loads(HelloAnswer, await line.ask("hello", "POST", paths.HELLO, codec.dumps(hello)))
        have = met.have.get(self.epoch)
        self.confirmed = have.seq if have else 0
        for batch in self.batches:
            if batch.last <= self.confirmed:
                continue
            answer = codec.loads(PushAnswer, await line.ask(
                "push", "POST", paths.PUSH, batch.body, ("content-type", CONTENT_TYPE),
                ("content-encoding", "gzip"),
            ))
            self.failures = 0
            self.troubles += [f"{each.seq} {each.outcome} {each.reason}" for each in answer.items
                              if each.outcome not in (Outcome.TAKEN, Outcome.ALREADY)]
            held = answer.have.get(self.epoch)
            if held is None or (held.seq, held.hash) != (batch.last, batch.last_hash):
                self.troubles.append(f"have {held} after {batch.last}")
            self.confirmed = batch.last
        await self.pull(line)

    async def pull(self, line: FleetLine) -> None:
        while True:
            path = f"{paths.FEED}?incarnation={self.incarnation}&position={self.position}"
            page = codec.loads(FeedPage, await line.ask("feed", "GET", path))
            self.seen += len(page.entries)
            self.position = page.position
            if not page.more:
                return
