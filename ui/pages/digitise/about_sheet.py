"""What a paper says of itself: number, day, issuer, signer. All of it may stay empty."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.digitised import PaperAbout
from app.domain.vietnamese_dates import short_date
from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.line_field import LineField

_DAY = re.compile(r"([0-9]{1,2})[/.\- ]?([0-9]{1,2})[/.\- ]?([0-9]{4})")


def read_day(text: str) -> date | None:
    """3/11/2026, 03-11-2026 or 03112026; None for anything else. Raises ValueError for a day that is none."""
    found = _DAY.fullmatch(text.strip())
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


class AboutSheet(Sheet):
    """`confirmed`, then `about()`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Thông tin giấy tờ"), tr("Giữ thông tin"), way_back=tr("Thôi"), width=720)
        self._about = PaperAbout()
        self.number = LineField(tr("Số, ký hiệu"))
        self.issued_on = LineField(tr("Ngày ban hành"), hint="dd/mm/yyyy", is_figures=True)
        self.issuer = LineField(tr("Cơ quan ban hành"))
        self.signer = LineField(tr("Người ký"))
        self.valid_to = LineField(tr("Có giá trị đến ngày"), hint="dd/mm/yyyy", is_figures=True)
        self.excerpt = LineField(tr("Trích yếu"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, field in enumerate((self.number, self.issued_on, self.issuer, self.signer)):
            grid.addWidget(field, place // 2, place % 2)
        grid.addWidget(self.valid_to, 2, 0)
        grid.addWidget(self.excerpt, 3, 0, 1, 2)
        self.content.addLayout(grid)

    def show_about(self, name: str, about: PaperAbout) -> None:
        self.title.setText(name)
        self._about = about
        for field, text in (
            (self.number, about.number), (self.issuer, about.issuer), (self.signer, about.signer),
            (self.excerpt, about.excerpt),
            (self.issued_on, short_date(about.issued_on) if about.issued_on else ""),
            (self.valid_to, short_date(about.valid_to) if about.valid_to else ""),
        ):
            field.set_text(text)
            field.set_message("")

    def about(self) -> PaperAbout:
        return replace(
            self._about, number=self.number.text().strip(), issuer=self.issuer.text().strip(),
            signer=self.signer.text().strip(), excerpt=self.excerpt.text().strip(),
            issued_on=self._day(self.issued_on), valid_to=self._day(self.valid_to),
        )

    def may_confirm(self) -> bool:
        days = (self.issued_on, self.valid_to)
        wrong = [field for field in days if field.text().strip() and self._day(field) is None]
        for field in wrong:
            field.set_message(tr("Ngày chưa đúng. Ví dụ 03/11/2026."))
        if wrong:
            wrong[0].line.setFocus()
        return not wrong

    @staticmethod
    def _day(field: LineField) -> date | None:
        try:
            return read_day(field.text())
        except ValueError:
            return None
