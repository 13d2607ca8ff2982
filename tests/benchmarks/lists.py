"""S4, S5, S9 of the work lists: every list at any depth, the counts of the start screen, from a key to a painted
list."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, text

from app.store.queries.dossiers import DossierList, DossierRow, Reach, all_counts, count, page
from app.store.queries.late import LateBy, LatePart, late_counts
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, interleaved, median, p99, shown

SHOWN = 50
TODAY = "2026-11-19"


def rows(ground: Ground) -> Iterator[Row]:
    known = Reach(TODAY, "quay-1", 1, 0)
    with ground.big_office.application.database.reading() as connection:
        yield from _pages(connection, known, ground)
        yield from _counts(connection, known, ground)
    yield from _keys(ground)


def _pages(connection: Connection, known: Reach, ground: Ground) -> Iterator[Row]:
    """The first page and one far down of each list, beside the first page of all dossiers."""
    lists: list[tuple[str, DossierList, LatePart | None]] = [
        (what.value, what, None) for what in DossierList if count(connection, what, known)
    ]
    for by in LateBy:                              # the largest and the smallest part of each kind
        parts = late_counts(connection, by, TODAY)
        lists += [(f"overdue by {by.name.lower()}, {end}", DossierList.OVERDUE, parts[place].part)
                  for end, place in (("largest", 0), ("smallest", -1)) if parts]
    works: dict[str, Callable[[], object]] = {
        "all": lambda: page(connection, DossierList.ALL, known, limit=SHOWN),
    }
    noise = random.Random(4)
    for name, what, part in lists:
        deep = _deep(connection, what, part, known, noise)
        works[name] = _reader(connection, what, part, known, None)
        works[f"{name}, deep"] = _reader(connection, what, part, known, deep)
    taken = interleaved(works, ground.rounds(60))
    first = median(taken.pop("all"))
    slowest = sorted(taken, key=lambda name: -median(taken[name]))
    for name in slowest[:4]:
        yield Row("S4", f"list {name} ({len(lists)} lists, slowest of them)", shown(median(taken[name])),
                  f"first page of all {shown(first)}", median(taken[name]) / first, at_most=2)


def _reader(
    connection: Connection, what: DossierList, part: LatePart | None, known: Reach, behind: DossierRow | None
) -> Callable[[], object]:
    return lambda: page(connection, what, known, limit=SHOWN, part=part, behind=behind)


def _deep(
    connection: Connection, what: DossierList, part: LatePart | None, known: Reach, noise: random.Random
) -> DossierRow | None:
    """A row far down the list."""
    behind: DossierRow | None = None
    for _ in range(noise.randrange(3, 9)):
        found = page(connection, what, known, limit=400, part=part, behind=behind)
        if len(found) < 400:
            break
        behind = found[-1]
    return behind


def _counts(connection: Connection, known: Reach, ground: Ground) -> Iterator[Row]:
    counted = [what for what in DossierList if what is not DossierList.ALL]

    def ours() -> None:
        all_counts(connection, known, counted)

    def parts() -> None:
        for by in (LateBy.HOLDER, LateBy.AGENCY):      # as the start screen asks
            late_counts(connection, by, TODAY, 5)

    # Covering indexes answer these without touching the table; each peer counts the same dossiers.
    late = "FROM dossiers WHERE is_open AND due_date < :today GROUP BY"

    def covering() -> None:
        connection.execute(text("SELECT kind, count(*) FROM worklist GROUP BY kind")).all()
        for condition in ("due_date = :today", "due_date < :today", "due_date > :today"):
            connection.execute(
                text(f"SELECT count(*) FROM dossiers WHERE is_open AND {condition}"), {"today": TODAY}
            ).scalar_one()

    def covering_parts() -> None:
        for column in ("custody", "agency"):
            connection.execute(text(f"SELECT {column}, count(*) {late} 1"), {"today": TODAY}).all()

    taken = interleaved(
        {"ours": ours, "parts": parts, "covering": covering, "covering_parts": covering_parts}, ground.rounds(40)
    )
    ours_s, peer_s = median(taken["ours"]), median(taken["covering"])
    yield Row("S5", f"all {len(counted)} counts of the start screen", shown(ours_s),
              f"covering index counts {shown(peer_s)}", peer_s / ours_s, at_least=50)
    # Shown without a goal: with all of this book's open dossiers overdue, a sum over agencies and months is long.
    ours_s, peer_s = median(taken["parts"]), median(taken["covering_parts"])
    yield Row("S5", "overdue by holder and agency", shown(ours_s), f"covering index counts {shown(peer_s)}",
              peer_s / ours_s)


def _keys(ground: Ground) -> Iterator[Row]:
    office = ground.big_office
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(ground.folder / "bytecode"), "QT_QPA_PLATFORM": "offscreen",
        "QMC_KEYS": str(ground.folder / "big" / "keys"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.list_probe", str(office.application.folder.root),
         str(ground.rounds(200))],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    listed, constant, home, still = said["listed"], said["constant"], said["home"], said["still"]
    yield Row("S9", f"key to painted list, p99 of {len(listed)}", shown(p99(listed)),
              f"the same rows, constant {shown(p99(constant))}", p99(listed) / p99(constant), at_most=1.25)
    yield Row("S9", "the same, medians", shown(median(listed)), f"constant {shown(median(constant))}",
              median(listed) / median(constant))
    yield Row("S9", "start screen read and painted, median", shown(median(home)),
              f"painted only {shown(median(still))}", median(home) / median(still))
