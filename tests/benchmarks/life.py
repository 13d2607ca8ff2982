"""L1 to L4: what the life of dossiers costs, each beside the work that it is added to.

L1 the statements of a reception with those of the life tables and without; L2 a manifest of 300 lines beside 300
journal lines of their own; L3 folding a dossier of 20 events beside reading its rows; L4 a page of the feed with
500 acts beside one with 500 receptions.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.identifiers import uuid7
from app.domain.life.facts import Acknowledged, HandedOver, LineVerdict
from app.domain.life.fold import fold
from app.domain.operation import Type
from app.services.days import today_at_counter
from app.services.handover.making import make_manifest, undo_manifest
from app.services.life.acting import Line, act
from app.services.life.reading import read_life
from app.store import journal as book
from app.store import projection_life
from app.store.tables import dossiers
from tests.app.services.neighbour import Feed, Written
from tests.app.store.older_books import INDEXES_0003, TABLES_0003, TRIGGERS_0003
from tests.benchmarks.ground import Ground
from tests.benchmarks.store import Said, _copy, _record, _replay
from tests.benchmarks.table import Row, interleaved, median, seconds, shown
from tests.office import AGENCIES, Office, Province, SetClock, make_template, reopen, sample_intake

LINES = 300
EVENTS = 20
PAGE = 500
POLICE = AGENCIES[0].id
PAGE_BYTES = 4096 + 24
"""Of the write-ahead log, with its head."""


def rows(ground: Ground) -> Iterator[Row]:
    folder = ground.folder / "life"
    folder.mkdir()
    yield from _reception(folder / "reception", ground.rounds(300))
    office = _office(folder / "office", "quay-1")
    try:
        yield from _manifest(office, ground.rounds(LINES, 4), ground.rounds(7))
        yield from _folding(office, ground.rounds(300))
    finally:
        office.application.close()
    yield from _feed_page(folder, ground.rounds(PAGE, 4), ground.rounds(5, 1))


def _reception(folder: Path, rounds: int) -> Iterator[Row]:
    """Both sides are raw SQLCipher: the whole schema with every statement, and none of what life has brought."""
    folder.mkdir()
    said = _record(folder / "recorded", [sample_intake(f"d{turn}") for turn in range(rounds)])
    of_life = re.compile(rf"\b({'|'.join(TABLES_0003)})\b")
    fewer = [[each for each in statements if not of_life.search(each[0])] for statements in said]
    whole, plain = _raw(folder / "whole.db"), _raw(folder / "plain.db")
    for kind, names in (("TRIGGER", TRIGGERS_0003), ("INDEX", INDEXES_0003)):
        for name in names:
            plain.execute(f"DROP {kind} IF EXISTS {name}")
    with_life, without = iter(said), iter(fewer)
    taken = interleaved({
        "whole": lambda: _replay(whole, next(with_life)), "plain": lambda: _replay(plain, next(without)),
    }, rounds)
    ours, peer = median(taken["whole"]), median(taken["plain"])
    pages, fewer_pages = (_log_size(folder / name) / PAGE_BYTES / rounds for name in ("whole.db", "plain.db"))
    whole.close()
    plain.close()
    what = f"a reception's statements, {_amount(said)} of them, raw SQLCipher"
    yield Row("L1", what, shown(ours), f"without those of life, {_amount(fewer)} {shown(peer)}", ours / peer,
              at_most=1.4)
    yield Row("L1", "pages that a reception writes into the log", f"{pages:.1f}",
              f"without life {fewer_pages:.1f}", pages / fewer_pages, at_most=1.4)


def _manifest(office: Office, lines: int, rounds: int) -> Iterator[Row]:
    application = office.application
    codes = [office.receive(sample_intake(f"nhận-{turn}")).dossier.code for turn in range(lines)]
    names = iter(range(10**9))

    def how() -> dict[str, Any]:
        return {"intent": f"bảng-{next(names)}", "now": office.clock.now(), "randomness": office.noise.randbytes}

    made: list[str] = []

    def manifest() -> None:
        with application.database.writing() as connection:
            made.append(make_manifest(
                connection, application.enrolled, office.clerk, codes, agency=POLICE, rules=application.rules,
                **how(),
            ).op_id)

    def undo() -> None:
        with application.database.writing() as connection:
            undo_manifest(connection, application.enrolled, office.clerk, made[-1], "đo", **how())

    def single(connection: Any, code: str) -> None:
        now = office.clock.now()
        book.append(connection, application.enrolled.author(office.clerk), book.Event(
            op_id=uuid7(now, office.noise.randbytes), type=Type.NOTICE_SEEN, intent=f"bảng-{next(names)}",
            body={"clerk_name": office.clerk.name, "lines": [{"code": code, "base": "", "facts": {}}]}, now=now,
            business_date=today_at_counter(connection, now),
        ))

    def apart() -> None:
        for code in codes:
            with application.database.writing() as connection:
                single(connection, code)

    def together() -> None:
        with application.database.writing() as connection:
            for code in codes:
                single(connection, code)

    taken = interleaved({"ours": manifest, "undo": undo, "apart": apart, "together": together}, rounds)
    ours, back, alone, at_once = (median(taken[name]) for name in ("ours", "undo", "apart", "together"))
    yield Row("L2", f"a manifest of {lines} lines", shown(ours),
              f"{lines} journal lines, each alone {shown(alone)}", ours / alone, at_most=1.5)
    yield Row("L2", "the same beside them in one transaction", shown(ours), f"all at once {shown(at_once)}",
              ours / at_once)
    yield Row("L2", "taking the manifest back", shown(back), f"each alone {shown(alone)}", back / alone)


def _folding(office: Office, rounds: int) -> Iterator[Row]:
    application = office.application
    code = office.receive(sample_intake("đi-về")).dossier.code
    for turn in range(EVENTS // 2):
        for facts in (HandedOver(f"m{turn}"), Acknowledged(f"m{turn}", LineVerdict.REFUSED, "thiếu chữ ký")):
            with application.database.writing() as connection:
                act(connection, application.enrolled, office.clerk, [Line(code, facts)], now=office.clock.now(),
                    intent=f"về-{turn}-{facts.manifest}-{type(facts).__name__}", randomness=office.noise.randbytes)
    with application.database.reading() as connection:
        known = read_life(connection, code)
        start = projection_life.read_start(connection, _reception_of(connection, known.id))

        def fetch() -> None:
            projection_life._OF_DOSSIER.run(connection, {"of": known.id}).fetchall()

        taken = interleaved({
            "ours": lambda: fold(start, known.events), "peer": fetch,
            "whole": lambda: read_life(connection, code),
            "parsed": lambda: projection_life.read_events(connection, known.id),
        }, rounds)
    ours, peer, whole, parsed = (median(taken[name]) for name in ("ours", "peer", "whole", "parsed"))
    yield Row("L3", f"folding {len(known.events)} events", shown(ours), f"fetching their rows {shown(peer)}",
              ours / peer)
    yield Row("L3", "their rows made events again", shown(parsed), f"fetching their rows {shown(peer)}",
              parsed / peer)
    yield Row("L3", "the dossier read and folded, as a page does", shown(whole),
              f"fetching their rows {shown(peer)}", whole / peer)


def _feed_page(folder: Path, amount: int, rounds: int) -> Iterator[Row]:
    neighbour = _office(folder / "neighbour", "quay-22")
    try:
        receptions, acts = _neighbours_work(neighbour, amount)
    finally:
        neighbour.application.close()
    receiving, living = [], []
    for turn in range(rounds):
        office = _office(folder / f"hearing-{turn}", "quay-1")
        try:
            feed = Feed(office)
            for written, taken in ((receptions, receiving), (acts, living)):
                lines = [feed.add_operation(each) for each in written]
                taken.append(seconds(lambda lines=lines, feed=feed: feed.give(lines)))
        finally:
            office.application.close()
    ours, peer = median(living), median(receiving)
    yield Row("L4", f"a page of the feed with {amount} acts", shown(ours),
              f"with {amount} receptions {shown(peer)}", ours / peer, at_most=1.5)


def _neighbours_work(office: Office, amount: int) -> tuple[list[Written], list[Written]]:
    application = office.application
    device = application.enrolled.device
    codes = [office.receive(sample_intake(f"bên-{turn}")).dossier.code for turn in range(amount)]
    with application.database.writing() as connection:
        for turn, code in enumerate(codes):
            act(connection, application.enrolled, office.clerk, [Line(code, HandedOver(f"m{turn}"))],
                now=office.clock.now(), intent=f"giao-{turn}", randomness=office.noise.randbytes)
    with application.database.reading() as connection:
        lines = [Written(row.payload, row.signature) for row in book.after(connection, device, 1, 0, 10 * amount)]
    return lines[:amount], lines[amount:]


def _office(folder: Path, device: str) -> Office:
    """One with numbers enough for a day of any length."""
    province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    lo = 1 if device == "quay-1" else 5_000
    make_template(folder, province, device=device, lo=lo, hi=lo + 4_000)
    return reopen(folder, province, SetClock(), seed=lo)


def _raw(path: Path) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    _copy(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA wal_autocheckpoint = 0")        # what is written stands in the log and is counted
    return connection


def _log_size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def _amount(said: list[list[Said]]) -> int:
    return len(said[-1])


def _reception_of(connection: Connection, dossier: int) -> str:
    return str(connection.execute(select(dossiers.c.op_id).where(dossiers.c.id == dossier)).scalar_one())
