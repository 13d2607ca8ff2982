"""Every place and every sheet, as a screen reader finds it: whatever takes the focus has a name and a role."""

from __future__ import annotations

import re
import time
from typing import Any

from .said import say, until
from .screen import Window
from .tree import Seen, Tree

MOST_BACK = 5
MOVES_BY_ITSELF = re.compile(r"\d\d:\d\d|việc chờ$")
"""Of words: a clock, how many matters wait at a place."""


def survey(plan: dict[str, Any]) -> None:
    """Walk each of `plan["ways"]` and tell what stands there; events `way` and, at the end, `surveyed`.

    `plan["words"]` behind the program's name; `plan["begins"]`: what the first page says; `plan["card"]`,
    `plan["code"]`: what the keys `card` and `code` bring.
    """
    tree = Tree()
    window = Window(plan["words"])
    until(lambda: tree.holds(plan["begins"]), "the first page", 240)   # practice makes an office first
    faults: dict[str, tuple[str, ...]] = {}
    places: dict[str, Seen] = {}
    stops = 0
    for place, *more in plan["ways"]:
        _go_back(window)
        window.press(*place.split())
        if place not in places:
            time.sleep(0.8)
            places[place] = _seen(tree)
        seen = _after(window, more, plan, tree, places[place]) if more else places[place]
        way = " ".join((place, *more))
        stops += seen.stops
        if seen.faults:
            faults[way] = seen.faults
        say("way", keys=way, opens=_what_came(places[place], seen) if more else place, stops=seen.stops,
            faults=len(seen.faults), focus=seen.focus)
        if window.process.poll() is not None:
            say("ended", code=window.process.returncode)
            return
    say("surveyed", ways=len(plan["ways"]), stops=stops, faults=faults)
    _go_back(window)
    say("closed", code=window.close())


def _after(window: Window, keys: list[str], plan: dict[str, Any], tree: Tree, before: Seen) -> Seen:
    for key in keys:
        if key == "card":
            window.scan(plan["card"])
        elif key == "code":
            window.type(plan["code"])
        elif key.startswith("type:"):
            window.type(key.removeprefix("type:"))
        else:
            window.press(key)
    time.sleep(0.5)
    seen = _seen(tree)
    if not _what_came(before, seen):           # not there yet, or nothing to open
        time.sleep(1.5)
        seen = _seen(tree)
    return seen


def _seen(tree: Tree) -> Seen:
    """Once the window answers: while it is busy it says nothing, and that is not what is looked for."""
    found: Seen = until(lambda: (now := tree.seen()).stops and now, "the window answers")
    return found


def _go_back(window: Window) -> None:
    """Out of sheets and half-done forms; where nothing is open Escape does nothing."""
    window.press(*["Escape"] * MOST_BACK, pause=0.1)


def _what_came(before: Seen, seen: Seen) -> str:
    """The first words that were not there before: a sheet's title. "" where the keys changed nothing."""
    came = (word for word in seen.words if word not in before.words and not MOVES_BY_ITSELF.search(word))
    return next(came, "")[:80]
