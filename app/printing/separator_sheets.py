"""Tờ ngăn cách: a sheet between the papers of a pile, so that the pile files itself (`app.domain.pile`).

A QR stands in four corners and larger in the middle, beside a Code 128, so that a torn or scribbled sheet is
still read. All around runs a frame of solid squares that no paper of an office has: where every code is destroyed,
`app.imaging.separator_mark` still sees that this was some separator and what follows goes to the tray.
"""

from __future__ import annotations

from collections.abc import Sequence

import zxingcpp

from app.domain.papers import OfficeHead
from app.domain.separator import BARS, END, QR_PLACES, SeparatorLine, separator_text
from app.errors import EnvironmentFault
from app.printing.codes import GOOD_MODULE_MM, MM, bars, square
from app.printing.decode_back import codes_on_pages
from app.printing.flow import ASCENT, FIRM, LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.paragraph import Line, wrap
from app.printing.sheet import write_pdf

SQUARE_MM = 8.0                    # of the frame; the air between two is as wide
FRAME_MM = 12.0                    # from the edge of the sheet to the middle of a square: printers reach 5 mm
ACROSS, DOWN = 13, 18              # squares along a short and a long side, corners counted twice
INSIDE = 20 * MM                   # left, right and top edge of all else
BARS_INSIDE = 17 * MM              # the Code 128 may come as near to the frame as its own quiet zone allows
CORNER_MODULE_MM = 0.8
MIDDLE_MODULE_MM = 1.2             # larger ones fall apart in the grain of a scan: at 1.9 mm four in five unread
NUMBER_SIZE = 120.0
NAME_SIZES = (24.0, 20.0, 17.0, 14.0)
NAME_ROOM = 38 * MM
CHECKED_DPI = 203                  # coarser than any office printer

_A4 = Paper("A4", 210 * MM, 297 * MM, INSIDE, INSIDE, INSIDE, INSIDE, head=10, body=14, small=11, title=26, gap=3,
            sign=0, qr_module_mm=CORNER_MODULE_MM)


def render_separator_sheets(head: OfficeHead, code: str, lines: Sequence[SeparatorLine], *,
                            has_end: bool = True) -> bytes:
    """One A4 page for each of `lines` and, when `has_end`, one that ends the last paper; to be printed one-sided.

    A name that does not fit even in small type ends in "…". Raises Refusal `code_not_printable`,
    EnvironmentFault `barcode_unreadable` when any of a page's codes does not read back.
    """
    form = load_form("separator")
    wanted = [(line, line.requirement) for line in lines]
    if has_end:
        wanted.append((SeparatorLine(0, END, form.words["end_name"]), END))
    flow = Flow(_A4)
    expected = []
    for number, (line, requirement) in enumerate(wanted):
        if number:
            flow.break_page()
        _draw_frame(flow)
        held = _draw_codes(flow, code, requirement, line.sheets)
        _draw_words(flow, form, head, code, line)
        expected.append(held)
    pdf = write_pdf(_A4, flow.pages, [[]], f"{form.title} {code}")
    for held, found in zip(expected, codes_on_pages(pdf, dpi=CHECKED_DPI), strict=True):
        if held - found:
            missing = ", ".join(sorted({kind.name for kind, _ in held - found}))
            raise EnvironmentFault("barcode_unreadable", missing=missing, dpi=CHECKED_DPI)
    return pdf


def _draw_frame(flow: Flow) -> None:
    near, side = FRAME_MM * MM, SQUARE_MM * MM
    far_x, far_y = _A4.width - near, _A4.height - near
    across = [near + (far_x - near) * step / (ACROSS - 1) for step in range(ACROSS)]
    down = [near + (far_y - near) * step / (DOWN - 1) for step in range(DOWN)]
    middles = [(x, y) for x in across for y in (near, far_y)] + [(x, y) for x in (near, far_x) for y in down[1:-1]]
    for x, y in middles:
        flow.rule(x - side / 2, y, x + side / 2, y, side)


def _draw_codes(flow: Flow, code: str, requirement: str, sheets: int) -> set[tuple[zxingcpp.BarcodeFormat, str]]:
    """All codes of one sheet; returns what must be read back from it."""
    held = set()
    for place in QR_PLACES:
        text = separator_text(code, requirement, place=place, sheets=sheets)
        is_middle = place == QR_PLACES[-1]
        qr = square(text, MIDDLE_MODULE_MM if is_middle else CORNER_MODULE_MM)
        right, bottom = _A4.width - INSIDE - qr.width, _A4.height - INSIDE - qr.width
        x, y = ((_A4.width - qr.width) / 2, 174 * MM - qr.width / 2) if is_middle else (
            (INSIDE, right)[(place - 1) % 2], (INSIDE, bottom)[(place - 1) // 2])
        flow.square(qr, x, y)
        held.add((zxingcpp.BarcodeFormat.QRCode, text))
    text = separator_text(code, requirement, place=BARS, sheets=sheets)
    code_128 = bars(text, _A4.width - 2 * BARS_INSIDE)
    # A long code would need narrow bars, which scanners of 200 dpi do not read: then the squares are enough.
    if code_128 is not None and code_128.module >= GOOD_MODULE_MM * MM:
        flow.bars(code_128, (_A4.width - code_128.width) / 2, 214 * MM, 14 * MM)
        held.add((zxingcpp.BarcodeFormat.Code128, text))
    return held


def _draw_words(flow: Flow, form: Form, head: OfficeHead, code: str, line: SeparatorLine) -> None:
    between = 33 * CORNER_MODULE_MM * MM + 6 * MM          # beside a corner's QR of version 4
    x, room = _A4.left + between, _A4.room - 2 * between
    flow.y = INSIDE
    _centred(flow, wrap([(head.unit.upper(), ROMAN)], _A4.head, room)[:2], _A4.head, x, room)
    _centred(flow, wrap([(form.words["title"], BOLD)], _A4.title, room), _A4.title, x, room)
    _centred(flow, wrap([(form.words["not_a_paper"], ITALIC)], _A4.body, room), _A4.body, x, room)
    flow.y = 49 * MM
    said = wrap([(form.words["dossier"].format(code=code), BOLD)], _A4.body, _A4.room)
    _centred(flow, said, _A4.body, _A4.left, _A4.room)
    flow.rule(_A4.left, flow.y + 2 * MM, _A4.left + _A4.room, flow.y + 2 * MM, FIRM)

    number = form.words["end"] if line.requirement == END else str(line.ordinal)
    size = NUMBER_SIZE if number.isdigit() and len(number) < 4 else NUMBER_SIZE * 0.8
    digits = wrap([(number, BOLD)], size, _A4.room)
    flow.line(digits[0], _A4.left, 95 * MM, size, _A4.room, "centre")
    if line.requirement != END:
        word = wrap([(form.words["item"], ROMAN)], _A4.title, _A4.room)[0]
        flow.line(word, (_A4.width - digits[0].width) / 2 - word.width - 5 * MM, 95 * MM, _A4.title, word.width)

    name, size = _name(line.name)
    flow.y = 100 * MM + (NAME_ROOM - len(name) * size * LEADING) / 2
    _centred(flow, name, size, _A4.left, _A4.room)

    flow.y = 231 * MM
    if line.sheets:
        said = wrap([(form.words["sheets"].format(count=line.sheets), BOLD)], _A4.body, _A4.room)
        _centred(flow, said, _A4.body, _A4.left, _A4.room)
    flow.y = 247 * MM
    order = "place_end" if line.requirement == END else "place_before"
    said = wrap([(form.words[order].format(ordinal=line.ordinal), BOLD)], _A4.body, room)
    _centred(flow, said, _A4.body, x, room)
    flow.skip(2 * MM)
    _centred(flow, wrap([(form.words["only_here"], ITALIC)], _A4.small, room), _A4.small, x, room)


def _centred(flow: Flow, lines: Sequence[Line], size: float, x: float, room: float) -> None:
    for line in lines:
        flow.line(line, x, flow.y + size * ASCENT, size, room, "centre")
        flow.skip(size * LEADING)


def _name(name: str) -> tuple[Sequence[Line], float]:
    """The name in the largest type in which it fits; cut at a blank, with "…", where it fits in none."""
    for size in NAME_SIZES:
        most = int(NAME_ROOM / (size * LEADING))
        lines = wrap([(name, BOLD)], size, _A4.room)
        if len(lines) <= most:
            return lines, size
    kept = " ".join("".join(text for text, _ in line.pieces) for line in lines[:most])
    while len(lines) > most:
        kept = kept.removesuffix("…").rpartition(" ")[0].rstrip(" ;,.") + "…"
        lines = wrap([(kept, BOLD)], size, _A4.room)
    return lines, size
