"""An operation of the model: no JSON and no curve, but chained, hashed and signed as a real one is."""

from __future__ import annotations

from app.domain.operation import digest
from sync.contract.operation_text import Place
from sync.core.asks import Waiting

RECEIVED, CORRECTED, EDITED, SCANNED, CLOSED = "received", "corrected", "edited", "scanned", "closed"


def sign(key: str, digest: str) -> bytes:
    """Nobody without the key makes it; who knows the key's name can check it."""
    return f"{key}/{digest[:16]}".encode()


class Operation:
    """One line of a journal. `fee` counts what changes in the drawer; `file` names a scan of `size` chunks."""

    __slots__ = (
        "base", "day", "device", "epoch", "fee", "file", "hash", "intent", "is_taken", "kind", "number", "op_id",
        "paper", "payload", "place", "poison", "prev", "refers", "seq", "signature", "size", "value", "waiting",
        "was_chained",
    )

    def __init__(
        self, device: str, epoch: int, seq: int, prev: str, key: str, kind: str, op_id: str, intent: str, *,
        day: int, number: str = "", fee: int = 0, refers: str = "", base: int = 0, value: str = "", file: str = "",
        size: int = 0, poison: str = "",
    ) -> None:
        self.device, self.epoch, self.seq, self.prev = device, epoch, seq, prev
        self.kind, self.op_id, self.intent = kind, op_id, intent
        self.day, self.number, self.fee = day, number, fee
        self.refers, self.base, self.value = refers, base, value
        self.file, self.size, self.poison = file, size, poison
        self.payload = f"{device} {epoch} {seq} {prev[:16]} {op_id} {kind} {number} {fee} {refers} {value} {file}"
        self.hash = digest(self.payload)
        self.signature = sign(key, self.hash)
        self.place = Place(device, epoch, seq, prev, {"number": number or None})
        self.waiting = Waiting(epoch, seq, op_id, self.payload, self.signature)
        self.is_taken = False                      # some province had custody of it once
        self.was_chained = False                   # and not only beside the chain
        self.paper = False                         # a citizen holds its receipt

    def __repr__(self) -> str:
        return f"<{self.device}/{self.epoch}/{self.seq} {self.kind} {self.number or self.refers} {self.hash[:6]}>"


