"""The province: custody, feed, epochs and enrolment as `sync.gateway` keeps them, each method one transaction.

Custody is planned by the gateway's own `plan_custody`. A backup is a copy; to restore it is to go on with the copy
under another incarnation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.operation import digest
from sync.contract.feed import Entry, FeedPage, Kind, OperationsPage
from sync.contract.messages import EpochAnswer, Head, HelloAnswer, LeaseUsage, NewEpoch, Signed
from sync.contract.problems import Refused
from sync.contract.push import ItemAnswer, Outcome, PushAnswer, PushHead
from sync.core.asks import Waiting
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater
from sync.gateway.plan import Plan, plan_custody
from sync.gateway.reading import Pushed
from sync.gateway.restores import EPOCHS_APART
from tests.sync.core.sim.book import NOTHING
from tests.sync.core.sim.leasing import SEAL, LeaseTable, Window, read_lease, window_of
from tests.sync.core.sim.operations import Operation, sign
from tests.sync.core.sim.province_files import StoredFiles
from tests.sync.core.sim.rules import Rules


@dataclass(frozen=True, slots=True)
class EpochRow:
    key: str
    head: Head
    request: str = ""
    begun_by: int = 0                              # serial of the machine, for the promises only
    token: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    office: str
    name: str
    current: int = 0


@dataclass(frozen=True, slots=True)
class Enrolled:
    device: str
    epoch: int
    token: str
    leases: tuple[Signed, ...]


class Province:
    """All that one database holds."""

    def __init__(self, rules: Rules, known: dict[str, Operation], later: Callable[[Callable[[], None]], None],
                 rng: random.Random, serials: Any, agencies: Sequence[str]) -> None:
        self.rules, self._known, self._later, self._rng, self._serials = rules, known, later, rng, serials
        self.agencies = agencies
        self.incarnation = "i0"
        self.is_settled = True
        self.restores: tuple[int, ...] = ()        # moments; noted beside the key, so no backup forgets one
        self.devices: dict[str, Device] = {}
        self.epochs: dict[str, dict[int, EpochRow]] = {}
        self.tokens: dict[str, tuple[str, int]] = {}
        self.codes: dict[str, tuple[str, str, str, str, int]] = {}
        self.chains: dict[tuple[str, int], list[Operation]] = {}
        self.branches: dict[str, tuple[Operation, bool]] = {}
        self.feed: dict[str, list[Entry]] = {}
        self.reached: dict[str, int] = {}
        self.numbers: dict[str, Operation] = {}
        self.doubled: list[tuple[Operation, Operation]] = []
        self.leases = LeaseTable()
        self.files = StoredFiles(rules)
        self.page = 500
        self.now = 0

    def copy(self) -> Province:
        twin = object.__new__(Province)
        twin.__dict__.update(self.__dict__)
        for name in ("devices", "tokens", "codes", "branches", "reached", "numbers"):
            setattr(twin, name, getattr(self, name).copy())
        twin.epochs = {device: dict(rows) for device, rows in self.epochs.items()}
        twin.chains = {place: list(chain) for place, chain in self.chains.items()}
        twin.feed = {office: list(entries) for office, entries in self.feed.items()}
        twin.doubled = list(self.doubled)
        twin.leases, twin.files = self.leases.copy(), self.files.copy()
        return twin

    # --- who asks ---------------------------------------------------------------------------------------------

    def session(self, token: str) -> tuple[str, int]:
        if token not in self.tokens:
            raise CallPerson("not_enrolled")
        return self.tokens[token]

    def _refuse_stale(self, device: str, epoch: int) -> None:
        current = self.devices[device].current
        if epoch != current and self.rules.fencing:
            raise CallPerson("stale_epoch", current=current)

    def heads(self, device: str) -> dict[int, Head]:
        return {epoch: row.head for epoch, row in self.epochs.get(device, {}).items()}

    # --- hello, epochs, enrolment -----------------------------------------------------------------------------

    def hello(self, token: str, usage: Iterable[LeaseUsage], held: Iterable[Signed]) -> HelloAnswer:
        device, epoch = self.session(token)
        self._refuse_stale(device, epoch)
        if self.rules.held_leases:
            self.leases.take_back(held)
        today = self.now // 1440
        self._renew(device, epoch)
        self.leases.add_blocks((device, epoch), usage, today, self._window())
        row = self.devices[device]
        others = {each: self.heads(each) for each, one in self.devices.items()
                  if one.office == row.office and each != device}
        current = row.current if self.rules.fencing else epoch
        return HelloAnswer(
            str(self.now), self.incarnation, self.heads(device), current,
            self.leases.of((device, epoch), today), "0", (), (), self.reached.get(row.office, 0), others,
        )

    def _renew(self, device: str, epoch: int) -> None:
        if not self.rules.lease_once:
            self.leases.given.clear()
        self.leases.renew((device, epoch), self.agencies, self.now // 1440, self._window(),
                          as_before=not self.rules.own_range_per_epoch,
                          lapsed_waits=self.rules.lapsed_slot_waits)

    def _window(self) -> Window | None:
        if not self.rules.window_waits:
            return None
        return window_of((each // 1440 for each in self.restores), has_reserve=self.rules.reserve_apart,
                         has_parts=self.rules.reserve_in_parts, has_own_end=self.rules.own_slot_in_time)

    def begin_epoch(self, token: str, asked: NewEpoch, begun_by: int, fresh: str) -> EpochAnswer:
        device, epoch = self.session(token)
        current, rows = self.devices[device].current, self.epochs[device]
        begun = next((each for each, row in rows.items() if row.request == asked.request), None)
        is_answerable = begun is not None and begun == epoch + 1 == current
        if begun is not None and is_answerable and (not rows[begun].head.seq or not self.rules.request_once):
            now = begun
            rows[now] = replace(rows[now], key=asked.public_key)
            fresh = rows[now].token if self.rules.token_of_request else fresh
        elif asked.epoch != epoch or (current != epoch and self.rules.fencing):
            raise CallPerson("stale_epoch", current=current)
        else:
            now = self._next_epoch(device, asked.public_key, asked.request, begun_by)
        self._give_token(device, now, fresh)
        self._renew(device, now)
        return EpochAnswer(device, now, fresh, self.leases.of((device, now), self.now // 1440))

    def _next_epoch(self, device: str, key: str, request: str, begun_by: int) -> int:
        rows = self.epochs.setdefault(device, {})
        least = 0
        if self.restores and self.rules.epochs_left_out:
            least = max(self.restores) + len(self.restores) * EPOCHS_APART
        now = max([self.devices[device].current, least, *rows]) + 1
        rows[now] = EpochRow(key, NOTHING, request, begun_by)
        self.devices[device] = replace(self.devices[device], current=now)
        return now

    def _give_token(self, device: str, epoch: int, fresh: str) -> None:
        """The only one of its epoch from now on."""
        row = self.epochs[device][epoch]
        self.tokens.pop(row.token, None)
        self.tokens[fresh] = (device, epoch)
        self.epochs[device][epoch] = replace(row, token=fresh)

    def enrol(
        self, code: str, key: str, device: str, past: Mapping[int, str], held: Iterable[Signed], begun_by: int,
        fresh: str,
    ) -> Enrolled:
        """`device`, `past`, `held`: what the book was before; "" and nothing for a new one."""
        if code not in self.codes:
            raise CallPerson("code_wrong")
        office, name, used_by, as_device, epoch = self.codes[code]
        if used_by:
            if used_by != key:
                raise CallPerson("code_used")
            fresh = self.epochs[as_device][epoch].token if self.rules.token_of_request else fresh
            self._give_token(as_device, epoch, fresh)
            return Enrolled(as_device, epoch, fresh, self.leases.of((as_device, epoch), self.now // 1440))
        at_counter = next(
            (each for each, row in self.devices.items() if (row.office, row.name) == (office, name)), "")
        held = tuple(held)
        is_believed = not self.is_settled or any(read_lease(each.payload).device == device for each in held)
        if self.rules.past_epochs and device and device not in self.devices and is_believed:
            self.devices[device] = Device(office, name if not at_counter else f"{name} ({device})")
        known = device if device in self.devices else at_counter
        if not known:
            known = f"{office}{name}{fresh}"
            self.devices[known] = Device(office, name)
        if self.rules.past_epochs and known == device and is_believed:
            for each, public in past.items():
                self.epochs.setdefault(device, {}).setdefault(each, EpochRow(public, NOTHING))
        if self.rules.held_leases:
            self.leases.take_back(held)
        epoch = self._next_epoch(known, key, "", begun_by)
        self.codes[code] = (office, name, key, known, epoch)
        self._give_token(known, epoch, fresh)
        self._renew(known, epoch)
        return Enrolled(known, epoch, fresh, self.leases.of((known, epoch), self.now // 1440))

    # --- custody ----------------------------------------------------------------------------------------------

    def push(
        self, token: str, head: PushHead, batch: Sequence[Waiting], sealed: frozenset[tuple[int, int]]
    ) -> PushAnswer:
        device, epoch = self.session(token)
        if head.incarnation != self.incarnation:
            raise HelloAgain("incarnation_changed", incarnation=self.incarnation)
        if head.author_key is not None:
            self._take_back_author(device, head.device, head.author_key)
        if head.device not in self.devices:
            raise CallPerson("unknown_device")
        if self.devices[head.device].office != self.devices[device].office:
            raise CallPerson("wrong_office")
        ops = [self._known[digest(each.payload)] for each in batch]
        for each in ops:
            if each.poison == "crash" and (each.epoch, each.seq) not in sealed:
                raise TryLater("internal")
            if each.poison == "large" and (each.epoch, each.seq) not in sealed:
                raise ItemRefused("too_large")
        items = [self._read(line, each, head.device, sealed) for line, each in enumerate(ops)]
        is_stale = epoch != self.devices[device].current and self.rules.fencing
        return self._take(head.device, items, is_stale=is_stale, is_branch=head.branch)

    def _take_back_author(self, brought_by: str, author: str, key: Signed) -> None:
        """An epoch that we once said, and have forgotten, with its counter: not for a token, only as an author."""
        device, epoch, public, office, name = key.payload.split("|")
        is_ours = key.signature == SEAL or not self.rules.author_key_checked
        if not is_ours or device != author or office != self.devices[brought_by].office:
            return
        at_counter = any((row.office, row.name) == (office, name) for row in self.devices.values())
        row = self.devices.setdefault(device, Device(office, f"{name} ({device})" if at_counter else name))
        if int(epoch) not in self.epochs.setdefault(device, {}):
            self.epochs[device][int(epoch)] = EpochRow(public, NOTHING)
            self.devices[device] = replace(row, current=max(row.current, int(epoch)))

    def _read(
        self, line: int, made: Operation, device: str, sealed: frozenset[tuple[int, int]]
    ) -> Pushed:
        is_sealed = (made.epoch, made.seq) in sealed
        place = made.place if self.rules.chain_compared else None
        found = Pushed(line, b"", made.signature, made.epoch, made.seq, made.hash, place)
        if is_sealed and self.rules.chain_compared:
            found.place, found.said_prev = None, made.prev if self.rules.sealed_says_prev else None
        row = self.epochs.get(device, {}).get(made.epoch)
        if made.poison == "unreadable" and not is_sealed:
            found.refused, found.seq = Refused.MALFORMED, 0
        elif row is None:
            found.refused = Refused.UNKNOWN_EPOCH
        elif made.device != device or (
                made.signature != sign(row.key, made.hash) and self.rules.author_signature):
            found.refused = Refused.SIGNATURE
        return found

    def forward(self, token: str, ops: Sequence[Operation], *, is_branch: bool) -> tuple[ItemAnswer, ...]:
        """Records of a second copy, opened: custody as if pushed by their author."""
        device, _ = self.session(token)
        answers: list[ItemAnswer] = []
        for author in sorted({each.device for each in ops}):
            if author not in self.devices or self.devices[author].office != self.devices[device].office:
                raise CallPerson("unknown_device")
            unread = frozenset((each.epoch, each.seq) for each in ops if each.poison)
            items = [self._read(line, each, author, unread) for line, each in enumerate(ops)
                     if each.device == author]
            answers += self._take(author, items, is_stale=False, is_branch=is_branch).items
        return tuple(answers)

    def _take(self, device: str, items: list[Pushed], *, is_stale: bool, is_branch: bool) -> PushAnswer:
        plan = self._plan(device, items, is_stale=is_stale, is_branch=is_branch)
        if self.rules.branch_kept:
            for item, _ in plan.branched:
                self.branches.setdefault(item.hash, (self._known[item.hash], False))
                self._known[item.hash].is_taken = True
        have = {**self.heads(device), **plan.heads}
        answer = PushAnswer(self.incarnation, str(self.now), tuple(plan.answers), have)
        if not self.rules.commit_before_answer and plan.taken and self._rng.random() < 0.2:
            return answer                          # answered, and then the transaction came to nothing
        if not self.rules.device_lock and plan.taken and self._rng.random() < 0.3:
            self._later(lambda: self._commit(device, plan))
            raise TryLater("line_timeout")
        self._commit(device, plan)
        return answer

    def _plan(self, device: str, items: list[Pushed], *, is_stale: bool, is_branch: bool) -> Plan:
        heads = self.heads(device)
        held = {}
        for item in items:
            row = heads.get(item.epoch)
            if item.refused is None and row is not None and item.seq <= row.seq:
                chain = self.chains[(device, item.epoch)]
                same = item.hash if not self.rules.hash_compared else ""
                held[(item.epoch, item.seq)] = same or chain[min(item.seq, len(chain)) - 1].hash
        if not self.rules.place_unique:
            heads = {epoch: Head(0, heads[epoch].hash) for epoch in heads}
            plan = Plan(heads=heads)
            for item in items:
                plan.taken.append(item)
                plan.heads[item.epoch] = Head(item.seq, item.hash)
                plan.answers.append(ItemAnswer(item.line, Outcome.TAKEN, item.epoch, item.seq))
            return plan
        if not self.rules.gap_refused and items and items[0].refused is None:
            first = items[0]
            if first.epoch in heads and first.seq > heads[first.epoch].seq:
                heads[first.epoch] = Head(first.seq - 1, first.place.prev if first.place else "")
        return plan_custody(items, heads, held, is_stale=is_stale, is_branch=is_branch)

    def _commit(self, device: str, plan: Plan) -> None:
        if not plan.taken:
            return
        office = self.devices[device].office
        entries = []
        for item in plan.taken:
            made = self._known[item.hash]
            self.chains.setdefault((device, item.epoch), []).append(made)
            made.was_chained = True
            self._judge(made)
            body: dict[str, Any] = {"op": made, "branch": False}
            if made.seq == 1:
                row, at = self.epochs[device][made.epoch], self.devices[device]
                body["author_key"] = Signed("|".join((device, str(made.epoch), row.key, office, at.name)), SEAL)
            entries.append(self._entry(office, Kind.OPERATION, body))
        for epoch in {item.epoch for item in plan.taken}:
            self.epochs[device][epoch] = replace(self.epochs[device][epoch], head=plan.heads[epoch])
        self._write(office, entries)

    def _judge(self, made: Operation) -> None:
        made.is_taken = True
        if made.file:
            self.files.name(self.devices[made.device].office, made.file, made.size)
        if made.number:
            other = self.numbers.setdefault(made.number, made)
            if other is not made and other.hash != made.hash:
                self.doubled.append((other, made))

    def with_branches(self) -> list[str]:
        """Devices of which an operator can adopt something."""
        return sorted({each.device for each, is_adopted in self.branches.values()
                       if not is_adopted and not self.has_chained(each)})

    def adopt(self, device: str) -> None:
        """The operator gives every kept operation of a device its place in the feed."""
        office = self.devices[device].office
        kept = sorted(
            (each for each, is_adopted in self.branches.values()
             if each.device == device and not is_adopted and not self.has_chained(each)),
            key=lambda each: (each.epoch, each.seq),
        )
        for made in kept:
            self.branches[made.hash] = (made, True)
            self._judge(made)
            self._write(office, [self._entry(office, Kind.OPERATION, {"op": made, "branch": True})])

    def has_chained(self, made: Operation) -> bool:
        chain = self.chains.get((made.device, made.epoch), ())
        return len(chain) >= made.seq and chain[made.seq - 1].hash == made.hash

    # --- the feed ---------------------------------------------------------------------------------------------

    def _entry(self, office: str, kind: str, body: dict[str, Any]) -> Entry:
        self.reached[office] = self.reached.get(office, 0) + 1
        body["serial"] = next(self._serials)
        return Entry(self.reached[office], kind, "province", str(self.now), body)

    def _write(self, office: str, entries: list[Entry]) -> None:
        rows = self.feed.setdefault(office, [])
        if not self.rules.feed_in_transaction and self._rng.random() < 0.05:
            self.reached[office] += 1              # a transaction that took a position and came to nothing
        if not self.rules.order_of_commit and self._rng.random() < 0.3:
            self._later(lambda: rows.extend(entries) or rows.sort(key=lambda each: each.position))
            return
        rows.extend(entries)

    def post(self, office: str, number: str, status: str) -> None:
        self._write(office, [self._entry(office, Kind.STATUS, {"number": number, "status": status})])

    def fetch(self, token: str, incarnation: str, position: int) -> FeedPage:
        device, epoch = self.session(token)
        self._refuse_stale(device, epoch)
        if incarnation != self.incarnation:
            raise HelloAgain("incarnation_changed", incarnation=self.incarnation)
        office = self.devices[device].office
        rows = self.feed.get(office, [])
        if position > self.reached.get(office, 0):
            raise HelloAgain("unknown_cursor")
        if self.rules.order_of_commit:
            found = rows[position:position + self.page]
            last = position + len(found)
            return FeedPage(self.incarnation, last, tuple(found), last < len(rows))
        found = [each for each in rows if each.position > position]
        some = found[:self.page]
        page = object.__new__(FeedPage)            # a client that does not look for holes either
        for name, value in (("incarnation", self.incarnation), ("entries", tuple(some)),
                            ("position", some[-1].position if some else position),
                            ("more", len(found) > len(some))):
            object.__setattr__(page, name, value)
        return page

    def own(self, token: str, epoch: int, after: int, limit: int) -> OperationsPage:
        device, current = self.session(token)
        if epoch not in self.epochs[device] or epoch > current:
            raise HelloAgain("unknown_epoch")
        chain = self.chains.get((device, epoch), [])
        found = chain[after:after + min(limit, self.page)]
        return OperationsPage(epoch, tuple({"seq": each.seq, "hash": each.hash, "op": each} for each in found),
                              after + len(found) < len(chain))
