"""From a new PC: hand the sealed records of a medium to the province, which alone can open them.

Nothing of them is readable here. What the province takes comes back to this counter by the feed, as all else does.
A forwarding that broke off is begun again and goes on behind what the province says it holds.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import Clock
from app.errors import Refusal
from app.services.counter import load_counter
from app.services.courier import gateway_of
from app.services.feed import read_cursor
from app.store.database import Database
from sync.client import GatewayClient, MakeClient, signing
from sync.contract.messages import Head
from sync.contract.push import Outcome
from sync.contract.sealed import SealedRecord, bodies, read_records
from sync.errors import HelloAgain, TryLater
from sync.pinning import pinned_ca
from sync.second_copy.disk import MediumDisk, medium_fault
from sync.second_copy.medium import Medium, devices_at, find_medium, segments_of
from sync.second_copy.survey import records_of
from sync.signing import signer_of

Tell = Callable[[int, int], None]
"""So many of so many records are done."""


@dataclass(slots=True)
class Forwarded:
    """`taken`: new to the province; `already`: it had them; `refused`: how many of each reason."""

    taken: int = 0
    already: int = 0
    refused: Count[str] = field(default_factory=Count)


def forward_to_province(
    database: Database, clock: Clock, place: Path, *, make_client: MakeClient = GatewayClient,
    disk: MediumDisk | None = None, tell: Tell = lambda done, total: None,
) -> Forwarded:
    """`forward` over a connection of this counter's own, signed and pinned. Raises `not_enrolled` too."""
    with database.reading() as connection:
        counter, gateway = load_counter(connection), gateway_of(connection)
    if counter is None or gateway is None:
        raise Refusal("not_enrolled")
    connect = signing(make_client, signer_of(counter, clock.now()), pinned_ca(database))
    with connect(gateway.url, gateway.token) as client:
        return forward(database, client, place, disk=disk, tell=tell)


def forward(
    database: Database, client: GatewayClient, place: Path, *, disk: MediumDisk | None = None,
    tell: Tell = lambda done, total: None,
) -> Forwarded:
    """Every record of every counter whose copy lies at `place`, oldest first.

    Raises EnvironmentFault second_copy_… for a medium that cannot be read, TryLater or CallPerson as the line and
    the province say; what was taken stays taken.
    """
    disk = disk or MediumDisk()
    with database.reading() as connection:
        cursor = read_cursor(connection)
    if cursor is None:                             # a contact comes first: it says which province this is
        raise HelloAgain("incarnation_changed")
    found = Forwarded()
    try:
        media = [find_medium(place, device, "", disk) for device in devices_at(place, disk)]
        places = [(medium, _places(medium, disk)) for medium in media]
        total, done = sum(len(known) for _, known in places), 0
        for medium, known in places:
            for epoch in sorted({epoch for epoch, _ in known}):
                _forward(client, medium, epoch, cursor.incarnation, disk, found)
                done += sum(each == epoch for each, _ in known)
                tell(done, total)
    except OSError as error:
        raise medium_fault(error) from error
    return found


def _forward(
    client: GatewayClient, medium: Medium, epoch: int, incarnation: str, disk: MediumDisk, found: Forwarded
) -> None:
    """The first record alone: the answer tells how far the province is, and the rest goes on behind that."""
    records = _in_order(medium, epoch, disk)
    held = _post(client, next(records).to_bytes(), incarnation, medium.device, found).get(epoch)
    reached = held.seq if held is not None else 0
    for body in bodies(each for each in records if each.seq > reached):
        _post(client, body, incarnation, medium.device, found)


def _post(
    client: GatewayClient, body: bytes, incarnation: str, device: str, found: Forwarded
) -> Mapping[int, Head]:
    answer = client.sealed(body, incarnation)
    if [item.line for item in answer.items] != list(range(len(read_records(body)))):
        raise TryLater("answer_unreadable", where="items", what="of_others")
    for item in answer.items:
        match item.outcome:
            case Outcome.TAKEN:
                found.taken += 1
            case Outcome.ALREADY:
                found.already += 1
            case Outcome.GAP | Outcome.FORK:
                found.refused[str(item.outcome)] += 1
            case _:
                found.refused[item.reason or "refused"] += 1
    return answer.have.get(device, {})


def _places(medium: Medium, disk: MediumDisk) -> set[tuple[int, int]]:
    """(epoch, seq) of everything whole there."""
    return {
        (record.epoch, record.seq) for segment in segments_of(medium, disk)
        for _, record in records_of(medium, segment, disk) if isinstance(record, SealedRecord)
    }


def _in_order(medium: Medium, epoch: int, disk: MediumDisk) -> Iterator[SealedRecord]:
    """Each once, by seq; of two of one seq the one written last, which is sealed for the newer keys."""
    newest: dict[int, tuple[int, int]] = {}
    segments = [each for each in segments_of(medium, disk) if each.epoch == epoch]
    for number, segment in enumerate(segments):
        for at, record in records_of(medium, segment, disk):
            if isinstance(record, SealedRecord):
                newest[record.seq] = (number, at)
    open_number, here = -1, dict[int, SealedRecord]()
    for seq in sorted(newest):
        number, at = newest[seq]
        if number != open_number:
            here = {
                place: record for place, record in records_of(medium, segments[number], disk)
                if isinstance(record, SealedRecord)
            }
            open_number = number
        yield here[at]
