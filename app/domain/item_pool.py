"""The item codes handed to a counter in advance, so that a result can be posted while the line is down.

A code is free, used or void, and is never used a second time. A used one whose posting was called off becomes
void: its label may be on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.domain.item_code import ItemCode, ItemRange
from app.errors import Refusal


@dataclass(frozen=True, slots=True)
class PoolCount:
    """How the codes of a pool or of one range stand: `handed` = `used` + `void` + `left`."""

    handed: int = 0
    used: int = 0
    void: int = 0

    @property
    def left(self) -> int:
        return self.handed - self.used - self.void

    def __add__(self, other: PoolCount) -> PoolCount:
        return PoolCount(self.handed + other.handed, self.used + other.used, self.void + other.void)


@dataclass(frozen=True, slots=True)
class ItemPool:
    """The ranges of one counter in the order they were handed, and what became of their codes."""

    ranges: tuple[ItemRange, ...] = ()
    used: frozenset[ItemCode] = field(default_factory=frozenset)
    void: frozenset[ItemCode] = field(default_factory=frozenset)

    def with_range(self, handed: ItemRange) -> ItemPool:
        """The pool with one more range. Refusal `item_range_overlaps` (first, last: of the range already here)."""
        for known in self.ranges:
            if known.overlaps(handed):
                raise Refusal("item_range_overlaps", first=known.first.text, last=known.last.text)
        return replace(self, ranges=(*self.ranges, handed))

    def next_free(self, service: str | None = None) -> ItemCode | None:
        """The code to offer: the lowest free one of the oldest range (of this `service`); None: all gone."""
        return next(self.free(service), None)

    def free(self, service: str | None = None) -> Iterator[ItemCode]:
        """The free codes in the order they are offered."""
        for handed in self.ranges:
            if service is None or handed.first.service == service:
                yield from (code for code in handed if code not in self.used and code not in self.void)

    def is_free(self, code: ItemCode) -> bool:
        return self._holds(code) and code not in self.used and code not in self.void

    def take(self, code: ItemCode) -> ItemPool:
        """The pool after `code` was put on a cover; any free one may be, labels come off the roll as they lie.

        Refusals: `item_code_not_in_pool`, `item_code_used`, `item_code_void` (item: the code, as shown).
        """
        self._must_hold(code)
        if code in self.used:
            raise Refusal("item_code_used", item=code.shown)
        if code in self.void:
            raise Refusal("item_code_void", item=code.shown)
        return replace(self, used=self.used | {code})

    def strike(self, code: ItemCode) -> ItemPool:
        """The pool after `code` was made void: its label is torn, or its posting was called off.

        Refusals: `item_code_not_in_pool`, `item_code_void` (item).
        """
        self._must_hold(code)
        if code in self.void:
            raise Refusal("item_code_void", item=code.shown)
        return replace(self, used=self.used - {code}, void=self.void | {code})

    def count(self) -> PoolCount:
        """The whole pool."""
        return sum(self.count_by_range(), PoolCount())

    def count_by_range(self) -> tuple[PoolCount, ...]:
        """One for each of `ranges`, in their order: the lines of the report on item codes."""
        return tuple(
            PoolCount(len(handed), _how_many(self.used, handed), _how_many(self.void, handed))
            for handed in self.ranges)

    def _holds(self, code: ItemCode) -> bool:
        return any(code in handed for handed in self.ranges)

    def _must_hold(self, code: ItemCode) -> None:
        if not self._holds(code):
            raise Refusal("item_code_not_in_pool", item=code.shown)


def _how_many(codes: frozenset[ItemCode], handed: ItemRange) -> int:
    return sum(code in handed for code in codes)
