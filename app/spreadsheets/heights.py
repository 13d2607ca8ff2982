"""How high a row must be for its texts: LibreOffice does not work it out for a file of this format."""

from __future__ import annotations

from collections.abc import Iterable

LINE = 15.0                        # points, for letters of 11
MOST = 409.0                       # what the format allows


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """Points for a row of (text, width of its column in letters); None where one line will do."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(LINE * lines, MOST) if lines > 1 else None


def lines_of(text: str, width: float) -> int:
    """Lines that `text` takes in so many letters, broken at blanks; a longer word takes several."""
    if len(text) <= width and "\n" not in text:
        return 1
    lines = 0
    for part in text.split("\n"):
        used = 0.0
        lines += 1
        for word in part.split():
            if used and used + 1 + len(word) > width:
                lines += 1
                used = 0.0
            elif used:
                used += 1
            used += len(word)
            while used > width:
                lines += 1
                used -= width
    return lines
