"""The command line of a fault run: so many turns, a seed, and the mutant with which it must not come out clean."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol


class Figures(Protocol):
    @property
    def is_clean(self) -> bool: ...


def command(
    about: str, run: Callable[[int, int, Path], Figures], turns: tuple[str, int],
    mutant: tuple[str, Callable[[], AbstractContextManager[None]]] | None = None,
) -> int:
    """Run, print the figures, and return the exit code. `turns`: what they are called, and how many unless said
    otherwise; `mutant`: its option, and the patch that is the mutant."""
    name, usual = turns
    option, patched = mutant or ("", nullcontext)
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument(f"--{name}", type=int, default=usual, dest="turns")
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(mutant=False)
    if mutant is not None:
        parser.add_argument(f"--{option}", action="store_true", dest="mutant",
                            help="the mutant; must not come out clean")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-fault-") as folder, patched() if said.mutant else nullcontext():
        figures = run(said.turns, said.seed, Path(folder))
    sys.stdout.write(f"{figures}\n")
    return 0 if figures.is_clean != said.mutant else 1
