"""Every place and every sheet, as a screen reader finds it: whatever takes the focus has a name and a role."""

from __future__ import annotations

import re
import time
from typing import Any

from .said import say, until
from .screen import Window
from .tree import Seen, Tree

MOST_BACK = 5
CLOCK = re.compile(r"\d\d:\d\d")


def survey(plan: dict[str, Any]) -> None:
    """Walk each of `plan["ways"]` and tell what stands there; events `way` and, at the end, `surveyed`.

    `plan["words"]` behind the program's name; `plan["begins"]`: what the first page says.
    """
    tree = Tree()
    window = Window(plan["words"])
    until(lambda: tree.holds(plan["begins"]), "the first page")
    faults: dict[str, tuple[str, ...]] = {}
    places: dict[str, Seen] = {}
    stops = 0
    for place, *more in plan["ways"]:
        _go_back(window)
        window.press(*place.split())
        if place not in places:
            time.sleep(0.8)
            places[place] = tree.seen()
        seen = _after(window, more, plan["card"], tree, places[place]) if more else places[place]
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


def _after(window: Window, keys: list[str], card: str, tree: Tree, before: Seen) -> Seen:
    for key in keys:
        if key == "card":
            window.scan(card)
        elif key.startswith("type:"):
            window.type(key.removeprefix("type:"))
        else:
            window.press(key)
    time.sleep(0.5)
    seen = tree.seen()
    if seen.words == before.words:             # not there yet, or nothing to open
        time.sleep(1.5)
        seen = tree.seen()
    return seen


def _go_back(window: Window) -> None:
    """Out of sheets and half-done forms; where nothing is open Escape does nothing."""
    window.press(*["Escape"] * MOST_BACK, pause=0.1)


def _what_came(before: Seen, seen: Seen) -> str:
    """The first words that were not there before: a sheet's title. "" where the keys changed nothing."""
    return next((word for word in seen.words if word not in before.words and not CLOCK.search(word)), "")[:80]
