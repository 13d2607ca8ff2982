"""From laid-out pages to the paper in hand: copies named, each page's foot, codes read back."""

from __future__ import annotations

from datetime import datetime

from app.domain.vietnam_time import local
from app.printing.decode_back import check_codes
from app.printing.feet import draw_feet
from app.printing.flow import Flow, Page
from app.printing.fonts import ITALIC
from app.printing.forms import Form
from app.printing.heading import CodeArea
from app.printing.sheet import write_pdf

CHECKED_DPI = 203                  # coarser than any office printer


def hand_out(flow: Flow, form: Form, *, code: str, area: CodeArea | None, copies: tuple[str, ...] | None,
             foot: str = "") -> bytes:
    """The PDF of the pages of `flow`, once per copy: None means the copies of the form.

    The foot of every page says code, `foot`, copy (of several) and page. Where the paper has codes (`area`), Code
    128 and QR of page 1 must read back as `code`: EnvironmentFault("barcode_unreadable") when they do not.
    """
    names = form.copies if copies is None else copies
    is_alone = len(names) == 1
    said = [form.words["footer_code"].format(code=code) if code else "", foot]
    own_marks = [_own_marks(flow, form, said, name, is_alone) for name in names]
    pdf = write_pdf(flow.paper, flow.pages, own_marks, f"{form.title} {code}".rstrip())
    if area is not None:
        check_codes(pdf, code, dpi=CHECKED_DPI, area=(area.top, area.bottom))
    return pdf


def printed_by(form: Form, printed_at: datetime, clerk_name: str) -> str:
    """For the foot of a paper nobody signs: when and by whom it was printed."""
    return form.words["printed"].format(time=local(printed_at).strftime("%H:%M %d/%m/%Y"), clerk=clerk_name)


def _own_marks(flow: Flow, form: Form, said: list[str], copy: str, is_alone: bool) -> list[Page]:
    """What one copy alone shows: its name at the top of page 1, and the foot of each page."""
    foot = " · ".join(part for part in [*said, "" if is_alone else copy] if part)
    feet = draw_feet(flow.paper, foot, form.words["footer_page"], len(flow.pages))
    if copy:
        first = Flow(flow.paper)
        first.text([(copy, ITALIC)], flow.paper.small)
        feet[0].texts += first.page.texts
    return feet
