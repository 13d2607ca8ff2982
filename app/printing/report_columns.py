"""How wide a report's columns are and how large its type: figures stay whole, texts share what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from app.domain.reports.shown import shown_cell
from app.domain.reports.table import Column, ColumnKind, Row
from app.printing.flow import HAIR, LEADING
from app.printing.fonts import BOLD, ITALIC, text_width
from app.printing.formats import Paper
from app.printing.paragraph import Line, printable, wrap
from app.printing.table import SIDE, Heading
from app.printing.table import Column as Place

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
COMFORTABLE = 9.0                  # a report that needs smaller type upright is turned
LETTER = 0.5                       # em: an ordinary letter, for widths that a column asks for
LEAST_TEXT = 16                    # letters of a text in one line, where it has so many
LONGEST_WORD = 26                  # letters: a longer one in a text may break, a code or an address line does not
WISHED = {ColumnKind.TEXT: 26, ColumnKind.COUNT: 9, ColumnKind.MONEY: 15, ColumnKind.DATE: 12, ColumnKind.TIME: 12,
          ColumnKind.PERCENT: 10, ColumnKind.MINUTES: 9, ColumnKind.DAYS: 9}
"""Letters, where a column asks for nothing."""
LATER = {ColumnKind.COUNT: "99.999", ColumnKind.MONEY: "999.999.999", ColumnKind.PERCENT: "100,00%",
         ColumnKind.MINUTES: "9.999", ColumnKind.DAYS: "999"}
"""What rows that are not read yet may hold."""
INDENT = 0.9                       # em, each level

ALIGNED = {ColumnKind.TEXT: "left", ColumnKind.DATE: "centre", ColumnKind.TIME: "centre"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Columns of one table on one sheet, and their type size; `is_whole`: no figure is broken."""

    size: float
    places: tuple[Place, ...]
    is_whole: bool


def set_columns(columns: Sequence[Column], sample: Sequence[Row], sheet: Paper) -> Setting:
    """The largest type in which everything of `sample` fits; the smallest where nothing does."""
    for size in SIZES:
        setting = _at_size(columns, sample, sheet, size)
        if setting.is_whole:
            break
    return setting


def _at_size(columns: Sequence[Column], sample: Sequence[Row], sheet: Paper, size: float) -> Setting:
    needed = [_needed(column, at, sample, size) for at, column in enumerate(columns)]
    wished = [_wished(column, need, size) for column, need in zip(columns, needed, strict=True)]
    spare = sheet.room - sum(needed)
    wishes = [max(wish - need, 0.0) for wish, need in zip(wished, needed, strict=True)]
    if 0 <= spare <= sum(wishes) > 0:
        widths = [need + wish * spare / sum(wishes) for need, wish in zip(needed, wishes, strict=True)]
    else:                          # too narrow for the needs, or room for more than the wishes: all alike
        base = needed if spare < 0 else wished
        widths = [width * sheet.room / sum(base) for width in base]
    xs = accumulate(widths[:-1], initial=sheet.left)
    places = (Place(x, width, ALIGNED.get(column.kind, "right"))
              for x, width, column in zip(xs, widths, columns, strict=True))
    return Setting(size, tuple(places), spare >= 0)


def _needed(column: Column, at: int, sample: Sequence[Row], size: float) -> float:
    """Points without which a word of the heading, a figure or a code would break. A form's "(3)=(4)+(5)" may."""
    number = column.number.partition("=")[0]
    heading = max(_widest(text, BOLD, size - 0.5) for text in (column.title, number))
    shown = {shown_cell(column.kind, row.cells[at]) for row in sample} | {LATER.get(column.kind, "")}
    cells = max(_widest(text, BOLD, size) for text in shown)
    if column.kind is ColumnKind.TEXT:
        longest = max(map(len, shown))
        cells = max(cells, min(longest, column.width or LEAST_TEXT, LEAST_TEXT) * size * LETTER)
    return max(heading, cells) + 2 * SIDE + HAIR


def _wished(column: Column, needed: float, size: float) -> float:
    return max(needed, (column.width or WISHED[column.kind]) * size * LETTER + 2 * SIDE)


def _widest(text: str, face: str, size: float) -> float:
    words = printable(text, face).split()
    return max((text_width(word[:LONGEST_WORD], face, size) for word in words), default=0.0)


def headings(columns: Sequence[Column], setting: Setting) -> list[Heading]:
    """Names in up to three storeys: groups, columns, and the form's own numbers."""
    size = setting.size - 0.5
    row = size * LEADING
    spans = []                     # lines, x, width, storeys
    for group, pairs in groupby(zip(columns, setting.places, strict=True), key=lambda pair: pair[0].group):
        members = list(pairs)
        if group:
            width = sum(place.width for _, place in members)
            spans.append((wrap([(group, BOLD)], size, width - 2), members[0][1].x, width, "group"))
        spans += [(wrap([(column.title, BOLD)], size, place.width - 2), place.x, place.width,
                   "lower" if group else "whole") for column, place in members]
    tall = {storey: max((len(lines) for lines, _, _, at in spans if at == storey), default=0) * row + 3
            for storey in ("group", "lower", "whole")}
    has_groups = any(column.group for column in columns)
    bottom = max(tall["whole"], tall["group"] + tall["lower"] if has_groups else 0.0)
    edges = {"group": (0.0, tall["group"]), "lower": (tall["group"], bottom), "whole": (0.0, bottom)}
    found = [Heading(lines, x, width, *edges[storey]) for lines, x, width, storey in spans]
    if any(column.number for column in columns):
        below = [wrap([(column.number, ITALIC)], size, place.width - 2)
                 for column, place in zip(columns, setting.places, strict=True)]
        end = bottom + max(map(len, below)) * row + 2
        found += [Heading(lines, place.x, place.width, bottom, end)
                  for lines, place in zip(below, setting.places, strict=True)]
    return found


def indented(lines: Sequence[Line], level: int, face: str, size: float) -> tuple[Line, ...]:
    """`lines` moved to the right by their level; they were wrapped in that much less room."""
    if not level:
        return tuple(lines)
    blank = text_width(" ", face, size)
    count = round(level * INDENT * size / blank)
    return tuple(Line(((" " * count, face), *line.pieces), line.width + count * blank, line.blanks, line.is_last)
                 for line in lines)
