from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.fonts import BOLD, ROMAN, text_width
from app.printing.paragraph import Line, printable, wrap

WORDS = st.text(alphabet="aàảbcdđeễghiklmnoơuưxyỹ0123456789-/.,;()", min_size=1, max_size=60)


def said(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(text for text, _ in line.pieces) for line in lines]


@given(st.lists(WORDS, max_size=40), st.floats(30, 400), st.floats(6, 14))
def test_no_letter_is_lost_and_no_line_is_too_wide(words: list[str], room: float, size: float) -> None:
    text = " ".join(words)
    lines = wrap([(text, ROMAN)], size, room)
    assert "".join(said(lines)).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= room + 1e-6 for line in lines)
    for line in lines:
        assert line.width == pytest.approx(sum(text_width(text, face, size) for text, face in line.pieces))
        assert line.blanks == sum(text.count(" ") for text, _ in line.pieces)


@given(st.lists(WORDS, min_size=1, max_size=20), st.floats(200, 400))
def test_short_words_break_only_at_blanks(words: list[str], room: float) -> None:
    short = [word[:8] for word in words]
    assert " ".join(said(wrap([(" ".join(short), ROMAN)], 10, room))).split() == short


@pytest.mark.parametrize(("text", "room", "lines"), [
    ("", 100, []),
    ("   ", 100, []),
    ("một\nhai", 100, ["một", "hai"]),
    ("một\r\n\r\nhai", 100, ["một", "hai"]),
    ("hai\n", 100, ["hai"]),
    ("a  b\t c", 100, ["a b c"]),
    ("00.000.0000/QĐ-UBND-TTPVHCC-VP", 80, ["00.000.0000/QĐ-", "UBND-", "TTPVHCC-VP"]),
    ("tracuuhosothutuchanhchinh", 50, ["tracuuhosot", "hutuchanhc", "hinh"]),
])
def test_text_breaks_where_a_reader_expects_it(text: str, room: float, lines: list[str]) -> None:
    assert said(wrap([(text, ROMAN)], 10, room)) == lines


def test_a_word_may_change_its_face_inside() -> None:
    (line,) = wrap([("(mã ", ROMAN), ("1.000", BOLD), (")", ROMAN)], 10, 200)
    assert line.pieces == (("(mã", ROMAN), (" 1.000", BOLD), (")", ROMAN))


def test_only_the_last_line_of_a_paragraph_stays_unstretched() -> None:
    lines = wrap([("một hai ba bốn năm sáu bảy\ntám chín mười mười một mười hai", ROMAN)], 10, 60)
    assert [line.is_last for line in lines] == [line.split()[-1] in {"bảy", "hai"} and index > 0
                                                 for index, line in enumerate(said(lines))]


def test_decomposed_text_becomes_composed() -> None:
    assert printable("Nguye\u0302\u0303n", ROMAN) == "Nguyễn"
