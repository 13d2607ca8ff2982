"""Files in custody, counted in chunks: named by an operation, grown at the offset, whole when all is there.

A chunk of the model is the place in the file that it was cut from, so what a store has can be compared with what
it should have, as the gateway compares the SHA-256.
"""

from __future__ import annotations

from sync.errors import HelloAgain, TryLater
from tests.sync.core.sim.rules import Rules


class StoredFiles:
    """`begun`, `whole`: the chunks that are there, in the order in which they came."""

    __slots__ = ("begun", "named", "rules", "whole")

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.named: dict[tuple[str, str], int] = {}
        self.begun: dict[tuple[str, str], tuple[int, ...]] = {}
        self.whole: dict[str, tuple[int, ...]] = {}

    def copy(self) -> StoredFiles:
        twin = StoredFiles(self.rules)
        twin.named, twin.begun, twin.whole = dict(self.named), dict(self.begun), dict(self.whole)
        return twin

    def name(self, office: str, file: str, size: int) -> None:
        self.named[(office, file)] = size

    def is_whole(self, file: str, size: int) -> bool:
        return self.whole.get(file) == tuple(range(size))

    def offset(self, office: str, file: str) -> int | None:
        """Where the next chunk belongs; -1: complete; None: no operation of this office names it."""
        if (office, file) not in self.named:
            return None
        return -1 if file in self.whole else len(self.begun.get((office, file), ()))

    def take_chunk(self, office: str, file: str, offset: int) -> int:
        """One chunk; the new offset, -1 when that was the last. Raises as the client does."""
        at = self.offset(office, file)
        if at is None:
            raise HelloAgain("file_unnamed")
        if at < 0:
            return -1
        if offset != at and self.rules.file_offset:
            raise TryLater("offset_differs")
        size = self.named[(office, file)]
        kept = self.begun[(office, file)] = (*self.begun.get((office, file), ()), offset)
        if len(kept) < size:
            return len(kept)
        if kept != tuple(range(size)) and self.rules.file_whole:
            self.begun[(office, file)] = ()        # it begins anew
            raise TryLater("file_hash_differs")
        self.whole[file] = kept
        return -1
