"""What is sent to citizens and agencies: every text in every channel, what it must never bear, what it costs."""

from __future__ import annotations

import json
import re
import string
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import pytest

from app.domain import notices
from app.domain.notices import (
    Channel,
    DailyDigest,
    Extended,
    Notice,
    NoticeBook,
    PaymentAsked,
    ResultPosted,
    ResultReady,
    Sender,
    SupplementAsked,
    Unacknowledged,
    parse_notices,
)
from app.domain.sms import sms_text
from app.domain.text import nfc
from app.domain.vietnam_time import VIETNAM
from app.paths import resource

TEXT = resource("notices.json").read_text(encoding="utf-8")
BOOK = parse_notices(TEXT)
SENDER = Sender("TTPVHCC phường Thử", "số 1 đường Mẫu", "0235 000 0000", "Trần Thị Thử")
LONG = Sender("Trung tâm Phục vụ hành chính công phường Thử Nghiệm", "số 1 đường Mẫu", "0235 000 0000", "Lê Dụ")
CODE, OLD_CODE = "H47.15-261122-0001", "000.00.15.H47-261122-0001"
MOMENT = datetime(2026, 11, 27, 16, 30, tzinfo=VIETNAM)
CODES = tuple(f"H47.15-261122-{number:04d}" for number in range(1, 13))

PLAIN: tuple[Notice, ...] = (
    ResultReady(CODE, "Nguyễn Văn Mẫu"), ResultPosted(CODE, "Nguyễn Văn Mẫu", "EA 473 124 829 VN"),
    SupplementAsked(CODE, "Nguyễn Văn Mẫu", ("Giấy khai sinh (bản sao)",)), PaymentAsked(CODE, "Nguyễn Văn Mẫu"),
    Extended(CODE, "Nguyễn Văn Mẫu", "Cơ quan Mẫu", None),
    Unacknowledged("Cơ quan Mẫu", "BG-261122-7F3A-001", MOMENT, 12, 8),
    DailyDigest("Cơ quan Mẫu", date(2026, 11, 22)),
)
FULL: tuple[Notice, ...] = (
    ResultReady(CODE, "Nguyễn Văn Mẫu", 150_000),
    ResultPosted(CODE, "Nguyễn Văn Mẫu", "EA 473 124 829 VN", 30_000),
    SupplementAsked(CODE, "Nguyễn Văn Mẫu", ("Giấy khai sinh (bản sao)", "Tờ khai CT01"), date(2026, 12, 4)),
    PaymentAsked(CODE, "Nguyễn Văn Mẫu", 12_500_000, date(2026, 12, 4)),
    Extended(CODE, "Nguyễn Văn Mẫu", "Cơ quan Mẫu", MOMENT, "12/PXL-CQM"),
    Unacknowledged("Cơ quan Mẫu", "BG-261122-7F3A-001", MOMENT, 112, 16),
    DailyDigest("Cơ quan Mẫu", date(2026, 11, 22), CODES[:1], CODES[:3], CODES[:2], CODES[:4], CODES[:5]),
)


def named(notice: Notice) -> str:
    return type(notice).__name__


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("notice", [*PLAIN, *FULL], ids=named)
def test_every_notice_is_whole_in_every_channel(notice: Notice, channel: Channel) -> None:
    text = BOOK.write(notice, SENDER, channel).text
    assert not re.search(r"[{}]|None|True|False", text)
    assert SENDER.phone in text or channel is Channel.PHONE
    assert sms_text(SENDER.office) in sms_text(text)
    assert text == nfc(text).strip() and "  " not in text
    assert text.isascii() is (channel is Channel.SMS)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.ZALO])
@pytest.mark.parametrize("notice", [each for each in FULL if hasattr(each, "name")], ids=named)
def test_what_a_locked_telephone_shows_names_nobody(notice: Notice, channel: Channel) -> None:
    assert sms_text("Nguyễn Văn Mẫu") not in sms_text(BOOK.write(notice, SENDER, channel).text)


@pytest.mark.parametrize("notice", [each for each in FULL if hasattr(each, "name")], ids=named)
def test_the_telephone_script_asks_who_speaks_before_it_says_anything(notice: Notice) -> None:
    lines = BOOK.write(notice, SENDER, Channel.PHONE).text.split("\n")
    assert "Nguyễn Văn Mẫu phải không" in lines[0] and CODE not in lines[0]
    assert "không nói gì về hồ sơ" in lines[1]


def test_no_notice_has_room_for_a_personal_number() -> None:
    asked = {name for _, name, _, _ in string.Formatter().parse(_quoted(TEXT)) if name}
    assert "code" in asked
    assert not asked & {"identifier", "personal_id", "tax_code", "birth_date", "address"}
    assert asked <= {each.name for kind in (*notices._NAMES, Sender) for each in fields(kind)} | {"is_quiet"}


def _quoted(text: str) -> str:
    """Only the words in braces: the braces around the file's own objects hold quotation marks."""
    return "".join(re.findall(r"\{[a-z_]+(?::[^{}\"]*)?\}", text))


# SMS
@pytest.mark.parametrize("notice", [*PLAIN, *FULL], ids=named)
def test_a_notice_of_an_office_with_a_short_name_is_one_text_message(notice: Notice) -> None:
    written = BOOK.write(notice, SENDER, Channel.SMS)
    assert written.length is not None
    assert (written.length.parts, written.length.septets) == (1, len(written.text))


@pytest.mark.parametrize("notice", FULL, ids=named)
def test_long_names_and_codes_of_the_old_form_take_two_at_most(notice: Notice) -> None:
    if not isinstance(notice, Unacknowledged | DailyDigest):
        notice = replace(notice, code=OLD_CODE)
    written = BOOK.write(notice, LONG, Channel.SMS)
    assert written.length is not None
    assert written.length.parts <= 2
    assert BOOK.write(notice, LONG, Channel.ZALO).length is None


def test_text_messages_are_written_without_marks() -> None:
    for name, channels in json.loads(TEXT)["notices"].items():
        for row in channels["sms"]:
            text = row if isinstance(row, str) else row["text"]
            assert sms_text(text.replace(":đ}", "}")) == text.replace(":đ}", "}"), name


# exact texts
def test_the_exact_text_of_a_result_that_is_ready() -> None:
    assert BOOK.write(ResultReady(CODE, "Nguyễn Văn Mẫu", 150_000), SENDER, Channel.SMS).text == (
        "Ho so H47.15-261122-0001 da co ket qua. Moi Ong/Ba den nhan, mang theo giay hen va can cuoc. "
        "Con phai nop 150.000 d. TTPVHCC phuong Thu, DT 0235 000 0000")


def test_the_exact_text_of_a_manifest_that_nobody_acknowledged() -> None:
    notice = Unacknowledged("Cơ quan Mẫu", "BG-261122-7F3A-001", MOMENT, 12, 8)
    assert BOOK.write(notice, SENDER, Channel.ZALO).text == (
        "Kính gửi Cơ quan Mẫu,\n"
        "TTPVHCC phường Thử đã bàn giao danh sách số BG-261122-7F3A-001 gồm 12 hồ sơ lúc 16 giờ 30 phút, "
        "ngày 27/11/2026.\n"
        "Đến nay đã 8 giờ làm việc mà chưa có xác nhận đã nhận. Đề nghị quý cơ quan kiểm đếm và xác nhận từng "
        "hồ sơ, hoặc báo lại hồ sơ thiếu, thừa, không nhận kèm lý do.\n"
        "Thời hạn giải quyết vẫn đang tính. Liên hệ: Trần Thị Thử, điện thoại 0235 000 0000. Trân trọng.")


def test_a_digest_names_ten_codes_and_counts_the_rest() -> None:
    text = BOOK.write(DailyDigest("Cơ quan Mẫu", date(2026, 11, 22), overdue=CODES), SENDER, Channel.ZALO).text
    assert f"Quá hạn (12): {', '.join(CODES[:10])}, và 2 mục khác." in text
    assert "Sắp đến hạn" not in text


def test_a_quiet_day_says_that_nothing_waits() -> None:
    assert "Không có hồ sơ quá hạn" in BOOK.write(PLAIN[-1], SENDER, Channel.ZALO).text


def test_missing_papers_stand_one_to_a_line() -> None:
    text = BOOK.write(FULL[2], SENDER, Channel.ZALO).text
    assert "\n- Giấy khai sinh (bản sao)\n- Tờ khai CT01\nXin nộp trước hết ngày 04/12/2026" in text


# the book
def _changed(change: dict[str, Any]) -> str:
    return json.dumps(json.loads(TEXT) | change)


def test_a_book_that_asks_for_what_is_not_known_is_refused_when_it_is_read() -> None:
    wrong = json.loads(TEXT)["notices"]
    wrong["extended"]["sms"].append("{identifier}")
    with pytest.raises(ValueError, match=r"extended by sms: \['identifier'\]"):
        parse_notices(_changed({"notices": wrong}))
    wrong["extended"]["sms"][-1] = {"when": "!nobody", "text": "x"}
    with pytest.raises(ValueError, match="nobody"):
        parse_notices(_changed({"notices": wrong}))
    wrong["extended"]["sms"] = []
    with pytest.raises(ValueError, match="no text"):
        parse_notices(_changed({"notices": wrong}))


@pytest.mark.parametrize("change", [{"schema": 2}, {"notices": {}}])
def test_another_book_is_not_half_read(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        parse_notices(_changed(change))


def test_the_book_says_its_version() -> None:
    assert isinstance(BOOK, NoticeBook)
    assert BOOK.version == json.loads(TEXT)["version"]
