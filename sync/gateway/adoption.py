"""Adopting a branch of a fork: an operator says that its receipts count too.

The chain stays what it is. Each kept operation of the branch gets a place beside it (`operations.branch` 1, 2, …),
a position in the feed and a verdict, as if it had been pushed now: the counter that wrote it sees it come, its
neighbours learn of the dossiers, files that it names are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sync.contract.operation_text import Place, read
from sync.contract.problems import Code
from sync.gateway.custody import Author, keep_taken
from sync.gateway.problem import ProblemRaised
from sync.gateway.reading import Pushed
from sync.gateway.tables import branches, devices, operations


def adopt_branch(connection: Connection, device: str, epoch: int, at: str) -> int:
    """Give every kept operation of this epoch a place; how many were new. Doing it again adds what came since.

    Operations that found their place in the chain after all (brought by the machine that took the counter over)
    are passed by. Raises ProblemRaised `unknown_device`.
    """
    office = connection.execute(
        select(devices.c.office).where(devices.c.id == device).with_for_update()
    ).scalar()
    if office is None:
        raise ProblemRaised(Code.UNKNOWN_DEVICE, 404, device=device)
    held = connection.execute(
        select(operations.c.seq, operations.c.branch, operations.c.hash)
        .where(operations.c.office == office, operations.c.device == device, operations.c.epoch == epoch)
    ).all()
    kept = connection.execute(
        select(branches).where(branches.c.device == device, branches.c.epoch == epoch)
        .order_by(branches.c.seq, branches.c.kept_at, branches.c.hash)
    )
    hashes = {row.hash for row in held}
    fresh = [_pushed(line, row) for line, row in enumerate(kept) if row.hash not in hashes]
    _give_branches(fresh, held)
    if fresh:
        keep_taken(connection, Author(device, office, {}), fresh, at)
    return len(fresh)


def _pushed(line: int, row: Any) -> Pushed:
    payload = bytes(row.payload)
    return Pushed(line, payload, bytes(row.signature), row.epoch, row.seq, row.hash, _place(row, payload))


def _place(row: Any, payload: bytes) -> Place | None:
    """None for bytes that no reading could place; their signature and their row say where they belong."""
    try:
        place = read(payload)
    except ValueError:
        return None
    return place if (place.device, place.epoch, place.seq) == (row.device, row.epoch, row.seq) else None


def _give_branches(fresh: Sequence[Pushed], held: Iterable[Any]) -> None:
    """Each follows the branch that ends in its `prev`; where none does, it begins one."""
    tails = {row.branch: row for row in sorted(held, key=lambda row: int(row.seq)) if row.branch}
    ends: dict[int, tuple[int, str]] = {branch: (row.seq, row.hash) for branch, row in tails.items()}
    for item in fresh:
        follows = (
            branch for branch, (seq, digest) in sorted(ends.items())
            if seq == item.seq - 1 and (item.place is None or item.place.prev == digest)
        )
        item.branch = next(follows, max(ends, default=0) + 1)
        ends[item.branch] = (item.seq, item.hash)
