"""Which keys lead to what is looked at from outside: every place, and the sheets that open over it.

As xdotool spells keys; `type:…` types, `card` scans the first person's card, `code` types the clerk's personal
code from the province. The first walk's book is that of the main job: two dossiers, a parked form, no drawer open
until one way opens it. What a way opens is told with its title; one that opens nothing fails the
trial, so that the list cannot rot unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

PLACES = ("Home", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9")

OVER_ANY = ("F1", "ctrl+k")
WAYS: tuple[tuple[str, ...], ...] = (
    *((place, over) for place in PLACES for over in OVER_ANY),
    ("Home", "b"), ("Home", "c"), ("Home", "v"),
    ("F2", "alt+o"), ("F2", "alt+t"),
    ("F2", "type:doi giay phep lai xe", "Return"),
    ("F2", "type:doi giay phep lai xe", "Return", "alt+x"),
    ("F2", "type:doi giay phep lai xe", "Return", "card", "Return", "type:0905000101", "Return", "a", "alt+v"),
    ("F2", "type:doi giay phep lai xe", "Return", "card", "Return", "type:0905000101", "Return", "a", "F12"),
    ("F3", "alt+0"), ("F3", "alt+9"), ("F3", "ctrl+p"), ("F3", "ctrl+b"),
    *(("F3", "Down", "Return", *more) for more in (
        (), ("p",), ("e",), ("t",), ("c",), ("r",), ("v",), ("x",), ("h",), ("g",), ("s",))),
    ("F4", "g"), ("F4", "o"), ("F4", "d"), ("F4", "f"), ("F4", "n"), ("F4", "u"), ("F4", "w"), ("F4", "alt+2"),
    ("F5", "alt+2"), ("F5", "alt+3"), ("F5", "alt+m"), ("F5", "alt+u"), ("F5", "alt+n"), ("F5", "alt+o"),
    ("F5", "alt+l"),
    *(("F5", "alt+4", *more) for more in ((), ("alt+2",), ("alt+3",), ("alt+4",), ("alt+4", "alt+t"), ("alt+5",),
                                          ("alt+5", "alt+t"))),
    *(("F6", f"alt+{number}") for number in range(1, 8)),
    *(("F6", key) for key in ("o", "t", "f", "b", "x", "a", "n", "d", "c")),
    ("F7", "b"), ("F7", "c"), ("F7", "u"), ("F7", "x"), ("F7", "k"),
    ("F8", "Return"), ("F8", "Return", "d"),
    *(("F9", key) for key in ("d", "k", "m", "n", "t", "g", "i", "q")),
    *(("F9", "c", *["Down"] * steps) for steps in range(7)),
    ("F10",),
)

IN_PRACTICE: tuple[tuple[str, ...], ...] = (
    *((place,) for place in PLACES),
    ("Home", "F1"), ("Home", "ctrl+4"), ("Home", "ctrl+2"), ("Home", "ctrl+2"), ("F2", "ctrl+1"), ("F2", "ctrl+3"),
    ("F2", "type:doi giay phep lai xe", "Return", "ctrl+1", "Return", "type:0905000101", "Return", "a"),
    ("F9", "ctrl+2"),
)
NOT_JOINED: tuple[tuple[str, ...], ...] = (("Escape",), ("Escape", "F1"))

_CHOSEN = ("type:song Han 7", "Return", "type:song Han 7", "Return")
LOCKED: tuple[tuple[str, ...], ...] = (
    ("Escape",), ("Down",),
    ("Up", "Return", "code", "Return", "type:song Han 7", "Return", "type:song Han 8", "Return"),
    ("Down Up", "Return", "code", "Return", *_CHOSEN),  # and in
    *((place,) for place in PLACES), ("Home", "ctrl+m"), ("F9", "s"),
    ("F10",), ("Escape Escape", "type:song Han 9", "Return"),
    ("Down Up", "Return", "type:song Han 7", "Return"),
    ("F10", "type:song Han 7", "ctrl+Return"),         # in, and another secret
)
"""A clerk's first time on a counter with personal sign-in; once again, wrong and right."""

MAY_OPEN_NOTHING = frozenset(("ctrl+k", "ctrl+4"))
"""Last keys of ways: to the field on top, which is always there; the guide of the practice room, away again."""

WITH_SIGN_IN = "with-sign-in"
"""The data folder of that counter."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One window: the words behind the program's name, what its first page says, the ways."""

    words: tuple[str, ...]
    begins: str
    ways: tuple[tuple[str, ...], ...]


WALKS = (
    Walk((), "Việc hôm nay", (*((place,) for place in PLACES), *WAYS)),
    Walk(("practice",), "Việc hôm nay", IN_PRACTICE),
    Walk(("--data", WITH_SIGN_IN), "Ai làm việc", LOCKED),
    Walk(("--data", "not-joined"), "Ghi danh", NOT_JOINED),
)
