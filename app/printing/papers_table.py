"""Thành phần hồ sơ: the table of papers with the three counts the circular asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from app.domain.papers import PaperLine
from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.paragraph import Line, Run, wrap
from app.printing.table import SIDE, Column, Heading, Table

NO_COUNT = "–"                     # nought, in a way no pen can turn into a number


def _columns(flow: Flow) -> list[Column]:
    paper = flow.paper
    number, original, certified, copy = (paper.small * em for em in (2.6, 4.2, 5.6, 4.2))
    widths = [number, paper.room - number - original - certified - copy, original, certified, copy]
    xs = accumulate(widths[:-1], initial=paper.left)
    aligns = ("centre", "left", "centre", "centre", "centre")
    return [Column(x, width, align) for x, width, align in zip(xs, widths, aligns, strict=True)]


def _headings(form: Form, columns: Sequence[Column], size: float) -> list[Heading]:
    """Two storeys: the three kinds of paper stand below "Số lượng"."""
    row = size * LEADING
    top, bottom = row + 2, 3 * row + 5
    spans = {"column_row": (columns[0], 0.0, bottom), "column_paper": (columns[1], 0.0, bottom),
             "column_count": (Column(columns[2].x, sum(column.width for column in columns[2:])), 0.0, top),
             "column_original": (columns[2], top, bottom), "column_certified": (columns[3], top, bottom),
             "column_copy": (columns[4], top, bottom)}
    return [Heading(wrap([(form.words[key], BOLD)], size, column.width - 2), column.x, column.width, y1, y2)
            for key, (column, y1, y2) in spans.items()]


def _row(number: int, line: PaperLine, columns: Sequence[Column], size: float) -> list[Sequence[Line]]:
    name: list[Run] = [(line.name, ROMAN)]
    if line.note:
        name.append((f" ({line.note})", ITALIC))
    cells: list[list[Run]] = [[(str(number), ROMAN)], name]
    cells += [[(str(count) if count else NO_COUNT, ROMAN)]
              for count in (line.originals, line.certified, line.copies)]
    return [wrap(cell, size, column.width - 2 * SIDE) for cell, column in zip(cells, columns, strict=True)]


def draw_papers(flow: Flow, form: Form, papers: Sequence[PaperLine]) -> None:
    """The section's title and the table, or one sentence when no paper was handed in."""
    paper = flow.paper
    title: list[Run] = [(form.words["papers"], ROMAN)]
    if not papers:
        flow.text([*title, (" " + form.words["no_paper"], ITALIC)], paper.body)
        flow.skip(paper.gap)
        return
    size = paper.body - 0.5
    columns = _columns(flow)
    headings = _headings(form, columns, paper.small)
    table = Table(flow, columns, headings, size=size, head_size=paper.small)
    rows = [_row(number, line, columns, size) for number, line in enumerate(papers, 1)]
    lines = wrap(title, paper.body, paper.room)
    flow.need(len(lines) * paper.body * LEADING + 2 + table.least_height(rows[0]))
    flow.lines(lines, paper.body)
    flow.skip(2)
    table.draw(rows)
    flow.skip(2 + paper.gap)
