"""Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: what the citizen carries home.

Every field of the form is printed from one frozen `ReceiptPaper`, in the words of the form set pinned at
reception. Layout by Nghị định 30/2020 as far as A5 allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.papers import CopyMark, FeeLine, PaperLine, ReceiptPaper
from app.printing.closing import draw_closing
from app.printing.decode_back import check_codes
from app.printing.flow import FIRM, HAIR, PAPERS, Flow, Page, Paper
from app.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, ROMAN
from app.printing.forms import Form, receipt_form
from app.printing.heading import CodeArea, draw_codes, draw_head
from app.printing.paragraph import Line, Run, wrap
from app.printing.phrases import clock_time, dong, local
from app.printing.sheet import write_pdf
from app.printing.table import LEADING, Column, Heading, Table

TAX_CODE = re.compile(r"\d{10}(-?\d{3})?")
OPEN = "…………………"               # a value nobody gave: room to write by hand
NONE_OF_THEM = "–"                 # a count of nought that cannot be turned into a number with a pen


@dataclass(frozen=True, slots=True)
class _Layout:
    paper: Paper
    pages: list[Page]
    copy_line: float               # baseline of "(Liên …)" on page 1
    area: CodeArea


def render_receipt(paper: ReceiptPaper, *, size: str = "A5", copies: tuple[str, ...] | None = None,
                   mark: CopyMark | None = None) -> bytes:
    """The receipt as PDF on "A5" or "A4", one complete set of pages per copy.

    `copies` are the names of the copies; None means the two of the form (liên 1 kept, liên 2 for the submitter).
    `mark` with a number ≥ 1 prints BẢN SAO on every page, with time and clerk.
    Refuses (`code_too_long`, `code_not_printable`) what no barcode can carry. The codes are not read back here:
    see `render_checked_receipt`.
    """
    return _write(paper, _lay_out(paper, size, mark), copies, mark)


def render_checked_receipt(paper: ReceiptPaper, *, size: str = "A5", copies: tuple[str, ...] | None = None,
                           mark: CopyMark | None = None, dpi: int = 203) -> bytes:
    """`render_receipt`, then both codes read back at `dpi`; EnvironmentFault("barcode_unreadable") if they are not.

    Only the strip that carries the codes is rasterised, and all copies show the same page content.
    """
    layout = _lay_out(paper, size, mark)
    pdf = _write(paper, layout, copies, mark)
    check_codes(pdf, paper.code, dpi=dpi, area=(layout.area.top, layout.area.bottom))
    return pdf


def _lay_out(paper: ReceiptPaper, size: str, mark: CopyMark | None) -> _Layout:
    """Comfortable spacing; the tight one where it saves a sheet."""
    loose = _Receipt(paper, PAPERS[size], mark, gap=0.3).layout()
    if len(loose.pages) == 1:
        return loose
    tight = _Receipt(paper, PAPERS[size], mark, gap=0.08).layout()
    return tight if len(tight.pages) < len(loose.pages) else loose


def _write(paper: ReceiptPaper, layout: _Layout, copies: tuple[str, ...] | None, mark: CopyMark | None) -> bytes:
    form = receipt_form(paper.form_set)
    names = form.copies if copies is None else copies
    own_marks = [_own_marks(paper, form, layout, name, mark) for name in names]
    return write_pdf(layout.paper, layout.pages, own_marks, paper.code)


def _own_marks(paper: ReceiptPaper, form: Form, layout: _Layout, copy: str, mark: CopyMark | None) -> list[Page]:
    """What one copy alone shows: its name under the title, and the foot of each page."""
    sheet = layout.paper
    said = [copy]
    if mark and mark.number:
        said.append(form.words["copy_mark"].format(number=mark.number))
    out = []
    for number in range(1, len(layout.pages) + 1):
        flow = Flow(sheet)
        if number == 1:
            for line in wrap([(form.words["copy"].format(copy=copy), ITALIC)], sheet.body, sheet.room):
                flow.line(line, sheet.left, layout.copy_line, sheet.body, sheet.room, "centre")
        baseline = sheet.end + sheet.small * 1.6
        flow.rule(sheet.left, baseline - sheet.small, sheet.left + sheet.room, baseline - sheet.small, HAIR)
        baseline += 1
        for text, face, align in (
            (form.words["footer_code"].format(code=paper.code), ROMAN, "left"),
            (" · ".join(said), BOLD_ITALIC, "centre"),
            (form.words["footer_page"].format(page=number, pages=len(layout.pages)), ROMAN, "right"),
        ):
            for line in wrap([(text, face)], sheet.small, sheet.room):
                flow.line(line, sheet.left, baseline, sheet.small, sheet.room, align)
        out.append(flow.page)
    return out


class _Receipt:
    """One receipt being laid out; `gap` is the air between fields in em."""

    def __init__(self, paper: ReceiptPaper, sheet: Paper, mark: CopyMark | None, gap: float) -> None:
        self.paper, self.sheet, self.mark = paper, sheet, mark
        self.form = receipt_form(paper.form_set)
        self.words = self.form.words
        self.flow = Flow(sheet)
        self.gap = gap * sheet.body

    def layout(self) -> _Layout:
        paper, flow = self.paper, self.flow
        draw_head(flow, self.form, paper.head, number=paper.book_number, day=local(paper.received_at).date())
        flow.skip(5 + self.gap)
        area = draw_codes(flow, self.form, paper.code)
        copy_line = self._title()
        self._people()
        self._request()
        self._papers()
        self._terms()
        self._fees()
        self._register()
        draw_closing(flow, self.form, paper, self.gap)
        return _Layout(self.sheet, flow.pages, copy_line, area)

    def _field(self, label: str, value: str, *, face: str = ROMAN, after: str = "") -> None:
        runs: list[Run] = [(label + " ", ROMAN), (value or OPEN, face)]
        if after:
            runs.append((" " + after, ROMAN))
        self.flow.text(runs, self.sheet.body, align="both")
        self.flow.skip(self.gap)

    def _pair(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        """Two short fields on one line, or below each other when either is too long for its half."""
        flow, sheet = self.flow, self.sheet
        half = sheet.room / 2
        cells = [wrap([(f"{label} ", ROMAN), (value or OPEN, ROMAN)], sheet.body, half - 6) for label, value in
                 (first, second)]
        if any(len(cell) > 1 for cell in cells):
            self._field(*first)
            self._field(*second)
            return
        flow.need(sheet.body * 1.18)
        for column, cell in enumerate(cells):
            flow.line(cell[0], sheet.left + column * half, flow.y + sheet.body * 0.93, sheet.body, half)
        flow.skip(sheet.body * 1.18 + self.gap)

    def _title(self) -> float:
        flow, sheet, paper, words = self.flow, self.sheet, self.paper, self.words
        flow.skip(4 + self.gap)
        flow.text([(self.form.title, BOLD)], sheet.title, align="centre")
        copy_line = flow.y + sheet.body * 0.93
        flow.skip(sheet.body * 1.18)
        if self.mark and self.mark.number:
            flow.text([(words["copy_mark"].format(number=self.mark.number), BOLD)], sheet.title, align="centre")
            said = words["copy_mark_by"].format(time=clock_time(self.mark.printed_at), clerk=self.mark.clerk_name)
            flow.text([(said, ITALIC)], sheet.body, align="centre")
        if paper.version > 1:
            said = words["correction"].format(times=paper.version - 1, version=paper.version)
            flow.text([(said, BOLD)], sheet.body, align="centre")
            if paper.correction:
                said = words["correction_reason"].format(reason=paper.correction)
                flow.text([(said, ITALIC)], sheet.body, align="centre")
        flow.skip(3 + self.gap)
        return copy_line

    def _people(self) -> None:
        paper, words = self.paper, self.words
        self._field(words["receiving_unit"], paper.head.unit)
        self._field(words["applicant"], paper.applicant_name, face=BOLD)
        is_tax_code = TAX_CODE.fullmatch(paper.identifier) is not None
        self._field(words["tax_code" if is_tax_code else "identifier"], paper.identifier)
        if paper.is_delegate or paper.submitter_name != paper.applicant_name:
            shown = words["delegate_paper"].format(paper=paper.delegate_paper) if paper.delegate_paper else ""
            after = words["delegate"].format(paper=shown) if paper.is_delegate else ""
            self._field(words["submitter"], paper.submitter_name, face=BOLD, after=after)
        self._field(words["address"], paper.address)
        self._pair((words["phone"], paper.phone), (words["email"], paper.email))

    def _request(self) -> None:
        paper, words = self.paper, self.words
        after = words["procedure_code"].format(code=paper.procedure_code) if paper.procedure_code else ""
        self._field(words["request"], paper.procedure_name, face=BOLD, after=after)
        if paper.case_name:
            self._field(words["case"], paper.case_name)
        self._field(words["agency"], paper.agency_name)
        self._field(words["channel"], paper.channel)

    def _papers(self) -> None:
        flow, sheet, words, paper = self.flow, self.sheet, self.words, self.paper
        if not paper.papers:
            self._field(words["papers"], words["no_paper"], face=ITALIC)
        else:
            self._papers_table()
        kept = "; ".join(paper.originals_kept) or words["no_originals"]
        self._field(words["originals"], kept, face=BOLD if paper.originals_kept else ROMAN)

    def _papers_table(self) -> None:
        flow, sheet, words = self.flow, self.sheet, self.words
        count_width = 4.6 * sheet.small
        number_width = 2.7 * sheet.small
        name_width = sheet.room - number_width - 3 * count_width
        left = sheet.left
        xs = [left, left + number_width, left + number_width + name_width]
        xs += [xs[2] + count_width, xs[2] + 2 * count_width]
        columns = [Column(xs[0], number_width, "centre"), Column(xs[1], name_width),
                   *(Column(x, count_width, "centre") for x in xs[2:])]
        row = sheet.small * LEADING
        top, bottom = row + 2, 3 * row + 5

        def heading(key: str, x: float, width: float, y1: float, y2: float) -> Heading:
            return Heading(tuple(wrap([(words[key], BOLD)], sheet.small, width - 3)), x, width, y1, y2)

        headings = [heading("column_row", xs[0], number_width, 0, bottom),
                    heading("column_paper", xs[1], name_width, 0, bottom),
                    heading("column_count", xs[2], 3 * count_width, 0, top),
                    *(heading(key, x, count_width, top, bottom) for key, x in
                      zip(("column_original", "column_certified", "column_copy"), xs[2:], strict=True))]
        size = sheet.body - 0.5
        pad = 2.0 if sheet.name == "A5" else 3.0
        table = Table(flow, columns, headings, size=size, head_size=sheet.small, pad=pad)
        rows = [self._paper_row(number, line, columns, size, pad) for number, line in enumerate(self.paper.papers, 1)]
        title = wrap([(words["papers"], ROMAN)], sheet.body, sheet.room)
        flow.need(len(title) * sheet.body * 1.18 + bottom + 3 * size * LEADING)
        flow.lines(title, sheet.body)
        flow.skip(2)
        table.begin(rows[0])
        for cells in rows:
            table.row(cells)
        flow.skip(2 + self.gap)

    def _paper_row(self, number: int, line: PaperLine, columns: list[Column], size: float,
                   pad: float) -> list[list[Line]]:
        name: list[Run] = [(line.name, ROMAN)]
        if line.note:
            name.append((f" ({line.note})", ITALIC))
        cells: list[list[Run]] = [[(str(number), ROMAN)], name]
        cells += [[(str(count) if count else NONE_OF_THEM, ROMAN)]
                  for count in (line.originals, line.certified, line.copies)]
        return [wrap(cell, size, column.width - 2 * pad) for cell, column in zip(cells, columns, strict=True)]

    def _terms(self) -> None:
        paper, words = self.paper, self.words
        self._field(words["sets"], words["sets_unit"].format(count=f"{paper.sets:02d}"))
        self._field(words["processing"], paper.processing_time)
        self._field(words["received"], clock_time(paper.received_at))
        self._due()
        self._field(words["return"], paper.return_place)

    def _due(self) -> None:
        """The date the citizen lives by: framed, in the largest type of the body."""
        flow, sheet, paper, words = self.flow, self.sheet, self.paper, self.words
        pad = 4.0
        room = sheet.room - 2 * pad
        big = sheet.body + 2
        said = words["no_due"] if paper.due_at is None else clock_time(paper.due_at)
        label = wrap([(words["due"], ROMAN)], sheet.body, room)
        value = wrap([(said, BOLD)], big, room)
        is_one_line = len(label) == len(value) == 1 and label[0].width + value[0].width + 6 <= room
        note = wrap([(paper.due_note, ITALIC)], sheet.body - 0.5, room) if paper.due_note else []
        step, note_step = big * 1.18, (sheet.body - 0.5) * 1.18
        height = 2 * pad + step * len(value) + note_step * len(note)
        height += 0 if is_one_line else sheet.body * 1.18 * len(label)
        flow.skip(1)
        flow.need(height + 2)
        flow.box(sheet.left, flow.y, sheet.room, height, FIRM)
        y = flow.y + pad
        x = sheet.left + pad
        if is_one_line:
            flow.line(label[0], x, y + big * 0.9, sheet.body, room)
            flow.line(value[0], x, y + big * 0.9, big, room, "right")
            y += step
        else:
            for line in label:
                flow.line(line, x, y + sheet.body * 0.9, sheet.body, room)
                y += sheet.body * 1.18
            for line in value:
                flow.line(line, x, y + big * 0.9, big, room, "centre")
                y += step
        for line in note:
            flow.line(line, x, y + (sheet.body - 0.5) * 0.9, sheet.body - 0.5, room, "right" if is_one_line else "centre")
            y += note_step
        flow.skip(height + 2 + self.gap)

    def _fees(self) -> None:
        paper, words = self.paper, self.words
        if len(paper.fees) < 2:
            said = "; ".join(self._fee(line) for line in paper.fees) or words["no_fees"]
            self._field(words["fees"], said, after=f"({paper.fee_note})" if paper.fee_note else "")
            return
        self._field(words["fees"], paper.fee_note or " ")
        for line in paper.fees:
            self._fee_row(line.name + (f" ({line.note})" if line.note else ""), self._amount(line), ROMAN)
        amounts = [line.amount for line in paper.fees]
        if None not in amounts:
            total = sum(amount for amount in amounts if amount is not None)
            self._fee_row(words["fee_total"], dong(total), BOLD)
        self.flow.skip(self.gap)

    def _amount(self, line: FeeLine) -> str:
        return self.words["fee_unknown"] if line.amount is None else dong(line.amount)

    def _fee(self, line: FeeLine) -> str:
        note = f" ({line.note})" if line.note else ""
        return f"{line.name}: {self._amount(line)}{note}"

    def _fee_row(self, name: str, amount: str, face: str) -> None:
        """Name on the left, amount on the right at the last line of the name."""
        flow, sheet = self.flow, self.sheet
        shown = wrap([(amount, face)], sheet.body, sheet.room / 2)
        room = sheet.room - shown[0].width - 14
        flow.need(sheet.body * 1.18 * 2)
        flow.text([("– " + name, face)], sheet.body, x=sheet.left + 8, room=room - 8)
        flow.line(shown[0], sheet.left, flow.y - sheet.body * 0.25, sheet.body, sheet.room, "right")

    def _register(self) -> None:
        said = self.words["register"].format(book=self.paper.book, number=self.paper.book_number)
        self.flow.text([(said, ROMAN)], self.sheet.body)
        self.flow.skip(self.gap)
