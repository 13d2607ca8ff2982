"""Notes and coins as they lie in a drawer, counted one kind after the other (Ngân hàng Nhà nước Việt Nam)."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import Refusal

KINDS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)
"""Notes in use, in đồng, the largest first; 500 and 200 still pay though few people carry them."""
MOST = 100_000

Count = Mapping[int, int]
"""Kind in đồng to pieces."""


def counted(count: Count) -> int:
    """What `count` comes to, in đồng. Refusal `count_impossible` (kind, pieces): nobody can have counted that."""
    for kind, pieces in count.items():
        if kind not in KINDS or type(pieces) is not int or not 0 <= pieces <= MOST:
            raise Refusal("count_impossible", kind=kind, pieces=pieces)
    return sum(kind * pieces for kind, pieces in count.items())
