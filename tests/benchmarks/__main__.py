"""`python -m tests.benchmarks`: run what was asked for and print the table."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module

from tests.benchmarks.ground import Ground, ground
from tests.benchmarks.table import Row, print_table

PARTS = ("store", "life", "receipt", "push", "thin_line", "files", "fleet", "feeder", "scan_page", "window",
         "search", "lists", "reports")
"""The window's processes are measured before the big book fills memory; typing and search share that book."""

Measure = Callable[[Ground], Iterable[Row]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed as ratios")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, comma separated")
    parser.add_argument("--dossiers", type=int, default=1_144_056, help="size of the book that is searched")
    parser.add_argument("--share", type=float, default=1.0, help="share of the usual rounds, 0.1 for a quick look")
    parser.add_argument("--pages", type=int, default=0, help="the pile in the feeder, 0: a minute's worth")
    said = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    with ground(said.dossiers, said.share, said.pages) as place:
        for part in said.only.split(","):
            started = time.perf_counter()
            measure: Measure = import_module(f"tests.benchmarks.{part}").rows
            rows += measure(place)
            print(f"… {part} measured in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    print(f"{said.dossiers:,} dossiers, {os.cpu_count()} cores, load {load}\n")
    print_table(sorted(rows, key=lambda row: (row.goal_id[0] != "S", int(row.goal_id[1:]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
