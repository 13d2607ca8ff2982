"""Charts: marks as long as their values, apart in grey, and no word on another or off the sheet."""

from collections.abc import Iterator
from itertools import combinations

import pypdfium2
import pytest
import reportlab.graphics.shapes as shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reports.chart import Chart, ChartKind, Series
from app.printing.chart_marks import DASHES, FILLS, HATCH, slants
from app.printing.chart_picture import chart_picture
from app.printing.chart_sheet import chart_pdf, chart_svg
from app.printing.charts import draw_chart, natural_height
from app.printing.fonts import text_width
from app.printing.report_table import render_report
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.report_samples import II_06A

MONTHS = tuple(f"{month:02d}/2026" for month in range(1, 13))
HOURS = tuple(f"{hour} giờ" for hour in range(7, 18))
LONG = "Sở Nông nghiệp và Môi trường tỉnh Mẫu, Chi nhánh Văn phòng Đăng ký đất đai khu vực Thử"
TREND = Chart(ChartKind.TREND, "Hồ sơ tiếp nhận và giải quyết theo tháng", "hồ sơ", MONTHS, (
    Series("Tiếp nhận", (64, 80, 120, 140, 131, 127, 150, 180, 160, 172, 190, 201)),
    Series("Đã giải quyết", (60, 78, 110, 141, 130, 120, 149, 170, 161, 168, 185, 199)),
    Series("Quá hạn", (2, 1, None, 4, 3, 1, 0, 0, 2, 1, None, None))))
DAYS = Chart(ChartKind.TREND, "Lượt theo ngày", "lượt", tuple(f"{day:02d}/10" for day in range(1, 32)),
             (Series("Lượt", tuple(day * 37 % 90 for day in range(31))),))
BARS = Chart(ChartKind.BARS, "Đúng hạn và quá hạn theo cơ quan", "hồ sơ",
             (LONG, "Công an tỉnh Mẫu", "Sở Thử", "Xã"), (
             Series("Đúng hạn", (717, 300, 55, None)), Series("Quá hạn", (55, 12, 0, None))))
COLUMNS = Chart(ChartKind.COLUMNS, "Nhận và trả theo giờ", "lượt", HOURS, (
    Series("Nhận", (3, 18, 25, 22, 9, 0, 4, 19, 21, 12, 5)), Series("Trả", (1, 8, 15, 12, 9, 0, 2, 9, 11, 14, 7))))
QUEUE = Chart(ChartKind.COLUMNS, "Người chờ theo giờ", "lượt người", HOURS, COLUMNS.series[:1])
FOUR = Chart(ChartKind.COLUMNS, "Bốn loại giấy tờ trong một biểu đồ " * 4, "tờ", MONTHS, tuple(
    Series(f"Một loại giấy tờ có tên dài số {at}", (10 ** at,) * 12) for at in range(1, 5)))
EMPTY = Chart(ChartKind.BARS, "Chưa có gì", "", (), (Series("Trống", ()),))
ALL = {"trend": TREND, "days": DAYS, "bars": BARS, "columns": COLUMNS, "queue": QUEUE, "four": FOUR,
       "empty": EMPTY}


def marks(group: shapes.Group) -> Iterator[shapes.Shape]:
    for each in group.contents:
        if isinstance(each, shapes.Group):
            yield from marks(each)
        else:
            yield each


def texts(chart: Chart, wide: float = 480.0) -> list[tuple[float, float, float, float, str]]:
    found = []
    for each in marks(draw_chart(chart, wide)):
        if isinstance(each, shapes.String):
            size = each.fontSize
            width = text_width(each.text, each.fontName, size)
            left = each.x - {"start": 0.0, "middle": width / 2, "end": width}[each.textAnchor]
            found.append((left, each.y - 0.1 * size, left + width, each.y + 0.65 * size, each.text))
    return found


@pytest.mark.parametrize("wide", [300.0, 480.0, 760.0])
@pytest.mark.parametrize("name", ALL)
def test_no_word_stands_on_another_or_off_the_sheet(name: str, wide: float) -> None:
    chart = ALL[name]
    found = texts(chart, wide)
    together = [(one[4], other[4]) for one, other in combinations(found, 2)
                if one[0] < other[2] - 0.1 and other[0] < one[2] - 0.1
                and one[1] < other[3] - 0.1 and other[1] < one[3] - 0.1]
    assert together == []
    high = natural_height(chart, wide)
    assert [text for left, low, right, top, text in found
            if left < -0.6 or right > wide + 0.6 or low < -2 or top > high] == []


@pytest.mark.parametrize(("name", "said"), [
    ("trend", "Hồ sơ tiếp nhận và giải quyết theo tháng"), ("trend", "Đơn vị: hồ sơ"), ("trend", "Đã giải quyết"),
    ("trend", "12/2026"), ("trend", "250"), ("bars", "717 + 55 = 772"), ("bars", "55 + 0 = 55"), ("bars", "–"),
    ("bars", "Công an tỉnh Mẫu"), ("queue", "25"), ("queue", "17 giờ"), ("days", "89"),
])
def test_figures_and_names_are_written_out(name: str, said: str) -> None:
    assert said in [text for *_, text in texts(ALL[name])]


def test_columns_are_as_high_as_their_values() -> None:
    boxes = [each for each in marks(draw_chart(QUEUE, 480)) if isinstance(each, shapes.Rect)]
    values = [value for value in QUEUE.series[0].values if value]
    assert [round(each.height / boxes[0].height * values[0]) for each in boxes] == values


def test_parts_of_a_bar_are_as_long_as_their_values() -> None:
    first = [each for each in marks(draw_chart(BARS, 480)) if isinstance(each, shapes.Rect)][2:4]    # 2 in the key
    assert round(first[0].width / first[1].width * 55) == 717
    assert first[0].x + first[0].width == pytest.approx(first[1].x)


def test_a_gap_in_a_line_is_a_gap() -> None:
    def lines(chart: Chart) -> int:
        return sum(isinstance(each, shapes.Line) for each in marks(draw_chart(chart, 480)))

    values = TREND.series[1].values
    whole = Chart(ChartKind.TREND, "", "", MONTHS, (Series("a", values),))
    torn = Chart(ChartKind.TREND, "", "", MONTHS, (Series("a", (*values[:4], None, *values[5:])),))
    assert lines(whole) - lines(torn) == 2


def test_series_are_apart_without_colour() -> None:
    greys = [0.3 * fill.red + 0.59 * fill.green + 0.11 * fill.blue for fill in FILLS]
    assert all(abs(one - other) > 0.1 or hatched != plain for (one, hatched), (other, plain) in combinations(
        zip(greys, HATCH, strict=True), 2))
    assert len(set(map(str, DASHES))) == len(DASHES)


@settings(deadline=None)
@given(st.floats(0, 500), st.floats(0, 500), st.floats(0.1, 300), st.floats(0.1, 300))
def test_slanting_lines_stay_inside_their_box(x: float, y: float, wide: float, high: float) -> None:
    found = slants(x, y, wide, high, 4.5)
    for x1, y1, x2, y2 in found:
        assert x - 1e-6 <= x1 < x2 <= x + wide + 1e-6 and y - 1e-6 <= y1 < y2 <= y + high + 1e-6
    assert len(found) >= int((wide + high) / 4.5) - 1


def test_a_chart_is_a_file_of_its_own_size() -> None:
    document = pypdfium2.PdfDocument(chart_pdf(QUEUE, 400, 220))
    assert (len(document), document[0].get_size()) == (1, (400, 220))
    document.close()
    assert chart_pdf(QUEUE) == chart_pdf(QUEUE)
    said = chart_svg(TREND)
    assert said.lstrip().startswith("<?xml") and "Đã giải quyết" in said


@pytest.mark.parametrize(("size", "pages"), [("A4", 3), ("A4 landscape", 5)])
def test_charts_stand_behind_the_table_of_their_report(size: str, pages: int) -> None:
    charts = [TREND, BARS, COLUMNS, QUEUE, DAYS]
    pdf = render_report(II_06A, size=size, place="Mẫu", charts=charts)
    first, *behind = page_texts(pdf)
    assert squeezed("THỦ TRƯỞNG ĐƠN VỊ") in squeezed(first) and squeezed(TREND.title) not in squeezed(first)
    together = squeezed(" ".join(behind))
    for said in ("Biểu đồ kèm theo", II_06A.period_words, *(chart.title for chart in charts), "717 + 55 = 772"):
        assert squeezed(said) in together
    assert len(behind) + 1 == pages and all(f"Trang {at}/" in page for at, page in enumerate(behind, 2))
    assert render_report(II_06A, size=size, place="Mẫu", charts=charts) == pdf


def test_a_picture_for_the_screen_has_the_bars_of_the_paper() -> None:
    picture = chart_picture(QUEUE, 700, 2.0)
    assert picture.width == 1400 and len(picture.pixels) == picture.stride * picture.height
    dark = bytes((0x4F, 0x32, 0x14))               # blue, green, red of the first series
    assert picture.pixels.count(dark) > 10_000
