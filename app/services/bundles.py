"""What the book knows of bundles that go by hand: which were made, what lay in them, what the province answered.

Making one confirms nothing: what it carries waits and is counted as before, until the province's word comes back
by an acknowledgement or over the line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from app.services.counter import Counter
from app.services.courier import Outbox, confirmed_seq, outbox
from app.services.days import SERVER_TIME
from app.services.second_copy import province_seal_key
from app.store.settings import read_sync, write_sync
from app.store.tables import courier_bundles, files, parked_operations


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One bundle that was made and read back. `reached`: the newest operation of each epoch in it."""

    number: int
    made_at: datetime
    sha256: str
    operations: int
    reached: dict[int, int]
    files: tuple[str, ...]
    size: int
    place: str                                     # where it was written, as the person chose
    acknowledged_at: datetime | None
    is_open: bool                                  # carries something that the province has not confirmed


@dataclass(frozen=True, slots=True)
class BundleState:
    """For the screens: what would go into a bundle now, and the bundles on their way, newest first."""

    box: Outbox
    has_province_key: bool
    lines: tuple[BundleLine, ...]

    @property
    def open_lines(self) -> tuple[BundleLine, ...]:
        return tuple(line for line in self.lines if line.is_open)


def begin_bundle(connection: Connection, now: datetime) -> int:
    """The next number, taken before anything is written; it counts as made with `note_made`."""
    connection.execute(delete(courier_bundles).where(courier_bundles.c.sha256 == ""))    # a making that broke off
    newest = connection.execute(select(func.max(courier_bundles.c.number))).scalar() or 0
    connection.execute(insert(courier_bundles).values(number=newest + 1, made_at=now, sha256="", content="{}"))
    return newest + 1


def note_made(
    connection: Connection, number: int, sha256: str, *, operations: int, reached: dict[int, int],
    carried: tuple[str, ...], size: int, place: str,
) -> None:
    """It lies whole where it was written: it was read back."""
    content = {"operations": operations, "reached": reached, "files": carried, "size": size, "place": place}
    connection.execute(
        update(courier_bundles).where(courier_bundles.c.number == number)
        .values(sha256=sha256, content=json.dumps(content, ensure_ascii=False))
    )


def bundles(connection: Connection, counter: Counter) -> tuple[BundleLine, ...]:
    """Every bundle of this book, newest first."""
    rows = connection.execute(
        select(courier_bundles).where(courier_bundles.c.sha256 != "").order_by(courier_bundles.c.number.desc())
    ).all()
    unconfirmed = _unconfirmed_files(connection)
    confirmed: dict[int, int] = {}

    def is_open(row: Any, reached: dict[int, int], carried: tuple[str, ...]) -> bool:
        if row.acknowledged_at is not None:
            return False
        for epoch in reached:
            confirmed.setdefault(epoch, confirmed_seq(connection, counter.device, epoch))
        is_waiting = any(upto > confirmed[epoch] for epoch, upto in reached.items())
        return is_waiting or not unconfirmed.isdisjoint(carried)

    found = []
    for row in rows:
        content = json.loads(row.content)
        reached = {int(epoch): seq for epoch, seq in content["reached"].items()}
        carried = tuple(content["files"])
        found.append(BundleLine(
            row.number, row.made_at, row.sha256, content["operations"], reached, carried, content["size"],
            content["place"], row.acknowledged_at, is_open(row, reached, carried),
        ))
    return tuple(found)


def bundle_state(connection: Connection, counter: Counter) -> BundleState:
    return BundleState(
        outbox(connection, counter), province_seal_key(connection) is not None, bundles(connection, counter)
    )


def carried_files(connection: Connection, counter: Counter) -> frozenset[str]:
    """Documents that lie in a bundle on its way: another one goes with what they left behind first."""
    return frozenset(sha256 for line in bundles(connection, counter) if line.is_open for sha256 in line.files)


def unreadable_operations(connection: Connection) -> frozenset[str]:
    """Ids of operations on which the province broke: they travel sealed."""
    return frozenset(connection.execute(select(parked_operations.c.op_id)).scalars())


def last_word_at(connection: Connection) -> datetime | None:
    """The province's clock when it last said anything to this book, by whatever road."""
    held = read_sync(connection, SERVER_TIME)
    return datetime.fromisoformat(held) if held else None


def note_word(connection: Connection, server_time: datetime) -> None:
    """The province said so then. It came by hand, so it tells nothing of how far our clock is off."""
    before = last_word_at(connection)
    if before is None or server_time > before:
        write_sync(connection, SERVER_TIME, server_time.isoformat())
        write_sync(connection, "last_contact_at", server_time.isoformat())


def acknowledged_at(connection: Connection, sha256: str) -> datetime | None:
    """When this bundle was acknowledged; None when it was not, or when this book has not made it."""
    at: datetime | None = connection.execute(
        select(courier_bundles.c.acknowledged_at).where(courier_bundles.c.sha256 == sha256)
    ).scalar()
    return at


def note_acknowledged(connection: Connection, sha256: str, now: datetime) -> None:
    """All that the acknowledgement says is in the book."""
    connection.execute(
        update(courier_bundles)
        .where(courier_bundles.c.sha256 == sha256, courier_bundles.c.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
    )


def _unconfirmed_files(connection: Connection) -> set[str]:
    return set(connection.execute(
        select(files.c.sha256).where(files.c.send_since.is_not(None), files.c.confirmed_at.is_(None))
    ).scalars())
