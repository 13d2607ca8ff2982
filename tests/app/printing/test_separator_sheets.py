"""Separator sheets: every code reads back, every name fits, nothing stands on anything."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from app.domain.papers import OfficeHead
from app.domain.separator import BARS, END, QR_PLACES, SeparatorLine, read_separator, requirement_key
from app.errors import EnvironmentFault, Refusal
from app.imaging.separator_mark import has_separator_mark
from app.printing import separator_sheets
from app.printing.decode_back import BOTH, codes_on_pages
from app.printing.flow import Flow, Page
from app.printing.separator_sheets import render_separator_sheets
from tests.app.printing.reading import collisions, page_texts, strays
from tests.app.printing.samples import HEAD, HUGE_PAPER_NAME, LONG_CODE

LINES = (
    SeparatorLine(1, "1", "Tờ khai cấp Phiếu lý lịch tư pháp theo Mẫu số 03/2013/TT-LLTP", 3),
    SeparatorLine(12, "mã giấy tờ rất dài của tỉnh / 000.00.00.H47", HUGE_PAPER_NAME),
    SeparatorLine(1234, "X1", ""),
)
QR, CODE_128 = BOTH[1], BOTH[0]


def test_each_sheet_says_its_requirement_in_every_code() -> None:
    pages = codes_on_pages(render_separator_sheets(HEAD, LONG_CODE, LINES), dpi=300)
    assert len(pages) == len(LINES) + 1
    for found, line in zip(pages, (*LINES, SeparatorLine(0, END, "")), strict=True):
        said = {(kind, read_separator(text)) for kind, text in found}
        key = END if line.requirement == END else requirement_key(line.requirement)
        squares = sorted(one.place for kind, one in said if one and kind == QR)
        assert squares == list(QR_PLACES)
        assert {(one.code, one.key, one.sheets) for _, one in said if one} == {(LONG_CODE, key, line.sheets)}
        assert all(one and (kind == CODE_128) == (one.place == BARS) for kind, one in said)
        assert any(kind == CODE_128 for kind, _ in said) == (not key.startswith("+"))


def test_words_for_the_clerk_stand_on_each_sheet() -> None:
    texts = page_texts(render_separator_sheets(HEAD, LONG_CODE, LINES))
    for text, line in zip(texts, LINES, strict=False):
        for words in ("TỜ NGĂN CÁCH", "không thuộc hồ sơ", LONG_CODE, f"TRƯỚC giấy tờ của mục {line.ordinal}"):
            assert words in text
    assert "Giấy tờ của mục này: 3 tờ" in texts[0] and LINES[0].name in texts[0]
    assert "…" in texts[1] and HUGE_PAPER_NAME[:80] in texts[1]
    assert "HẾT" in texts[-1]


def test_nothing_overlaps_and_nothing_runs_into_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Page] = []
    write = separator_sheets.write_pdf

    def keep(paper: object, pages: list[Page], copies: object, title: str) -> bytes:
        drawn.extend(pages)
        return write(paper, pages, copies, title)  # type: ignore[arg-type]

    monkeypatch.setattr(separator_sheets, "write_pdf", keep)
    wordy = replace(HEAD, unit="Trung tâm Phục vụ hành chính công " * 8)
    render_separator_sheets(wordy, LONG_CODE, (*LINES, SeparatorLine(2, "2", "KHÔNGDẤUCÁCH" * 60)))
    assert len(drawn) == 5
    for page in drawn:
        assert collisions(page) == []
        assert strays(page, separator_sheets._A4) == []


def test_the_frame_is_seen_on_every_sheet() -> None:
    document = pypdfium2.PdfDocument(render_separator_sheets(HEAD, LONG_CODE, LINES))
    try:
        for page in document:
            assert has_separator_mark(page.render(scale=150 / 72).to_pil().convert("L"))
    finally:
        document.close()


def test_the_same_sheets_are_the_same_bytes() -> None:
    one, other = (render_separator_sheets(HEAD, LONG_CODE, LINES[:1]) for _ in range(2))
    assert one == other


def test_a_sheet_whose_code_does_not_read_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    square = Flow.square

    def soiled(self: Flow, code: object, x: float, y: float, dpi: int = 300) -> None:
        square(self, code, x, y, dpi)  # type: ignore[arg-type]
        self.rule(x, y + 12, x + 60, y + 12, 30)

    monkeypatch.setattr(Flow, "square", soiled)
    with pytest.raises(EnvironmentFault, match="barcode_unreadable"):
        render_separator_sheets(HEAD, LONG_CODE, LINES[:1], has_end=False)


def test_a_code_that_no_square_can_hold_is_refused() -> None:
    with pytest.raises(Refusal, match="code_not_printable"):
        render_separator_sheets(OfficeHead("", "", "", ""), "hồ sơ 1", LINES[:1])
