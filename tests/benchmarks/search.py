"""S3, S4, S5 at a province's size: search while typing, lookups and deep pages, the counts of the start screen."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from app.store.queries.dossiers import DossierList, Reach, by_code_start, by_phone_end, count, page, search_names
from app.store.tables import dossiers
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, interleaved, median, p99, shown
from tests.big_book import GIVEN, SURNAMES

SHOWN = 50


def rows(ground: Ground) -> Iterator[Row]:
    known = Reach("2026-11-19", "quay-1", 1, 0)
    with ground.big_office.application.database.reading() as connection:
        yield from _typing(connection, known, ground)
        yield from _lookups(connection, known, ground)
        yield from _counts(connection, known, ground)


def _typing(connection: Connection, known: Reach, ground: Ground) -> Iterator[Row]:
    noise = random.Random(5)
    queries = [
        words[:cut]
        for _ in range(ground.rounds(60))
        for words in [f"{noise.choice(SURNAMES)} {noise.choice(GIVEN)}"]
        for cut in range(1, len(words) + 1)
    ]
    asked = iter(queries * 2)

    def ours() -> None:
        search_names(connection, next(asked), known, limit=SHOWN)

    def by_id() -> None:
        ids = [noise.randrange(1, ground.dossiers) for _ in range(SHOWN)]
        connection.execute(
            select(dossiers).where(dossiers.c.id.in_(ids)).order_by(dossiers.c.id.desc())
        ).all()

    taken = interleaved({"ours": ours, "by_id": by_id}, len(queries))
    ours_s, peer_s = p99(taken["ours"]), p99(taken["by_id"])
    yield Row("S3", f"search while typing, p99 of {len(queries)} keys", shown(ours_s),
              f"50 rows by id {shown(peer_s)}", ours_s / peer_s, at_most=3)


def _lookups(connection: Connection, known: Reach, ground: Ground) -> Iterator[Row]:
    amount = ground.dossiers
    noise = random.Random(6)
    codes = connection.execute(text("SELECT code FROM dossiers WHERE id % 97 = 0")).scalars().all()

    def first() -> None:
        page(connection, DossierList.ALL, known, limit=SHOWN)

    def deep() -> None:
        page(connection, DossierList.ALL, known, before=noise.randrange(SHOWN, amount), limit=SHOWN)

    def barcode() -> None:
        by_code_start(connection, noise.choice(codes), known, limit=SHOWN)

    def phone() -> None:
        by_phone_end(connection, f"{noise.randrange(amount):06d}", known, limit=SHOWN)

    def offset() -> None:
        connection.execute(
            select(dossiers).order_by(dossiers.c.id.desc()).offset(amount // 2).limit(SHOWN)
        ).all()

    taken = interleaved({"first": first, "deep": deep, "barcode": barcode, "phone": phone}, ground.rounds(150))
    first_s = median(taken["first"])
    skipped = median(interleaved({"offset": offset}, 3)["offset"])
    for name, what in (("deep", "any page at any depth"), ("barcode", "a barcode"), ("phone", "a phone's end")):
        seconds = median(taken[name])
        yield Row("S4", what, shown(seconds), f"first page {shown(first_s)} (OFFSET {shown(skipped)})",
                  seconds / first_s, at_most=2)


def _counts(connection: Connection, known: Reach, ground: Ground) -> Iterator[Row]:
    def ours() -> None:
        for what in (DossierList.DUE_TODAY, DossierList.OVERDUE):
            count(connection, what, known)

    def covering() -> None:
        # The partial index (due_date, id) of open dossiers answers both without touching the table.
        connection.execute(
            text("SELECT count(*) FROM dossiers WHERE is_open AND due_date = :today"), {"today": known.today}
        ).scalar_one()
        connection.execute(
            text("SELECT count(*) FROM dossiers WHERE is_open AND due_date < :today"), {"today": known.today}
        ).scalar_one()

    taken = interleaved({"ours": ours, "covering": covering}, ground.rounds(60))
    ours_s, peer_s = median(taken["ours"]), median(taken["covering"])
    yield Row("S5", "due today and overdue, counted", shown(ours_s), f"covering index count {shown(peer_s)}",
              peer_s / ours_s, at_least=50)
