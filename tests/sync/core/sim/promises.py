"""What must be true at every moment, and what once every line is good again and everybody has called."""

from __future__ import annotations

from collections import Counter as Tally
from typing import TYPE_CHECKING

from sync.contract.feed import FeedPage, Kind
from tests.sync.core.sim.book import Book
from tests.sync.core.sim.leasing import read_lease
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import EDITED, RECEIVED, Operation

if TYPE_CHECKING:
    from tests.sync.core.sim.world import World

COPIED_ONLY = frozenset({"fork", "older_than_province", "older_than_witness"})
"""Problems that only a disk that was put back or copied can bring about."""


class Promises:
    """Notes each broken one once. Papers are kept here, as citizens do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.broken: list[str] = []
        self.papers: dict[str, Operation] = {}
        self.by_intent: dict[str, Operation] = {}
        self.blind: set[Operation] = set()         # numbers given by a book that nobody could tell it is older
        self.cash = 0
        self.last_days: dict[tuple[int, int], int] = {}
        self.doubled_blind = 0
        self.unfinished_paper: set[Operation] = set()

    def say(self, promise: str, *what: object) -> None:
        self.broken.append(f"{promise} {' '.join(map(str, what))}")

    # --- at every moment --------------------------------------------------------------------------------------

    def paper(self, pc: Machine, made: Operation, *, is_stored: bool) -> None:
        """A receipt is in a citizen's hand."""
        if made.paper:
            return
        if not is_stored:
            self.say("P9 paper without a row", made)
        made.paper = True
        self.cash += made.fee
        known = self.papers.setdefault(made.number, made)
        if known.hash != made.hash:
            if known in self.blind or made in self.blind:
                self.doubled_blind += 1
            else:
                self.say("P6 number twice", known, made)
        known = self.by_intent.setdefault(made.intent, made)
        if known.hash != made.hash:
            self.say("P8 one citizen, two receipts", known, made)
        last = self.last_days.get((pc.serial, made.epoch), 0)
        if made.day < last and made not in self.blind:
            self.say("P19 a day that was over", made)
        self.last_days[(pc.serial, made.epoch)] = max(last, made.day)

    def number_is_given(self, pc: Machine, made: Operation) -> None:
        """Before it is on any paper."""
        book = pc.book
        assert book is not None
        if pc.blind_epoch == made.epoch:
            self.blind.add(made)
        if (made.epoch, made.day) in book.closed:
            self.say("P7 a number of a day that was closed", made)
        if book.is_told_ended:
            self.say("P17 a number of an epoch that was said to have ended", made)

    def is_confirmed(self, pc: Machine, epoch: int, after: int, upto: int, *, is_branch: bool) -> None:
        """What leaves the count is in the province's chain, or was before it came back; a branch beside it."""
        assert pc.book is not None
        for seq in range(after + 1, upto + 1):
            made = pc.book.at(epoch, seq)
            if made is not None and not (made.is_taken if is_branch else made.was_chained):
                self.say("P16 the count lies", pc, made)
                return

    def file_is_whole(self, pc: Machine, name: str, size: int) -> None:
        if not self.world.province.files.is_whole(name, size):
            self.say("P11 half a file counts as whole", pc, name)

    def page_is_overseen(self, pc: Machine, page: FeedPage) -> None:
        """A window of pages changes no more open dossiers than a person can oversee, unless one has looked."""
        assert pc.book is not None
        shelf, before = pc.book.shelf, pc.window
        pc.window_changes |= {
            each.body["number"] for each in page.entries
            if each.kind == Kind.STATUS and before.get(each.body["number"], "closed") not in
            ("closed", each.body["status"]) and not shelf.is_accepted(page.incarnation, each.position)
        }
        changed = len(pc.window_changes)
        if changed > 5 and changed * 5 > sum(1 for each in before.values() if each != "closed"):
            self.say("P16 a mass change nobody looked at", pc, changed)

    def contact_is_over(self, pc: Machine) -> None:
        """A person is called only for what needs one."""
        problem, province = pc.problem, self.world.province
        book = pc.book
        if book is None:
            return
        device = province.devices.get(book.device)
        book.is_told_ended = book.is_told_ended or problem == "stale_epoch"
        if problem == "" and any(read_lease(each.payload).lease_id not in book.leases for each in pc.said_leases):
            self.say("P7 a lease that was given and not kept", pc)
        if problem in COPIED_ONLY and not pc.copied_under:
            self.say("P12 called for nothing", pc, problem)
        if device is None or self.world.restores or pc.enrolling:
            return                                 # a person is at it anyway
        row = province.epochs[book.device][device.current]
        # What a disk asked for went with it, key and all, when another was put in its place: the province, which
        # hears of it later, cannot tell this machine from a copied one that works elsewhere. A person must.
        is_own = row.begun_by == pc.serial and device.current > pc.copied_under
        is_own = is_own and row.request not in pc.lost_requests
        if problem in ("stale_epoch", "not_enrolled") and is_own:
            self.say("P12 called for nothing", pc, problem)
        if problem == "" and is_own and device.current != book.epoch:
            self.say("P17 a contact that ended well under an epoch that has ended", pc)

    # --- in the end -------------------------------------------------------------------------------------------

    def check_the_end(self) -> None:
        self._check_counters()
        self._check_custody()
        self._check_feed()
        self._check_money()
        self._check_edits()

    def _check_counters(self) -> None:
        going: dict[str, list[Machine]] = {}
        for pc in self.world.living():
            book = pc.book
            if book is None:
                self.say("P12 never enrolled", pc, pc.problem)
                continue
            if book.unsent() or pc.to_forward:
                self.say("P12 stuck", pc, pc.problem, book.unsent(), book.stopped, pc.to_forward)
            if any(not done for _, done in book.files.values()) and pc.problem == "":
                self.say("P11 a file that never left", pc)
            files = self.world.province.files
            if pc.problem == "" and not all(files.is_whole(name, each[0]) for name, each in book.files.items()):
                self.say("P11 a file that the province has not whole", pc)
            if pc.problem == "":
                self._check_journal(pc, book)
            if pc.problem == "":
                going.setdefault(book.device, []).append(pc)
            elif pc.problem not in ("stale_epoch", "not_enrolled"):
                self.say("P12 stuck", pc, pc.problem)
            lost = [each for each in book.written if book.at(each.epoch, each.seq) is not each]
            if lost:
                self.say("P16 the journal lost a line", pc, lost[0])
        for device, pcs in going.items():
            if len(pcs) > 1:
                self.say("P17 two machines at one counter", device, pcs)

    def _check_journal(self, pc: Machine, book: Book) -> None:
        """A book that was put back has again what the province holds of it."""
        for epoch, head in self.world.province.heads(book.device).items():
            if epoch in book.chains and epoch not in book.fork and head.seq > book.head(epoch).seq:
                self.say("P18 the journal lacks what the province holds of it", pc, epoch, head.seq)

    def _check_custody(self) -> None:
        """Whatever stands anywhere, by promise, stands at the province: in the chain, or beside it and adopted."""
        province = self.world.province
        promised: set[Operation] = set()
        for pc in self.world.living():
            if pc.book is not None:
                promised |= pc.book.holds
            for medium in (*([pc.medium] if pc.medium else ()), *pc.to_forward):
                promised |= medium.holds
        for made in promised:
            if province.has_chained(made):
                continue
            if made.hash not in province.branches:
                where = "a paper" if made.paper else "an operation"
                self.say(f"P15 {where} is not at the province", made, self.world.holders(made))
                return
        for chain in province.chains.values():
            for place, made in enumerate(chain):
                if made.seq != place + 1 or (place and made.prev != chain[place - 1].hash):
                    self.say("P10 a chain that does not follow", made)
                    return
        for first, second in province.doubled:
            if not (first in self.blind or second in self.blind or not (first.paper and second.paper)):
                self.say("P6 number twice at the province", first, second)
                return

    def _check_feed(self) -> None:
        province = self.world.province
        for office, entries in province.feed.items():
            # One that was adopted and found its place in the chain later is named twice, and counted once.
            ops = [each.body["op"] for each in entries if each.kind == Kind.OPERATION and not each.body["branch"]]
            twice = [made for made, count in Tally(ops).items() if count > 1]
            if twice:
                self.say("P10 taken twice", twice[0])
            order: dict[tuple[str, int, bool], int] = {}
            for each in entries:
                if each.kind != Kind.OPERATION or each.body["branch"]:
                    continue
                made = each.body["op"]
                before = order.get((made.device, made.epoch, False), 0)
                if made.seq != before + 1 and province.has_chained(made):
                    self.say("P14 the feed is not in the journal's order", made)
                    return
                order[(made.device, made.epoch, False)] = made.seq
            for pc in self.world.living():
                if pc.book is None or pc.office != office or pc.problem:
                    continue
                skipped = [each for each in entries if each.body["serial"] not in pc.book.shelf.entries]
                if skipped:
                    self.say("P14 skipped by the pull", pc, skipped[0].position, skipped[0].kind)

    def _check_money(self) -> None:
        """What was put into drawers is what the province adds up, but for receipts that are lost with their PC."""
        province = self.world.province
        held = {made for chain in province.chains.values() for made in chain}
        held |= {made for made, is_adopted in province.branches.values() if is_adopted}
        at_province = sum(made.fee for made in held if made.paper)
        lost = [made for made in self.papers_and_doubles() if made not in held]
        if at_province + sum(made.fee for made in lost) != self.cash:
            self.say("P20 sums differ", at_province, sum(made.fee for made in lost), self.cash)
        self.world.lost_papers = len(lost)

    def papers_and_doubles(self) -> set[Operation]:
        return {made for made in self.world.known.values() if made.paper}

    def _check_edits(self) -> None:
        """Two values for one version are both to be seen, on every counter alike."""
        for pc in self.world.living():
            if pc.book is None or pc.problem:
                continue
            for made in pc.book.holds:
                if made.kind == EDITED and made.value not in pc.book.shelf.edits.get((made.refers, made.base), ()):
                    self.say("P16 an edit was overwritten", pc, made)
                    return

    def count_papers(self) -> int:
        return sum(1 for made in self.world.known.values() if made.paper and made.kind == RECEIVED)
