"""Taking back leases that a backup did not have: the province's own signature is proof enough.

Said by a counter in its first hello to a province with another incarnation, and at enrolment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidSignature
from sqlalchemy import Connection, insert, select

from sync.contract.lease_text import LeaseText
from sync.contract.messages import Signed
from sync.contract.operation_text import digest
from sync.gateway.database import insert_many
from sync.gateway.province import Seal
from sync.gateway.tables import agencies, leased_days, leases


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that bears our signature, in the words in which we signed it."""

    text: LeaseText
    payload: str
    signature: bytes

    @property
    def slot(self) -> int:
        """Read from the range itself: the agency may be missing from the backup too."""
        return (self.text.lo - 1) // (self.text.hi - self.text.lo + 1)


def signed_leases(seal: Seal, device: str, held: Iterable[Signed]) -> list[Held]:
    """Those of `held` that the province once gave to this device; the others are no leases of it."""
    ours = seal.key.public_key()
    found = []
    for each in held:
        try:
            signature = each.signature_bytes
            ours.verify(signature, each.payload.encode())
            text = LeaseText.from_payload(each.payload)
        except (ValueError, InvalidSignature):
            continue
        if text.device == device:
            found.append(Held(text, each.payload, signature))
    return sorted(found, key=lambda one: (one.text.agency, one.text.date_from, one.text.lo))


def take_back_leases(
    connection: Connection, seal: Seal, device: str, held: Iterable[Signed],
) -> tuple[int, list[str]]:
    """Enter what is missing: how many leases were, and the ids of those that clash with another holder's.

    A clash means that a slot was given away twice, which the wait for `settle-leases` prevents: those days stay
    the other's here, and the operator is told.
    """
    found = signed_leases(seal, device, held)
    if not found:
        return 0, []
    # One order of locks for everybody who leases.
    connection.execute(
        select(agencies.c.id).where(agencies.c.id.in_({each.text.agency for each in found}))
        .order_by(agencies.c.id).with_for_update()
    )
    entered = [_enter_lease(connection, each) for each in found]
    doubled = [each.text.lease_id for each in found if not _enter_days(connection, each)]
    return sum(entered), doubled


def _enter_lease(connection: Connection, held: Held) -> bool:
    same_id = connection.execute(
        select(leases.c.payload).where(leases.c.lease_id == held.text.lease_id)
    ).scalar()
    if same_id == held.payload:
        return False
    # The backup gave the same slot from the same day once more, to another day's end.
    lease_id = held.text.lease_id
    if same_id is not None:
        lease_id += f"~{digest(held.payload.encode())[:8]}"
    if connection.execute(select(leases.c.lease_id).where(leases.c.lease_id == lease_id)).scalar() is not None:
        return False
    text = held.text
    connection.execute(insert(leases).values(
        lease_id=lease_id, agency=text.agency, slot=held.slot, device=text.device, epoch=text.epoch,
        date_from=text.date_from.isoformat(), date_to=text.date_to.isoformat(),
        is_extra=text.date_from == text.date_to,   # only an extra block is for one day
        payload=held.payload, signature=held.signature,
    ))
    return True


def _enter_days(connection: Connection, held: Held) -> bool:
    """Whether all its days are the holder's own."""
    text, slot = held.text, held.slot
    days = [(text.date_from + timedelta(n)).isoformat() for n in range((text.date_to - text.date_from).days + 1)]
    holders = {
        row.day: (row.device, row.epoch) for row in connection.execute(
            select(leased_days.c.day, leased_days.c.device, leased_days.c.epoch)
            .where(leased_days.c.agency == text.agency, leased_days.c.slot == slot,
                   leased_days.c.day >= days[0], leased_days.c.day <= days[-1])
        )
    }
    holder = (text.device, text.epoch)
    insert_many(connection, leased_days, ("agency", "day", "slot", "device", "epoch"),
                [(text.agency, day, slot, *holder) for day in days if day not in holders])
    return all(each == holder for each in holders.values())
