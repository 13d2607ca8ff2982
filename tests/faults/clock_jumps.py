"""A clock that is set to anything at any time: no number under an earlier day, no deadline from a wrong clock.

The true time goes on; the PC's clock is set by up to ten years either way, near midnight, during a lease, before
and after a contact, between restarts. Checked at every reception: its number is new, its day is not before that of
the number before; and while a contact was made in this run of the program, day and promised date are those of the
true time, whatever the clock shows, and every jump stands in the journal.

    python -m tests.faults.clock_jumps [--jumps 1000] [--seed 1] [--without watch|correction]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from app.domain.dossier_code import parse_code
from app.domain.operation import Type
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.services import courier, days
from app.services.clock_watch import ClockWatch
from app.services.promise import promised_date
from app.store.tables import journal
from tests.faults.power_cuts import fast_folder
from tests.office import MORNING, Office, SetClock, make_office, reopen, sample_intake

PROCEDURE = "1.013225"
"""Counted in working days: another day is another promise."""
MIDNIGHT = MORNING + timedelta(hours=15)
LEASED = timedelta(days=38)


@dataclass(slots=True)
class Figures:
    jumps: int = 0
    contacts: int = 0
    restarts: int = 0
    received: int = 0
    refused: int = 0
    judged: int = 0                        # receptions of which the true day was known
    recorded: int = 0                      # operations clock.jumped
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.faults and min(self.received, self.judged, self.restarts, self.contacts) > 0


@dataclass(slots=True)
class _World:
    office: Office
    watch: ClockWatch
    true: datetime = MORNING
    is_known: bool = False                 # a contact was made and looked at since the program started
    expected: int = 0                      # jumps that must stand in the journal
    codes: list[str] = field(default_factory=list)

    def pass_time(self, step: timedelta) -> None:
        self.true += step
        self.office.clock.advance(step)

    def look(self) -> None:
        office = self.office
        with office.application.database.writing() as connection:
            self.watch.look(
                connection, office.application.enrolled, wall=office.clock.now(),
                monotonic=office.clock.monotonic(), randomness=office.noise.randbytes,
            )


def run(jumps: int, folder: Path, *, seed: int = 1, without: str = "") -> Figures:
    noise, figures = random.Random(seed), Figures()
    first = make_office(folder, seed=seed)
    province = first.province
    world = _World(first, ClockWatch())
    step = LEASED / jumps
    try:
        world.look()
        for turn in range(jumps):
            is_long = turn % 3
            world.pass_time(step * noise.uniform(0.2, 1.6) if is_long else timedelta(seconds=noise.randint(1, 90)))
            if without != "watch":
                world.look()
            _set_clock(world, noise)
            figures.jumps += 1
            if without != "watch":
                world.look()
            what = noise.random()
            if what < 0.2:
                _contact(world)
                figures.contacts += 1
            elif what < 0.24:
                world.office.application.close()
                ticks = world.office.clock.ticks
                world.office = reopen(folder, province, SetClock(world.office.clock.at), seed=seed + turn + 1)
                world.office.clock.ticks = ticks
                world.watch, world.is_known = ClockWatch(), False
                world.look()
                figures.restarts += 1
            if without == "correction":
                with patch.object(days, "corrected_now", lambda wall, *_: wall):
                    _receive(world, turn, figures)
            else:
                _receive(world, turn, figures)
        with world.office.application.database.reading() as connection:
            figures.recorded = connection.execute(
                select(func.count()).where(journal.c.type == Type.CLOCK_JUMPED)
            ).scalar_one()
        if figures.recorded < world.expected:
            figures.faults.append(f"{world.expected} jumps, {figures.recorded} recorded")
    finally:
        world.office.application.close()
    return figures


def _set_clock(world: _World, noise: random.Random) -> None:
    clock = world.office.clock
    before = clock.at
    match noise.randrange(6):
        case 0:
            clock.at = world.true                                      # put right
        case 1:
            clock.at += timedelta(seconds=noise.randint(-110, 110))    # what a time service does
        case 2:
            clock.at += timedelta(days=noise.randint(-3, 3), minutes=noise.randint(-600, 600))
        case 3:
            clock.at = world.true.replace(hour=16, minute=59, second=noise.randint(0, 59))     # midnight is 17:00
        case 4:
            clock.at = world.true + timedelta(days=noise.randint(-3_650, 3_650))
        case 5:
            pass
    world.expected += abs(clock.at - before) > timedelta(minutes=2)


def _contact(world: _World) -> None:
    """An answer of the province, and the look that follows it."""
    wall = world.office.clock.now()
    with world.office.application.database.writing() as connection:
        courier.note_contact(connection, wall, round((world.true - wall).total_seconds() * 1000))
    world.look()
    world.is_known = True


def _receive(world: _World, turn: int, figures: Figures) -> None:
    office = world.office
    intake = sample_intake(f"lần-{turn}", procedure=PROCEDURE)
    try:
        dossier = office.receive(intake).dossier
    except Refusal as refused:
        figures.refused += 1
        if world.is_known or refused.code != "lease_missing":
            figures.faults.append(f"{turn}: {refused} at {world.true}, clock {office.clock.at}")
        return
    figures.received += 1
    day = _day(dossier.code)
    highest = max((_day(code) for code in world.codes), default=date.min)
    if dossier.code in world.codes:
        figures.faults.append(f"{turn}: {dossier.code} a second time")
    if day < highest:
        figures.faults.append(f"{turn}: {dossier.code} after {highest}")
    world.codes.append(dossier.code)
    if not world.is_known or _is_near_midnight(world.true):
        return
    figures.judged += 1
    procedure = intake.procedure
    assert procedure is not None
    if day != max(highest, local(world.true).date()):
        figures.faults.append(f"{turn}: day {day}, true {local(world.true)}, clock {local(office.clock.at)}")
    wanted = promised_date(procedure, world.true, office.application.rules).at
    if dossier.due.at is None or wanted is None or local(dossier.due.at).date() != local(wanted).date():
        figures.faults.append(f"{turn}: promised {dossier.due.at}, by the true time {wanted}")
    if dossier.received_at != office.clock.now():
        figures.faults.append(f"{turn}: the receipt does not print what the clerk saw")


def _is_near_midnight(moment: datetime) -> bool:
    """Within the tolerance of a day's end, or of an office hour at which a promise changes."""
    return any(
        local(moment + away).date() != local(moment).date() or local(moment + away).hour != local(moment).hour
        or (local(moment + away).minute < 30) != (local(moment).minute < 30)
        for away in (timedelta(minutes=-5), timedelta(minutes=5))
    )


def _day(code: str) -> date:
    found = parse_code(code).day
    assert isinstance(found, date)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jumps", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", choices=("", "watch", "correction"), default="")
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="qmc-clock-", dir=fast_folder()) as folder:
        found = run(said.jumps, Path(folder), seed=said.seed, without=said.without)
    print(f"jumps {found.jumps} · contacts {found.contacts} · restarts {found.restarts} · "
          f"received {found.received} · refused without a lease {found.refused} · "
          f"judged by the true time {found.judged} · jumps in the journal {found.recorded} · "
          f"faults {len(found.faults)}")
    for what in found.faults[:12]:
        print(f"  {what}")
    is_good = bool(found.faults) if said.without else found.is_clean
    print("clean" if is_good else "VIOLATED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
