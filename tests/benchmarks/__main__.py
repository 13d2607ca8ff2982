"""`python -m tests.benchmarks`: run what was asked for and print the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from importlib import import_module

from tests.benchmarks.table import Row, print_table

PARTS = ("store", "search", "receipt", "window", "push")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed as ratios")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, comma separated")
    parser.add_argument("--dossiers", type=int, default=1_144_056, help="size of the book that is searched")
    said = parser.parse_args()
    rows: list[Row] = []
    for part in said.only.split(","):
        run: Callable[..., Iterable[Row]] = import_module(f"tests.benchmarks.{part}").rows
        rows += run(said.dossiers) if part == "search" else run()
        print(f"… {part} measured", file=sys.stderr)
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
