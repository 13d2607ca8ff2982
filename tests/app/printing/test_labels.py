"""Labels of results, originals and envelopes: readable, of the size asked for, nothing of an address cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from app.domain.original_code import original_key, read_original
from app.domain.receipt_code import read_receipt_code
from app.domain.result_code import read_result
from app.domain.route_papers import LabelSheet
from app.errors import EnvironmentFault, Refusal
from app.printing import label_face
from app.printing.codes import MM
from app.printing.decode_back import BOTH, codes_on_pages
from app.printing.flow import Flow, Page
from app.printing.formats import Paper
from app.printing.papers import WRITERS, render
from tests.app.printing import route_samples as samples
from tests.app.printing.reading import collisions, page_texts, squeezed, strays
from tests.app.printing.samples import LONG_NAME

CODE_128, QR = BOTH
SMALL = ("58x40", "80x50")
RESULTS = {"plain": samples.SHELF_PLAIN, "with flags": samples.SHELF, "long": samples.SHELF_LONG}
ORIGINALS = {"everyday": samples.ORIGINAL, "long": samples.ORIGINAL_LONG}
ENVELOPES = {"everyday": samples.ENVELOPE, "long": samples.ENVELOPE_LONG}
CASES: list[tuple[Any, str]] = [
    *((label, size) for label in (*RESULTS.values(), *ORIGINALS.values()) for size in (*SMALL, "A4")),
    *((label, size) for label in ENVELOPES.values() for size in ("80x60", "100x75", "A4")),
    (samples.ENVELOPE, "58x60"), (samples.LABELS, "A4"), (samples.ENVELOPES, "A4"),
]
NAMED = [pytest.param(label, size, id=f"{type(label).__name__} {size} {number}")
         for number, (label, size) in enumerate(CASES)]


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_shelf_label_says_whose_result_it_is_and_is_no_receipt(name: str, size: str, dpi: int) -> None:
    label = RESULTS[name]
    (found,) = codes_on_pages(render(label, size=size), dpi=dpi)
    ((kind, text),) = found
    assert kind == QR and read_result(text) == label.code
    with pytest.raises(Refusal):
        read_receipt_code(text)


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("name", ORIGINALS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_an_originals_label_says_dossier_requirement_and_number(name: str, size: str, dpi: int) -> None:
    label = ORIGINALS[name]
    (found,) = codes_on_pages(render(label, size=size), dpi=dpi)
    ((kind, text),) = found
    read = read_original(text)
    assert kind == QR and read is not None
    assert (read.code, read.key, read.number) == (label.code, original_key(label.requirement), label.number)


@pytest.mark.parametrize("size", ["80x60", "100x75"])
@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_an_envelopes_code_128_is_its_item_code(name: str, size: str, dpi: int) -> None:
    (found,) = codes_on_pages(render(ENVELOPES[name], size=size), dpi=dpi)
    assert found == {(CODE_128, "EB473124829VN")}


@pytest.mark.parametrize(("label", "size"), NAMED)
def test_nothing_overlaps_and_nothing_leaves_its_label(monkeypatch: pytest.MonkeyPatch, label: Any,
                                                       size: str) -> None:
    drawn: list[tuple[Paper, Page]] = []
    write = label_face.write_pdf

    def keep(paper: Paper, pages: list[Page], copies: object, title: str) -> bytes:
        drawn.extend((paper, page) for page in pages)
        return write(paper, pages, copies, title)  # type: ignore[arg-type]

    monkeypatch.setattr(label_face, "write_pdf", keep)
    render(label, size=size)
    assert drawn
    for paper, page in drawn:
        assert collisions(page) == []
        assert strays(page, paper) == []


@pytest.mark.parametrize(("label", "size"), [(samples.SHELF, "58x40"), (samples.ORIGINAL, "80x50"),
                                             (samples.ENVELOPE, "100x75")])
def test_a_label_has_exactly_its_size(label: object, size: str) -> None:
    width, height = map(int, size.split("x"))
    page = pypdfium2.PdfDocument(render(label, size=size))[0]
    assert page.get_size() == pytest.approx((width * MM, height * MM), abs=0.01)


@pytest.mark.parametrize(("label", "words"), [
    (samples.SHELF, ("A-03", "Nhận về: 20/11/2026", "THU TIỀN TRƯỚC KHI TRẢ", "TRẢ KÈM 2 BẢN GỐC")),
    (replace(samples.SHELF, is_by_post=True), ("TRẢ QUA BƯU ĐIỆN",)),
    (samples.ORIGINAL, ("BẢN GỐC 1/2", "Nhận: 20/11/2026", samples.RED_BOOK, "không dán lên bản gốc")),
    (samples.ENVELOPE, ("Người gửi: Trung tâm Phục vụ hành chính công tỉnh Mẫu",
                        "Người nhận: Nguyễn Thị Thử Nghiệm", "ĐT: 0900 000 000",
                        "phường Mẫu Đông, tỉnh Mẫu", "EB 473 124 829 VN", samples.code(4))),
    (samples.ENVELOPE_LONG, ("THU HỘ: 1.234.567 đ", "địa chỉ cũ: khối 5", "phát tận tay người nhận")),
])
def test_a_label_says_what_it_is_for(label: object, words: tuple[str, ...]) -> None:
    (text,) = page_texts(render(label))
    assert [said for said in words if squeezed(said) not in squeezed(text)] == []


def test_flags_that_are_not_set_are_not_said() -> None:
    (text,) = page_texts(render(samples.SHELF_PLAIN))
    for flag in ("THU TIỀN", "BƯU ĐIỆN", "BẢN GỐC"):
        assert flag not in text
    (text,) = page_texts(render(samples.ENVELOPE))
    assert "THU HỘ" not in text and "địa chỉ cũ" not in text


@pytest.mark.parametrize("size", SMALL)
def test_a_long_name_ends_in_dots(size: str) -> None:
    for label in (samples.SHELF_LONG, samples.ORIGINAL_LONG):
        (text,) = page_texts(render(label, size=size))
        assert "…" in text and squeezed(LONG_NAME[:60]) in squeezed(text)


def test_an_address_is_never_cut_but_refused() -> None:
    long = replace(samples.ENVELOPE, address="đường Thử Nghiệm nối dài, " * 40)
    with pytest.raises(Refusal) as refusal:
        render(long)
    assert refusal.value.code == "label_too_small"
    assert refusal.value.values == {"width_mm": 80, "height_mm": 60}


@pytest.mark.parametrize(("label", "size"), [(samples.SHELF, "30x60"), (samples.SHELF, "80x15"),
                                             (samples.ORIGINAL, "30x60"), (samples.ENVELOPE, "30x60")])
def test_a_label_without_room_for_its_code_is_refused(label: object, size: str) -> None:
    with pytest.raises(Refusal, match="label_too_small"):
        render(label, size=size)


@pytest.mark.parametrize("size", ["A5", "", "80", "axb"])
def test_what_is_no_size_is_a_mistake_of_the_caller(size: str) -> None:
    with pytest.raises(ValueError, match="size of a label"):
        render(samples.SHELF, size=size)


def test_a_sheet_begins_at_its_place_and_goes_on_over_pages() -> None:
    first, second = codes_on_pages(render(samples.ENVELOPES), dpi=300)
    assert len({text for kind, text in first if kind == CODE_128}) == 7      # two labels of one item among eight
    assert {kind for kind, _ in second} == {CODE_128, QR}
    (sheet,) = codes_on_pages(render(samples.LABELS), dpi=300)
    assert {read_result(text) for _, text in sheet} >= {samples.code(n) for n in range(1, 11)}
    originals = [read_original(text) for _, text in sheet]
    assert sorted(one.number for one in originals if one is not None) == list(range(1, 10))
    later = replace(samples.LABELS, start=24)
    assert [len(page) for page in codes_on_pages(render(later), dpi=300)] == [1, 18]


@pytest.mark.parametrize("start", [0, 25])
def test_a_sheet_has_only_its_places(start: int) -> None:
    with pytest.raises(ValueError, match="1 to 24"):
        render(replace(samples.LABELS, start=start))


def test_a_sheet_without_labels_or_of_another_size_is_a_mistake_of_the_caller() -> None:
    for sheet, size in ((LabelSheet(()), "A4"), (samples.LABELS, "80x50")):
        with pytest.raises(ValueError, match="sheet is A4"):
            render(sheet, size=size)


def test_copies_of_a_label_are_equal() -> None:
    texts = page_texts(render(samples.SHELF, copies=("", "", "")))
    assert len(texts) == 3 and len(set(texts)) == 1


def test_a_label_whose_code_does_not_read_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    square = Flow.square

    def soiled(self: Flow, code: object, x: float, y: float, dpi: int = 300) -> None:
        square(self, code, x, y, dpi)  # type: ignore[arg-type]
        self.rule(x, y + 12, x + 60, y + 12, 30)

    monkeypatch.setattr(Flow, "square", soiled)
    with pytest.raises(EnvironmentFault, match="barcode_unreadable"):
        render(samples.SHELF)


def test_no_citizens_name_stands_on_shelf_or_sleeve() -> None:
    for label in (samples.SHELF, samples.ORIGINAL):
        assert not {"applicant_name", "receiver_name"} & set(type(label).__slots__)
    assert {"ShelfLabel", "OriginalLabel", "PostLabel", "LabelSheet"} <= set(WRITERS)


def test_a_sender_with_a_long_name_stands_whole_on_the_envelope() -> None:
    unit = "Trung tâm Phục vụ hành chính công cấp xã của phường Mẫu Đông Thử Nghiệm thành phố Mẫu tỉnh Mẫu"
    label = replace(samples.ENVELOPE, head=replace(samples.HEAD, unit=unit, contact="Số 1, đường Thử Nghiệm, Mẫu"))
    (text,) = page_texts(render(label))
    assert squeezed(unit) in squeezed(text)
