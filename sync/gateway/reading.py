"""A pushed body becomes items whose signatures have been checked, before any lock is taken."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from sync.contract.codec import MalformedMessage
from sync.contract.limits import MAX_BATCH_OPERATIONS, MAX_OPERATION, MAX_UNPACKED
from sync.contract.operation_text import Place, digest, read
from sync.contract.problems import Code, Refused
from sync.contract.push import Item, PlainItem, PushHead, SealedItem, unpack
from sync.gateway.problem import ProblemRaised
from sync.gateway.verifying import Check, checker

_CHUNK = 64


@dataclass(slots=True)
class Pushed:
    """One item with its place in the chain, or the reason why it is refused."""

    line: int
    payload: bytes = b""
    signature: bytes = b""
    epoch: int = -1                                # -1 and 0: could not be read
    seq: int = 0
    hash: str = ""
    place: Place | None = None                     # None when sealed or refused
    refused: str | None = None
    branch: int = 0                                # beside the chain: an adopted branch of a fork
    said_prev: str | None = None                   # of a sealed one, as its sender says

    @property
    def is_sealed(self) -> bool:
        return self.place is None

    @property
    def prev(self) -> str | None:
        """Hash of the operation that it follows; None where nobody says."""
        return self.place.prev if self.place is not None else self.said_prev


def unzip(body: bytes, encoding: str, limit: int = MAX_UNPACKED) -> bytes:
    """The plain body; stops at `limit` however much the zip would yield. Raises ProblemRaised."""
    if encoding in ("", "identity"):
        if len(body) > limit:
            raise ProblemRaised(Code.TOO_LARGE, 413, limit=limit)
        return body
    if encoding != "gzip":
        raise ProblemRaised(Code.MALFORMED, 400, where="Content-Encoding", what="unknown")
    unzipper = zlib.decompressobj(wbits=31)
    try:
        plain = unzipper.decompress(body, limit + 1)
    except zlib.error as error:
        raise ProblemRaised(Code.MALFORMED, 400, where="body", what="not_gzip") from error
    if len(plain) > limit:
        raise ProblemRaised(Code.TOO_LARGE, 413, limit=limit)
    if not unzipper.eof or unzipper.unused_data:
        raise ProblemRaised(Code.MALFORMED, 400, where="body", what="cut_short")
    return plain


def read_push(plain: bytes) -> tuple[PushHead, list[Pushed]]:
    """Head and items in the order sent. Raises ProblemRaised for the body, never for an item."""
    try:
        head, lines = unpack(plain)
    except MalformedMessage as error:
        raise ProblemRaised(Code.MALFORMED, 400, where=error.where, what=error.what) from error
    if head.count > MAX_BATCH_OPERATIONS:
        raise ProblemRaised(Code.TOO_LARGE, 413, limit=MAX_BATCH_OPERATIONS)
    return head, [_read_item(number, item, head.device) for number, item in enumerate(lines)]


def _read_item(line: int, item: Item | None, device: str) -> Pushed:
    if item is None:
        return Pushed(line, refused=Refused.MALFORMED)
    if isinstance(item, SealedItem):
        if not (0 < item.seq < 2**53 and 0 <= item.epoch < 2**31):
            return Pushed(line, refused=Refused.MALFORMED)
        return _sized(Pushed(line, item.payload, item.signature, item.epoch, item.seq, digest(item.payload),
                             said_prev=item.prev))
    return _read_plain(line, item, device)


def _read_plain(line: int, item: PlainItem, device: str) -> Pushed:
    try:
        payload = item.payload.encode()
        place = read(payload)
    except ValueError:                             # half a surrogate pair is one of these too
        return Pushed(line, refused=Refused.MALFORMED)
    if place.epoch >= 2**31:
        return Pushed(line, refused=Refused.MALFORMED)
    found = Pushed(line, payload, item.signature, place.epoch, place.seq, digest(payload), place)
    if place.device != device:
        found.refused = Refused.OTHER_DEVICE
    return _sized(found)


def _sized(pushed: Pushed) -> Pushed:
    if len(pushed.payload) > MAX_OPERATION:
        pushed.refused = Refused.TOO_LARGE
    return pushed


def check_signatures(items: Sequence[Pushed], keys: Mapping[int, bytes], workers: Executor) -> None:
    """Mark items that this device's key of their epoch did not sign. Verifying leaves the interpreter's lock, so
    the work is shared out to all processor cores."""
    checks = {epoch: checker(key) for epoch, key in keys.items()}
    wanted = [item for item in items if item.refused is None]
    chunks = [wanted[start:start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
    if len(chunks) == 1:
        _check(chunks[0], checks)
    else:
        for _ in workers.map(lambda chunk: _check(chunk, checks), chunks):
            pass


def _check(items: Sequence[Pushed], checks: Mapping[int, Check]) -> None:
    for item in items:
        holds = checks.get(item.epoch)
        if holds is None:
            item.refused = Refused.UNKNOWN_EPOCH
        elif not holds(item.signature, item.payload):
            item.refused = Refused.SIGNATURE
