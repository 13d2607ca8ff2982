"""Everything there is: provinces, machines, media, the line, the true time, and the dice."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from zlib import crc32

from app.errors import KnownError, Refusal
from sync.contract.messages import Signed
from sync.contract.operation_text import GENESIS
from sync.contract.push import PushHead
from sync.core import asks
from sync.core.pace import SLOWEST, Pace
from sync.errors import CallPerson
from tests.sync.core.sim.asking import ANSWERS, answer
from tests.sync.core.sim.book import Book
from tests.sync.core.sim.leasing import Lease
from tests.sync.core.sim.line import Line
from tests.sync.core.sim.machine import Machine, Medium
from tests.sync.core.sim.operations import CORRECTED, RECEIVED, Operation
from tests.sync.core.sim.promises import Promises
from tests.sync.core.sim.province import Province
from tests.sync.core.sim.rules import Rules

MAY_ASK_EPOCH = frozenset({"fork", "older_than_witness"})
FORWARD = 20
ORDER = {kind: place for place, kind in enumerate(ANSWERS)}


class World:
    """One history's stage. `trace` is a sum over everything that happened, in order."""

    def __init__(self, seed: int, rules: Rules, log: list[str] | None = None) -> None:
        self.rng = random.Random(seed)
        self.rules, self.log = rules, log
        self.trace = 0
        self.now = 1440 * 10 + 8 * 60
        self.known: dict[str, Operation] = {}
        self.line = Line(self.rng)
        self.machines: list[Machine] = []
        self.backups: list[Province] = []
        self.restores = self.chunks_sent = self.lost_papers = self.refused = 0
        self.restored_at: tuple[int, ...] = ()
        self.set_aside: set[str] = set()
        self.has_hung_media = False
        self.least_breaks = 0
        self.flights = 0                           # several batches on their way at once, so often
        self._ids = itertools.count(1)
        self.op_ids: Iterator[str] = (f"o{each}" for each in self._ids)
        self.promises = Promises(self)
        self.province = Province(rules, self.known, self.line.later, self.rng, itertools.count(1), ("XD",))

    def note(self, *what: object) -> None:
        text = " ".join(map(str, what))
        self.trace = crc32(text.encode(), self.trace & 0xFFFFFFFF)
        if self.log is not None:
            self.log.append(f"{self.now} {text}")

    def _note_answer(self, pc: Machine, ask: asks.Ask, found: object) -> None:
        """Many of these: numbers only, whose hash is the same in every process."""
        book = pc.book
        assert book is not None
        self.trace = hash((self.trace, pc.serial, ORDER[type(ask)], book.epoch, book.shelf.position, self.now))
        if self.log is not None:
            said = f"{pc} {type(ask).__name__} {book.epoch} {book.shelf.position}   {ask!r} -> {found!r}"
            self.log.append(f"{self.now} {said}"[:500])

    def fresh(self, kind: str) -> str:
        return f"{kind}{next(self._ids)}"

    def answer(self, pc: Machine, ask: asks.Ask) -> Any:
        self.province.now = self.now
        try:
            found = answer(self, pc, ask)
        except KnownError as error:
            self.note(pc, type(ask).__name__, error.code)
            raise
        self._note_answer(pc, ask, found)
        return found

    def is_hung(self) -> bool:
        return self.has_hung_media and self.rng.random() < 0.1

    def living(self) -> list[Machine]:
        return [pc for pc in self.machines if pc.is_alive]

    def holders(self, made: Operation) -> list[str]:
        return [
            f"{pc}{' book' if pc.book and made in pc.book.holds else ''}"
            f"{' medium' if pc.medium and made in pc.medium.holds else ''}"
            for pc in self.living()
            if (pc.book and made in pc.book.holds) or (pc.medium and made in pc.medium.holds)
        ]

    # --- at the counter ---------------------------------------------------------------------------------------

    def add_machine(self, office: str, name: str) -> Machine:
        pc = Machine(self, len(self.machines) + 1, office, name)
        far = Pace(rate=SLOWEST, latency=0.1, breaks=self.least_breaks)
        pc.pace = far if pc.serial % 2 else Pace(breaks=self.least_breaks)
        self.machines.append(pc)
        return pc

    def receive(self, pc: Machine, intent: str, presses: int, power_cut: str, more: Mapping[str, Any]) -> None:
        """Enter is pressed so many times; the power goes `before` or `after` the commit, or after the `copy`."""
        book = pc.book
        assert book is not None
        for _ in range(presses):
            if power_cut == "before":
                if not self.rules.commit_before_print:
                    self._print_early(pc, intent, more)
                self._cut(pc, intent)
                return
            try:
                made, is_new = book.receive("XD", next(self.op_ids), intent, pc.now, **more)
            except Refusal as refusal:
                self.refused += 1
                self.note(pc, "refuses", refusal.code)
                return
            if is_new:
                self._journalled(pc, made)
                self.promises.number_is_given(pc, made)
            if power_cut == "after":
                self._cut(pc, intent)
                return
            if is_new and not self.rules.number_in_transaction:
                book.note_number(made.number)
            pc.copy_out()
            if power_cut == "copy":
                self._cut(pc, intent)
                return
            self.promises.paper(pc, made, is_stored=made in book.holds)
        pc.unfinished = ""

    def _print_early(self, pc: Machine, intent: str, more: Mapping[str, Any]) -> None:
        """The lie that a receipt may be printed while its commit is under way."""
        assert pc.book is not None
        twin = pc.book.copy()
        try:
            made, _ = twin.receive("XD", next(self.op_ids), intent, pc.now, **more)
        except Refusal:
            return
        self.promises.paper(pc, made, is_stored=made in pc.book.holds)

    def _cut(self, pc: Machine, intent: str) -> None:
        pc.unfinished = intent
        self.cut_power(pc)

    def cut_power(self, pc: Machine) -> None:
        self.note(pc, "power cut")
        pc.stop()
        pc.start()

    def journal(self, pc: Machine, kind: str, **more: Any) -> Operation:
        """What needs no number and goes on while numbers are stopped."""
        book = pc.book
        assert book is not None
        op_id = next(self.op_ids)
        made = book.append(kind, op_id, f"f{op_id}", book.today(pc.now), **more)
        self._journalled(pc, made)
        if kind == CORRECTED:
            made.paper = True                      # its counter-entry is in the drawer at once
            self.promises.cash += made.fee
        pc.copy_out()
        return made

    def _journalled(self, pc: Machine, made: Operation) -> None:
        self.note(pc, made)

    def contact_is_over(self, pc: Machine) -> None:
        self.note(pc, "contact", pc.problem)
        self.look_at_forwarded(pc)
        self.promises.contact_is_over(pc)

    # --- people -----------------------------------------------------------------------------------------------

    def help(self, pc: Machine) -> None:
        """What a person does about the last problem of this counter."""
        book = pc.book
        if book is None or pc.enrolling or pc.needs_code or pc.problem in ("stale_epoch", "not_enrolled"):
            self.enrol(pc)
            return
        if book.stopped in MAY_ASK_EPOCH:
            book.asked = book.stopped
        if pc.problem == "mass_change":
            book.shelf.accept()
        if pc.to_forward:
            self.forward(pc)

    def look_at_forwarded(self, pc: Machine) -> None:
        """What was handed in to a province that is another one now is handed in again."""
        again = [each for each, incarnation in pc.forwarded if incarnation != self.province.incarnation]
        if again and self.rules.forwarded_again:
            pc.forwarded = [each for each in pc.forwarded if each[0] not in again]
            pc.to_forward += [each for each in again if each not in pc.to_forward]

    def enrol(self, pc: Machine) -> None:
        """The operator gives a code; a lost answer is asked for again with the same code and key."""
        book = pc.book
        if pc.enrolling is None:
            code = self.fresh("code")
            self.province.codes[code] = (pc.office, pc.name, "", "", 0)
            pc.enrolling = (code, self.fresh("k"))
        code, key = pc.enrolling
        device, past, held = self._past_of(pc)
        self.province.now = self.now

        def request() -> Any:
            return self.province.enrol(code, key, device, past, held, pc.serial, self.fresh("t"))

        try:
            found = self.line.ask(request)
        except CallPerson:
            pc.enrolling = None
            return
        except KnownError:
            return
        pc.stop()
        pc.enrolling = None
        if book is None:
            pc.book = Book(self.rules, found.device, pc.office, found.epoch, key, found.token, self.known)
            pc.book.store_leases(found.leases)
            pc.book.shelf.incarnation = self.province.incarnation      # where its feed begins
        elif book.device != found.device:
            self.promises.say("P15 a counter is given another name", pc, book.device, found.device)
            return
        else:
            book.begin(found.epoch, key, found.token, found.leases)
        pc.problem, pc.needs_code = "", False
        self.note(pc, "enrolled", found.device, found.epoch)
        pc.start()

    def _past_of(self, pc: Machine) -> tuple[str, dict[int, str], tuple[Signed, ...]]:
        """What this counter was before, as its book and the second copies at hand say."""
        media = (pc.medium, *pc.to_forward)
        sources: list[Book | Medium] = [each for each in media if each is not None and each.keys]
        if pc.book is not None:
            sources.append(pc.book)
        if not sources:
            return "", {}, ()
        device = sources[-1].device
        past: dict[int, str] = {}
        leases: dict[str, Lease] = {}
        for each in sources:
            if each.device == device:
                past |= each.keys
                leases |= each.leases
        return device, past, tuple(lease.signed() for lease in leases.values())

    def forward(self, pc: Machine) -> None:
        """The second copy of a former machine goes to the province, which alone can open it."""
        if pc.book is None or not self.rules.sealed_is_forwarded:
            pc.to_forward.clear()
            return
        token, medium = pc.book.token, pc.to_forward[0]
        self.province.now = self.now
        incarnation = self.province.incarnation
        try:
            if all(self._forward_epoch(pc, token, medium.records[epoch]) for epoch in sorted(medium.records)):
                pc.to_forward.pop(0)
                pc.forwarded.append((medium, incarnation))
        except KnownError as error:
            self.note(pc, "forward", error.code)

    def _forward_epoch(self, pc: Machine, token: str, ops: list[Operation]) -> bool:
        """Whether all of one epoch is in custody: in the chain as long as it follows, then as a branch."""
        is_branch = False
        for start in range(0, len(ops), FORWARD):
            some = ops[start:start + FORWARD]
            while some:
                said = self.line.ask(lambda some=some, is_branch=is_branch: self.province.forward(
                    token, some, is_branch=is_branch))
                forked = next((place for place, each in enumerate(said) if each.outcome == "fork"), None)
                if forked is not None and not is_branch:
                    is_branch, some = True, some[forked:]
                    continue
                bad = [each for each in said if each.outcome not in ("taken", "already", "fork")]
                if bad:
                    self.note(pc, "forward", bad[0].outcome, bad[0].reason)
                    pc.needs_code = bad[0].reason == "unknown_epoch"       # a new code brings it back
                    return False
                break
        return True

    # --- disasters --------------------------------------------------------------------------------------------

    def take_image(self, pc: Machine) -> None:
        if pc.book is not None:
            pc.images.append((pc.book.copy(), dict(pc.witness)))

    def put_back(self, pc: Machine, *, is_whole_disk: bool) -> None:
        """An image of the data folder, or of the whole disk with the keys, takes the place of what is there."""
        book, witness = self.rng.choice(pc.images)
        self.note(pc, "put back", book.head(book.epoch).seq, is_whole_disk)
        pc.stop()
        asked, pc.book = pc.book.request if pc.book is not None else None, book.copy()
        if asked is not None and asked != pc.book.request:
            pc.lost_requests.add(asked.request)
        if is_whole_disk:
            pc.witness = dict(witness)
        pc.copied_under = self._epoch_now(pc)
        pc.blind_epoch = 0 if pc.is_told() else pc.book.epoch
        pc.enrolling = None
        pc.start()

    def clone(self, pc: Machine) -> Machine:
        """The whole disk stands on two machines, and both are switched on."""
        assert pc.book is not None
        twin = self.add_machine(pc.office, pc.name)
        twin.book, twin.witness = pc.book.copy(), dict(pc.witness)
        twin.blind_epoch = twin.book.epoch
        if pc.book.request is not None:
            twin.shared_request = pc.shared_request = pc.book.request.request
        twin.copied_under = pc.copied_under = self._epoch_now(pc)
        twin.clock, twin.problem = pc.clock, pc.problem
        self.note(pc, "cloned", twin)
        return twin

    def _epoch_now(self, pc: Machine) -> int:
        assert pc.book is not None
        device = self.province.devices.get(pc.book.device)
        return max(pc.book.epoch, device.current if device is not None else 0)

    def replace(self, pc: Machine, *, is_dead: bool) -> Machine:
        """Another machine takes the place; the second copy is carried over. The old one may come back one day."""
        fresh = self.add_machine(pc.office, pc.name)
        if pc.medium is not None:
            fresh.medium, fresh.plugged, pc.medium, pc.plugged = pc.medium, True, None, False
        fresh.to_forward, pc.to_forward = pc.to_forward, []
        pc.stop()
        pc.is_alive = not is_dead
        self.note(pc, "replaced by", fresh, is_dead)
        return fresh

    def lose_province(self, backup: Province) -> None:
        """The database goes; the backup takes its place."""
        self.note("restored", len(backup.tokens), backup.now)
        self.restores += 1
        before, self.province = self.province, backup.copy()
        self.province.now = self.now
        self.province.incarnation = self.fresh("i") if self.rules.incarnation else before.incarnation
        self.province.is_settled = False
        self.restored_at = (*self.restored_at, self.now)
        self.province.restores = self.restored_at

    def forge(self, pc: Machine) -> None:
        """Somebody who speaks for one counter writes into another's chain, without its key; or under an epoch that
        nobody has, by a word for its key that the province never gave."""
        device = self.rng.choice(list(self.province.devices))
        epoch, key = self.province.devices[device].current, self.fresh("k")
        head = self.province.heads(device)[epoch]
        said = Signed("|".join((device, str(epoch + 1), key, self.province.devices[device].office, "?")), "mine")
        more = {"day": self.now // 1440, "number": "forged"}
        chained = Operation(
            device, epoch, head.seq + 1, head.hash, key, RECEIVED, next(self.op_ids), self.fresh("f"), **more)
        own = Operation(
            device, epoch + 1, 1, GENESIS, key, RECEIVED, next(self.op_ids), self.fresh("f"), **more)
        self.known |= {chained.hash: chained, own.hash: own}
        for token, (asks_as, _) in list(self.province.tokens.items()):
            for forged, author_key in ((chained, None), (own, said)):
                with suppress(KnownError):
                    head_line = PushHead(device, epoch, 1, self.province.incarnation, author_key=author_key)
                    self.province.push(token, head_line, [forged.waiting], frozenset())
                if self.province.has_chained(forged) or forged.hash in self.province.branches:
                    self.promises.say("P24 taken from another than its author", asks_as, forged)
                    return

    def new_medium(self, pc: Machine) -> None:
        if pc.book is not None:
            pc.medium, pc.plugged = Medium(len(self.machines), pc.book.device), True
            pc.copy_out()

    def plug(self, pc: Machine, *, is_in: bool) -> None:
        pc.plugged = is_in
        self.note(pc, "medium", is_in)
        if is_in and pc.book is not None:
            pc.look_at_witnesses()
            pc.copy_out()


