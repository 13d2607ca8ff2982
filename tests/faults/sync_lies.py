"""One rule left out each: of the world by its name, of the counter's core by other words in its source."""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.sync.core.sim.rules import RULES

ROOT = Path(__file__).parents[2]
AGAIN = ("sync.core.", "tests.sync.core.sim.", "tests.sync.core.scenes.")
"""Rooms whose modules are loaded anew around a changed one, where they need it."""


@dataclass(frozen=True, slots=True)
class Lie:
    """`without`: a rule of the world; `said`: in `module` of sync.core the first of a pair becomes the second."""

    name: str
    without: frozenset[str] = frozenset()
    module: str = ""
    said: tuple[tuple[str, str], ...] = ()


def _core(module: str, what: str, *said: str) -> Lie:
    pairs = tuple(zip(said[::2], said[1::2], strict=True))
    return Lie(f"{module}: {what}", module=f"sync.core.{module}", said=pairs)


CORE = (
    _core("meeting", "nobody asks what the province holds",
          "    lacking = []\n", "    return ()\n    lacking = []\n"),
    _core("meeting", "what the province lost is not sent again",
          "            yield ResendFrom(ours.epoch, theirs.seq)\n        el", "            pass\n        el"),
    _core("meeting", "what lies before a fork is not sent again",
          "        yield ResendFrom(ours.epoch, theirs.seq)\n    el", "        pass\n    el"),
    _core("meeting", "what another province has before a known fork is not looked at",
          "    elif is_other and common:", "    elif False:"),
    _core("meeting", "what another province confirmed before a fork still counts",
          "    yield ResendFrom(epoch, first - 1) ", "    pass "),
    _core("meeting", "other bytes at the same place are not seen",
          "        elif theirs.seq and (yield HashAt(ours.epoch, theirs.seq)) != theirs.hash:",
          "        elif False:"),
    _core("meeting", "a fork does not stop the numbers",
          '        yield StopNumbers("fork", {"epoch": epoch, "seq": known})', "        pass",
          '        yield StopNumbers("fork", {"epoch": epoch, "seq": first})', "        pass"),
    _core("meeting", "numbers go on while a fork is looked for",
          '        yield StopNumbers("fork", {"epoch": epoch, "seq": known})', "        pass"),
    _core("meeting", "a fork of an epoch that has ended stops the numbers",
          "    if epoch == standing.epoch:                    #", "    if True:  #"),
    _core("meeting", "the fork is said to begin with the first",
          "        if (yield HashAt(epoch, middle)) == theirs:", "        if False:"),
    _core("meeting", "a fork is not remembered", "    yield NoteFork(epoch, first)\n", ""),
    _core("meeting", "the fork is said to begin where it was seen",
          "    first = yield from _first_difference(epoch, known)\n", "    first = known\n"),
    _core("meeting", "only the current epoch is agreed on",
          "for ours in standing.epochs:", "for ours in standing.epochs[-1:]:"),
    _core("meeting", "a forked book is taken for an older one by another province",
          "    if ours.fork:                                  # they", "    if False:  # they"),
    _core("recovery", "numbers go on while an older disk recovers",
          "            yield StopNumbers(", "            0 and StopNumbers("),
    _core("recovery", "what an ended epoch lacks stops the numbers",
          "        if each.epoch == standing.epoch:", "        if True:"),
    _core("recovery", "a province without what it said it holds is believed",
          'raise CallPerson("own_operations_missing", epoch=lacking.epoch, behind=after)', "return"),
    _core("recovery", "what is brought back wrongly is not said",
          '            if error.code != "own_does_not_follow" or each.after == 0:', "            if False:"),
    _core("recovery", "what the disk has lost is not fetched",
          "    for each in lacking:\n        try:", "    for each in ():\n        try:"),
    _core("recovery", "a book that went on after it was put back is not a fork",
          '            if error.code != "own_does_not_follow"',
          '            return\n            if error.code != "own_does_not_follow"'),
    _core("contact", "an older disk goes on under its epoch",
          "    if is_behind or standing.stopped ==", "    if False and standing.stopped =="),
    _core("contact", "the first word of a restored province stops no numbers",
          "        yield from heed(standing, answer.have)\n", ""),
    _core("contact", "a recovery that was cut is not ended",
          'is_behind or standing.stopped == "older_than_province"', "is_behind"),
    _core("contact", "the epoch of the hello is not looked at",
          "    if answer.current_epoch != standing.epoch:", "    if False:"),
    _core("contact", "a contact that does not settle has gone well",
          '    raise TryLater("province_unsettled")', "    return True"),
    _core("contact", "what was agreed on is sent again",
          "    standing = yield ReadStanding()\n    yield from send_all", "    yield from send_all"),
    _core("contact", "what was refused is not said", "    if troubles:\n", "    if False:\n"),
    _core("contact", "a new epoch goes on with the old one's hello",
          '    if (yield from _settle(standing, answer, is_other=known.incarnation != answer.incarnation)):\n'
          '        raise HelloAgain("epoch_begun")',
          "    yield from _settle(standing, answer, is_other=known.incarnation != answer.incarnation)"),
    _core("contact", "a person's wish for a new epoch is not heard",
          "    if standing.asked_epoch:", "    if False:"),
    _core("contact", "a request without an answer is forgotten",
          "    if standing.requested_epoch:", "    if False:"),
    _core("contact", "leases are not said to another province",
          "    if not with_leases and known.incarnation not in", "    if False and known.incarnation not in"),
    _core("contact", "an epoch that has ended goes on",
          '            if error.code == "stale_epoch":', "            if False:"),
    _core("contact", "a feed that went back is followed",
          "answer.feed_head < known.position:", "False:"),
    _core("contact", "a stop of the numbers is not said", "    if now.stopped:\n", "    if False:\n"),
    _core("contact", "a landslide stops what comes after it",
          "        troubles.append(error)\n", "        raise\n"),
    _core("contact", "nothing is offered back", "    yield from offer_back(", "    0 and offer_back("),
    _core("contact", "of our own place nothing is offered back",
          "{**answer.office_heads, standing.device: answer.have}", "answer.office_heads"),
    _core("contact", "the feed is not followed", "        yield from catch_up(", "        0 and catch_up("),
    _core("contact", "leases are not stored",
          "    troubles = list((yield StoreLeases(answer.leases)))", "    troubles = []"),
    _core("contact", "documents are left behind",
          "    is_all: bool = yield SendFiles(answer.incarnation)", "    is_all = True"),
    _core("sending", "older epochs are not sent",
          "    for ours in standing.epochs:\n        if", "    for ours in standing.epochs[-1:]:\n        if"),
    _core("sending", "a fork's branch is not sent",
          "        yield from _Sending(standing, ours, incarnation).run()\n\n",
          "        if not ours.fork:\n            yield from _Sending(standing, ours, incarnation).run()\n\n"),
    _core("sending", "a branch is sent as if it followed",
          "self._incarnation, branch=bool(self._ours.fork)", "self._incarnation, branch=False"),
    _core("sending", "batches out of order begin the contact anew",
          "            if nth and self._came_too_early(word):", "            if False:"),
    _core("sending", "a flight follows one that was out of order",
          "                self._is_alone = True\n", ""),
    _core("sending", "a gap behind the first of a flight begins the contact anew",
          "        return any(each.outcome == Outcome.GAP for each in word.items)\n\n",
          "        return False\n\n"),
    _core("sending", "one of a flight that is turned away ends the contact",
          "            return isinstance(word, TryLater) and word.after is not None\n",
          "            return False\n"),
    _core("sending", "answers of a flight are taken in any order",
          "in enumerate(zip(flight, said, strict=True)):",
          "in reversed(list(enumerate(zip(flight, said, strict=True)))):"),
    _core("sending", "an answer is taken for another batch's",
          "enumerate(zip(flight, said, strict=True))", "enumerate(zip(flight, said[::-1], strict=True))"),
    _core("patience", "a contact waits as long as it is told to, all in all", " or seconds > left or", " or"),
    _core("patience", "a long wait is waited for", " or error.after > LONGEST_PAUSE:", ":"),
    _core("patience", "a moment's wait ends the contact",
          "            if seconds is None or", "            if True or"),
    _core("sending", "a refusal of ours is taken for an ill answer",
          "                raise _refused(sent, said)", "                continue"),
    _core("sending", "answers are not counted",
          "    if len(answer.items) != len(batch):", "    if False:"),
    _core("sending", "a gap is taken for custody",
          '            case Outcome.GAP:\n                raise HelloAgain("gap", need=said.need or 0)',
          "            case Outcome.GAP:\n                continue"),
    _core("sending", "a fork is taken for custody",
          "            case Outcome.FORK:\n                return Taken(sent.seq)",
          "            case Outcome.FORK:\n                continue"),
    _core("sending", "what the province holds afterwards is not looked at",
          "    if not is_branch and (held is None", "    if False and (held is None"),
    _core("sending", "a batch on which the province breaks is not halved",
          "max(1, len(batch) // 2)", "len(batch)"),
    _core("sending", "the single one does not go sealed",
          "        self._sealed.add((each.epoch, each.seq))\n\n", "\n\n"),
    _core("sending", "what is set aside is not shown",
          "        yield SetAside(each, error.code)\n", ""),
    _core("sending", "a server that breaks on nothing is not told from a poisoned operation",
          "        yield SendBatch(self._head(0), ())\n", ""),
    _core("sending", "a batch that is too large is not halved",
          'error.code in ("internal", "too_large", "malformed")', 'error.code in ("internal", "malformed")'),
    _core("sending", "what cannot be read does not go sealed",
          "                self._sealed.add((found.epoch, found.seq))", "                pass"),
    _core("sending", "another machine in our place is taken for a fork",
          "            case Outcome.FORK if said.reason == Fork.STALE_EPOCH:",
          "            case Outcome.FORK if False:"),
    _core("sending", "one more is confirmed than was sent",
          "        self._reached = batch[-1].seq\n", "        self._reached = batch[-1].seq + 1\n"),
    _core("catching", "no window is weighed", "            if is_mass_change(weight):", "            if False:"),
    _core("catching", "a share of a fifth is none", "    is_large_share = ", "    is_large_share = False and "),
    _core("catching", "a few of a few are a landslide", "weight.changed > FEWEST_SHARED and ", ""),
    _core("catching", "the feed is read from its start",
          "held.position if held.incarnation == incarnation else 0", "0"),
    _core("catching", "a landslide in small portions is none",
          "            if is_slow_landslide(weight):", "            if False:"),
    _core("catching", "what waits for a person is not held",
          "            if is_mass_change(weight):\n                yield HoldPull(pages)\n",
          "            if is_mass_change(weight):\n"),
    _core("catching", "the first page is all there is",
          "        if not page.more or not page.entries or", "        if True or"),
    _core("catching", "a cursor is carried into another province",
          "held.position if held.incarnation == incarnation else 0", "held.position"),
    _core("offering", "only the first batch is offered",
          "        taken += sum(", "        return 0\n        taken += sum("),
    _core("offering", "what was written over is offered as if it followed",
          "branch=found.is_branch,", "branch=False,"),
    _core("offering", "what was written over is offered again and again",
          "            yield NoteGiven(device, epoch, incarnation, batch[kept - 1].op_id)\n",
          "            pass\n"),
    _core("offering", "what is refused of a branch counts as given",
          "next((place for place, said in enumerate(answer.items) if said.outcome not in has), len(answer.items))",
          "len(answer.items)"),
    _core("offering", "one who is refused stops all others",
          "                given_up.add((device, epoch))\n            elif",
          "                return taken\n            elif"),
    _core("offering", "who is refused is offered again",
          "given_up.add((device, epoch))\n            elif", "pass\n            elif"),
    _core("offering", "what breaks the server sealed is offered again",
          "if is_ours or (device, epoch, first) in sealed:", "if is_ours:"),
    _core("offering", "what cannot be read sealed is offered again", " and place not in sealed:", ":"),
    _core("offering", "who has signed nothing is offered again", "given_up.add(place[:2])", "pass"),
    _core("offering", "a line that breaks is not said",
          "            if is_ours and isinstance(error, TryLater):", "            if False:"),
    _core("offering", "what cannot be read of a neighbour does not go sealed",
          "    if is_unread and place not in sealed:", "    if False:"),
    _core("offering", "a poisoned operation of a neighbour does not go sealed",
          "                sealed.add((device, epoch, first))", "                given_up.add((device, epoch))"),
)

NO_HANDSHAKE = Lie("ack before commit, and the counter trusts it", frozenset({"commit_before_answer"}),
                   CORE[1].module, CORE[1].said)


def all_lies() -> tuple[Lie, ...]:
    return (*(Lie(name, frozenset({name})) for name in RULES), *CORE, NO_HANDSHAKE)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Loads one module with other words in its source."""

    def __init__(self, lie: Lie) -> None:
        self._lie = lie

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self._lie.module else None

    def get_source(self, fullname: str) -> str:
        return changed(self._lie)

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self.get_source(module.__name__), module.__name__, "exec", dont_inherit=True)
        exec(code, module.__dict__)


def changed(lie: Lie) -> str:
    """The source with the lie in it. Raises ValueError when the words are not there exactly once."""
    source = (ROOT / lie.module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8")
    for old, new in lie.said:
        if source.count(old) != 1:
            raise ValueError(f"{lie.name}: write it anew, its words are there {source.count(old)} times")
        source = source.replace(old, new)
    return source


@dataclass(frozen=True, slots=True)
class LyingWorld:
    """The promises that are broken there by a scene, or by the history of a seed."""

    play: Callable[..., list[str]]
    tell: Callable[[int], list[str]]


@contextmanager
def told(lie: Lie) -> Iterator[LyingWorld]:
    """A world in which the lie holds; everything is as before afterwards."""
    if not lie.module:
        yield _world(lie)
        return
    for name in ("tests.sync.core.scenes.play", "tests.sync.core.sim.history"):
        importlib.import_module(name)
    around = _around(lie.module)
    before = {name: _leave(name) for name in around}
    finder = _Changed(lie)
    sys.meta_path.insert(0, finder)
    try:
        yield _world(lie)
    finally:
        sys.meta_path.remove(finder)
        for name, module in before.items():
            _leave(name)
            _enter(name, module)


def _leave(name: str) -> ModuleType | None:
    """Out of the list of modules, and out of its package, where an import would still find it."""
    package, _, leaf = name.rpartition(".")
    vars(sys.modules[package]).pop(leaf, None)
    return sys.modules.pop(name, None)


def _enter(name: str, module: ModuleType | None) -> None:
    package, _, leaf = name.rpartition(".")
    if module is not None:
        sys.modules[name] = module
        setattr(sys.modules[package], leaf, module)


def _around(module: str) -> frozenset[str]:
    """The module and all that need it, directly or not."""
    known = {name: _needs(name) for name in sys.modules if name.startswith(AGAIN)}
    found = {module}
    while more := {name for name, needed in known.items() if needed & found} - found:
        found |= more
    return frozenset(found)


@cache
def _needs(name: str) -> frozenset[str]:
    """What it imports, as its source says."""
    source = (ROOT / name.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8")
    needed: set[str] = set()
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.ImportFrom) and each.module:
            needed |= {each.module, *(f"{each.module}.{one.name}" for one in each.names)}
    return frozenset(needed)


def _world(lie: Lie) -> LyingWorld:
    play = importlib.import_module("tests.sync.core.scenes.play").play
    tell = importlib.import_module("tests.sync.core.sim.history").tell
    return LyingWorld(lambda scene, log=None: play(scene, lie.without, log),
                      lambda seed: tell(seed, lie.without).broken)
