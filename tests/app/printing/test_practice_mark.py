"""What is printed or saved while practising says so on every page; there is one door, nothing passes beside it."""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import app.printing
import tests.app.printing
from app.domain.held_about import HeldAbout
from app.practice import VARIABLE, WATERMARK
from app.printing.chart_sheet import chart_pdf, chart_svg
from app.printing.copy_mark import mark_copies
from app.printing.cover_label import render_cover_label
from app.printing.decode_back import codes_on_pages
from app.printing.guidance import render_guidance
from app.printing.papers import WRITERS, render
from app.printing.practice_mark import mark_scan
from app.printing.receipt import render_receipt
from app.printing.report_table import render_report
from app.printing.separator_sheets import render_separator_sheets
from app.spreadsheets.csv_table import csv_table
from app.spreadsheets.writing import write_table
from tests.app.printing import samples
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.report_samples import II_06A
from tests.app.printing.test_charts import TREND
from tests.app.printing.test_separator_sheets import LINES

SAID = squeezed(WATERMARK)
NOBODY = HeldAbout(
    samples.HEAD, "Quầy 3", "049190004217", datetime(2026, 11, 22, 9, tzinfo=UTC), None, "theo yêu cầu người dân",
    "Trần Thị Thử", (), (), (), (), (), ("Bản quét: 90 ngày sau khi trả kết quả",))
ROOM = Path(app.printing.__file__).parent


@pytest.fixture(autouse=True)
def practising(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")


def sample_of(kind: str) -> Any:
    """An invented paper of that kind, from whichever test of this room has one."""
    for module in pkgutil.iter_modules(tests.app.printing.__path__):
        for value in vars(importlib.import_module(f"tests.app.printing.{module.name}")).values():
            if type(value).__name__ == kind:
                return value
    raise LookupError(f"no sample of {kind}")


def unmarked(pdf: bytes) -> list[int]:
    return [number for number, text in enumerate(page_texts(pdf), 1) if SAID not in squeezed(text)]


BESIDE: dict[str, Callable[[], bytes]] = {
    "receipt": lambda: render_receipt(samples.TYPICAL),
    "receipt A4": lambda: render_receipt(samples.FIFTY, size="A4"),
    "receipt, a copy": lambda: render_receipt(samples.TYPICAL, mark=samples.REPRINT),
    "guidance": lambda: render_guidance(samples.GUIDANCE),
    "cover label": lambda: render_cover_label(samples.LABEL, 100, 60),
    "small cover label": lambda: render_cover_label(samples.LABEL, 58, 40),
    "separators": lambda: render_separator_sheets(samples.HEAD, samples.LONG_CODE, LINES),
    "report": lambda: render_report(II_06A),
    "report with charts": lambda: render_report(II_06A, charts=(TREND,)),
    "chart": lambda: chart_pdf(TREND),
    "a scan that leaves": lambda: mark_scan(one_scan()),
}
"""What is not made by `papers.render`."""


def one_scan() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.new_page(420, 595)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_every_page_of_every_paper_says_that_it_is_practice(kind: str) -> None:
    assert unmarked(render(sample_of(kind))) == []


@pytest.mark.parametrize("name", BESIDE)
def test_so_does_what_is_no_paper_of_a_dossier(name: str) -> None:
    assert unmarked(BESIDE[name]()) == []


def test_a_copy_of_a_marked_paper_is_marked_once() -> None:
    paper = render(sample_of("SupplementRequestPaper"))
    times = [squeezed(text).count(SAID) for text in page_texts(paper)]
    assert [squeezed(text).count(SAID) for text in page_texts(mark_copies(paper, samples.REPRINT))] == times


def test_each_label_of_a_sheet_bears_it_wherever_it_is_cut_out() -> None:
    sheet = sample_of("LabelSheet")
    words = squeezed(" ".join(page_texts(render(sheet))))
    assert words.count(SAID) >= len(sheet.labels) + 2


@pytest.mark.parametrize("name", ["receipt", "cover label", "small cover label"])
def test_the_codes_are_still_read(name: str) -> None:
    """Rendering has read them back already; here they are read once more, and are the paper's own."""
    found = {text for page in codes_on_pages(BESIDE[name]()) for _, text in page}
    assert found == {samples.LONG_CODE}


def test_spreadsheet_csv_and_drawing_say_it_too() -> None:
    book = io.BytesIO()
    write_table(book, II_06A)
    with zipfile.ZipFile(book) as packed:
        words = b"".join(packed.read(name) for name in packed.namelist()).decode("utf-8", "replace")
    assert words.count(WATERMARK) >= 2
    assert csv_table(("Cột",), (("ô",),)).decode().splitlines()[0].endswith(f'"{WATERMARK}"')
    assert WATERMARK in chart_svg(TREND)


def test_real_papers_bear_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert unmarked(render_receipt(samples.TYPICAL)) != []
    assert WATERMARK.encode() not in csv_table(("Cột",), ())
    assert mark_scan(b"as it is") == b"as it is"


def test_there_is_one_door() -> None:
    """Whoever made a canvas of its own could leave the mark out."""
    classes = ("Canvas", "PracticeCanvas", "kind")
    called = ((file.name, node.func) for file in ROOM.glob("*.py")
              for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
    makers = {name for name, what in called if getattr(what, "id", getattr(what, "attr", "")) in classes}
    assert makers == {"sheet.py", "practice_mark.py"}
