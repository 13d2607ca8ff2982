"""Label and value, as the forms set them: label upright, value after it, both lines full width."""

from __future__ import annotations

from app.printing.flow import ASCENT, LEADING, Flow
from app.printing.fonts import ROMAN
from app.printing.paragraph import Run, wrap

OPEN = "…………………"               # a value nobody gave: room to write by hand
APART = 12.0                       # least distance of two fields on one line, points

Field = tuple[str, str, str]       # label, value, face of the value


def _runs(field: Field, after: str = "") -> list[Run]:
    label, value, face = field
    runs: list[Run] = [(label + " ", ROMAN), (value or OPEN, face)]
    if after:
        runs.append((" " + after, ROMAN))
    return runs


def put_field(flow: Flow, label: str, value: str, *, face: str = ROMAN, after: str = "") -> None:
    """One field over as many lines as it needs; `after` follows the value in upright type."""
    flow.text(_runs((label, value, face), after), flow.paper.body, align="both")
    flow.skip(flow.paper.gap)


def put_pair(flow: Flow, first: Field, second: Field) -> None:
    """Two short fields on one line, the second from the middle if it can; below each other when too long."""
    paper = flow.paper
    cells = [wrap(_runs(field), paper.body, paper.room) for field in (first, second)]
    if any(len(cell) != 1 for cell in cells) or cells[0][0].width + cells[1][0].width + APART > paper.room:
        for label, value, face in (first, second):
            put_field(flow, label, value, face=face)
        return
    flow.need(paper.body * LEADING)
    baseline = flow.y + paper.body * ASCENT
    flow.line(cells[0][0], paper.left, baseline, paper.body, paper.room)
    offset = max(cells[0][0].width + APART, min(paper.room / 2, paper.room - cells[1][0].width))
    flow.line(cells[1][0], paper.left + offset, baseline, paper.body, paper.room)
    flow.skip(paper.body * LEADING + paper.gap)
