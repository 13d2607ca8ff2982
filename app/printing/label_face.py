"""What small labels have in common: sizes, lines that shrink before anything is cut, and the reading back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import zxingcpp

from app.errors import EnvironmentFault, Refusal
from app.practice import WATERMARK
from app.printing.codes import LASER_DPI, MM
from app.printing.decode_back import codes_on_pages
from app.printing.flow import ASCENT, Flow
from app.printing.fonts import LABEL
from app.printing.formats import Paper
from app.printing.paragraph import Line, Run, wrap
from app.printing.practice_mark import marks_pages
from app.printing.sheet import write_pdf

LABEL_DPI = 203                    # of most label printers
EDGE = 2.5 * MM                    # label printers cannot reach the rim
SHEET_EDGE = 5 * MM                # nor laser printers that of a sheet
LEAST_TYPE = 6.0
CUT_OUT = 5.0                      # type of the mark of practice below each label of a sheet
LEADING_ON_LABELS = 1.2            # capitals of this face bear their marks high

_SIZE = re.compile(r"(?P<width>[0-9]{2,3})x(?P<height>[0-9]{2,3})")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a label, in points from the left top corner of the page; the printer; the whole label's size."""

    x: float
    y: float
    width: float
    height: float
    dpi: int
    label_mm: tuple[int, int]

    @property
    def end(self) -> float:
        return self.y + self.height

    def too_small(self) -> Refusal:
        return Refusal("label_too_small", width_mm=self.label_mm[0], height_mm=self.label_mm[1])


Held = tuple[zxingcpp.BarcodeFormat, str]
Draw = Callable[[Flow, Box], Held]


class Stack:
    """Lines below each other in a box."""

    def __init__(self, flow: Flow, box: Box) -> None:
        self.flow, self.box, self.y = flow, box, box.y

    @property
    def left_over(self) -> float:
        return self.box.end - self.y

    def put(self, runs: Sequence[Run], size: float, *, most: int, least: float = LEAST_TYPE) -> None:
        """`runs` in the largest type up to `size` that needs at most `most` lines; never cut. Refuses
        `label_too_small` when they do not fit in the least type or the box is full."""
        lines = wrap(runs, size, self.box.width)
        while len(lines) > most and size > least:
            size = max(least, size - 0.5)
            lines = wrap(runs, size, self.box.width)
        if len(lines) > most or len(lines) * size * LEADING_ON_LABELS > self.left_over + 0.01:
            raise self.box.too_small()
        self._draw(lines, size)

    def put_code(self, code: str, face: str, size: float) -> None:
        """A dossier code on one line, or divided after its first part, the agency."""
        is_whole = len(wrap([(code, face)], size - 0.5, self.box.width)) == 1
        self.put([(code if is_whole else code.replace("-", "-\n", 1), face)], size, most=1 if is_whole else 2)

    def put_rest(self, text: str, face: str, size: float) -> None:
        """`text` in what is left of the box: smaller type first, then cut at a blank, ending in "…"."""
        room = self.box.width
        if self.left_over < LEAST_TYPE * LEADING_ON_LABELS:
            raise self.box.too_small()
        lines = wrap([(text, face)], size, room)
        while len(lines) * size * LEADING_ON_LABELS > self.left_over and size > LEAST_TYPE:
            size = max(LEAST_TYPE, size - 0.5)
            lines = wrap([(text, face)], size, room)
        most = int((self.left_over + 0.01) / (size * LEADING_ON_LABELS))
        if len(lines) > most:
            kept = " ".join("".join(part for part, _ in line.pieces) for line in lines[:most])
            while len(lines) > most or not kept.endswith("…"):
                kept = kept.removesuffix("…").rpartition(" ")[0].rstrip(" ;,.") + "…"
                lines = wrap([(kept, face)], size, room)
        self._draw(lines, size)

    def _draw(self, lines: Sequence[Line], size: float) -> None:
        for line in lines:
            self.flow.line(line, self.box.x, self.y + size * ASCENT, size, self.box.width)
            self.y += size * LEADING_ON_LABELS


def label_pdf(draw: Draw, size: str, copies: int, title: str) -> bytes:
    """One label as PDF, "58x40" and the like in millimetres, or at the first place of an "A4" sheet.

    Its code is read back at the printer's resolution: EnvironmentFault `barcode_unreadable`. Refuses
    `label_too_small`; ValueError for a size that is none.
    """
    if size == "A4":
        return labels_on_sheets([draw], columns=2, rows=4, start=1, copies=copies, title=title)
    found = _SIZE.fullmatch(size)
    if found is None:
        raise ValueError(f"{size} is no size of a label")
    width_mm, height_mm = int(found["width"]), int(found["height"])
    flow = Flow(_paper("label", width_mm * MM, height_mm * MM, EDGE), most_pages=1)
    held = draw(flow, Box(EDGE, EDGE, width_mm * MM - 2 * EDGE, height_mm * MM - 2 * EDGE, LABEL_DPI,
                          (width_mm, height_mm)))
    return _checked(flow, [{held}], LABEL_DPI, copies, title)


def labels_on_sheets(draws: Sequence[Draw], *, columns: int, rows: int, start: int, copies: int,
                     title: str) -> bytes:
    """Labels on A4 sheets of `columns` by `rows`, row by row from place `start` (1 is the first) of sheet one."""
    if not 0 < start <= columns * rows:
        raise ValueError(f"a sheet has the places 1 to {columns * rows}")
    wide, high = 210 * MM / columns, 297 * MM / rows
    flow = Flow(_paper("A4", 210 * MM, 297 * MM, SHEET_EDGE))
    held: list[set[Held]] = [set()]
    for place, draw in enumerate(draws, start - 1):
        at = place % (columns * rows)
        if at == 0 and place:
            flow.break_page()
            held.append(set())
        box = Box(at % columns * wide + SHEET_EDGE, at // columns * high + SHEET_EDGE, wide - 2 * SHEET_EDGE,
                  high - 2 * SHEET_EDGE, LASER_DPI, (210 // columns, 297 // rows))
        held[-1].add(draw(flow, box))
        if marks_pages():                          # the mark of the sheet may run past a label that is cut out
            said = wrap([(WATERMARK, LABEL)], CUT_OUT, box.width)[0]
            flow.line(said, box.x, box.end + CUT_OUT, CUT_OUT, box.width)
    return _checked(flow, held, LASER_DPI, copies, title)


def _paper(name: str, width: float, height: float, edge: float) -> Paper:
    return Paper(name, width, height, edge, edge, edge, edge, head=9, body=9, small=7, title=12, gap=1, sign=0,
                 qr_module_mm=0.5)


def _checked(flow: Flow, held: Sequence[set[Held]], dpi: int, copies: int, title: str) -> bytes:
    pdf = write_pdf(flow.paper, flow.pages, [[]], title)
    for wanted, found in zip(held, codes_on_pages(pdf, dpi=dpi), strict=True):
        if wanted - found:
            missing = ", ".join(sorted({kind.name for kind, _ in wanted - found}))
            raise EnvironmentFault("barcode_unreadable", missing=missing, dpi=dpi)
    return pdf if copies == 1 else write_pdf(flow.paper, flow.pages, [[]] * copies, title)


def beside_code(box: Box, code_width: float) -> Box:
    """What is left of a box on the right of a code at its left edge."""
    return replace(box, x=box.x + code_width, width=box.width - code_width)


def below(box: Box, y: float) -> Box:
    """What is left of a box below the height `y`."""
    return replace(box, y=y, height=box.end - y)


def type_size(box: Box) -> float:
    """Type of the body that suits the box: 8.5 points on 80 × 50 mm, with it larger and smaller."""
    return max(LEAST_TYPE + 0.5, min(11.0, 8.5 * sqrt(box.width * box.height / (75 * 45)) / MM))
