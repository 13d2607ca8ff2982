"""Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: what the citizen carries home.

Every field of the form is printed from one frozen `ReceiptPaper`, in the words of the form set pinned at
reception (Thông tư 01/2018/TT-VPCP, Thông tư 03/2025/TT-VPCP); layout by Nghị định 30/2020 as far as A5 allows.
"""

from __future__ import annotations

from app.domain.papers import CopyMark, ReceiptPaper
from app.domain.receipt_code import qr_text
from app.printing.decode_back import check_codes
from app.printing.feet import draw_feet
from app.printing.flow import Flow, Page
from app.printing.fonts import ITALIC
from app.printing.forms import Form, receipt_form
from app.printing.receipt_layout import ReceiptLayout, lay_out_receipt
from app.printing.sheet import write_pdf


def render_receipt(paper: ReceiptPaper, *, size: str = "A5", copies: tuple[str, ...] | None = None,
                   mark: CopyMark | None = None) -> bytes:
    """The receipt as PDF on "A5" or "A4", one complete set of pages per copy.

    `copies` are the names of the copies; None means the two of the form (liên 1 kept, liên 2 for the submitter).
    `mark` with a number ≥ 1 prints BẢN SAO on every page, with time and clerk.
    Refuses (`code_too_long`, `code_not_printable`) what no barcode can carry. The codes are not read back here:
    see `render_checked_receipt`.
    """
    return _write(paper, lay_out_receipt(paper, size, mark), copies, mark)


def render_checked_receipt(paper: ReceiptPaper, *, size: str = "A5", copies: tuple[str, ...] | None = None,
                           mark: CopyMark | None = None, dpi: int = 203) -> bytes:
    """`render_receipt`, then both codes read back at `dpi`; EnvironmentFault("barcode_unreadable") if not.

    Only the strip that carries the codes is rasterised; all copies share it.
    """
    layout = lay_out_receipt(paper, size, mark)
    pdf = _write(paper, layout, copies, mark)
    check_codes(pdf, paper.code, qr_content=qr_text(paper.code, paper.version), dpi=dpi,
                area=(layout.area.top, layout.area.bottom))
    return pdf


def _write(paper: ReceiptPaper, layout: ReceiptLayout, copies: tuple[str, ...] | None,
           mark: CopyMark | None) -> bytes:
    form = receipt_form(paper.form_set)
    names = form.copies if copies is None else copies
    own_marks = [_own_marks(paper, form, layout, name, mark) for name in names]
    return write_pdf(layout.sheet, layout.pages, own_marks, paper.code)


def _own_marks(paper: ReceiptPaper, form: Form, layout: ReceiptLayout, copy: str,
               mark: CopyMark | None) -> list[Page]:
    """What one copy alone shows: its name at the top of page 1, and the foot of each page."""
    sheet, words = layout.sheet, form.words
    said = [words["footer_code"].format(code=paper.code), copy]
    if mark and mark.number:
        said.append(words["copy_mark"].format(number=mark.number))
    feet = draw_feet(sheet, " · ".join(said), words["footer_page"], len(layout.pages))
    first = Flow(sheet)
    first.text([(copy, ITALIC)], sheet.small)
    feet[0].texts += first.page.texts
    return feet
