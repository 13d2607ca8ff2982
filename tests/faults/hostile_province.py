"""Hostile provinces: whatever it says, no own operation is lost, none is changed, and nothing changes unseen
(reliability.md, P16).

A counter with confirmed and waiting dossiers speaks to a province that lies (`province_lies`) for three contacts,
with work between them. Then the real province is there again and a person does what the screens say. Looked at
after each contact: the journal, byte by byte; what a dossier says of citizen, date and clerk; how many open
dossiers changed their state at once without a person; that a number given out meanwhile is a fresh one. In the end
the real province holds everything.

    python -m tests.faults.hostile_province [--provinces 200] [--seed 1] [--obey]
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter as Count
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import select

from app.errors import KnownError, Refusal
from app.services.mass_change import open_dossiers
from app.services.standing import ask_new_epoch, numbers_stopped
from app.store.tables import dossiers, journal
from sync.client import GatewayClient
from sync.core import catching
from sync.core.asks import Weight
from sync.core.catching import is_mass_change
from sync.engine import run_once
from sync.gateway.adoption import adopt_branch
from sync.gateway.tables import branches
from sync.gateway.times import stamp
from sync.report import CycleReport
from tests.faults.command import command
from tests.faults.province_lies import LIES, Lie, LyingClient, Victim
from tests.sync.client.trial import Counter, Place, Trial, trial_province

CONTACTS = 3
CONFIRMED, WAITING = 8, 3
HONEST = 12
"""Contacts after which the real province must hold everything."""
LASTING = (
    dossiers.c.code, dossiers.c.agency, dossiers.c.procedure_code, dossiers.c.applicant_name,
    dossiers.c.identifier, dossiers.c.phone, dossiers.c.received_at, dossiers.c.due_at, dossiers.c.version,
    dossiers.c.is_own, dossiers.c.device, dossiers.c.epoch, dossiers.c.seq, dossiers.c.clerk_name,
)


@dataclass(slots=True)
class Figures:
    provinces: int = 0
    operations: int = 0
    lost: int = 0                  # own operations that went from the journal, or other bytes in their place
    altered: int = 0               # dossiers of which more than the state changed
    unseen: int = 0                # contacts that changed more open dossiers than a machine may
    doubled: int = 0               # numbers given out twice
    missing: int = 0               # dossiers that the real province lacks in the end
    crashed: int = 0
    held: int = 0                  # landslides that waited for a person
    stopped: int = 0               # times that numbers stopped
    seconds: float = 0.0
    told: Count[str] = field(default_factory=Count)
    found: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.altered or self.unseen or self.doubled or self.missing or self.crashed)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a book stands: own operations, what lasts of each dossier, and their states."""

    operations: dict[tuple[str, int, int], tuple[str, bytes]]
    lasting: dict[str, tuple[object, ...]]
    states: dict[str, tuple[int, bool]]
    open: int


def seen(counter: Counter) -> Seen:
    with counter.office.application.database.reading() as connection:
        rows = connection.execute(select(journal)).all()
        found = connection.execute(select(*LASTING)).all()
        states = connection.execute(select(dossiers.c.code, dossiers.c.state, dossiers.c.is_open)).all()
        return Seen(
            {(row.device, row.epoch, row.seq): (row.payload, row.signature) for row in rows},
            {row.code: tuple(row) for row in found},
            {row.code: (row.state, row.is_open) for row in states},
            open_dossiers(connection),
        )


class Ordeal:
    """One counter before one hostile province."""

    def __init__(self, place: Place, folder: Path, lies: list[Lie], seed: int, figures: Figures) -> None:
        self.lies, self.figures, self.name = lies, figures, "+".join(type(lie).__name__ for lie in lies)
        self.counter = place.enrol(folder)
        self.place, self.seed = place, seed
        self.codes = self.counter.receive(CONFIRMED)
        assert self.counter.sync().is_good
        self.codes += self.counter.receive(WAITING)
        self.victim = Victim("", 1, (), (), random.Random(seed))

    def live(self) -> None:
        for _ in range(CONTACTS):
            self.contact()
            self.receive()
        self.come_home()
        held = set(self.place.trial.report(self.place.office)["codes"])
        self.note("missing", len(set(self.codes) - held))

    def contact(self) -> None:
        before = seen(self.counter)
        victim, enrolled = self.victim, self.counter.office.application.enrolled
        victim.calls += 1
        victim.device, victim.epoch, victim.codes = enrolled.device, enrolled.epoch, tuple(self.codes)
        victim.payloads = tuple(
            said for (_, epoch, _), said in sorted(before.operations.items()) if epoch == enrolled.epoch
        )
        for lie in self.lies:
            lie.begin(victim)
        said = sync(self.counter, lambda url, token: LyingClient(url, token, self.lies, victim))
        self.figures.held += said.problem == "mass_change"
        self.compare(before)

    def compare(self, before: Seen) -> None:
        after = seen(self.counter)
        self.note("lost", sum(after.operations.get(place) != said for place, said in before.operations.items()))
        self.note("altered", sum(after.lasting.get(code) != said for code, said in before.lasting.items()))
        changed = sum(
            is_open and after.states[code][0] != state for code, (state, is_open) in before.states.items()
        )
        self.note("unseen", int(is_mass_change(Weight(changed, before.open))))

    def receive(self) -> None:
        try:
            (code,) = self.counter.receive()
        except Refusal:
            self.figures.stopped += 1
            return
        self.note("doubled", int(code in self.codes))
        self.codes.append(code)

    def come_home(self) -> None:
        """The real province again; persons here and there do what the screens ask for."""
        for _ in range(HONEST):
            before = seen(self.counter)
            said = sync(self.counter, GatewayClient)
            self.compare(before)
            if said.is_good and not said.waiting:
                return
            if said.problem == "stale_epoch":
                self.counter.enrol_again()
            elif said.problem in {"feed_went_back", "province_unsettled"}:
                # Our place in the feed is one that it never reached: what a restore nobody told of looks like.
                self.place.trial.restore(f"lại-{self.seed}")
            elif said.is_good:
                self.adopt()
            else:
                self.begin_anew()
        self.figures.found.append(f"{self.seed} {self.name}: {said}")

    def adopt(self) -> None:
        """The operator gives what lies beside the chain its place."""
        trial, device = self.place.trial, self.counter.office.application.enrolled.device
        with trial.opened.database.writing() as connection:
            kept = select(branches.c.epoch).where(branches.c.device == device).distinct()
            for epoch in connection.execute(kept).scalars().all():
                adopt_branch(connection, device, epoch, stamp(self.counter.office.clock.now()))

    def begin_anew(self) -> None:
        with self.counter.office.application.database.writing() as connection:
            if numbers_stopped(connection) is not None:
                try:
                    ask_new_epoch(connection)
                except KnownError:
                    return

    def note(self, what: str, amount: int) -> None:
        if amount:
            setattr(self.figures, what, getattr(self.figures, what) + amount)
            self.figures.found.append(f"{self.seed} {self.name}: {what} {amount}")


def sync(counter: Counter, make_client: Callable[[str, str], GatewayClient]) -> CycleReport:
    application = counter.office.application
    said = run_once(application.database, counter.office.clock, randomness=counter.office.noise.randbytes,
                    make_client=make_client, blobs=application.blobs)
    counter.reread()
    return said


def lies_of(number: int, noise: random.Random) -> list[Lie]:
    """Each kind in its turn, alone or with another."""
    first = LIES[number % len(LIES)]
    more = noise.sample([each for each in LIES if each is not first], noise.choice((0, 0, 1, 2)))
    return [make() for make in (first, *more)]


def run(provinces: int, seed: int, folder: Path, *, first: int = 0) -> Figures:
    figures, begun = Figures(), time.monotonic()
    with trial_province(folder / "gateway", None) as trial:
        for number in range(first, first + provinces):
            try_one(trial, folder / f"counter-{number}", number, seed, figures)
    figures.seconds = time.monotonic() - begun
    return figures


def try_one(trial: Trial, folder: Path, number: int, seed: int, figures: Figures) -> None:
    own_seed = seed * 1_000_003 + number
    lies = lies_of(number, random.Random(own_seed))
    ordeal = Ordeal(trial.place(), folder, lies, own_seed, figures)
    figures.told.update(type(lie).__name__ for lie in lies)
    try:
        ordeal.live()
    except Exception as error:
        figures.crashed += 1
        figures.found.append(f"{own_seed} {ordeal.name}: {type(error).__name__} {error}")
    finally:
        ordeal.counter.close()
    figures.provinces += 1
    figures.operations += len(ordeal.codes)


@contextmanager
def obeying() -> Iterator[None]:
    """The mutant: a machine that does whatever the province says."""
    with (patch.object(catching, "is_mass_change", lambda _: False),
          patch.object(catching, "is_slow_landslide", lambda _: False)):
        yield


def main() -> int:
    return command("provinces that lie: nothing lost, nothing changed unseen", run, ("provinces", 200),
                   ("obey", obeying))


if __name__ == "__main__":
    sys.exit(main())
