"""Phiếu chuyển khoản: a square that any banking app fills a transfer in from, and the same in letters below it."""

from __future__ import annotations

from app.domain.money import format_money
from app.domain.till.papers import TransferSlipPaper
from app.printing.codes import MM, Square, square
from app.printing.decode_back import QR_ONLY, check_codes
from app.printing.fields import put_field
from app.printing.flow import ASCENT, FIRM, LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import CHECKED_DPI, hand_out, printed_by
from app.printing.heading import CodeArea
from app.printing.paragraph import wrap

SHARE = 0.56                       # of the sheet's room, for the square: telephones read it from a hand's width
MOST_MM = 74.0
LEAST_MODULE_MM = 0.5
DENSE = 0.8                        # of that, where the words need the room
AMOUNT = 6.0                       # points above the title
TOKEN = 10.0                       # points above the body


def render_transfer_slip(paper: TransferSlipPaper, *, size: str = "A5",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The slip as PDF on "A5" or "A6"; its square reads back as the payload.

    Raises EnvironmentFault `barcode_unreadable`.
    """
    form = load_form("transfer-slip")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    pdf = hand_out(flow, form, code=paper.called, area=None, copies=copies,
                   foot=printed_by(form, paper.made_at, ""))
    check_codes(pdf, paper.payload, dpi=CHECKED_DPI, area=(area.top, area.bottom), formats=QR_ONLY)
    return pdf


def _lay_out(paper: TransferSlipPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea]:
    words = form.words
    flow = Flow(setting, most_pages)
    flow.skip(setting.small * LEADING)             # a copy's mark stands there
    flow.text([(paper.head.unit.upper(), BOLD)], setting.head, align="centre")
    flow.skip(3 + setting.gap)
    flow.text([(form.title, BOLD)], setting.title, align="centre")
    flow.text([(words["scan"], ITALIC)], setting.body, align="centre")
    area = _put_square(flow, paper.payload)
    flow.text([(words["amount"].format(amount=format_money(paper.amount)), BOLD)], setting.title + AMOUNT,
              align="centre")
    flow.text([(paper.said, ITALIC)], setting.body, align="centre")
    flow.skip(3 + setting.gap)
    for name, face in (("bank_name", ROMAN), ("account", BOLD), ("holder", ROMAN), ("purpose", BOLD),
                       ("payer", ROMAN), ("called", ROMAN)):
        value = getattr(paper, name)
        if value:
            put_field(flow, words[name.removesuffix("_name")], value, face=face)
    _put_token(flow, form, paper.token)
    for note in form.notes.values():
        flow.text([(note, ROMAN)], setting.small, align="both")
    return flow, area


def _put_square(flow: Flow, payload: str) -> CodeArea:
    """As large as a good slip has room for, in the middle."""
    sheet = flow.paper
    wanted = min(sheet.room * SHARE, MOST_MM * MM) * (1.0 if sheet.gap > 1 else DENSE)
    code = _square(payload, wanted)
    flow.skip(code.quiet)
    flow.need(code.width + code.quiet)
    top = flow.y
    flow.square(code, sheet.left + (sheet.room - code.width) / 2, top)
    flow.skip(code.width + code.quiet)
    return CodeArea(top - code.quiet, top + code.width + code.quiet)


def _square(payload: str, wanted: float) -> Square:
    modules = square(payload, LEAST_MODULE_MM).modules
    return square(payload, max(LEAST_MODULE_MM, wanted / modules / MM))


def _put_token(flow: Flow, form: Form, token: str) -> None:
    """In a box, in the largest type of the slip: it is read out over the counter and copied by hand."""
    sheet = flow.paper
    size = sheet.body + TOKEN
    label = wrap([(form.words["token"], ROMAN)], sheet.small, sheet.room)[0]
    letters = wrap([(token, BOLD)], size, sheet.room)[0]
    inner = 3.0
    height = sheet.small * LEADING + size * LEADING + 2 * inner
    width = max(label.width, letters.width) + 10 * inner
    flow.skip(2)
    flow.need(height + 4)
    x = sheet.left + (sheet.room - width) / 2
    flow.box(x, flow.y, width, height, FIRM)
    flow.line(label, x, flow.y + inner + sheet.small * ASCENT, sheet.small, width, "centre")
    flow.line(letters, x, flow.y + inner + sheet.small * LEADING + size * ASCENT, size, width, "centre")
    flow.skip(height + 4 + sheet.gap)
