"""The minutes of a day's end: three columns that agree or not, every difference by its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.day_comparison import Kind
from app.domain.day_end import Column, DayEnd, DayEndLine, DayEndPaper, Named
from app.domain.day_money import EXPLAINS, DayMoney, Loose, LooseMoney, OwnerMoney
from app.domain.turn import Turn
from app.printing.forms import load_form
from app.printing.papers import render
from tests.app.printing.reading import page_texts
from tests.app.printing.route_samples import PLAIN_HEAD, at
from tests.app.printing.samples import HEAD

TWELVE = Column(12, 600_000, 70_000)
LINE = DayEndLine("cong-an", "Công an tỉnh Mẫu", Column(12, 600_000), TWELVE, TWELVE)
EQUAL = DayEndPaper(HEAD, "Quầy 3", at(20, 17, 5), DayEnd(date(2026, 11, 20), at(20, 17, 1), (LINE,), ()),
                    "Trần Thị Thử")


def said(paper: DayEndPaper) -> str:
    return " ".join(page_texts(render(paper)))


def test_a_day_that_agrees_says_so_and_when_the_province_was_asked() -> None:
    text = said(EQUAL)
    assert "giấy tiếp nhận, sổ của quầy và tỉnh khớp nhau." in text
    assert "lúc 17 giờ 01 phút, ngày 20/11/2026." in text
    assert text.count("600.000") == 3 and text.count("70.000") == 2
    assert "Chỗ lệch" not in text and "Trần Thị Thử" in text


@pytest.mark.parametrize(("change", "words"), [
    ({"papers": Column(11, 550_000)}, "giấy"), ({"there": Column(11, 600_000, 70_000)}, "số hồ sơ"),
    ({"there": Column(12, 500_000, 70_000)}, "tiền"), ({"there": Column(12, 600_000, 0)}, "thu sau"),
    ({"there": None}, "chưa đối chiếu"),
])
def test_a_column_that_differs_is_named_in_its_row(change: dict[str, Column], words: str) -> None:
    line = replace(LINE, **change)
    other = replace(LINE, agency_name="Sở Xây dựng tỉnh Mẫu")
    text = said(replace(EQUAL, end=replace(EQUAL.end, lines=(line, other))))
    assert f"{words} " in text.partition("Công an tỉnh Mẫu")[2].partition("Sở Xây dựng")[0]
    assert "Cộng 24" in text or words == "giấy"


def test_every_difference_stands_there_by_name_with_whose_turn_it_is() -> None:
    named = tuple(Named(f"H47.15-261120-{n:04d}", kind, turn, 5_000, 6_000)
                  for n, (kind, turn) in enumerate((kind, turn) for kind in (*map(str, Kind), "receipt")
                                                   for turn in map(str, Turn)))
    words = load_form("day-end").words
    text = said(replace(EQUAL, end=replace(EQUAL.end, named=named)))
    assert f"có {len(named)} chỗ lệch" in text
    for each in named:
        assert each.code in text and words[f"kind_{each.kind}"] in text and words[f"turn_{each.turn}"] in text
    assert "PHỤ TRÁCH QUẦY" in page_texts(render(replace(EQUAL, end=replace(EQUAL.end, named=named))))[-1]


def test_without_the_province_nothing_is_claimed_of_it() -> None:
    text = said(replace(EQUAL, head=PLAIN_HEAD, end=DayEnd(date(2026, 11, 20), None, (), ())))
    assert "chưa đối chiếu được" in text and "chưa so được với tỉnh" in text and "khớp nhau." not in text


POLICE = OwnerMoney("state", "cong-an", "Công an tỉnh Mẫu", 14, 700_000, 450_000, 200_000, 50_000, 50_000, 650_000,
                    0, 650_000)
POST = OwnerMoney("postage", "", "", 2, 50_000, 50_000, beside=50_000, there=50_000)


def with_money(*owners: OwnerMoney, loose: tuple[LooseMoney, ...] = ()) -> DayEndPaper:
    return replace(EQUAL, end=replace(EQUAL.end, money=DayMoney(owners, loose)))


def test_the_days_money_stands_owner_by_owner_with_its_sum() -> None:
    text = said(with_money(POLICE, POST))
    assert "giấy tiếp nhận, sổ của quầy và tỉnh khớp nhau." in text and "Cách xử lý" not in text
    assert "Cước của bưu điện" in text and "Cộng 16 750.000 500.000 200.000 50.000 50.000 700.000" in text
    other = replace(POLICE, there=600_000, receipts=690_000)
    text = said(with_money(other, POST))
    assert "biên lai; tỉnh" in text and "có 01 chỗ lệch" in text


@pytest.mark.parametrize("kind", list(Loose))
def test_loose_money_stands_by_name_with_its_lawful_repair_and_key(kind: Loose) -> None:
    words = load_form("day-end").words
    each = LooseMoney(kind, "H47.15-261120-0007", 200_000, date(2026, 11, 19))
    text = said(with_money(POLICE, POST, loose=(each,)))
    for part in (each.name, words[f"loose_{kind}"], words[f"repair_{kind}"], each.key, "19/11/2026"):
        assert part in text
    assert ("có 01 chỗ lệch" in text) == (kind not in EXPLAINS)


def test_while_a_session_is_open_the_paper_says_so_and_prints_no_money() -> None:
    owner = OwnerMoney("state", "cong-an", "Công an tỉnh Mẫu", 3, 123_456, cash=123_456, dossiers=123_456)
    still = LooseMoney(Loose.SESSION_OPEN, "Trần Thị Thử", 0)
    for loose, is_blind in (((), False), ((still,), True)):
        text = said(replace(EQUAL, end=replace(EQUAL.end, money=DayMoney((owner,), loose))))
        assert ("123.456" in text) is not is_blind
        assert ("còn mở; số tiền trong ngày chỉ in sau khi đếm và chốt ca." in text) is is_blind
