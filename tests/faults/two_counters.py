"""Random lives of dossiers on two counters of one office that hear of each other now and then.

Both counters work on real encrypted books; what one journals reaches the other through the feed's own functions,
whenever the dice say so, and the agency's words come to both. One in five acts is anything at all, and the clocks
of the two differ. At the end of every round both hear everything, and each dossier must be the same on both; the
steps legal, its originals all there, its result given out once or a conflict shown, the date after each pause the
one an independent script finds; every count as long as its list; and a rebuild changes no row.

    python -m tests.faults.two_counters [--histories 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from app.domain.life.facts import ResultIn
from app.domain.life.life import start_of
from app.errors import Refusal
from app.services.days import today_at_counter
from app.services.feed import Cursor, FeedLine, read_cursor, take_page
from app.services.life.acting import Line, act
from app.services.life.reading import read_life
from app.services.numbers import store_lease
from app.services.rebuild import rebuild
from app.store import journal as book
from app.store import projection_life
from app.store.queries.dossiers import DossierList, count, page, reach
from app.store.tables import dossiers
from tests.app.store.older_books import columns_of, rows_of
from tests.faults.life_acts import Chance
from tests.faults.life_checks import faults_of
from tests.office import (
    AGENCIES,
    Office,
    Province,
    SetClock,
    make_template,
    reopen,
    sample_intake,
    with_kept_original,
)

AT_ONCE = 25
"""Dossiers whose lives run side by side in a round."""
ROUNDS = 8
"""Rounds on one pair of books."""
ACTS = 12
"""Per dossier, on average."""
HEARD = 0.08
"""How often, after an act, one of the counters hears the news."""
LIST = {"number": "", "agency": "so-xay-dung", "agency_name": "Sở Xây dựng tỉnh Mẫu"}
"""Of the results that come in: the agency brought no paper."""
COUNTERS = (("quay-1", 1), ("quay-22", 5000))


@dataclass(slots=True)
class Told:
    """What a run found."""

    histories: int = 0
    acts: int = 0
    refused: int = 0
    conflicts: int = 0
    faults: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)


class News:
    """The province's row of entries for this office, given to each counter as it asks."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, FeedLine]] = []
        self._sent: dict[str, int] = {}

    def collect(self, office: Office) -> None:
        """What this counter has journalled since the last time."""
        device = office.application.enrolled.device
        with office.application.database.reading() as connection:
            rows = book.after(connection, device, 1, self._sent.get(device, 0), 100_000)
        for row in rows:
            self._add(device, "operation", f"device:{device}", {}, row.payload, row.signature)
            self._sent[device] = row.seq

    def say(self, code: str, status: int) -> None:
        self._add("", "status", "agency:so-xay-dung", {"number": code, "status": status})

    def give(self, office: Office) -> None:
        """Everything that is new to this counter, as one page; its own operations without their text."""
        application = office.application
        device = application.enrolled.device
        with application.database.writing() as connection:
            held = read_cursor(connection)
            lines = [
                line if owner != device else FeedLine(
                    line.incarnation, line.position, line.kind, line.actor, line.at, line.body
                )
                for owner, line in self.entries[held.position if held else 0:]
            ]
            if lines:
                cursor = Cursor("nhà-1", lines[-1].position)
                take_page(connection, lines, cursor, office.clock.now(), device=device)

    def _add(self, owner: str, kind: str, actor: str, body: dict[str, object], payload: str = "",
             signature: bytes = b"") -> None:
        self.entries.append((owner, FeedLine(
            "nhà-1", len(self.entries) + 1, kind, actor, "2026-11-23T02:30:00.000+00:00", body, payload, signature
        )))


def run(histories: int, seed: int) -> Told:
    told, dice = Told(), random.Random(seed)
    while told.histories < histories:
        with tempfile.TemporaryDirectory(prefix="qmc-lives-") as name:
            _pair(Path(name), dice, told, min(histories - told.histories, AT_ONCE * ROUNDS))
    return told


def _pair(folder: Path, dice: random.Random, told: Told, histories: int) -> None:
    """One pair of books, used for some rounds."""
    first = date(2026, 11, 2) + timedelta(days=dice.randrange(60))
    offices = [_open(folder / device, device, lo, first, dice) for device, lo in COUNTERS]
    news = News()
    try:
        while histories > 0:
            amount = min(AT_ONCE, histories)
            _compare(offices, _round(offices, news, dice, told, amount), told)
            histories -= amount
            told.histories += amount
        _count_lists(offices, told)
        _rebuilt(offices[0], told)
    finally:
        for office in offices:
            office.application.close()


def _open(folder: Path, device: str, lo: int, first: date, dice: random.Random) -> Office:
    """The second counter's clock is three hours ahead."""
    province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    make_template(folder, province, device=device, lo=lo, hi=lo + 10)
    opens = datetime(first.year, first.month, first.day, 1, tzinfo=UTC)
    clock = SetClock(opens + timedelta(hours=3 if lo > 1 else 0))
    office = reopen(folder, province, clock, seed=dice.randrange(10**9))
    with office.application.database.writing() as connection:
        for agency in AGENCIES:
            store_lease(connection, office.application.enrolled, *province.lease(
                agency.id, lo + 100, lo + 4000, device=device, first=first, days=90,
                name=f"lives-{agency.id}-{device}",
            ))
    return office


def _round(offices: list[Office], news: News, dice: random.Random, told: Told, amount: int) -> list[str]:
    codes = []
    for _ in range(amount):
        office = dice.choice(offices)
        intake = sample_intake(f"{dice.randrange(10**15)}", procedure="1.013225")
        codes.append(office.receive(with_kept_original(intake) if dice.random() < 0.6 else intake).dossier.code)
    _hear_all(offices, news)
    for _ in range(amount * ACTS):
        _one_act(dice.choice(offices), dice.choice(codes), dice, told)
        for office in offices:
            office.clock.advance(timedelta(minutes=dice.randrange(30)))
        if dice.random() < HEARD:
            if dice.random() < 0.3:
                news.say(dice.choice(codes), dice.choice((4, 4, 5, 6, 8, 9, 10)))
            who = dice.choice(offices)
            news.collect(who)
            news.give(who)
    _hear_all(offices, news)
    return codes


def _hear_all(offices: list[Office], news: News) -> None:
    for office in offices:
        news.collect(office)
    for office in offices:
        news.give(office)


def _one_act(office: Office, code: str, dice: random.Random, told: Told) -> None:
    application, now = office.application, office.clock.now()
    with application.database.reading() as connection:
        facts = Chance(read_life(connection, code), now, application.rules, dice).next()
    told.acts += 1
    try:
        with application.database.writing() as connection:
            act(
                connection, application.enrolled, office.clerk, [Line(code, facts)], now=now,
                intent=f"{dice.randrange(10**15)}", randomness=office.noise.randbytes,
                about=LIST if isinstance(facts, ResultIn) else None,
            )
    except Refusal as refusal:
        told.refused += 1
        told.refusals[refusal.code] += 1


def _compare(offices: list[Office], codes: list[str], told: Told) -> None:
    for code in codes:
        sides = []
        for office in offices:
            with office.application.database.reading() as connection:
                known = read_life(connection, code)
                start = start_of(projection_life.read_dossier_text(connection, _op_of(connection, known.id)))
            sides.append(known)
            told.faults += faults_of(known, start)
        if sides[0].life != sides[1].life:
            told.faults.append(f"{code}: the two counters disagree")
        told.conflicts += len(sides[0].life.conflicts)


def _op_of(connection: Connection, dossier: int) -> str:
    return str(connection.execute(select(dossiers.c.op_id).where(dossiers.c.id == dossier)).scalar_one())


def _count_lists(offices: list[Office], told: Told) -> None:
    for office in offices:
        with office.application.database.reading() as connection:
            today = today_at_counter(connection, office.clock.now()).isoformat()
            known = reach(connection, office.application.enrolled.device, 1, today)
            for what in DossierList:
                counted, listed = count(connection, what, known), page(connection, what, known, limit=1_000_000)
                if counted != len(listed):
                    told.faults.append(f"{what}: counted {counted}, listed {len(listed)}")


def _rebuilt(office: Office, told: Told) -> None:
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
        rebuild(connection)
        after = rows_of(connection, columns)
        told.faults += [f"a rebuild changes {table}" for table in before if before[table] != after[table]]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args(arguments)
    began = time.monotonic()
    told = run(said.histories, said.seed)
    for fault in told.faults[:50]:
        print(fault)
    print(f"{told.histories} histories, {told.acts} acts, {told.refused} refused, "
          f"{told.conflicts} conflicts shown, {len(told.faults)} faults, {time.monotonic() - began:.0f} s")
    return 1 if told.faults else 0


if __name__ == "__main__":
    sys.exit(main())
