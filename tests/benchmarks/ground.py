"""What the parts of one run share: how large, how often, and one big book that is filled once."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.big_book import fill
from tests.office import Office, make_office


@dataclass
class Ground:
    """`dossiers` is the size of the book that is searched; `share` of the usual rounds are run, at least a few."""

    folder: Path
    dossiers: int
    share: float = 1.0

    def rounds(self, usual: int, at_least: int = 3) -> int:
        return max(at_least, int(usual * self.share))

    @cached_property
    def big_office(self) -> Office:
        """An office with the big book; made when first asked for, closed with the ground."""
        office = make_office(self.folder / "big")
        started = time.perf_counter()
        fill(office.application.database, self.dossiers)
        print(f"… {self.dossiers:,} dossiers written in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        return office


@contextmanager
def ground(dossiers: int, share: float = 1.0) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="qmc-benchmarks-") as folder:
        made = Ground(Path(folder), dossiers, share)
        try:
            yield made
        finally:
            if "big_office" in made.__dict__:
                made.big_office.application.close()
