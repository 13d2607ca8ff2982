"""One random history: days at a few counters with whatever disasters its dice allow, then a calm.

Each history has its own mixture: some have a bad line and nothing else, some have everything at once. What is rare
alone meets what is rare together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import CORRECTED, EDITED, SCANNED
from tests.sync.core.sim.rules import Rules
from tests.sync.core.sim.world import World

DISASTERS = (
    "line", "power", "medium", "image", "replace", "clone", "province", "clock", "statuses", "poison", "files",
    "return", "hung", "forger",
)
RARE = frozenset({"clone", "return"})
CALM_ROUNDS = 14
AFTERNOON = 0.35


@dataclass(slots=True)
class Told:
    """What one history came to."""

    seed: int
    trace: int
    papers: int
    lost: int                                      # papers that were on a PC alone when it died
    doubled: int                                   # numbers of a book that no witness at hand could warn
    operations: int
    contacts: int
    refused: int
    restores: int
    broken: list[str] = field(default_factory=list)


def tell(seed: int, without: frozenset[str] = frozenset(), log: list[str] | None = None) -> Told:
    """The history of this seed; with the rules in `without` left out of the model."""
    history = History(World(seed, Rules(without), log))
    history.run()
    return history.told(seed)


class History:
    def __init__(self, world: World) -> None:
        self.world, self.rng = world, world.rng
        rng = self.rng
        self.on = frozenset(each for each in DISASTERS if rng.random() < (0.15 if each in RARE else 0.45))
        if "line" in self.on:
            world.line.badness = rng.choice((0.05, 0.15, 0.3))
        world.has_hung_media = "hung" in self.on
        world.least_breaks = rng.choice((0, 0, 5, 6, 7))
        world.province.page = rng.choice((3, 7, 500))
        for office, name in (("A", "1"), ("A", "2"), ("A", "3"), ("B", "1"))[:rng.choice((1, 2, 2, 3, 4))]:
            pc = world.add_machine(office, name)
            world.enrol(pc)
            if rng.random() < 0.7:
                world.new_medium(pc)
        self.acts, self.weights = self._menu()

    def _menu(self) -> tuple[list[Callable[[Machine], None]], list[int]]:
        menu: list[tuple[str, int, Callable[[Machine], None]]] = [
            ("", 34, self._receive), ("", 10, self._other_work), ("", 32, self._contact), ("", 12, self._time),
            ("", 8, self._person), ("line", 8, self._late), ("line", 2, self._line), ("power", 5, self._power),
            ("medium", 5, self._medium), ("image", 4, self._image), ("image", 3, self._put_back),
            ("replace", 3, self._replace), ("clone", 2, self._clone), ("return", 2, self._return),
            ("province", 4, self._backup), ("province", 3, self._restore), ("province", 4, self._settle),
            ("clock", 4, self._clock), ("statuses", 8, self._statuses), ("", 1, self._adopt),
            ("files", 6, self._scan), ("forger", 2, self._forge),
        ]
        chosen = [each for each in menu if not each[0] or each[0] in self.on]
        return [act for _, _, act in chosen], [weight for _, weight, _ in chosen]

    def run(self) -> None:
        world, rng = self.world, self.rng
        acts = rng.choices(self.acts, self.weights, k=rng.randint(20, 75))
        for act in acts:
            living = world.living()
            act(living[rng.randrange(len(living))])
            if world.promises.broken:
                return
        self._calm()
        if rng.random() < AFTERNOON:
            self._afternoon()
            self._calm()
        if not world.promises.broken:
            world.promises.check_the_end()

    def told(self, seed: int) -> Told:
        world = self.world
        promises = world.promises
        return Told(
            seed, world.trace, promises.count_papers(), world.lost_papers, promises.doubled_blind,
            len(world.known), sum(pc.done_contacts for pc in world.machines), world.refused, world.restores,
            promises.broken,
        )

    # --- days at the counter ----------------------------------------------------------------------------------

    def _receive(self, pc: Machine) -> None:
        if pc.book is None:
            return
        rng = self.rng
        intent = pc.unfinished or self.world.fresh("f")
        cut = rng.choice(("before", "after", "copy")) if "power" in self.on and rng.random() < 0.12 else ""
        presses = 1 if rng.random() < 0.7 else rng.randint(2, 10)
        if intent == pc.unfinished and rng.random() < 0.2:
            pc.unfinished = ""                     # the citizen has gone home without a paper
            return
        self.world.receive(pc, intent, presses, cut, {"fee": rng.choice((0, 15000, 120000)), **self._poison()})

    def _poison(self) -> dict[str, str]:
        if "poison" not in self.on or self.rng.random() > 0.08:
            return {}
        return {"poison": self.rng.choice(("crash", "large", "unreadable"))}

    def _other_work(self, pc: Machine) -> None:
        book, rng = pc.book, self.rng
        if book is None:
            return
        numbers = list(book.shelf.statuses)
        if not numbers:
            return
        number = numbers[rng.randrange(len(numbers))]
        if rng.random() < 0.5:
            self.world.journal(pc, CORRECTED, refers=number, fee=rng.choice((-15000, 30000)), **self._poison())
        else:
            self.world.journal(pc, EDITED, refers=number, base=rng.randint(0, 1), value=self.world.fresh("v"))

    def _scan(self, pc: Machine) -> None:
        if pc.book is None:
            return
        scan = self.rng.randint(1, 30)
        self.world.journal(pc, SCANNED, file=f"scan{scan}", size=1 + scan % 5)

    def _contact(self, pc: Machine) -> None:
        if pc.book is None:
            self.world.help(pc)
            return
        if pc.running is None:
            pc.call()
        rng = self.rng
        pc.go_on(10_000 if rng.random() < 0.6 else rng.randint(1, 12))

    def _late(self, pc: Machine) -> None:
        self.world.province.now = self.world.now
        self.world.line.one_arrives()

    def _line(self, pc: Machine) -> None:
        self.world.line.is_down = not self.world.line.is_down

    def _time(self, pc: Machine) -> None:
        self.world.now += self.rng.choice((1, 5, 30, 240, 900, 1440, 1440 * 3))

    def _clock(self, pc: Machine) -> None:
        pc.clock = self.rng.choice((0, 0, -1440, 1440, 2880, -1440 * 3000, 1440 * 3000, 60))

    def _person(self, pc: Machine) -> None:
        self.world.help(pc)

    # --- disasters --------------------------------------------------------------------------------------------

    def _power(self, pc: Machine) -> None:
        self.world.cut_power(pc)

    def _medium(self, pc: Machine) -> None:
        if pc.medium is None:
            self.world.new_medium(pc)
        else:
            self.world.plug(pc, is_in=not pc.plugged)

    def _image(self, pc: Machine) -> None:
        self.world.take_image(pc)

    def _put_back(self, pc: Machine) -> None:
        if pc.images:
            self.world.put_back(pc, is_whole_disk=self.rng.random() < 0.3)

    def _replace(self, pc: Machine) -> None:
        self.world.replace(pc, is_dead=True)

    def _return(self, pc: Machine) -> None:
        """It was thought dead, and somebody switches it on again."""
        self.world.replace(pc, is_dead=False)

    def _clone(self, pc: Machine) -> None:
        if pc.book is not None:
            self.world.clone(pc)

    def _backup(self, pc: Machine) -> None:
        self.world.backups.append(self.world.province.copy())

    def _restore(self, pc: Machine) -> None:
        if self.world.backups:
            self.world.lose_province(self.rng.choice(self.world.backups))

    def _settle(self, pc: Machine) -> None:
        """The operator has seen every counter since the restore, and their second copies."""
        world = self.world
        if all(each.book is not None and each.problem == "" and not each.to_forward
               and each.book.shelf.incarnation == world.province.incarnation for each in world.living()):
            world.note("settled")
            world.province.is_settled = True

    def _adopt(self, pc: Machine) -> None:
        if pc.book is not None and pc.book.device in self.world.province.devices:
            self.world.province.adopt(pc.book.device)

    def _forge(self, pc: Machine) -> None:
        if self.world.province.devices:
            self.world.forge(pc)

    def _statuses(self, pc: Machine) -> None:
        """An agency says something, now and then of half the shelf at once."""
        province, rng = self.world.province, self.rng
        numbers = list(province.numbers)
        if not numbers:
            return
        count = 1 if rng.random() < 0.8 else rng.randint(1, len(numbers))
        for number in rng.sample(numbers, count):
            made = province.numbers[number]
            status = rng.choice(("asked", "due", "done", "closed"))
            province.post(province.devices[made.device].office, number, status)

    def _afternoon(self) -> None:
        """Everything is mended, the operator has settled: now the numbers show whether it was mended well."""
        self._settle(self.world.machines[0])
        fresh = self.world.add_machine("A", f"new {len(self.world.machines)}")
        self.world.help(fresh)
        for pc in self.world.living():
            if not pc.problem:
                for _ in range(self.rng.randint(1, 4)):
                    self._receive(pc)

    # --- the calm ---------------------------------------------------------------------------------------------

    def _calm(self) -> None:
        """Good lines, right clocks, every stick in its place, people who do what the screen says."""
        world = self.world
        world.note("calm")
        world.line.is_down, world.line.badness, world.has_hung_media = False, 0.0, False
        while world.line.under_way:
            self._late(world.machines[0])
        for pc in world.living():
            pc.clock = 0
            if pc.book is not None and pc.copied_under:      # two that write nothing cannot be told apart
                world.journal(pc, EDITED, refers="-", base=pc.serial, value=world.fresh("v"))
            if pc.medium is not None and not pc.plugged:
                world.plug(pc, is_in=True)
        for number in range(CALM_ROUNDS):
            world.now += 30
            for pc in world.living():
                if number == 0 or not self._is_quiet(pc):
                    self._call_in_calm(pc)
            province = world.province
            for device in province.with_branches():
                province.adopt(device)
            if number and all(map(self._is_quiet, world.living())):
                return
            province.is_settled = province.is_settled or number > 0

    def _is_quiet(self, pc: Machine) -> bool:
        """Whether nothing is left for this counter to do."""
        book, province = pc.book, self.world.province
        if book is None or not self._is_done(pc):
            return False
        if self._is_retired(pc):
            return True
        reached, shelf = province.reached.get(pc.office, 0), book.shelf
        has_pulled = shelf.position == reached and (shelf.incarnation == province.incarnation or not reached)
        device = province.devices.get(book.device)
        is_current = device is not None and device.current == book.epoch
        return pc.problem == "" and not book.stopped and has_pulled and is_current

    def _call_in_calm(self, pc: Machine) -> None:
        world = self.world
        if pc.problem or pc.book is None or pc.to_forward or pc.book.stopped or pc.enrolling or pc.needs_code:
            if self._is_retired(pc):
                return
            world.help(pc)
        if pc.book is None:
            return
        if pc.to_forward:
            world.forward(pc)
        if pc.shared_request and not pc.book.chains[pc.book.epoch]:    # nor can two that began one epoch with it
            world.journal(pc, EDITED, refers="-", base=pc.serial, value=world.fresh("v"))
        pc.call()
        pc.go_on(100_000)

    def _is_retired(self, pc: Machine) -> bool:
        """Another stands in its place, and it has given all away: to this province, not to one that is no more."""
        book = pc.book
        return (pc.problem == "stale_epoch" and book is not None and self._is_done(pc)
                and book.shelf.incarnation in ("", self.world.province.incarnation))

    def _is_done(self, pc: Machine) -> bool:
        book = pc.book
        return (book is not None and not book.unsent() and not pc.to_forward
                and all(done for _, done in book.files.values()))
