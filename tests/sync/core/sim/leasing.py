"""Numbers in advance, as `sync.gateway.leases` gives them, with shorter leases and narrower slots."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sync.contract.messages import LeaseUsage, Signed

DAYS = 6
RENEW_BELOW = 4
SLOTS = 24
WIDTH = 6
EXTRA_AT = 0.7
SEAL = "province"


class Lease(NamedTuple):
    lease_id: str
    agency: str
    device: str
    epoch: int
    first: int
    last: int
    slot: int

    @property
    def lo(self) -> int:
        return self.slot * WIDTH + 1

    @property
    def hi(self) -> int:
        return self.slot * WIDTH + WIDTH

    def signed(self) -> Signed:
        return Signed("|".join(map(str, self)), SEAL)


@lru_cache(maxsize=4096)
def read_lease(payload: str) -> Lease:
    lease_id, agency, device, epoch, first, last, slot = payload.split("|")
    return Lease(lease_id, agency, device, int(epoch), int(first), int(last), int(slot))


class LeaseTable:
    """Who may use which slot of an agency's day. Each (agency, day, slot) is given once."""

    __slots__ = ("given", "leases")

    def __init__(self) -> None:
        self.given: dict[tuple[str, int, int], tuple[str, int]] = {}
        self.leases: dict[tuple[str, int], list[Lease]] = {}

    def copy(self) -> LeaseTable:
        twin = LeaseTable()
        twin.given = dict(self.given)
        twin.leases = {holder: list(each) for holder, each in self.leases.items()}
        return twin

    def renew(
        self, holder: tuple[str, int], agencies: Iterable[str], today: int, *, may_be_new: bool, as_before: bool,
        lapsed_waits: bool = True,
    ) -> None:
        """Lease the coming days of the holder's slot; a slot that it never had only if it `may_be_new`, and also
        one whose days have run out, which may have been given to another since the backup (`lapsed_waits`).

        `as_before`: the lie that a new epoch goes on with the range of the epoch before.
        """
        held = self.leases.setdefault(holder, [])
        for agency in agencies:
            own = [each for each in held if each.agency == agency and "+" not in each.lease_id]
            last = own[-1].last if own else None
            if last is not None and last - today >= RENEW_BELOW:
                continue
            first = max(today, last + 1) if last is not None else today
            taken = {slot for (name, day, slot) in self.given if name == agency and day >= first}
            if as_before and not own and holder[1] > 1:
                before = self.leases.get((holder[0], holder[1] - 1), [])
                slot = before[-1].slot if before else None
            elif own and own[-1].slot not in taken and (may_be_new or today <= own[-1].last or not lapsed_waits):
                slot = own[-1].slot
            elif may_be_new:
                slot = next((each for each in range(SLOTS) if each not in taken), None)
            else:
                slot = None
            if slot is not None:
                self._lease(holder, agency, slot, first, today + DAYS - 1, "")

    def add_blocks(
        self, holder: tuple[str, int], usage: Iterable[LeaseUsage], today: int, *, may_be_new: bool
    ) -> None:
        """One more slot for a day of which 70 % is used."""
        for line in usage:
            day = int(line.day)
            if not may_be_new or not today <= day < today + DAYS:
                continue
            held = sum(1 for (name, on, _), who in self.given.items()
                       if name == line.agency and on == day and who == holder)
            if not held or line.used < EXTRA_AT * held * WIDTH:
                continue
            free = [each for each in range(SLOTS) if (line.agency, day, each) not in self.given]
            if free:
                self._lease(holder, line.agency, free[-1], day, day, "+")

    def take_back(self, held: Iterable[Signed]) -> None:
        """Leases that we signed and have forgotten."""
        for each in held:
            lease = read_lease(each.payload)
            if each.signature != SEAL:
                continue
            row = self.leases.setdefault((lease.device, lease.epoch), [])
            if lease not in row:
                row.append(lease)
                row.sort(key=lambda one: one.first)
            for day in range(lease.first, lease.last + 1):
                self.given.setdefault((lease.agency, day, lease.slot), (lease.device, lease.epoch))

    def of(self, holder: tuple[str, int], today: int) -> tuple[Signed, ...]:
        return tuple(each.signed() for each in self.leases.get(holder, ()) if each.last >= today - 1)

    def _lease(
        self, holder: tuple[str, int], agency: str, slot: int, first: int, last: int, extra: str
    ) -> None:
        lease = Lease(f"{agency}/{first}/{slot}{extra}", agency, *holder, first, last, slot)
        self.leases.setdefault(holder, []).append(lease)
        for day in range(first, last + 1):
            self.given.setdefault((agency, day, slot), holder)
