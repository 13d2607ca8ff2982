"""How far the documents are that go to the province now: "đang gửi tệp 3/12", which only ever counts on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileProgress:
    """`left` of `total` documents are still to go, `size` bytes of all that wait."""

    total: int
    left: int
    size: int

    @property
    def number(self) -> int:
        """Of the document that is on its way, from 1."""
        return min(self.total, self.total - self.left + 1)


def heard(before: FileProgress | None, waiting: int, size: int, aside: int) -> FileProgress | None:
    """After the courier's next word; None when nothing is left but what is set aside.

    Papers that are filed meanwhile make the whole longer, so the number never goes back.
    """
    left = max(0, waiting - aside)
    if not left:
        return None
    if before is None:
        return FileProgress(left, left, size)
    return FileProgress(before.total + max(0, left - before.left), left, size)
