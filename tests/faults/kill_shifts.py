"""kill -9 in the middle of random shifts: what was told as done is in the book, and every đồng is accounted for.

A child works at a cash desk on a real encrypted book and tells each act once it is committed; the parent kills it
at a random instant, and the next child goes on with the book. An auditor reads it at the end.

    python -m tests.faults.kill_shifts [--kills 200] [--seed 1]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.store.tables import journal
from tests.app.services.till.desk import CashDesk
from tests.faults import shifts
from tests.faults.command import command
from tests.faults.lives import chain_breaks, one_life
from tests.faults.till_audit import Auditor
from tests.office import Province, SetClock, make_template, reopen

LONGEST_LIFE = 1.0


@dataclass(slots=True)
class Figures:
    kills: int = 0
    told: int = 0
    operations: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    chain_breaks: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.faults or self.chain_breaks)


def run(kills: int, seed: int, folder: Path) -> Figures:
    """Kill `kills` children, one after the other, on one book."""
    dice, figures, told = random.Random(seed), Figures(), []
    province = Province(Ed25519PrivateKey.generate())
    make_template(folder, province, device="quay-1", lo=1, hi=99)
    for turn in range(kills):
        told += one_life(partial(_work_for_ever, folder, province, seed, turn), dice.uniform(0.05, LONGEST_LIFE),
                         counted_from="\n")
        figures.kills += 1
    office = reopen(folder, province, _clock(kills))
    try:
        desk, found = CashDesk(office), shifts.Figures()
        shifts.audit(desk, Auditor(), 0, f"after {kills} kills", found)
        if desk.rebuilt() != desk.balances():
            found.faults.append("made anew it says something else")
        with office.application.database.reading() as connection:
            kept = set(connection.execute(select(journal.c.intent)).scalars())
            figures.chain_breaks = chain_breaks(connection, office.application.enrolled.key.public_key())
        figures.told, figures.operations, figures.faults = len(told), len(kept), found.faults
        figures.lost = [intent for intent in told if intent not in kept]
    finally:
        office.application.close()
    return figures


def _clock(turn: int) -> SetClock:
    clock = SetClock()
    clock.advance(timedelta(hours=turn))
    return clock


def _work_for_ever(folder: Path, province: Province, seed: int, turn: int, pipe: int) -> None:
    office = reopen(folder, province, _clock(turn), seed=seed * 100_000 + turn)
    desk = CashDesk(office, intents=count(turn * 1_000_000))
    shift = shifts.Shift(desk, random.Random(seed * 100_000 + turn), shifts.Figures(),
                         tell=lambda intent: _say(pipe, intent))
    shift.series = turn * 20
    os.write(pipe, b"\n")
    while True:
        shift.live()


def _say(pipe: int, intent: str) -> None:
    os.write(pipe, f"{intent}\n".encode())


if __name__ == "__main__":
    tempfile.tempdir = "/dev/shm" if Path("/dev/shm").is_dir() else None
    sys.exit(command(__doc__ or "", run, ("kills", 200)))
