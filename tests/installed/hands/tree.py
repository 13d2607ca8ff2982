"""What the program tells a screen reader."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TELLING_ROLES = frozenset((
    "push button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "list",
    "table", "tree", "tree table", "spin button", "slider", "page tab", "menu item", "link", "dialog", "frame",
    "button",
))
"""Roles a screen reader stops at: each must have a name."""


SAYS_NOTHING = frozenset(("unknown", "invalid", "redundant object", ""))
"""Roles with which nobody knows what can be done there."""
DEEPEST, MOST_CHILDREN = 60, 400
MAY_BE_EMPTY = frozenset(("table cell", "table column header", "table row header", "application"))


@dataclass(frozen=True)
class Seen:
    """What is in sight at one moment.

    `words`: names, in their order. `stops`: how many parts take the focus. `faults`: those of them, and whatever
    is of a role that is stopped at, that have no name or no role, and a focus
    without a name. `focus`: where the keys go.
    """

    words: tuple[str, ...]
    stops: int
    faults: tuple[str, ...]
    focus: str


class Tree:
    """The program's part of it. Each question is a message to the program: nothing is asked twice."""

    def __init__(self) -> None:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self._atspi = Atspi

    def application(self) -> Any:
        desktop = self._atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            each = desktop.get_child_at_index(index)
            if each is not None and "cua" in (each.get_name() or "").lower().replace("ử", "u").replace("ư", "u"):
                return each
        return None

    def holds(self, text: str) -> bool:
        return any(text in (node.get_name() or "") or text in (node.get_description() or "")
                   for node, _, _ in self._in_sight())

    def words(self) -> tuple[str, ...]:
        return tuple(name for node, _, _ in self._in_sight() if (name := (node.get_name() or "").strip()))

    def seen(self) -> Seen:
        """The innermost focus that has a name is meant: a field's frame and its inside count as focused too."""
        words, faults, stops, focus, has_named_focus = [], [], 0, "", False
        for node, states, ways in self._in_sight():
            role, name = "", ""
            with contextlib.suppress(Exception):           # a node may be gone before it was asked
                role, name = node.get_role_name(), (node.get_name() or "").strip()
            ways.append(f"{role} “{name[:40]}”")
            if name:
                words.append(name)
            is_stop = states.contains(self._atspi.StateType.FOCUSABLE)
            stops += is_stop
            if states.contains(self._atspi.StateType.FOCUSED):
                focus = f"{role} “{name[:60]}”" if name or not has_named_focus else focus
                has_named_focus |= bool(name)
            if role not in MAY_BE_EMPTY and (is_stop or role in TELLING_ROLES):
                if not name:
                    faults.append(f"no name: {role} in {' in '.join(reversed(ways[-4:-1]))}")
                elif is_stop and role in SAYS_NOTHING:
                    faults.append(f"no role: “{name[:40]}” in {' in '.join(reversed(ways[-4:-1]))}")
        if not has_named_focus:
            faults.append(f"the keys go nowhere that has a name: {focus}")
        return Seen(tuple(words), stops, tuple(faults), focus)

    def _in_sight(self) -> Iterator[tuple[Any, Any, list[str]]]:
        """(node, its states, a list for what the caller notes of the way to it) of all that is shown."""
        def down(node: Any, ways: list[str]) -> Iterator[tuple[Any, Any, list[str]]]:
            with contextlib.suppress(Exception):
                states = node.get_state_set()
                if len(ways) > 1 and not states.contains(self._atspi.StateType.SHOWING):
                    return
                own = list(ways)
                yield node, states, own
                own = own if len(own) > len(ways) else [*ways, ""]
                if len(own) < DEEPEST:
                    for index in range(min(node.get_child_count(), MOST_CHILDREN)):
                        yield from down(node.get_child_at_index(index), own)

        top = self.application()
        return down(top, []) if top is not None else iter(())
