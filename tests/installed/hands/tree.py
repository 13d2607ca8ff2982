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
MAY_BE_EMPTY = frozenset(("table cell", "table column header", "table row header", "application"))


@dataclass(frozen=True)
class Seen:
    """`words`: the names in sight, in their order. `stops`: how many parts take the focus."""

    words: tuple[str, ...]
    stops: int


class Tree:
    """The program's part of it."""

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

    def walk(self, node: Any, depth: int = 0) -> Iterator[Any]:
        if node is None or depth > 60:
            return
        yield node
        with contextlib.suppress(Exception):               # a node may be gone before it was asked
            for index in range(min(node.get_child_count(), 400)):
                yield from self.walk(node.get_child_at_index(index), depth + 1)

    def showing(self) -> Iterator[tuple[str, str, str]]:
        """Role, name and description of all that is in sight."""
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                if node.get_state_set().contains(self._atspi.StateType.SHOWING):
                    yield node.get_role_name(), node.get_name() or "", node.get_description() or ""

    def holds(self, text: str) -> bool:
        return any(text in name or text in description for _, name, description in self.showing())

    def seen(self) -> Seen:
        words, stops = [], 0
        for node in self._in_sight():
            with contextlib.suppress(Exception):
                if name := (node.get_name() or "").strip():
                    words.append(name)
                stops += node.get_state_set().contains(self._atspi.StateType.FOCUSABLE)
        return Seen(tuple(words), stops)

    def faults(self) -> list[str]:
        """Whatever in sight takes the focus, or is of a role that is stopped at, and has no name or no role."""
        found = []
        for node in self._in_sight():
            with contextlib.suppress(Exception):
                role = node.get_role_name()
                is_stop = node.get_state_set().contains(self._atspi.StateType.FOCUSABLE)
                if role in MAY_BE_EMPTY or not (is_stop or role in TELLING_ROLES):
                    continue
                if not (node.get_name() or "").strip():
                    found.append(f"no name: {role} in {self._way(node)}")
                elif is_stop and role in SAYS_NOTHING:
                    found.append(f"no role: “{node.get_name()[:40]}” in {self._way(node)}")
        return found

    def _in_sight(self) -> Iterator[Any]:
        """As `walk`, without what lies in something that is not shown."""
        def down(node: Any, depth: int) -> Iterator[Any]:
            with contextlib.suppress(Exception):           # a node may be gone before it was asked
                if depth > 1 and not node.get_state_set().contains(self._atspi.StateType.SHOWING):
                    return
                yield node
                if depth < 60:
                    for index in range(min(node.get_child_count(), 400)):
                        yield from down(node.get_child_at_index(index), depth + 1)

        top = self.application()
        return down(top, 0) if top is not None else iter(())

    def nameless(self) -> list[str]:
        """Roles in sight that a screen reader stops at and that have no name, with the way to them."""
        found = []
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                role = node.get_role_name()
                states = node.get_state_set()
                if (role in TELLING_ROLES and states.contains(self._atspi.StateType.SHOWING)
                        and not (node.get_name() or "").strip()):
                    found.append(f"{role} in {self._way(node)}")
        return found

    def _way(self, node: Any) -> str:
        names = []
        while (node := node.get_parent()) is not None and len(names) < 3:
            if name := (node.get_name() or ""):
                names.append(f"{node.get_role_name()} “{name[:40]}”")
        return " in ".join(names)

    def focused(self) -> str:
        """Where the keys go: the innermost, because a field's frame counts as focused with it. A closed box of
        choices keeps a focus of its own, which is not meant."""
        found = ""
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                if node.get_state_set().contains(self._atspi.StateType.FOCUSED) and self._is_in_sight(node):
                    found = f"{node.get_role_name()} “{(node.get_name() or '')[:60]}”"
        return found

    def _is_in_sight(self, node: Any) -> bool:
        """Whether it and all that it lies in are shown."""
        while node is not None and node.get_role_name() != "application":
            if not node.get_state_set().contains(self._atspi.StateType.SHOWING):
                return False
            node = node.get_parent()
        return True
