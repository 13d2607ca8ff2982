"""A history by hand: who does what, what goes wrong at which request, and then the calm of every history.

The world is the simulator's own and keeps its own promises; a scene may add what it sees on the way. Nothing here
is left to dice: what a scene is about happens each time it is played.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, TypeVar

from sync.core import asks
from sync.core.pace import SLOWEST, Pace
from sync.errors import TryLater
from tests.sync.core.sim.history import History
from tests.sync.core.sim.line import Line
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import EDITED, SCANNED, Operation
from tests.sync.core.sim.rules import Rules
from tests.sync.core.sim.world import World

T = TypeVar("T", bound=asks.Ask)
Go = Callable[[], Any]
Act = Callable[[Go], Any]
"""What happens in the place of an ask: it may go, or not, or go and not be heard."""
DAY = 1440
MOST_ASKS = 2_000
NOT_MET = "the scene does not meet what it is about"


class PowerCut(Exception):
    """The machine is off, in the middle of its contact."""


def lost(go: Go) -> Any:
    raise TryLater("line_down")


def answer_lost(go: Go) -> Any:
    go()
    raise TryLater("line_broken")


def cut_before(go: Go) -> Any:
    raise PowerCut


def cut_after(go: Go) -> Any:
    go()
    raise PowerCut


def meanwhile(what: Callable[[], object]) -> Act:
    """Something else happens first."""
    def act(go: Go) -> Any:
        what()
        return go()

    return act


class StagedLine(Line):
    """`script`: the nth request from now on → a fault of `line.FAULTS`, or what happens before it."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.script: dict[int, str | Callable[[], object]] = {}
        self.asked = 0

    def ask(self, request: Callable[[], Any]) -> Any:
        self.asked += 1
        happens = self.script.pop(self.asked, "")
        if callable(happens):
            happens()
        elif happens:
            self.faults = (happens,)
            self._go_wrong(request)
        return super().ask(request)


class StagedWorld(World):
    """`events`: at the nth ask of a kind from now on, something happens in its place."""

    def __init__(self, rules: Rules, log: list[str] | None) -> None:
        super().__init__(1, rules, log)
        self.events: list[tuple[type[asks.Ask], int, Act]] = []
        self.counted: dict[type[asks.Ask], int] = {}
        self.asked: list[asks.Ask] = []            # in the last contact
        self.line = StagedLine(self.rng)
        self.province._later = self.line.later

    def add_machine(self, office: str, name: str) -> Machine:
        """On a line so near that one batch goes at a time."""
        pc = super().add_machine(office, name)
        pc.pace = Pace()
        return pc

    def answer(self, pc: Machine, ask: asks.Ask) -> Any:
        kind = type(ask)
        self.asked.append(ask)
        self.counted[kind] = self.counted.get(kind, 0) + 1
        for each in self.events:
            if each[:2] == (kind, self.counted[kind]):
                self.events.remove(each)
                return each[2](lambda: super(StagedWorld, self).answer(pc, ask))
        return super().answer(pc, ask)


class Stage(History):
    """The verbs of a scene."""

    world: StagedWorld

    def __init__(self, without: frozenset[str] = frozenset(), log: list[str] | None = None) -> None:
        self.world = StagedWorld(Rules(without), log)
        self.rng = self.world.rng

    @property
    def line(self) -> StagedLine:
        assert isinstance(self.world.line, StagedLine)
        return self.world.line

    # --- at the counter ---------------------------------------------------------------------------------------

    def counter(self, name: str = "1", *, office: str = "A", with_medium: bool = False) -> Machine:
        pc = self.world.add_machine(office, name)
        self.world.enrol(pc)
        if with_medium:
            self.world.new_medium(pc)
        return pc

    def receive(self, pc: Machine, count: int = 1, **more: Any) -> list[Operation]:
        """Citizens with their papers; as many as could be received."""
        assert pc.book is not None
        before = len(pc.book.written)
        known = set(pc.book.written)
        for _ in range(count):
            self.world.receive(pc, self.world.fresh("f"), 1, "", {"fee": 15000, **more})
        assert len(pc.book.written) - before <= count
        return sorted(pc.book.written - known, key=lambda each: each.seq)

    def is_far(self, pc: Machine, *, is_in_order: bool = True) -> None:
        """Its batches go several at once; the next flight arrives in order, or the other way round."""
        pc.pace = Pace(rate=SLOWEST, latency=0.1)
        self.world.flights = 0 if is_in_order else 1

    def serves(self, pc: Machine, count: int = 1) -> None:
        """So many citizens come, and each of them leaves with a receipt."""
        made = self.receive(pc, count)
        self.sees(len(made) == count, "P7 no number although it called in time", pc)

    def presses(self, pc: Machine, intent: str, times: int = 1, power_cut: str = "") -> None:
        self.world.receive(pc, intent, times, power_cut, {"fee": 15000})

    def edit(self, pc: Machine, count: int = 1, **more: Any) -> None:
        for _ in range(count):
            self.world.journal(pc, EDITED, refers="-", value=self.world.fresh("v"), **more)

    def scan(self, pc: Machine, name: str, size: int) -> None:
        self.world.journal(pc, SCANNED, file=name, size=size)

    def call(
        self, pc: Machine, *events: tuple[type[asks.Ask], int, Act], script: Any = (), to: str = "",
    ) -> None:
        """One contact to its end, which must be `to`: "" all went well, "cut" by the power, or a problem."""
        world = self.world
        world.events, world.counted, world.asked = list(events), {}, []
        self.line.asked, self.line.script = 0, dict(script)
        pc.call()
        try:
            self.sees(pc.go_on(MOST_ASKS), "P12 a contact without an end", pc)
        except PowerCut:
            world.cut_power(pc)
            pc.problem = "cut"
        finally:
            world.events, self.line.script = [], {}
        self.sees(pc.problem == to, "P12 a contact that came to something else", pc, pc.problem, "and not", to)

    def asked(self, kind: type[T]) -> list[T]:
        """What the last contact asked for, of this kind."""
        return [each for each in self.world.asked if isinstance(each, kind)]

    def days(self, count: int) -> None:
        self.world.now += DAY * count

    def sees(self, is_so: bool, promise: str, *what: object) -> None:
        if not is_so:
            self.world.promises.say(promise, *what)

    def holds(self, made: list[Operation], promise: str) -> None:
        """The province has all of these, in the chain or beside it."""
        province = self.world.province
        for each in made:
            self.sees(province.has_chained(each) or each.hash in province.branches, promise, each)

    # --- disasters --------------------------------------------------------------------------------------------

    def image(self, pc: Machine) -> None:
        self.world.take_image(pc)

    def put_back(self, pc: Machine, *, is_whole_disk: bool = True) -> None:
        self.world.put_back(pc, is_whole_disk=is_whole_disk)

    def clone(self, pc: Machine) -> Machine:
        return self.world.clone(pc)

    def dies(self, pc: Machine) -> None:
        """Nobody takes its place yet."""
        pc.stop()
        pc.is_alive = False

    def replaced(self, pc: Machine, *, is_dead: bool = True) -> Machine:
        fresh = self.world.replace(pc, is_dead=is_dead)
        self.world.enrol(fresh)
        return fresh

    def backup(self) -> None:
        self.world.backups.append(self.world.province.copy())

    def restore(self) -> None:
        self.world.lose_province(self.world.backups[-1])

    def restore_unsaid(self) -> None:
        """Somebody puts the database back and tells nobody, not even it."""
        before = self.world.province
        self.world.province = self.world.backups[-1].copy()
        self.world.province.now = self.world.now
        self.world.province.restores = before.restores

    # --- the end ----------------------------------------------------------------------------------------------

    def ends(self) -> list[str]:
        """The calm, and what was broken."""
        promises = self.world.promises
        if not promises.broken:
            self._calm()
        if not promises.broken:
            promises.check_the_end()
        return promises.broken
