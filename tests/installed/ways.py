"""Which keys lead to what is looked at from outside: every place, and the sheets that open over it.

As xdotool spells keys; `type:…` types, `card` scans the first person's card. The book is that of the main job: two
dossiers, a parked form, no drawer open until one way opens it. What a way opens is told with its title; one that
opens nothing is told too, so that the list cannot rot unseen.
"""

from __future__ import annotations

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

PRACTICE: tuple[tuple[str, ...], ...] = (
    ("Home",), ("Home", "ctrl+4"), ("F2",), ("F2", "ctrl+1"), ("F2", "ctrl+3"), ("F9",), ("F9", "ctrl+2"),
)
FIRST: tuple[tuple[str, ...], ...] = (("Escape",), ("Escape", "F1"), ("Escape", "alt+t"))
ALL_WAYS: tuple[tuple[tuple[str, ...], str, tuple[tuple[str, ...], ...]], ...] = (
    ((), "Hôm nay", (*((place,) for place in PLACES), *WAYS)),
    (("practice",), "LUYỆN TẬP", PRACTICE),
    (("--data", "not-joined"), "Ghi danh", FIRST),
)
"""Of each window: the words behind the program's name, what its first page says, the ways."""
