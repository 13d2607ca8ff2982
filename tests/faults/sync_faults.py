"""Thousands of pushes over a line that breaks: each operation is at the province exactly once, no count lies.

Counters on real encrypted books receive dossiers and bring them to a real gateway process on PostgreSQL, each
over a line that drops requests before and after the province saw them, cuts answers, resets, doubles, replays,
and shows a captive portal. Now and then the gateway is killed with signal 9. At the end the line is whole and
everything must be there once, and at each counter the colleagues' dossiers too.

A counter has only so many numbers of one day, and the gateway's clock is the real one: after `OF_ONE_PROVINCE`
pushes another province begins. So no book and no feed becomes longer here than that, however many pushes are
asked for; longer ones are `tests.benchmarks`' (push, fleet).

    python -m tests.faults.sync_faults [--pushes 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter as Amounts
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from itertools import count
from pathlib import Path

from sqlalchemy import select

from app.store.tables import dossiers
from sync.contract import paths
from tests.postgres import running_postgres
from tests.sync.client.fault_proxy import (
    DROP_AFTER,
    DROP_BEFORE,
    DUPLICATE,
    PASS,
    PORTAL,
    PROXY_ERROR,
    REPLAY,
    RESET,
    RESET_AFTER,
    Asked,
    FaultProxy,
    Rule,
    truncate,
)
from tests.sync.client.trial import Counter, Trial, trial_province

COUNTERS = 4
BROKEN = 0.4
"""Share of requests to which something happens."""

KILL_EVERY = 400
"""Pushes between two kills of the gateway."""
OF_ONE_PROVINCE = 2_500
"""Pushes before the next province: a counter's numbers of one day are as many as they are."""


@dataclass(slots=True)
class Figures:
    provinces: int = 0
    pushes: int = 0
    contacts: int = 0
    kills: int = 0
    faults: Amounts[str] = field(default_factory=Amounts)
    dossiers: int = 0
    lost: int = 0                  # received at a counter, not at the province
    doubled: int = 0               # at the province more often than once
    strange: int = 0               # at the province, received nowhere
    unsettled: int = 0             # forks or verdicts that nobody deserved
    lies: int = 0                  # contacts after which a screen claimed more custody than there was
    not_seen: int = 0              # colleagues' dossiers missing or doubled at a counter
    seconds: float = 0.0

    def __iadd__(self, more: Figures) -> Figures:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(more, each.name))
        return self

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.strange or self.unsettled or self.lies or self.not_seen)


@dataclass(slots=True)
class Line:
    """The rule of the fault proxy: counts pushes and decides what happens to each request."""

    noise: random.Random
    figures: Figures

    def __call__(self, asked: Asked) -> Rule:
        self.figures.pushes += asked.path == paths.PUSH
        if self.noise.random() >= BROKEN:
            return PASS
        rule = self.noise.choice((
            DROP_BEFORE, DROP_AFTER, RESET, RESET_AFTER, DUPLICATE, REPLAY, PORTAL, PROXY_ERROR,
            truncate(self.noise.randrange(1, 900)),
        ))
        self.figures.faults[rule.name] += 1
        return rule


def run(pushes: int, seed: int, folder: Path, database_url: str) -> Figures:
    """Go on until so many pushes were on the line, then let it be whole and count."""
    figures, noise = Figures(provinces=1), random.Random(seed)
    began = time.perf_counter()
    with trial_province(folder / "gateway", database_url) as trial, ExitStack() as closing:
        place = trial.place(counters=COUNTERS)
        counters = [place.enrol(folder / f"counter-{n}", f"Quầy {n}") for n in range(1, COUNTERS + 1)]
        for counter in counters:
            closing.callback(counter.close)
        line = closing.enter_context(FaultProxy(trial.url, Line(noise, figures)))
        for counter in counters:
            counter.move(line.url)
        codes: list[str] = []
        while figures.pushes < pushes:
            counter = noise.choice(counters)
            codes += counter.receive(noise.randrange(4))
            _contact(counter, figures)
            if figures.pushes > KILL_EVERY * (figures.kills + 1):
                figures.kills += 1
                trial.process.kill9()
                _contact(counter, figures)
                trial.process.start()
        line.rule = lambda asked: PASS
        for counter in [*counters, *counters]:
            counter.sync_until_quiet()
        _count(trial, counters, codes, figures)
    figures.seconds = time.perf_counter() - began
    return figures


def _contact(counter: Counter, figures: Figures) -> None:
    figures.contacts += 1
    said = counter.sync()
    try:
        counter.check_counts(said)
    except AssertionError:
        figures.lies += 1


def _count(trial: Trial, counters: list[Counter], codes: list[str], figures: Figures) -> None:
    found = trial.report(counters[0].place.office)
    held = Amounts(found["codes"])
    figures.dossiers = len(codes)
    figures.lost = len(set(codes) - set(held))
    figures.doubled = sum(amount - 1 for amount in held.values()) + found["operations"] - len(codes)
    figures.strange = len(set(held) - set(codes))
    figures.unsettled = len(found["unsettled"]) + found["branches"]
    for counter in counters:
        with counter.office.application.database.reading() as connection:
            seen = Amounts(connection.execute(select(dossiers.c.code)).scalars())
        figures.not_seen += len(set(codes) - set(seen)) + sum(amount - 1 for amount in seen.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pushes", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    logging.getLogger("urllib3").setLevel(logging.ERROR)     # it warns of each answer that was cut
    found = Figures()
    with running_postgres() as server:
        for part in count(1):
            wanted = min(OF_ONE_PROVINCE, said.pushes - found.pushes)
            if wanted <= 0 or not found.is_clean:
                break
            with tempfile.TemporaryDirectory(prefix="qmc-sync-") as folder:
                found += run(wanted, said.seed * 1_000 + part, Path(folder), server.create_database())
            print(f"{found.pushes} of {said.pushes} pushes, {found.seconds:.0f} s", file=sys.stderr, flush=True)
    print(f"provinces {found.provinces} · pushes {found.pushes} in {found.contacts} contacts · dossiers "
          f"{found.dossiers} · gateway killed {found.kills} times · {found.pushes / found.seconds:.0f} pushes/s")
    print("faults: " + ", ".join(f"{name} {amount}" for name, amount in sorted(found.faults.items())))
    print(f"lost {found.lost} · doubled {found.doubled} · strange {found.strange} · forks and verdicts "
          f"{found.unsettled} · counts that lie {found.lies} · not seen once by colleagues {found.not_seen}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
