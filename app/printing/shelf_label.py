"""The label of a result on its shelf: place, dossier, what to mind at the return. It bears no citizen's name.

Its QR is `result_code.result_text`, read at the return as the second of two scans. A Code 128 of it would be 11 cm
long: no label has that room.
"""

from __future__ import annotations

from app.domain.result_code import result_text
from app.domain.route_papers import ShelfLabel
from app.domain.vietnamese_dates import short_date
from app.printing.codes import square
from app.printing.decode_back import QR_ONLY
from app.printing.flow import Flow
from app.printing.fonts import LABEL, LABEL_BOLD
from app.printing.forms import load_form
from app.printing.label_face import Box, Held, Stack, below, beside_code, label_pdf, type_size
from app.printing.paragraph import wrap

MODULE_MM = 0.5


def render_shelf_label(label: ShelfLabel, *, size: str = "80x50", copies: tuple[str, ...] | None = None) -> bytes:
    """The label as PDF of exactly `size` in millimetres ("58x40", "80x50" …), or on an "A4" sheet.

    A procedure name too long even in the least type ends in "…". Raises Refusal `label_too_small`,
    `code_not_printable`, EnvironmentFault `barcode_unreadable`.
    """
    return label_pdf(lambda flow, box: draw_shelf_label(flow, label, box), size, len(copies or ("",)), label.code)


def draw_shelf_label(flow: Flow, label: ShelfLabel, box: Box) -> Held:
    """The label in its box; returns the code to be read back."""
    words = load_form("shelf-label").words
    text = result_text(label.code)
    qr = square(text, MODULE_MM, box.dpi)
    if qr.width + qr.quiet > box.height or qr.width + qr.quiet > box.width * 0.6:
        raise box.too_small()
    flow.square(qr, box.x, box.y, box.dpi)
    body = type_size(box)
    beside = Stack(flow, beside_code(box, qr.width + qr.quiet + 2))
    beside.put([(label.shelf, LABEL_BOLD)], body * 2.4, most=1)
    beside.put_code(label.code, LABEL_BOLD, body + 0.5)
    beside.put([(words["arrived"].format(day=short_date(label.arrived_on)), LABEL)], body, most=2)
    rest = Stack(flow, below(box, max(beside.y, box.y + qr.width + qr.quiet / 2) + 1))
    flags = [words[key] for key, is_set in (("owes", label.owes), ("post", label.is_by_post)) if is_set]
    if label.originals:
        flags.append(words["originals"].format(count=label.originals))
    if flags:
        in_one = " · ".join(flags)
        is_one = len(wrap([(in_one, LABEL_BOLD)], body, box.width)) == 1
        rest.put([(in_one if is_one else "\n".join(flags), LABEL_BOLD)], body, most=1 if is_one else len(flags))
    rest.put_rest(label.procedure_name, LABEL, body)
    return QR_ONLY[0], text
