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
ORDINARY = SLOTS - SLOTS // 5
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


class Window(NamedTuple):
    """Days that a province which came back may have leased, as `sync.gateway.restores` has it."""

    restored_on: int
    upto: int
    part: tuple[int, ...]                          # slots of the reserve that it may lease
    own_upto: int | None                           # until when a holder's own slot may be prolonged


def window_of(
    restores: Iterable[int], *, has_reserve: bool, has_parts: bool, has_own_end: bool = True
) -> Window | None:
    """`has_reserve`, `has_parts`: without them it leases slots of any time, or the whole reserve each time;
    `has_own_end`: without it a holder's own slot is prolonged as after a first restore."""
    found, part, rest = None, (), ()
    for day in sorted(restores):
        touches = found is not None and day <= found.upto and has_parts
        rest = rest[len(part):] if touches else tuple(range(ORDINARY, SLOTS))
        part = rest[:(len(rest) + 1) // 2]
        is_within = found is not None and day <= found.upto and has_own_end
        own_upto = (found.own_upto or found.upto) if found is not None and is_within else None
        found = Window(day, day + DAYS - 1, part if has_reserve else tuple(range(SLOTS)), own_upto)
    return found


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
        self, holder: tuple[str, int], agencies: Iterable[str], today: int, window: Window | None, *,
        as_before: bool, lapsed_waits: bool = True,
    ) -> None:
        """Lease the coming days of the holder's slot. In the window of a restore a slot that it never had only
        from the reserve, and so if its days had run out by then: another may have been given it since the backup
        (`lapsed_waits`).

        `as_before`: the lie that a new epoch goes on with the range of the epoch before.
        """
        held, end = self.leases.setdefault(holder, []), today + DAYS - 1
        for agency in agencies:
            own = [each for each in held if each.agency == agency and "+" not in each.lease_id]
            last = own[-1].last if own else None
            if last is not None and last - today >= RENEW_BELOW:
                continue
            first = max(today, last + 1) if last is not None else today
            before = self.leases.get((holder[0], holder[1] - 1), []) if as_before and not own else []
            if before:
                self._lease(holder, agency, before[-1].slot, first, end, "")
                continue
            while first <= end:
                newest = max((each for each in held if each.agency == agency and "+" not in each.lease_id),
                             key=lambda each: each.last, default=None)
                slot, until = self._slot_from(agency, newest, first, end, window, lapsed_waits)
                if slot is None:
                    break
                self._lease(holder, agency, slot, first, until, "")
                first = until + 1

    def _slot_from(
        self, agency: str, own: Lease | None, first: int, end: int, window: Window | None, lapsed_waits: bool
    ) -> tuple[int | None, int]:
        """As the gateway chooses it, and the last day for which it may be had."""
        taken = {slot for (name, day, slot) in self.given if name == agency and day >= first}
        ordinary = range(ORDINARY)
        if window is None or first > window.upto:
            wanted = [own.slot] if own is not None and own.slot in ordinary else []
            return next((each for each in (*wanted, *ordinary) if each not in taken), None), end
        is_sure = own is not None and (own.last >= window.restored_on or not lapsed_waits)
        own_end = end if window.own_upto is None else min(end, window.own_upto)
        if own is not None and is_sure and own.slot in ordinary and own.slot not in taken and first <= own_end:
            return own.slot, own_end
        wanted = [own.slot] if own is not None and is_sure and own.slot not in ordinary else []
        free = next((each for each in (*wanted, *window.part) if each not in taken), None)
        return free, min(end, window.upto)

    def add_blocks(
        self, holder: tuple[str, int], usage: Iterable[LeaseUsage], today: int, window: Window | None
    ) -> None:
        """One more slot for a day of which 70 % is used."""
        for line in usage:
            day = int(line.day)
            if not today <= day < today + DAYS:
                continue
            held = sum(1 for (name, on, _), who in self.given.items()
                       if name == line.agency and on == day and who == holder)
            if not held or line.used < EXTRA_AT * held * WIDTH:
                continue
            slots = window.part if window is not None and day <= window.upto else range(ORDINARY)
            free = [each for each in slots if (line.agency, day, each) not in self.given]
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
