"""S11 and S12 on the lines that offices have: records first, then scans, over 1 Mbit/s and over 64 kbit/s.

Ours is a whole contact: hello, every batch, the feed, the question what is there, every chunk synced to the
gateway's disk before it is answered. The floor knows none of that: the bytes of one request with everything in it
at the line's rate and one round trip, nothing lost. Bytes count both ways above TCP; what its packets add is shown
beside.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from app.services import courier
from sync.client import GatewayClient
from sync.contract.limits import MAX_BATCH_OPERATIONS
from sync.contract.push import PlainItem, PushAnswer, PushHead, pack
from sync.engine import run_once
from tests.benchmarks.ground import Ground
from tests.benchmarks.link import OFFICE, THIN, Line, Link, emulated
from tests.benchmarks.table import Row, median, seconds, shown
from tests.benchmarks.waiting_office import WaitingOffice, waiting_office
from tests.gateway_process import running_gateway
from tests.postgres import PostgresMissing, running_postgres
from tests.sync.client.scans import file_scans, scan

SCAN = 300_000                         # a scanned page of text in grey
SEEDS = 12, 1, 2, 3, 4                 # of what gets lost: one lost at the wrong moment costs a second
CAUTIOUS = replace(OFFICE, control="cubic")


class Noting(GatewayClient):
    """Notes when the last push was answered."""

    answered_at = 0.0

    def push_packed(self, body: bytes, follows: tuple[int, int] | None = None) -> PushAnswer:
        answer = super().push_packed(body, follows)
        Noting.answered_at = time.perf_counter()
        return answer


def rows(ground: Ground) -> Iterator[Row]:
    folder = ground.folder / "thin"
    size = max(20_000, int(SCAN * min(1.0, ground.share * 10)))
    amount = ground.rounds(1_000, 40)
    try:
        with running_postgres(durable=True) as server:
            url = server.create_database()
            with running_gateway(folder / "gateway", url) as gateway, waiting_office(folder, gateway) as office:
                contact(office)                        # what there was before
                yield from _on(office, OFFICE, amount, ground.rounds(200, 2), size)
                yield from _on(office, THIN, amount, ground.rounds(8, 1), size)
                yield from _records(office, CAUTIOUS, amount, "a TCP that takes losses for jams")
    except PostgresMissing as missing:
        print(f"… {missing}")


def _on(office: WaitingOffice, link: Link, records: int, scans: int, size: int) -> Iterator[Row]:
    yield from _records(office, link, records)
    yield from scans_over(office, link, scans, size)


def _records(office: WaitingOffice, link: Link, amount: int, how: str = "") -> Iterator[Row]:
    for _ in range(2):                                 # the counter knows its line
        office.write(min(amount, 60))
        with line_to(office, link):
            contact(office)
    held, whole, carried = [], [], []
    for seed in SEEDS[:1 if link is THIN or how else None]:
        office.write(amount)
        packed = _packed(office, amount)
        floor = link.floor(packed)
        with line_to(office, link, seed) as (kind, line):
            began = time.perf_counter()
            contact(office)
            whole.append((time.perf_counter() - began) / floor)
            held.append((Noting.answered_at - began) / floor)
        carried.append(sum(line.carried.values()) / packed)
    name = f"{amount:,} dossiers at {link} ({how or kind}), until the last is in custody"
    spread = f"{min(held):.2f} to {max(held):.2f} of it, by what gets lost" if len(held) > 1 else ""
    yield Row("S11", name, shown(median(held) * floor), f"link floor {shown(floor)} {spread}".strip(),
              median(held), at_most=None if how else 1.3)
    yield Row("S11", "the whole contact, with hello, feed and comparison", shown(median(whole) * floor),
              f"link floor {shown(floor)}", median(whole))
    yield Row("S11", "what travelled for them above TCP", f"{median(carried) * packed:,.0f} B",
              f"one request {packed:,} B", median(carried))


def scans_over(office: WaitingOffice, link: Link, amount: int, size: int) -> Iterator[Row]:
    """Time against the line's rate, bytes against the scans'."""
    payload = amount * size
    for seed in range(amount):
        file_scans(office.application, scan(size, hash((amount, size, link.bits_per_second)) + seed))
    floor = link.floor(payload, round_trips=0)
    with line_to(office, link) as (kind, line):
        taken = seconds(lambda: _until_nothing_waits(office))
    carried, wire = sum(line.carried.values()), sum(line.wire.values())
    yield Row("S12", f"{amount} scans of {size:,} B at {link} ({kind})", shown(taken),
              f"line rate {shown(floor)}", floor / taken, at_least=0.9)
    yield Row("S12", "what travelled for them above TCP", f"{carried:,} B", f"the scans {payload:,} B",
              carried / payload, at_most=1.06)
    yield Row("S12", "and with what TCP adds and repeats", f"{wire:,} B", f"the scans {payload:,} B",
              wire / payload)


@contextmanager
def line_to(office: WaitingOffice, link: Link, seed: int = 12) -> Iterator[tuple[str, Line]]:
    """The line, with the office sent over it while the block runs."""
    target = urlsplit(office.url)
    with emulated((target.hostname or "", target.port or 0), link, seed=seed) as (kind, line):
        move(office, line.url)
        try:
            yield kind, line
        finally:
            move(office, office.url)


def move(office: WaitingOffice, url: str) -> None:
    with office.application.database.writing() as connection:
        courier.move_gateway(connection, url)


def contact(office: WaitingOffice) -> None:
    """One that has to bring everything."""
    application = office.application
    said = run_once(application.database, application.clock, blobs=application.blobs, make_client=Noting)
    if not said.is_good or said.waiting:
        raise RuntimeError(f"the contact did not bring everything: {said}")


def _until_nothing_waits(office: WaitingOffice) -> None:
    application = office.application
    while run_once(application.database, application.clock, blobs=application.blobs).files_waiting:
        pass


def _packed(office: WaitingOffice, amount: int) -> int:
    """Bytes of one request with everything in it."""
    counter = office.application.enrolled
    with office.application.database.reading() as connection:
        reached = courier.confirmed_seq(connection, counter.device, counter.epoch)
        found = courier.waiting(connection, counter, epoch=counter.epoch, after=reached,
                                limit=min(amount, MAX_BATCH_OPERATIONS))
    head = PushHead(counter.device, counter.epoch, len(found), office.incarnation)
    return len(pack(head, [PlainItem(each.payload, each.signature) for each in found]))
