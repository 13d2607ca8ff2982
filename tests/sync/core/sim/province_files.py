"""Files in custody, counted in chunks: named by an operation, grown at the offset, whole when all is there."""

from __future__ import annotations

from sync.errors import HelloAgain, TryLater
from tests.sync.core.sim.rules import Rules


class StoredFiles:
    """`whole`: what the store has of each complete file, which must be its size."""

    __slots__ = ("begun", "named", "rules", "whole")

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.named: dict[tuple[str, str], int] = {}
        self.begun: dict[tuple[str, str], int] = {}
        self.whole: dict[str, int] = {}

    def copy(self) -> StoredFiles:
        twin = StoredFiles(self.rules)
        twin.named, twin.begun, twin.whole = dict(self.named), dict(self.begun), dict(self.whole)
        return twin

    def name(self, office: str, file: str, size: int) -> None:
        self.named[(office, file)] = size

    def offset(self, office: str, file: str) -> int | None:
        """Where the next chunk belongs; -1: complete; None: no operation of this office names it."""
        if (office, file) not in self.named:
            return None
        return -1 if file in self.whole else self.begun.get((office, file), 0)

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
        self.begun[(office, file)] = at + 1
        is_last = offset + 1 >= size if not self.rules.file_whole else at + 1 >= size
        if is_last or (not self.rules.file_offset and offset + 1 >= size):
            self.whole[file] = at + 1
            return -1
        return at + 1
