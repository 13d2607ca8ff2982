"""kill -9 at random instants of reception: what is on paper must be in the book, once, on a whole chain.

A child receives dossiers one after the other on a real encrypted book; each number goes to a pipe as soon as
the transaction is committed, as the printer would get it. The parent kills the child at a random instant and
starts the next on the same book. Checked: no number on paper without a row, no number twice, chain and
signatures whole, file whole, no number taken that is in no dossier.

    python -m tests.faults.kill_intake [--kills 1000] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from app.services.days import today_at_counter
from app.services.numbers import REGISTER, close_days
from app.services.receipts import note_print, open_prints
from app.store.tables import dossiers, journal, number_counters, number_fates
from tests.faults.lives import chain_breaks, one_life
from tests.office import Office, Province, SetClock, make_template, reopen, sample_intake

LONGEST_LIFE = 0.35
"""Seconds a child lives at most: some die while opening, most in the middle of their receptions."""

LIVES_A_DAY = 50
"""Then the clock moves to the next day, so that midnight and the closing of a day are killed too."""


@dataclass(slots=True)
class Figures:
    kills: int = 0
    papers: list[str] = field(default_factory=list)
    lost: int = 0
    twice: int = 0
    chain_breaks: int = 0
    numbers_without_dossier: int = 0
    file_findings: int = 0
    rows: int = 0
    not_yet_printed: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        broken = (self.lost, self.twice, self.chain_breaks, self.numbers_without_dossier, self.file_findings)
        return not any(broken)


def run(kills: int, seed: int, folder: Path) -> Figures:
    """Kill `kills` children and check the book after the last one."""
    noise = random.Random(seed)
    clock = SetClock()
    province = _province(folder)
    figures = Figures()
    started = time.perf_counter()
    for turn in range(kills):
        life = noise.uniform(0.005, LONGEST_LIFE)
        figures.papers += one_life(partial(_receive_for_ever, folder, province, turn), life)
        figures.kills += 1
    figures.seconds = time.perf_counter() - started
    office = reopen(folder, province, clock)
    try:
        _check(office, figures)
    finally:
        office.application.close()
    return figures


def _province(folder: Path) -> Province:
    """An enrolled book whose leases hold all 9,999 numbers of a day: only the kills shall end a life."""
    province = Province(Ed25519PrivateKey.generate())
    make_template(folder, province, device="quay-1", lo=1, hi=9_999)
    return province


def _receive_for_ever(folder: Path, province: Province, turn: int, paper: int) -> None:
    clock = SetClock()
    clock.advance(timedelta(days=turn // LIVES_A_DAY % 40))
    office = reopen(folder, province, clock, seed=turn)
    with office.application.database.writing() as connection:
        today = today_at_counter(connection, clock.now())
        close_days(connection, office.application.enrolled, today, clock.now(), office.noise.randbytes)
    number = 0
    while True:
        number += 1
        received = office.receive(sample_intake(f"life-{turn}-{number}"))
        os.write(paper, f"{received.dossier.code}\n".encode())
        with office.application.database.writing() as connection:
            note_print(connection, received.print_job, "printed", clock.now())


def _check(office: Office, figures: Figures) -> None:
    database = office.application.database
    public = office.application.enrolled.key.public_key()
    with database.reading() as connection:
        codes = list(connection.execute(select(dossiers.c.code)).scalars())
        figures.chain_breaks = chain_breaks(connection, public)
        figures.not_yet_printed = len(open_prints(connection))
        void = [json.loads(text) for text in connection.execute(select(number_fates.c.void)).scalars()]
        last_day = connection.execute(select(func.max(journal.c.business_date))).scalar_one()
        counted = connection.execute(
            select(func.sum(number_counters.c.next - 1)).where(
                number_counters.c.lease_id != REGISTER, number_counters.c.business_date == last_day
            )
        ).scalar_one() or 0
        issued = connection.execute(
            select(func.count()).where(dossiers.c.business_date == last_day)
        ).scalar_one()
    figures.rows = len(codes)
    figures.lost = len(set(figures.papers) - set(codes))
    figures.twice = len(figures.papers) - len(set(figures.papers)) + len(codes) - len(set(codes))
    figures.numbers_without_dossier = counted - issued + sum(map(len, void))
    figures.file_findings = len(database.integrity_findings())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-kill-") as folder:
        found = run(said.kills, said.seed, Path(folder))
    print(f"kills {found.kills} · on paper {len(found.papers)} · rows {found.rows} · "
          f"stored, paper not confirmed {found.not_yet_printed} · {found.kills / found.seconds:.1f} kills/s")
    print(f"paper without row {found.lost} · number twice {found.twice} · chain breaks {found.chain_breaks} · "
          f"numbers in no dossier {found.numbers_without_dossier} · file findings {found.file_findings}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
