"""Every place and every sheet, as a screen reader finds it: whatever takes the focus has a name and a role."""

from __future__ import annotations

import time
from typing import Any

from .said import say, until
from .screen import Window
from .tree import Seen, Tree

MOST_BACK = 5


def survey(plan: dict[str, Any]) -> None:
    """Walk each of `plan["ways"]` and tell what stands there; events `way` and, at the end, `surveyed`."""
    tree = Tree()
    window = Window([])
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    faults: dict[str, list[str]] = {}
    stops = 0
    for way in plan["ways"]:
        place, *more = way
        _go_back(window)
        window.press(place)
        before = _settled(tree)
        for key in more:
            _do(window, key, plan["card"])
        seen = _settled(tree)
        found = [] if more and seen.words == before.words else tree.faults()
        stops += seen.stops
        if found:
            faults[" ".join(way)] = found
        say("way", keys=" ".join(way), opens=_what_came(before, seen) if more else place, stops=seen.stops,
            faults=len(found), focus=tree.focused())
        if window.process.poll() is not None:
            say("ended", code=window.process.returncode)
            return
    say("surveyed", ways=len(plan["ways"]), stops=stops, faults=faults)
    _go_back(window)
    say("closed", code=window.close())


def _do(window: Window, key: str, card: str) -> None:
    if key == "card":
        window.scan(card)
    elif key.startswith("type:"):
        window.type(key.removeprefix("type:"))
    else:
        window.press(key)


def _go_back(window: Window) -> None:
    """Out of sheets and half-done forms; where nothing is open Escape does nothing."""
    window.press(*["Escape"] * MOST_BACK)


def _settled(tree: Tree) -> Seen:
    """What is in sight once it does not change any more."""
    last = tree.seen()
    for _ in range(8):
        time.sleep(0.2)
        now = tree.seen()
        if now.words == last.words:
            break
        last = now
    return last


def _what_came(before: Seen, seen: Seen) -> str:
    """The first words that were not there before: a sheet's title. "" where the keys changed nothing."""
    return next((word for word in seen.words if word not in before.words), "")[:80]
