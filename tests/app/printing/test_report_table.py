"""Reports on paper: every figure of every row, the head again on each page, and nothing on top of anything."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from app.domain.reports.table import Column, ColumnKind, ReportTable, Row
from app.printing import report_table
from app.printing.flow import Page
from app.printing.formats import Paper
from app.printing.report_table import render_report
from tests.app.printing.reading import collisions, page_texts, squeezed, strays
from tests.app.printing.report_samples import II_06A, LIST_COLUMNS, list_rows, list_table


def words_of(table: ReportTable, **options: object) -> str:
    return squeezed(" ".join(page_texts(render_report(table, **options))))  # type: ignore[arg-type]


def sheet_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    return "A4 landscape" if width > height else "A4"


@pytest.mark.parametrize("said", [
    "Đơn vị báo cáo: Trung tâm Phục vụ hành chính công tỉnh Mẫu", "Đơn vị nhận báo cáo: Văn phòng UBND tỉnh Mẫu",
    "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU",
    "Quý I năm 2026 (từ ngày 15/12/2025 đến ngày 14/03/2026)", "Đơn vị tính: Số hồ sơ TTHC", "Tiếp nhận",
    "Đã giải quyết", "Đang giải quyết", "Trực tiếp, dịch vụ bưu chính", "(3)=(4)+(5)+(6)", "(11)=(12)+(13)",
    "A Cấp tỉnh 814 764 0 50 782 717 55 10 32 30 2", "Tổng cộng 1.144.056 764",
    "Cột (9) gồm hồ sơ trả lại; cột (12) gồm hồ sơ chờ bổ sung.", "Hà Nam, ngày 14 tháng 3 năm 2026", "NGƯỜI LẬP",
    "THỦ TRƯỞNG ĐƠN VỊ", "Trần Thị Thử", "Lập lúc 16 giờ 00 phút, ngày 14/03/2026",
])
def test_the_report_of_the_form_says(said: str) -> None:
    assert squeezed(said) in words_of(II_06A, place="Hà Nam")


def test_only_a_paper_with_a_place_is_signed() -> None:
    assert "NGƯỜILẬP" not in words_of(II_06A)


def test_thirteen_columns_are_turned_and_four_stand_upright() -> None:
    narrow = replace(II_06A, columns=II_06A.columns[:4], rows=(Row(("A", "Cấp tỉnh", 1, 2)),))
    assert [sheet_of(render_report(each)) for each in (II_06A, narrow)] == ["A4 landscape", "A4"]
    assert sheet_of(render_report(narrow, size="A4 landscape")) == "A4 landscape"


@pytest.mark.parametrize("place", [None, "Thử"])
@pytest.mark.parametrize("count", [1, 30, 45, 60, 61, 62, 200])
def test_no_row_is_lost_and_every_page_has_the_head(count: int, place: str | None) -> None:
    texts = page_texts(render_report(list_table(), rows=list_rows(count), place=place))
    assert all("Mã hồ sơ" in text and "(7)" in text for text in texts)
    assert [f"Trang {at}/{len(texts)}" in text for at, text in enumerate(texts, 1)] == [True] * len(texts)
    together = squeezed(" ".join(texts))
    for row in list_rows(count):
        assert str(row.cells[1]) in together
    last = squeezed(texts[-1])
    assert f"H47.15-260102-{count:04d}" in last, "what is signed stands below a row"


def test_rows_read_one_by_one_are_the_same_paper() -> None:
    rows = tuple(list_rows(20))
    assert squeezed(words_of(list_table(*rows))) == squeezed(words_of(list_table(), rows=iter(rows)))


def test_how_far_it_is_can_be_watched() -> None:
    seen: list[int] = []
    render_report(list_table(), rows=list_rows(501), progress=seen.append)
    assert seen == [500, 501]


def test_a_report_without_rows_says_so() -> None:
    assert squeezed("Không có dòng nào trong kỳ này.") in words_of(list_table())


def test_a_wrong_row_stops_the_paper() -> None:
    with pytest.raises(ValueError, match="cells for"):
        render_report(list_table(), rows=[Row((1,))])


def _laid_out(table: ReportTable, monkeypatch: pytest.MonkeyPatch, **options: object) -> tuple[Paper, list[Page]]:
    """The pages before they become a PDF."""
    kept: list[tuple[Paper, list[Page]]] = []

    def keep(sheet: Paper, pages: Iterator[Page], *_: object) -> bytes:
        kept.append((sheet, list(pages)))
        return b""

    monkeypatch.setattr(report_table, "write_long_pdf", keep)
    monkeypatch.setattr(report_table, "numbered", lambda pages, _sheet, _words: pages)
    render_report(table, **options)  # type: ignore[arg-type]
    return kept[0]


WIDE = replace(II_06A, rows=tuple(
    Row((None, "Một lĩnh vực có tên rất dài và không thể bỏ bớt chữ nào " * 6, *(999_999_999,) * 11), level)
    for level in range(4)))


@pytest.mark.parametrize("size", ["A4", "A4 landscape"])
@pytest.mark.parametrize("table", [II_06A, WIDE, list_table(*list_rows(100))], ids=["form", "wide", "list"])
def test_nothing_runs_into_anything_or_off_the_sheet(
    table: ReportTable, size: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet, pages = _laid_out(table, monkeypatch, size=size, place="Thử")
    for page in pages:
        assert collisions(page) == []
        assert strays(page, sheet) == []


def test_figures_and_codes_stay_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    _, pages = _laid_out(list_table(), monkeypatch, rows=list_rows(1010))
    said = {"".join(text for text, _ in pieces) for page in pages for *_, pieces, _ in page.texts}
    assert {f"H47.15-260102-{at:04d}" for at in range(1, 1011)} <= said
    assert {"30.300.000", "1.010", "98,72%"} <= said


def test_names_are_indented_by_their_level(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (Column("row", "TT", width=5), Column("name", "Tên"), Column("n", "Số", ColumnKind.COUNT))
    rows = tuple(Row((str(at), f"Dòng {at}", at), at) for at in range(3))
    _, pages = _laid_out(replace(II_06A, columns=columns, rows=rows), monkeypatch)
    starts = [len(said) - len(said.lstrip()) for *_, pieces, _ in pages[0].texts
              if (said := "".join(text for text, _ in pieces)).lstrip().startswith("Dòng ")]
    assert starts == sorted(starts) and starts[0] == 0 < starts[1] < starts[2]


def test_the_same_report_is_the_same_paper() -> None:
    assert render_report(II_06A) == render_report(II_06A)
    assert len(LIST_COLUMNS) == len(next(list_rows(1)).cells)
