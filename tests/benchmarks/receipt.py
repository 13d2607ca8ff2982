"""S7: see `receipt_pdf`, which measures; here its figures become rows of the common table."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.ground import Ground
from tests.benchmarks.receipt_pdf import bench_receipt
from tests.benchmarks.table import Row, shown

AT_MOST = 4.5


def rows(ground: Ground) -> Iterator[Row]:
    alone, checked = bench_receipt(ground.rounds(60))
    limit = f"PDF written by hand {shown(alone.peer_ms / 1e3)}"
    yield Row("S7", "receipt PDF, A5, two copies, both codes", shown(alone.ours_ms / 1e3), limit, alone.ratio,
              at_most=AT_MOST)
    yield Row("S7", "the same with both codes read back", shown(checked.ours_ms / 1e3), limit, checked.ratio)
