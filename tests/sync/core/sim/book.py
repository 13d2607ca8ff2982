"""The durable book of one counter. Each method is one transaction: done whole, or the power went before it.

As `app.services` keep it in tables; what matters for "nothing lost, nothing twice" is the same: the chain of each
epoch, what is confirmed of it, the numbers, the stop, the request of a new epoch, the cursor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.errors import Refusal
from sync.contract.messages import EpochAnswer, Head, LeaseUsage, NewEpoch, Signed
from sync.contract.operation_text import GENESIS
from sync.core.asks import EpochStanding, Standing, Waiting
from sync.errors import CallPerson
from tests.sync.core.sim.leasing import SEAL, Lease, read_lease
from tests.sync.core.sim.operations import CLOSED, RECEIVED, Operation, sign
from tests.sync.core.sim.pulling import Shelf
from tests.sync.core.sim.rules import Rules

NOTHING = Head(0, GENESIS)
_COPIED = (
    "keys", "dropped", "confirmed", "fork", "kept", "leases", "next", "closed", "intents", "holds", "written",
)


class Book:
    """What lies on the disk. `holds`: by promise, whatever a broken rule makes of it."""

    def __init__(self, rules: Rules, device: str, office: str, epoch: int, key: str, token: str,
                 known: dict[str, Operation]) -> None:
        self.known = known                         # every operation that was ever made, by its hash
        self.rules, self.device, self.office, self.epoch, self.token = rules, device, office, epoch, token
        self.keys: dict[int, str] = {epoch: key}
        self.chains: dict[int, list[Operation]] = {epoch: []}
        self.dropped: dict[int, int] = {}          # only where `keep_confirmed` is left out
        self.confirmed: dict[int, int] = {epoch: 0}
        self.fork: dict[int, int] = {}
        self.kept: dict[int, int] = {}
        self.stopped = self.asked = ""
        self.is_told_ended = False                 # by promise: the province said that this epoch has ended
        self.request: NewEpoch | None = None
        self.leases: dict[str, Lease] = {}
        self.next: dict[tuple[str, int], int] = {}
        self.last_day = 0
        self.closed: set[tuple[int, int]] = set()
        self.intents: dict[str, Operation] = {}
        self.files: dict[str, list[int]] = {}      # name → [size, 1 when confirmed]
        self.files_checked = ""
        self.breaks = 0
        self.offset = 0                            # the province's clock minus ours, in minutes
        self.shelf = Shelf(rules, device)
        self.holds: set[Operation] = set()
        self.written: set[Operation] = set()

    def copy(self) -> Book:
        twin = object.__new__(Book)
        twin.__dict__.update(self.__dict__)
        for name in _COPIED:
            setattr(twin, name, getattr(self, name).copy())
        twin.chains = {epoch: list(chain) for epoch, chain in self.chains.items()}
        twin.files = {name: list(each) for name, each in self.files.items()}
        twin.shelf = self.shelf.copy()
        return twin

    # --- writing --------------------------------------------------------------------------------------------

    def head(self, epoch: int) -> Head:
        chain = self.chains.get(epoch)
        return Head(chain[-1].seq, chain[-1].hash) if chain else NOTHING

    def append(self, kind: str, op_id: str, intent: str, day: int, **more: Any) -> Operation:
        chain = self.chains[self.epoch]
        seq, prev = (chain[-1].seq, chain[-1].hash) if chain else (0, GENESIS)
        made = Operation(
            self.device, self.epoch, seq + 1, prev, self.keys[self.epoch], kind, op_id, intent, day=day, **more
        )
        self.known[made.hash] = made
        self._insert(made)
        return made

    def _insert(self, made: Operation) -> None:
        self.chains.setdefault(made.epoch, []).append(made)
        self.holds.add(made)
        self.written.add(made)
        self.intents.setdefault(made.intent, made)
        if made.file:
            self.files.setdefault(made.file, [made.size, 0])
        self.shelf.take_own(made)
        if made.number:
            self.last_day = max(self.last_day, made.day)

    def today(self, now: int) -> int:
        day = now // 1440
        return max(day, self.last_day) if self.rules.number_day_never_back else day

    def receive(self, agency: str, op_id: str, intent: str, now: int, **more: Any) -> tuple[Operation, bool]:
        """The dossier of this form, and whether it is new. Raises Refusal of `take_number`."""
        if self.rules.intent_key and intent in self.intents:
            return self.intents[intent], False
        day = self.today(now)
        lease, number = self.take_number(agency, day)
        made = self.append(RECEIVED, op_id, intent, day, number=f"{agency}-{day}-{number}", **more)
        if self.rules.number_in_transaction:
            self.next[(lease, day)] = number + 1
        return made, True

    def take_number(self, agency: str, day: int) -> tuple[str, int]:
        if self.stopped and self.rules.stop_means_stop:
            raise Refusal("numbers_stopped", reason=self.stopped)
        found, slots = "lease_missing", set()
        for lease in sorted(self.leases.values(), key=lambda each: (each.slot, each.first)):
            if lease.epoch == self.epoch and lease.agency == agency and lease.first <= day <= lease.last:
                if lease.slot in slots and self.rules.range_once:
                    continue                       # leased anew by a province that had forgotten it
                slots.add(lease.slot)
                number = max(self.next.get((lease.lease_id, day), 0), lease.lo)
                if number <= lease.hi:
                    return lease.lease_id, number
                found = "lease_exhausted"
        raise Refusal(found, agency=agency, day=day)

    def note_number(self, number: str) -> None:
        """The second of two transactions, where `number_in_transaction` is left out."""
        _, day, count = number.split("-")
        for lease in self.leases.values():
            if lease.epoch == self.epoch and lease.lo <= int(count) <= lease.hi:
                self.next[(lease.lease_id, int(day))] = int(count) + 1

    def close_days(self, today: int, op_ids: Any) -> None:
        """State the fate of the numbers of each day that is over."""
        for day in sorted({day for each in self.leases.values() if each.epoch == self.epoch
                           for day in range(each.first, min(each.last + 1, today))}):
            if (self.epoch, day) in self.closed:
                continue
            self.closed.add((self.epoch, day))
            for lease in self.leases.values():
                if lease.epoch == self.epoch and lease.first <= day <= lease.last and self.rules.closed_day:
                    self.next[(lease.lease_id, day)] = lease.hi + 1
            self.append(CLOSED, next(op_ids), f"close:{self.epoch}:{day}", today, value=str(day))

    # --- what a contact asks --------------------------------------------------------------------------------

    def standing(self) -> Standing:
        epochs = sorted(self.chains) if self.rules.all_epochs_count else [self.epoch]
        return Standing(
            self.device, self.epoch,
            tuple(EpochStanding(each, self.head(each), self.confirmed.get(each, 0), self.fork.get(each, 0),
                                self.kept.get(each, 0)) for each in epochs),
            stopped=self.stopped, asked_epoch=self.asked, **self._request_said(),
        )

    def _request_said(self) -> dict[str, Any]:
        """Whether a request waits for its answer, for a core that wants to know."""
        if "requested_epoch" not in Standing.__slots__:
            return {}
        waits = self.request is not None and self.request.epoch == self.epoch
        return {"requested_epoch": self.request.reason if waits and self.request else ""}

    def usage(self) -> tuple[LeaseUsage, ...]:
        used: dict[tuple[str, int], int] = {}
        for (lease_id, day), count in self.next.items():
            lease = self.leases[lease_id]
            if lease.epoch == self.epoch:
                key = (lease.agency, day)
                used[key] = used.get(key, 0) + count - lease.lo
        return tuple(LeaseUsage(agency, str(day), count) for (agency, day), count in used.items())

    def store_leases(self, leases: Iterable[Signed]) -> list[Exception]:
        troubles: list[Exception] = []
        for each in leases:
            lease = read_lease(each.payload)
            if each.signature != SEAL or (lease.device, lease.epoch) != (self.device, self.epoch):
                troubles.append(CallPerson("lease_not_ours"))
            else:
                self.leases.setdefault(lease.lease_id, lease)
        return troubles

    def at(self, epoch: int, seq: int) -> Operation | None:
        chain = self.chains.get(epoch, [])
        place = seq - 1 - self.dropped.get(epoch, 0)
        return chain[place] if 0 <= place < len(chain) else None

    def waiting(self, epoch: int, after: int, limit: int) -> Sequence[Waiting]:
        gone = self.dropped.get(epoch, 0)
        return [each.waiting for each in self.chains[epoch][max(0, after - gone):max(0, after - gone) + limit]]

    def confirm(self, epoch: int, upto: int) -> None:
        if upto > self.head(epoch).seq:
            raise Refusal("confirmed_unknown", upto=upto, head=self.head(epoch).seq)
        self.confirmed[epoch] = max(self.confirmed.get(epoch, 0), upto)
        if not self.rules.keep_confirmed:
            chain, gone = self.chains[epoch], self.dropped.get(epoch, 0)
            cut = min(len(chain) - 1, self.confirmed[epoch] - gone)
            if cut > 0:
                self.chains[epoch], self.dropped[epoch] = chain[cut:], gone + cut

    def resend(self, epoch: int, upto: int) -> None:
        self.confirmed[epoch] = min(self.confirmed.get(epoch, 0), upto)

    def bring_back(self, epoch: int, items: Sequence[Operation]) -> int:
        """Own operations from the province or the second copy. Raises CallPerson as `ImportOwn`."""
        fresh = 0
        for each in items:
            key = self.keys.get(epoch)
            if each.device != self.device or key is None or each.signature != sign(key, each.hash):
                raise CallPerson("own_not_signed", epoch=epoch)
            head = self.head(epoch)
            if each.seq <= head.seq:
                known = self.at(epoch, each.seq)
                if known is None or known.hash == each.hash:
                    continue
                raise CallPerson("own_does_not_follow", epoch=epoch)
            if (each.seq, each.prev) != (head.seq + 1, head.hash) and self.rules.import_checks_chain:
                raise CallPerson("own_does_not_follow", epoch=epoch)
            self._insert(each)
            fresh += 1
        return fresh

    def prepare(self, reason: str, request: str, key: str) -> NewEpoch:
        if self.request is None or self.request.epoch != self.epoch or not self.rules.request_kept:
            self.request = NewEpoch(request, self.epoch, reason, key, "proof")
        return self.request

    def take_epoch(self, answer: EpochAnswer) -> None:
        assert self.request is not None
        self.begin(answer.epoch, self.request.public_key, answer.token, answer.leases)

    def begin(self, epoch: int, key: str, token: str, leases: Iterable[Signed]) -> None:
        """The book goes on under another epoch; what was written before stays and is still sent."""
        self.epoch, self.token, self.request = epoch, token, None
        self.keys[epoch] = key
        self.chains.setdefault(epoch, [])
        self.confirmed.setdefault(epoch, 0)
        self.stopped = self.asked = ""
        self.is_told_ended = False
        self.store_leases(leases)

    def unsent(self) -> int:
        """The count on the bottom line: everything behind what is confirmed, or kept of a fork, of every epoch."""
        epochs: Mapping[int, Any] = self.chains if self.rules.all_epochs_count else {self.epoch: None}
        return sum(self.head(each).seq - max(self.confirmed.get(each, 0), self.kept.get(each, 0))
                   for each in epochs)
