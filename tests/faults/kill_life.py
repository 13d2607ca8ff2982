"""kill -9 at random instants of a dossier's life: what was told as done is in the book, and nothing is half.

A child does a clerk's day by dice on a real encrypted book (receptions, manifests of several dossiers, answers,
supplements, results, returns, postings, recalls, prints) and says each act once it is committed. The parent kills
it at a random instant and lets the next go on with the same book. Checked: every act that was told is there with
all its prints; a paper that was told as printed stays printed; no manifest with some of its lines, no act with
some of its operations; numbers without holes; chain and signatures whole; counts as long as lists; a rebuild gives
the same rows; the file is whole.

    python -m tests.faults.kill_life [--kills 500] [--seeds 3] [--first 1]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from app.services.days import today_at_counter
from app.services.numbers import close_days
from app.store.tables import life_events, paper_prints, print_jobs
from tests.faults.book_checks import halves, lists_differ, read_journal, rebuilt_differs, told
from tests.faults.lives import chain_breaks, one_life
from tests.faults.office_day import Day, Done, print_receipt
from tests.office import Office, Province, SetClock, make_template, reopen

LONGEST_LIFE = 0.5
"""Seconds a child lives at most: some die while opening, most in the middle of their acts."""

LIVES_A_DAY = 50
"""Then the clock moves to the next day."""


@dataclass(slots=True)
class Figures:
    kills: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    operations: int = 0
    lost: list[str] = field(default_factory=list)          # told, and not in the book
    faults: list[str] = field(default_factory=list)        # half, twice, uncounted, changed by a rebuild, damaged
    chain_breaks: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.faults or self.chain_breaks)


def run(kills: int, seed: int, folder: Path) -> Figures:
    """Kill `kills` children and check the book after the last one."""
    noise = random.Random(seed)
    province = Province(Ed25519PrivateKey.generate())
    make_template(folder, province, device="quay-1", lo=1, hi=9_999)
    figures = Figures()
    started = time.perf_counter()
    for turn in range(kills):
        figures.said += one_life(partial(_work_for_ever, folder, province, seed, turn), noise.uniform(
            0.005, LONGEST_LIFE))
        figures.kills += 1
    figures.seconds = time.perf_counter() - started
    clock = SetClock()
    clock.advance(timedelta(days=kills // LIVES_A_DAY))
    office = reopen(folder, province, clock)
    try:
        _check(office, figures)
    finally:
        office.application.close()
    return figures


def _work_for_ever(folder: Path, province: Province, seed: int, turn: int, pipe: int) -> None:
    clock = SetClock()
    clock.advance(timedelta(days=turn // LIVES_A_DAY % 40, minutes=turn % LIVES_A_DAY * 5))
    office = reopen(folder, province, clock, seed=seed * 100_000 + turn)
    database = office.application.database
    with database.writing() as connection:
        today = today_at_counter(connection, clock.now())
        close_days(connection, office.application.enrolled, today, clock.now(), office.noise.randbytes)
    day = Day(office, random.Random(seed * 100_000 + turn), str(turn))
    while True:
        done = day.next()
        if done is None:
            continue
        _say(pipe, done)
        if done.receipt:
            with database.writing() as connection:
                print_receipt(day, connection, done.receipt)
            _say(pipe, Done("print_receipt", "", printed=done.receipt))


def _say(pipe: int, done: Done) -> None:
    os.write(pipe, (json.dumps(asdict(done)) + "\n").encode())


def _check(office: Office, figures: Figures) -> None:
    database, enrolled = office.application.database, office.application.enrolled
    with database.reading() as connection:
        done = read_journal(connection)
        figures.operations = len(done)
        figures.chain_breaks = chain_breaks(connection, enrolled.key.public_key())
        by_intent = {operation.header.intent: operation.header.op_id for operation in done}
        _find_lost(connection, figures, by_intent)
        today = today_at_counter(connection, office.clock.now()).isoformat()
        figures.faults += halves(connection, done)
        figures.faults += lists_differ(connection, enrolled.device, today)
    with database.writing() as connection:
        figures.faults += rebuilt_differs(connection)
    figures.faults += database.integrity_findings()


def _find_lost(connection: Connection, figures: Figures, by_intent: dict[str, str]) -> None:
    states = {row.job: row.state for row in connection.execute(select(paper_prints.c.job, paper_prints.c.state))}
    states |= {row.job: row.state for row in connection.execute(select(print_jobs.c.job, print_jobs.c.state))}
    events = set(connection.execute(select(life_events.c.id)).scalars())
    undone = _undone(connection)
    for line in figures.said:
        said = told(line)
        figures.acts[said["act"]] += 1
        op_id = by_intent.get(said["intent"], "")
        if said["intent"] and not op_id:
            figures.lost.append(f"act {said['intent']}")
        if said["act"] not in ("receive", "print_again") and said["codes"] and op_id not in events:
            figures.lost.append(f"event of {said['intent']}")
        jobs = [*said["jobs"], *filter(None, [said["receipt"]])]
        figures.lost += [f"print {job}" for job in jobs if job not in states and job.split(":")[1] not in undone]
        if said["printed"] and states.get(said["printed"]) != "printed":
            figures.lost.append(f"printed {said['printed']} is {states.get(said['printed'])}")


def _undone(connection: Connection) -> set[str]:
    """Manifests taken back: what of theirs had not been printed is not to come out of the printer any more."""
    return {
        str(line["facts"]["manifest"])
        for operation in read_journal(connection) if operation.header.type == "handover.undone"
        for line in operation.body["lines"]
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1)
    said = parser.parse_args()
    is_clean = True
    for seed in range(said.first, said.first + said.seeds):
        with tempfile.TemporaryDirectory(prefix="qmc-kill-life-") as folder:
            found = run(said.kills, seed, Path(folder))
        print(f"seed {seed} · kills {found.kills} · acts told {len(found.said)} of {len(found.acts)} kinds · "
              f"operations {found.operations} · {found.kills / found.seconds:.1f} kills/s")
        print("  " + ", ".join(f"{act} {times}" for act, times in found.acts.most_common()))
        print(f"  lost {len(found.lost)} · half or wrong {len(found.faults)} · chain breaks {found.chain_breaks}")
        for what in [*found.lost, *found.faults][:20]:
            print(f"  {what}")
        is_clean &= found.is_clean
    print("clean" if is_clean else "VIOLATED")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
