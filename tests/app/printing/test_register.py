"""The register: every line, totals on each page, the head again, and pages written while lines are read."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain.dossier_papers import RegisterLine
from app.printing.flow import Page
from app.printing.register import render_register
from tests.app.printing.life_samples import REGISTER, register_lines
from tests.app.printing.life_sheets import words_of
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.samples import LONG_NAME

TOTALS = re.compile(r"Cộng trang: (\d+) hồ sơ, (\d+) bộ. Cộng dồn: (\d+) hồ sơ, (\d+) bộ.")


def pages_of(count: int) -> list[str]:
    return page_texts(render_register(replace(REGISTER, lines=register_lines(count))))


@pytest.mark.parametrize("said", [
    "Mẫu số 07", "SỔ THEO DÕI HỒ SƠ", "Đơn vị: Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    "Quyển số: 01 · Năm 2026 · Từ ngày 01/09/2026 đến ngày 30/09/2026", "Mã hồ sơ", "Tên thủ tục hành chính",
    "Số bộ", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm",
    "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả", "Ký nhận", "Ghi chú", "(13)",
    "1 000.00.15.H47-260901-0001 Tách hộ 2 Nguyễn Thị Thử 1 Khối phố Mẫu, phường Thử, thành phố Mẫu "
    "0900 000 000 Công an tỉnh Mẫu 01/09/2026 07:41 15/09/2026 07:41 Qua bưu chính",
    "10/09/2026 08:03", "Đã ký", "Số hủy: in hỏng", "NGƯỜI LẬP SỔ", "PHỤ TRÁCH BỘ PHẬN", "Trần Văn Mẫu",
    "Sổ theo dõi hồ sơ · Trung tâm Phục vụ hành chính công tỉnh Mẫu · Quyển 01/2026",
])
def test_the_register_has_the_columns_of_the_form(said: str) -> None:
    assert squeezed(said) in words_of(replace(REGISTER, lines=tuple(register_lines(12))))


def test_the_older_set_gives_it_another_number() -> None:
    texts = page_texts(render_register(replace(REGISTER, form_set="01/2018", lines=())))
    assert "Mẫu số 06" in texts[0]


@pytest.mark.parametrize("count", [1, 7, 8, 9, 40, 170])
def test_every_page_ends_with_its_own_and_the_running_total(count: int) -> None:
    texts = pages_of(count)
    lines = [line for line in register_lines(count) if line.sets]
    so_far = [0, 0]
    for text in texts:
        found = TOTALS.search(text)
        if found is None:                      # the signatures alone, the last page being full
            assert text == texts[-1] and "(13)" not in text
            continue
        shown = [int(number) for number in found.groups()]
        so_far = [so_far[0] + shown[0], so_far[1] + shown[1]]
        assert shown[2:] == so_far
    assert so_far == [len(lines), sum(line.sets for line in lines)]
    assert f"Tổng cộng: {so_far[0]} hồ sơ, {so_far[1]} bộ." in texts[-1]


def test_no_line_is_lost_and_each_page_with_lines_has_the_head_and_its_number() -> None:
    texts = pages_of(170)
    assert len(texts) > 10
    found = re.findall(r"H47-260\d{3}-(\d{4})", squeezed("".join(texts)))
    assert found == [f"{number:04d}" for number in range(1, 171)]
    for number, text in enumerate(texts, 1):
        assert f"Trang {number}/{len(texts)}" in text
        assert ("H47-" in squeezed(text)) <= ("Tên thủ tục hành chính" in text and "(13)" in text)


def test_a_line_is_divided_only_when_no_page_could_hold_it() -> None:
    (line,) = register_lines(1)
    whole = replace(line, procedure_name=LONG_NAME, note="một trang")
    texts = page_texts(render_register(replace(REGISTER, lines=[*register_lines(4), whole])))
    (page,) = [text for text in texts if "một trang" in text]
    assert squeezed(LONG_NAME) in squeezed(page)
    numbers = [f"{number:04d}" for number in range(700)]
    divided = replace(line, procedure_name=" ".join(numbers), phone="", note="")
    texts = page_texts(render_register(replace(REGISTER, lines=[divided])))
    assert len(texts) > 1
    assert re.findall(r"(?<!\S)0\d{3}(?!\S)", " ".join(texts)) == numbers


def test_a_book_without_lines_says_so() -> None:
    (text,) = page_texts(render_register(replace(REGISTER, lines=())))
    assert "Không có hồ sơ nào trong kỳ này." in text
    assert "Tổng cộng: 0 hồ sơ, 0 bộ." in text


def test_pages_are_written_and_forgotten_while_lines_are_read() -> None:
    held = []

    def watched() -> Iterator[RegisterLine]:
        for line in register_lines(300):
            if line.number % 100 == 0:
                gc.collect()
                held.append(sum(isinstance(thing, Page) for thing in gc.get_objects()))
            yield line

    pdf = render_register(replace(REGISTER, lines=watched()))
    assert len(page_texts(pdf)) > 20
    assert len(held) == 3
    assert max(held) - min(held) <= 1
