"""The label on the envelope that takes a result home: item code as Code 128, sender, receiver, money to take."""

from __future__ import annotations

import zxingcpp

from app.domain.money import format_money
from app.domain.route_papers import PostLabel
from app.printing.codes import MM, bars
from app.printing.flow import FIRM, Flow
from app.printing.fonts import LABEL, LABEL_BOLD
from app.printing.forms import load_form
from app.printing.label_face import LEADING_ON_LABELS, Box, Held, Stack, below, label_pdf, type_size
from app.printing.paragraph import Run, wrap
from app.printing.route_words import item_code_text

BAR_HEIGHT = 11 * MM
LEAST_ADDRESS = 5.5                # type size; a postman still reads it
RULE_AIR = 1.5                     # points above and below the rule over the money to take


def render_post_label(label: PostLabel, *, size: str = "80x60", copies: tuple[str, ...] | None = None) -> bytes:
    """The label as PDF of exactly `size` in millimetres ("80x60", "100x75" …), or on an "A4" sheet.

    Nothing of receiver and address is ever cut: what does not fit refuses `label_too_small`. Raises also
    `code_not_printable` and EnvironmentFault `barcode_unreadable`.
    """
    return label_pdf(lambda flow, box: draw_post_label(flow, label, box), size, len(copies or ("",)),
                     label.item_code)


def draw_post_label(flow: Flow, label: PostLabel, box: Box) -> Held:
    """The label in its box; returns the code to be read back."""
    words = load_form("post-label").words
    code_128 = bars(label.item_code, box.width + 2 * MM, box.dpi)
    if code_128 is None:
        raise box.too_small()
    body = type_size(box)
    sender = Stack(flow, box)
    said = "; ".join(part for part in (label.head.unit, label.head.contact, label.head.phone) if part)
    sent: list[Run] = [(words["sender"] + " " + said, LABEL)]
    least = len(wrap(sent, LEAST_ADDRESS, box.width))
    sender.put(sent, body - 1.5, most=max(2, least), least=LEAST_ADDRESS)
    top = sender.y + 1.5 * MM
    flow.bars(code_128, box.x + (box.width - code_128.width) / 2, top, BAR_HEIGHT, box.dpi)
    letters = wrap([(item_code_text(label.item_code), LABEL_BOLD)], body + 2, box.width)[0]
    y = top + BAR_HEIGHT + (body + 2) * 1.0
    flow.line(letters, box.x, y, body + 2, box.width, "centre")
    rest = Stack(flow, below(box, y + (body + 2) * 0.4))
    _put_receiver(rest, label, body)
    return zxingcpp.BarcodeFormat.Code128, label.item_code


def _put_receiver(rest: Stack, label: PostLabel, body: float) -> None:
    """Name, telephone and address as large as they fit together; below them money, note and dossier code."""
    words = load_form("post-label").words
    place = ", ".join(part for part in (label.address, label.commune, label.province) if part)
    phone = words["phone"].format(phone=label.receiver_phone) if label.receiver_phone else ""
    old = words["old"].format(address=label.old_address) if label.old_address else ""
    cod = words["cod"].format(amount=format_money(label.cod_amount)) if label.cod_amount else ""
    foot = " · ".join(part for part in (words["dossier"].format(code=label.code), label.note) if part)
    parts: list[tuple[list[Run], float]] = [
        ([(words["receiver"] + " ", LABEL), (label.receiver_name, LABEL_BOLD)], 1.5), ([(phone, LABEL)], 0.5),
        ([(place, LABEL_BOLD)], 1.0), ([(old, LABEL)], -0.5), ([(cod, LABEL_BOLD)], 1.0), ([(foot, LABEL)], -1.0),
    ]
    parts = [(runs, more) for runs, more in parts if runs[-1][0]]
    scale = _scale(rest, parts, body + 1)
    for runs, more in parts:
        size = max(LEAST_ADDRESS, scale + more)
        if runs[0][0] == cod:
            rest.y += RULE_AIR
            rest.flow.rule(rest.box.x, rest.y, rest.box.x + rest.box.width, rest.y, FIRM)
            rest.y += RULE_AIR
        rest.put(runs, size, most=len(wrap(runs, size, rest.box.width)), least=LEAST_ADDRESS)


def _scale(rest: Stack, parts: list[tuple[list[Run], float]], scale: float) -> float:
    """The largest type, up to `scale`, in which all parts fit with their differences; else the least."""
    while scale > LEAST_ADDRESS:
        tall = 0.0
        for runs, more in parts:
            size = max(LEAST_ADDRESS, scale + more)
            tall += len(wrap(runs, size, rest.box.width)) * size * LEADING_ON_LABELS
        if tall + 2 * RULE_AIR <= rest.left_over:
            break
        scale -= 0.25
    return scale
