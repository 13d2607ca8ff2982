"""Operations that are rightly signed and in their place of the chain, and say anything at all."""

from __future__ import annotations

import json
import random
from collections.abc import Generator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract import paths
from sync.contract.operation_text import digest
from sync.contract.push import CONTENT_TYPE, Item, PlainItem, PushHead, SealedItem, pack
from tests.faults.altered_messages import weird_within
from tests.sync.compat.golden_set import FIRST, OPERATIONS, Exchange, Machine, Message

_BATCH = 8


def odd_pushes(
    machine: Machine, incarnation: str, head: Mapping[str, Any], count: int, noise: random.Random
) -> Generator[Exchange, Mapping[str, Any], None]:
    """Pushes of a few operations each, as one chain; `have` of each answer is to be sent in."""
    texts = [json.loads(json.loads(line)["p"]) for line in (FIRST / OPERATIONS).read_text("utf-8").splitlines()]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(machine.key))
    seq, prev = head["seq"], head["hash"]
    for _ in range(count):
        items: list[Item] = []
        for at in range(_BATCH):
            payload = _text(noise.choice(texts), machine, seq + at + 1, prev, noise)
            raw = payload.encode("utf-8", "surrogatepass")
            signature = key.sign(raw)
            is_sealed = noise.random() < 0.1 or raw != payload.encode("utf-8", "replace")
            items.append(SealedItem(raw, signature, machine.epoch, seq + at + 1) if is_sealed
                         else PlainItem(payload, signature))
            prev = digest(raw)
        body = pack(PushHead(machine.device, machine.epoch, len(items), incarnation), items)
        have = yield Exchange("odd", "POST", paths.PUSH, Message({
            "authorization": f"Bearer {machine.token}", "content-type": CONTENT_TYPE, "content-encoding": "gzip",
        }, body), 200, Message({}, b""))
        head = have[str(machine.epoch)]
        seq, prev = head["seq"], head["hash"]


def _text(fields: Any, machine: Machine, seq: int, prev: str, noise: random.Random) -> str:
    """An operation with something odd in it, in its right place of the chain."""
    odd = fields
    for _ in range(noise.randrange(1, 4)):
        found = weird_within(odd, noise)
        odd = found if isinstance(found, dict) else odd
    odd |= {"device": machine.device, "epoch": machine.epoch, "seq": seq, "prev": prev}
    if noise.random() < 0.5:
        odd["op_id"] = f"{noise.getrandbits(128):032x}"
    return json.dumps(odd, ensure_ascii=noise.random() < 0.3, sort_keys=True, separators=(",", ":"))
