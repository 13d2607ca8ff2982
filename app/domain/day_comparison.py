"""A day as this counter's book has it beside the same day as the province has it: every difference by name.

Both ends count the same things of the same moment, so whatever differs has a cause; here it is found, with whose
turn it is. Nothing is mended here: a difference goes when its cause is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.turn import Turn

DAYS_BACK = 7
MOST_DAYS = 31
"""Days of one comparison; as many as the province answers at once."""
AGAIN = timedelta(minutes=30)
"""Differences that stand are looked at again after so long, without anybody asking."""
SOON = timedelta(minutes=2)
"""… and so long after the last time when something was sent that one of them waits for."""

MOVED = "comparison_moved"
"""Code: the office's feed went on while the province was asked; the next contact asks again."""

Place = tuple[str, str, str]
"""(day, agency, device that received)."""
Figures = Mapping[Place, Mapping[str, int]]
"""Counts and sums by name; what is 0 may be missing."""
INCOMPLETE, UNSETTLED = "incomplete", "unsettled"
OPEN_THERE = (INCOMPLETE, UNSETTLED)
"""Figures that only the province has: each is a difference by itself."""
STATUS = "status."
TAKEN = "taken."
MONEY = "money."
"""Before a status, a means of payment, or an act of the cash book: as many figures as there are of them."""
DONE_ON_DAY = ("corrected", TAKEN)
"""Figures of acts, which may be about dossiers of any day."""


class Kind(StrEnum):
    """What differs."""

    MISSING_THERE = "missing_there"
    MISSING_HERE = "missing_here"
    FEE = "fee"
    STATUS = "status"
    FILES = "files"
    VERDICT = "verdict"
    OPERATIONS = "operations"
    NUMBER = "number"              # it was given out and stands in no dossier
    MONEY = "money"                # an entry of the cash book that the province does not count yet
    SUM = "sum"                    # of a day, and no dossier explains it


WITH_DOSSIER = frozenset(Kind) - {Kind.NUMBER, Kind.SUM, Kind.MONEY, Kind.MISSING_HERE}
"""Kinds whose `code` is a dossier of this book."""
ELSEWHERE = frozenset({"unsent", "waiting", "other_counter", "parked", "held", "beside"})
"""Reasons of what goes out by itself, at this counter or at another, and of what is stuck under its own name."""


class Fate(StrEnum):
    """Where the operation lies that received a dossier."""

    CONFIRMED = "confirmed"
    UNSENT = "unsent"
    PARKED = "parked"              # the province breaks on it
    HELD = "held"                  # it has it, and has not accepted it: sealed and unread, perhaps
    BESIDE = "beside"              # of a forked branch, kept beside the chain until it is adopted
    FOREIGN = "foreign"            # another counter's; came by the feed


@dataclass(frozen=True, slots=True)
class Held:
    """A dossier as one end holds it. Amounts in đồng; `hash` of all its operations, whatever their order."""

    code: str
    key: str
    day: str
    agency: str
    device: str
    fee: int
    charge: int
    timing: str
    is_amount_known: bool
    status: str
    operations: int
    hash: str

    @property
    def cost(self) -> tuple[int, int, str, bool]:
        return self.fee, self.charge, self.timing, self.is_amount_known


@dataclass(frozen=True, slots=True)
class Here:
    """… in this book. `unsent`: operations about it that the province has not confirmed."""

    held: Held
    fate: Fate
    unsent: int = 0
    files_waiting: int = 0


@dataclass(frozen=True, slots=True)
class There:
    """… at the province."""

    held: Held
    files_missing: int = 0
    verdict: str = "accepted"


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """An act of the cash book: `name` of its dossier, receipt or list; đồng of one owner, less what went back."""

    place: Place
    name: str
    amount: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class Difference:
    """`code`: the dossier, the number, the receipt, or the agency of a sum. `reason`: why, and so what to press.

    A kind has these reasons:
      missing_there  unsent, parked, held, beside, lost (it was confirmed once), foreign
      missing_here   not_applied
      fee            unsent, differs
      status         not_applied (theirs is newer), lost (the province no longer knows it)
      files          waiting (they go out by themselves), gone (nothing waits here), other_counter
      verdict        the verdict itself: needs_fix, refused, held
      operations     unsent, differs
      number         no_fate
      money          unsent, parked, held, beside
      sum            the figure that differs
    """

    day: str
    kind: Kind
    code: str
    turn: Turn
    reason: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_stuck(self) -> bool:
        """Whether it waits for a person who hears of it nowhere else."""
        return self.kind is not Kind.VERDICT and self.reason not in ELSEWHERE


@dataclass(frozen=True, slots=True)
class Tried:
    """The newest try. `on`: the counter's day then; `problem`: why it was not made, "" when it was."""

    at: datetime
    on: date
    problem: str


def is_due(
    now: datetime, today: date, last: Tried | None, *, is_asked: bool, differences: int, may_be_gone: bool
) -> bool:
    """Whether this contact compares: once a day, when somebody asks, and now and then while differences stand.

    `may_be_gone`: this contact sent what one of them waited for. What failed is tried again later, but for
    `comparison_moved`: then the office was only quicker than we.
    """
    if is_asked or last is None or last.problem == MOVED:
        return True
    wait = SOON if may_be_gone and not last.problem else AGAIN
    is_again = not last.at <= now < last.at + wait
    return is_again if last.problem else last.on != today or (differences > 0 and is_again)


def span(today: date, back: int, still_open: Iterable[str], *, with_today: bool) -> tuple[date, date]:
    """First and last day to compare: the last `back` days, and those whose differences still stand."""
    last = today if with_today else today - timedelta(days=1)
    first = today - timedelta(days=back)
    for day in still_open:
        first = min(first, date.fromisoformat(day))
    return max(first, last - timedelta(days=MOST_DAYS - 1)), last


def figures_of(held: Iterable[Held]) -> dict[Place, dict[str, int]]:
    """What dossiers add to the figures of the day they were received on; exempt ones add to no sum."""
    found: dict[Place, dict[str, int]] = {}
    for each in held:
        is_exempt = each.timing == "exempt"
        fee, charge = (0, 0) if is_exempt else (each.fee, each.charge)
        of = found.setdefault((each.day, each.agency, each.device), {})
        for name, amount in (
            ("received", 1), ("fee", fee), ("charge", charge), ("exempt", int(is_exempt)),
            ("before", fee + charge if each.timing == "before" else 0),
            ("unknown_amounts", int(not (each.is_amount_known or is_exempt))), (STATUS + each.status, 1),
        ):
            of[name] = of.get(name, 0) + amount
    return found


def unequal(ours: Figures, theirs: Figures) -> dict[Place, tuple[str, ...]]:
    """The figures that differ, by place; what is open at the province counts as one."""
    found: dict[Place, tuple[str, ...]] = {}
    for place in sorted({*ours, *theirs}):
        mine, other = ours.get(place, {}), theirs.get(place, {})
        names = tuple(
            name for name in sorted({*mine, *other})
            if (other.get(name, 0) > 0 if name in OPEN_THERE else mine.get(name, 0) != other.get(name, 0))
        )
        if names:
            found[place] = names
    return found


def differences_of(ours: Sequence[Here], theirs: Sequence[There], device: str) -> Iterator[Difference]:
    """Every difference of these dossiers, seen from the counter `device`; ours in order, then what lacks here."""
    there = {each.held.key: each for each in theirs}
    for here in ours:
        other = there.get(here.held.key)
        if other is None:
            yield _missing_there(here)
        else:
            yield from _of_both(here, other, device)
    known = {each.held.key for each in ours}
    for each in theirs:
        if each.held.key not in known:
            yield Difference(each.held.day, Kind.MISSING_HERE, each.held.code, Turn.MACHINE, "not_applied",
                             {"device": each.held.device})


def sums_left(
    ours: Figures, theirs: Figures, found: Sequence[Difference], places: Mapping[str, Place],
) -> Iterator[Difference]:
    """Figures that differ where no dossier explains it, one line a place, so that no sum differs in silence.

    `places`: where each dossier of `found` was received, by its code.
    """
    explained = {places[each.code] for each in found if each.code in places and each.kind is not Kind.MONEY}
    told = {(each.day, each.values["agency"], each.values["device"]) for each in found if each.kind is Kind.MONEY}
    agencies = {agency for _, agency, _ in explained}
    for place, names in unequal(ours, theirs).items():
        day, agency, device = place
        money = [name for name in names if name.startswith(MONEY) and place not in told]
        others = [
            name for name in names
            if not (name.startswith(MONEY) or (
                agency in agencies if name.startswith(DONE_ON_DAY) else place in explained))
        ]
        for left, code in ((others, f"{agency}/{device}"), (money, f"{agency}/{device}/money")):
            for name in left[:1]:
                yield Difference(day, Kind.SUM, code, Turn.MACHINE, name, {
                    "figure": name, "agency": agency, "device": device,
                    "here": ours.get(place, {}).get(name, 0), "there": theirs.get(place, {}).get(name, 0)})


def money_not_there(ours: Figures, theirs: Figures, entries: Sequence[MoneyEntry]) -> Iterator[Difference]:
    """Entries of the cash book that the province has not counted, where its sums of money differ."""
    differ = {place for place, names in unequal(ours, theirs).items()
              if any(name.startswith(MONEY) for name in names)}
    named: dict[tuple[str, str], Difference] = {}
    for each in entries:
        if each.place not in differ or each.fate in (Fate.CONFIRMED, Fate.FOREIGN):
            continue
        day, agency, device = each.place
        before = named.get((day, each.name))
        here = each.amount + (int(before.values["here"]) if before is not None else 0)
        turn = Turn.COUNTER if each.fate is Fate.UNSENT else Turn.PROVINCE
        named[day, each.name] = Difference(day, Kind.MONEY, each.name, turn, str(each.fate), {
            "agency": agency, "device": device, "here": here})
    yield from named.values()


def _missing_there(here: Here) -> Difference:
    turn, reason = {
        Fate.UNSENT: (Turn.COUNTER, "unsent"),
        Fate.PARKED: (Turn.PROVINCE, "parked"),
        Fate.HELD: (Turn.PROVINCE, "held"),
        Fate.BESIDE: (Turn.PROVINCE, "beside"),
        Fate.CONFIRMED: (Turn.PROVINCE, "lost"),
        Fate.FOREIGN: (Turn.PROVINCE, "foreign"),
    }[here.fate]
    return Difference(here.held.day, Kind.MISSING_THERE, here.held.code, turn, reason,
                      {"device": here.held.device})


def _of_both(here: Here, other: There, device: str) -> Iterator[Difference]:
    ours, theirs = here.held, other.held
    unsent = (Turn.COUNTER, "unsent") if here.unsent else None

    def differs(kind: Kind, turn: Turn, reason: str, **values: str | int) -> Difference:
        return Difference(ours.day, kind, ours.code, turn, reason, values)

    if ours.cost != theirs.cost:
        turn, reason = unsent or (Turn.MACHINE, "differs")
        yield differs(Kind.FEE, turn, reason, here=ours.fee + ours.charge, there=theirs.fee + theirs.charge)
    if ours.status != theirs.status:
        is_lost = theirs.status == "received"
        yield differs(Kind.STATUS, Turn.PROVINCE if is_lost else Turn.MACHINE,
                      "lost" if is_lost else "not_applied", here=ours.status, there=theirs.status)
    if other.files_missing:
        if ours.device != device:
            turn, reason = Turn.COUNTER, "other_counter"
        else:
            turn, reason = (Turn.COUNTER, "waiting") if here.files_waiting else (Turn.MACHINE, "gone")
        yield differs(Kind.FILES, turn, reason, missing=other.files_missing, waiting=here.files_waiting,
                      device=ours.device)
    if other.verdict != "accepted":
        turn = Turn.PROVINCE if other.verdict == "held" else Turn.COUNTER
        yield differs(Kind.VERDICT, turn, other.verdict, device=ours.device)
    if ours.hash != theirs.hash and ours.cost == theirs.cost:
        turn, reason = unsent or (Turn.MACHINE, "differs")
        yield differs(Kind.OPERATIONS, turn, reason, here=ours.operations, there=theirs.operations)
