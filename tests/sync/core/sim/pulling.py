"""What a book does with the feed: entries in order, page and cursor together, neighbours' operations kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.errors import Refusal
from sync.contract.feed import Entry, FeedPage, Kind
from sync.contract.messages import Head, Signed
from sync.core.asks import HeldFeed, Offered, Weight
from tests.sync.core.sim.operations import EDITED, RECEIVED, Operation
from tests.sync.core.sim.rules import Rules

DAY = 1440
"""Minutes."""


class Shelf:
    """Dossiers as this counter shows them, and all that is needed to give a neighbour's operations back."""

    def __init__(self, rules: Rules, device: str) -> None:
        self.rules, self.device = rules, device
        self.incarnation, self.position = "", 0
        self.neighbours: dict[tuple[str, int], dict[int, Operation]] = {}
        self.author_keys: dict[tuple[str, int], Signed] = {}
        self.arrived: dict[tuple[str, int], list[tuple[str, Operation]]] = {}  # by whose feed, in that order
        self.apart: dict[tuple[str, int], tuple[str, int]] = {}    # of chains that differ: given to whom, how many
        self.seen: set[str] = set()                # hashes of all operations that were applied
        self.entries: set[int] = set()             # every entry that was ever applied, by its serial
        self.statuses: dict[str, str] = {}
        self.edits: dict[tuple[str, int], set[str]] = {}
        self.held: tuple[str, int] | None = None   # a window that waits for a person, up to there
        self.accepted: tuple[str, int] | None = None
        self.weighed: frozenset[str] = frozenset()
        self.today: dict[str, int] = {}            # what was changed unseen, and in which minute

    def copy(self) -> Shelf:
        twin = object.__new__(Shelf)
        twin.__dict__.update(self.__dict__)
        for name in ("seen", "entries", "statuses", "today", "author_keys", "apart"):
            setattr(twin, name, getattr(self, name).copy())
        twin.neighbours = {key: dict(each) for key, each in self.neighbours.items()}
        twin.arrived = {key: list(each) for key, each in self.arrived.items()}
        twin.edits = {key: set(each) for key, each in self.edits.items()}
        return twin

    def take_own(self, made: Operation) -> None:
        self.seen.add(made.hash)
        self._fold(made)

    def cursor(self) -> HeldFeed:
        return HeldFeed(self.incarnation, self.position)

    def weigh(self, pages: Sequence[FeedPage], now: int) -> Weight:
        """What a person has accepted weighs nothing any more."""
        changed = frozenset(
            str(entry.body["number"]) for page in pages for entry in page.entries
            if entry.kind == Kind.STATUS and not self.is_accepted(page.incarnation, entry.position)
            and self.statuses.get(str(entry.body["number"])) not in (None, "closed", entry.body["status"])
        )
        self.weighed = changed
        before = self.changed_today(now)
        held = sum(1 for each in self.statuses.values() if each != "closed")
        closed = sum(1 for each in before if self.statuses.get(each) in (None, "closed"))
        return Weight(len(changed), held, len(before | changed), held + closed)

    def changed_today(self, now: int) -> set[str]:
        return {number for number, at in self.today.items() if now - at < DAY}

    def accept(self) -> None:
        """A person has looked at what is held."""
        self.accepted, self.today = self.held, {}

    def is_accepted(self, incarnation: str, position: int) -> bool:
        return self.accepted is not None and self.accepted[0] == incarnation and position <= self.accepted[1]

    def take_page(self, page: FeedPage, epoch: int, now: int) -> list[Operation]:
        """Apply it; the neighbours' operations that are held from now on. Raises Refusal `feed_hole`."""
        if not self.rules.cursor_of_incarnation:
            self.incarnation = page.incarnation
        reached = self.position if self.incarnation == page.incarnation else 0
        kept = []
        for entry in page.entries:
            if entry.position <= reached:
                continue
            if entry.position != reached + 1 and self.rules.feed_in_transaction and self.rules.order_of_commit:
                raise Refusal("feed_hole", expected=reached + 1, got=entry.position)
            reached = entry.position
            kept += self._apply(page.incarnation, entry, epoch)
        self.incarnation, self.position = page.incarnation, reached
        self.today.update(dict.fromkeys(self.weighed, now))
        self.weighed = frozenset()
        return kept

    def _apply(self, incarnation: str, entry: Entry, epoch: int) -> list[Operation]:
        body: Mapping[str, Any] = entry.body
        self.entries.add(body["serial"])
        if entry.kind == Kind.STATUS:
            if body["number"] in self.statuses:
                self.statuses[body["number"]] = body["status"]
            return []
        if entry.kind != Kind.OPERATION:
            return []
        made: Operation = body["op"]
        if made.hash not in self.seen:
            self.seen.add(made.hash)
            self._fold(made)
        if (made.device, made.epoch) == (self.device, epoch):
            return []                              # our own come without their text
        if self.rules.keep_neighbours and (self.rules.branches_held or not body["branch"]):
            chain = (made.device, made.epoch)
            self.arrived.setdefault(chain, []).append((incarnation, made))
            if body["branch"] or self.neighbours.setdefault(chain, {}).setdefault(made.seq, made) is not made:
                self.apart.setdefault(chain, ("", 0))
            if "author_key" in body and self.rules.author_key_said:
                self.author_keys.setdefault((made.device, made.epoch), body["author_key"])
        return [made]

    def _fold(self, made: Operation) -> None:
        if made.kind == RECEIVED:
            self.statuses.setdefault(made.number, "received")
        elif made.kind == EDITED:
            values = self.edits.setdefault((made.refers, made.base), set())
            if not self.rules.both_values_kept:
                values.clear()
            values.add(made.value)

    def offer(
        self, held: Mapping[str, Mapping[int, Head]], limit: int, but: frozenset[tuple[str, int]],
        own: Collection[int], incarnation: str,
    ) -> Offered | None:
        others = [chain for chain in self.arrived
                  if chain not in but and not (chain[0] == self.device and chain[1] in own)]
        for device, epoch in others:
            ops = self.neighbours.get((device, epoch), {})
            theirs = held.get(device, {}).get(epoch)
            key = self.author_keys.get((device, epoch)) if theirs is None else None
            if theirs is key is None:
                continue
            seq = theirs.seq if theirs is not None else 0
            is_other = theirs is not None and seq and seq + 1 in ops and ops[seq + 1].prev != theirs.hash
            if is_other and (device, epoch) in self.apart:
                continue
            found = []
            while len(found) < limit and seq + 1 in ops:
                seq += 1
                found.append(ops[seq].waiting)
            if found:
                return Offered(device, found, key)
        return self._offer_apart(others, held, limit, incarnation) if self.rules.both_chains_held else None

    def _offer_apart(
        self, others: Collection[tuple[str, int]], held: Mapping[str, Mapping[int, Head]], limit: int,
        incarnation: str,
    ) -> Offered | None:
        for device, epoch in sorted(self.apart.keys() & set(others)):
            if epoch in held.get(device, {}):
                found = self._only_before((device, epoch), incarnation)[:limit]
                if found:
                    return Offered(device, [made.waiting for _, made in found], is_branch=True)
        return None

    def _only_before(self, chain: tuple[str, int], incarnation: str) -> list[tuple[int, Operation]]:
        """With their places in the order of arrival: what this province's feed has not brought and what it was not
        given either."""
        given_to, upto = self.apart[chain]
        arrived = self.arrived[chain]
        known = {made for whose, made in arrived if whose == incarnation}
        first = {made: place for place, (_, made) in reversed(list(enumerate(arrived, 1)))}
        return [(place, made) for made, place in sorted(first.items(), key=lambda each: each[1])
                if made not in known and (place > upto or given_to != incarnation)]

    def note_given(self, chain: tuple[str, int], incarnation: str, op_id: str) -> None:
        """The province keeps these beside its chain."""
        self.apart[chain] = (incarnation, next(
            place for place, made in self._only_before(chain, incarnation) if made.op_id == op_id))
