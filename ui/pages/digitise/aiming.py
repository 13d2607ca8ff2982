"""Where chosen pages shall go: typed as the number of a paper, or walked to with the arrows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Aim:
    """Pages on their way. `typed` are the digits so far; a number that cannot grow goes at once."""

    pages: tuple[str, ...] = ()
    target: str = ""               # the paper that is walked to; "" is the tray
    typed: str = ""

    @property
    def is_on(self) -> bool:
        return bool(self.pages)

    def begin(self, pages: tuple[str, ...], target: str = "") -> None:
        self.pages, self.target, self.typed = pages, target, ""

    def end(self) -> None:
        self.pages, self.typed = (), ""

    def type(self, digit: str, papers: int) -> int | None:
        """The paper's number once it is certain, 0 for the tray; None while a further digit could follow."""
        number = int(self.typed + digit)
        if number > papers:
            number = int(digit)
        self.typed = str(number)
        return None if number and number * 10 <= papers else number
