"""The label on the sleeve of one original: which dossier, which paper, which of how many. No citizen's name."""

from __future__ import annotations

from app.domain.original_code import original_text
from app.domain.route_papers import OriginalLabel
from app.domain.vietnamese_dates import short_date
from app.printing.codes import square
from app.printing.decode_back import QR_ONLY
from app.printing.flow import Flow
from app.printing.fonts import LABEL, LABEL_BOLD
from app.printing.forms import load_form
from app.printing.label_face import LEAST_TYPE, Box, Held, Stack, below, beside_code, label_pdf, type_size
from app.printing.paragraph import wrap

MODULE_MM = 0.5


def render_original_label(label: OriginalLabel, *, size: str = "80x50",
                          copies: tuple[str, ...] | None = None) -> bytes:
    """The label as PDF of exactly `size` in millimetres ("58x40", "80x50" …), or on an "A4" sheet.

    A name too long even in the least type ends in "…". Raises Refusal `label_too_small`, `code_not_printable`,
    EnvironmentFault `barcode_unreadable`.
    """
    return label_pdf(lambda flow, box: draw_original_label(flow, label, box), size, len(copies or ("",)),
                     label.code)


def draw_original_label(flow: Flow, label: OriginalLabel, box: Box) -> Held:
    """The label in its box; returns the code to be read back."""
    words = load_form("original-label").words
    text = original_text(label.code, label.requirement, label.number)
    qr = square(text, MODULE_MM, box.dpi)
    if qr.width + qr.quiet > box.height or qr.width + qr.quiet > box.width * 0.6:
        raise box.too_small()
    flow.square(qr, box.x, box.y, box.dpi)
    body = type_size(box)
    beside = Stack(flow, beside_code(box, qr.width + qr.quiet + 2))
    title = words["title"].format(number=label.number, count=label.count)
    beside.put([(title, LABEL_BOLD)], body * 1.5, most=1)
    beside.put_code(label.code, LABEL_BOLD, body + 0.5)
    beside.put([(words["received"].format(day=short_date(label.received_on)), LABEL)], body, most=2)
    if len(wrap([(words["sleeve"], LABEL)], LEAST_TYPE, beside.box.width)) == 1:
        beside.put([(words["sleeve"], LABEL)], body - 1, most=1)
    rest = Stack(flow, below(box, max(beside.y, box.y + qr.width + qr.quiet / 2) + 1))
    rest.put_rest(label.name, LABEL_BOLD, body + 0.5)
    return QR_ONLY[0], text
