"""What the parts of one run share: how large, how often, and one big book that is filled once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sync.gateway.process import GatewayProcess
from tests.benchmarks.table import seconds
from tests.benchmarks.waiting_office import WaitingOffice, waiting_office
from tests.big_book import fill
from tests.gateway_process import running_gateway


@dataclass
class Ground:
    """`dossiers` is the size of the book that is searched; `share` of the usual rounds are run, at least a few.
    `pages` is the pile in the feeder, 0 for the usual one."""

    folder: Path
    dossiers: int
    share: float
    held: ExitStack
    pages: int = 0

    def rounds(self, usual: int, at_least: int = 3) -> int:
        return max(at_least, int(usual * self.share))

    @cached_property
    def big_office(self) -> WaitingOffice:
        """A counter with the big book, its gateway running beside it; made when first asked for."""
        gateway = self.held.enter_context(running_gateway(self.folder / "province"))
        step_back(gateway)
        office = self.held.enter_context(waiting_office(self.folder / "big", gateway))
        taken = seconds(lambda: fill(office.application.database, self.dossiers))
        print(f"… {self.dossiers:,} dossiers written in {taken:.0f} s", file=sys.stderr)
        return office


def step_back(gateway: GatewayProcess) -> None:
    """In life it is another machine: here it takes the processor only when the counter does not want it."""
    if hasattr(os, "setpriority") and gateway._process is not None:
        os.setpriority(os.PRIO_PROCESS, gateway._process.pid, 19)


@contextmanager
def ground(dossiers: int, share: float = 1.0, pages: int = 0) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="qmc-benchmarks-") as folder, ExitStack() as held:
        yield Ground(Path(folder), dossiers, share, held, pages)
