"""Tables of many dossiers: columns by their words in the form, headings of one or two storeys, room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from app.printing.codes import MM
from app.printing.flow import HAIR, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, text_width
from app.printing.forms import Form
from app.printing.list_closing import Closing
from app.printing.paragraph import Line, Run, printable, wrap
from app.printing.table import SIDE, Column, Heading, Table

Cell = Sequence[Run]
AIR = 3.0                          # above and below a table, points
WHOLE_ROW = 16                     # lines: a dossier and its originals stay on one page where they can
LARGEST, LARGEST_HEAD = 10.5, 9.5  # type sizes: narrow columns suffer from the 13 points of an A4 letter

_BLANK = Line((), 0.0, 0, is_last=True)


@dataclass(frozen=True, slots=True)
class Slot:
    """One column: `key` of its heading in the form's words; `mm` wide, or, with 0, a share of what is left.

    Neighbours with the same `above` stand together under that heading. A column of codes `is_whole`: it is wider
    than `mm` where its longest word needs it, for a code over two lines is typed wrong and found by no search.
    """

    key: str
    mm: float = 0.0
    align: str = "left"
    above: str = ""
    is_whole: bool = False


def draw_list(flow: Flow, form: Form, slots: Sequence[Slot], rows: Sequence[Sequence[Cell]], *,
              title: Cell = (), least_lines: int = 1, closing: Closing | None = None) -> None:
    """The table over as many pages as it needs, its head on each; a row is at least `least_lines` lines high.

    `title` stands above it and never alone at a page's end, `closing` below it and never without the last row.
    Without rows one sentence says so, the form's word `nothing`.
    """
    paper = flow.paper
    above = wrap(title, paper.body, paper.room)
    if not rows:
        flow.lines(above, paper.body)
        flow.text([(form.words["nothing"], ITALIC)], paper.body)
        flow.skip(paper.gap)
        if closing is not None:
            closing.draw(flow)
        return
    size, head_size = min(paper.body, LARGEST), min(paper.small, LARGEST_HEAD)
    columns = _columns(flow, slots, rows, size)
    table = Table(flow, columns, _headings(form, slots, columns, head_size), size=size, head_size=head_size,
                  whole_row=WHOLE_ROW)
    cells = [_cells(row, columns, size, least_lines) for row in rows]
    below = AIR + paper.gap + (closing.height(flow) if closing else 0.0)
    start = len(above) * paper.body * LEADING + AIR + table.least_height(cells[0])
    flow.need(start + below if len(cells) == 1 and start + below < paper.end - paper.top else start)
    flow.lines(above, paper.body)
    flow.skip(AIR)
    table.begin()
    for row in cells[:-1]:
        table.add(row)
    kept = table.least_height(cells[-1]) + below
    if len(cells) > 1 and kept - table.head_height > flow.left_over and kept < paper.end - paper.top:
        flow.break_page()
        table.begin()
    table.add(cells[-1])
    flow.skip(AIR + paper.gap)
    if closing is not None:
        closing.draw(flow)


def _columns(flow: Flow, slots: Sequence[Slot], rows: Sequence[Sequence[Cell]], size: float) -> list[Column]:
    fixed = [max(slot.mm * MM, _longest_word(rows, index, size)) if slot.is_whole else slot.mm * MM
             for index, slot in enumerate(slots)]
    growing = sum(not width for width in fixed)
    widths = [width or (flow.paper.room - sum(fixed)) / growing for width in fixed]
    xs = accumulate(widths[:-1], initial=flow.paper.left)
    return [Column(x, width, slot.align) for x, width, slot in zip(xs, widths, slots, strict=True)]


def _longest_word(rows: Sequence[Sequence[Cell]], index: int, size: float) -> float:
    """Width in points that a column needs for none of its words to break."""
    words = {(word, face) for row in rows for text, face in row[index] for word in printable(text, face).split()}
    return max((text_width(word, face, size) for word, face in words), default=0.0) + 2 * SIDE + HAIR


def _headings(form: Form, slots: Sequence[Slot], columns: Sequence[Column], size: float) -> list[Heading]:
    def lines(key: str, width: float) -> tuple[Line, ...]:
        return wrap([(form.words[key], BOLD)], size, width - 2)

    row = size * LEADING
    spans = []                     # key, column, whether it stands below another
    for above, group in groupby(zip(slots, columns, strict=True), key=lambda pair: pair[0].above):
        pairs = list(group)
        if above:
            spans.append((above, Column(pairs[0][1].x, sum(column.width for _, column in pairs)), "top"))
        spans += [(slot.key, column, "bottom" if above else "") for slot, column in pairs]
    heights = {place: max((len(lines(key, column.width)) for key, column, at in spans if at == place), default=0)
               * row + 3 for place in ("", "top", "bottom")}
    has_storeys = any(at for _, _, at in spans)
    bottom = max(heights[""], heights["top"] + heights["bottom"] if has_storeys else 0.0)
    edges = {"": (0.0, bottom), "top": (0.0, heights["top"]), "bottom": (heights["top"], bottom)}
    return [Heading(lines(key, column.width), column.x, column.width, *edges[at]) for key, column, at in spans]


def _cells(row: Sequence[Cell], columns: Sequence[Column], size: float, least_lines: int) -> list[Sequence[Line]]:
    cells: list[Sequence[Line]] = [wrap(cell, size, column.width - 2 * SIDE)
                                   for cell, column in zip(row, columns, strict=True)]
    missing = least_lines - max(map(len, cells))
    if missing > 0:
        cells[0] = [*cells[0], *[_BLANK] * (least_lines - len(cells[0]))]
    return cells
