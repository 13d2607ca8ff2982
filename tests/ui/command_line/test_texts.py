"""Commands that look at a text: card, due, code, s10, procedures. JSON, exit 0 good, 1 refusal, 2 wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.command_line.conftest import Run
from ui.command_line.parser import parse

CARD = "049190004217|201234567|Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định|01012022"


def test_a_card_is_told_field_by_field(run: Run) -> None:
    said = run("card", CARD)
    assert said.code == 0
    assert said.json == {
        "ok": True,
        "card": {
            "personal_id": "049190004217", "old_id": "201234567", "full_name": "Nguyễn Thị Mẫu Ánh",
            "dob": "1990-03-07", "gender": "Nữ", "address": "Tổ 3, Thôn Giả Định", "issue_date": "2022-01-01",
        },
        "warnings": [],
    }


def test_absent_values_are_null(run: Run) -> None:
    card = run("card", CARD.replace("201234567", "")).json["card"]
    assert card["old_id"] is None
    bare = run("card", "049190004217").json["card"]
    assert (bare["personal_id"], bare["full_name"], bare["dob"]) == ("049190004217", None, None)


@pytest.mark.parametrize("stdin", [CARD.encode(), CARD.encode() + b"\r\n"])
def test_a_dash_reads_stdin_as_utf8(run: Run, stdin: bytes) -> None:
    assert run("card", "-", stdin=stdin).json == run("card", CARD).json


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe|x", CARD.encode()[:30] + b"\xc3" + CARD.encode()[30:], b"\x00" * 40, b"|" * 400_000],
)
def test_bytes_that_are_no_card_are_a_refusal_and_never_a_crash(run: Run, text: bytes) -> None:
    said = run("card", "-", stdin=text)
    assert (said.code, said.json["ok"]) == (1, False)
    assert said.json["reason"]


def test_an_argument_that_is_no_utf8_is_a_refusal(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "card", b"\xff\xfe\xfd"], capture_output=True, check=False
    )
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (1, False)


def test_vietnamese_comes_out_as_utf8_whatever_the_console_speaks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "card", CARD], capture_output=True, check=False,
        env={"PATH": "", "LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["card"]["full_name"] == "Nguyễn Thị Mẫu Ánh"


def test_the_example_of_the_documentation(run: Run) -> None:
    said = run("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "working_day")
    assert (said.code, said.json["due"]) == (0, "2026-10-09T15:30:00+07:00")
    assert said.json["steps"][0] == "Nhận hồ sơ lúc 15 giờ 30 phút, Thứ Sáu 02/10/2026."


def test_pauses_move_the_due_date_one_after_the_other(run: Run) -> None:
    plain = ("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "working_day")
    said = run(*plain, "--pause", "2026-10-05T15:30", "2026-10-07T15:30",
               "--pause", "2026-10-08T09:00", "2026-10-12T09:00")
    assert said.code == 0
    assert {name: said.json[name] for name in run(*plain).json} == run(*plain).json
    assert [pause["due"] for pause in said.json["pauses"]] == [
        "2026-10-13T15:30:00+07:00", "2026-10-15T15:30:00+07:00",
    ]
    assert said.json["current_due"] == said.json["pauses"][1]["due"]
    assert said.json["pauses"][0]["left"] == {
        "days": 4, "minutes": 0, "unit": "working_days", "is_over": False,
    }
    assert said.json["pauses"][0]["steps"][0] == "Tạm dừng tính thời hạn từ 15 giờ 30 phút, Thứ Hai 05/10/2026."


def test_a_pause_that_ends_before_it_begins_is_a_refusal(run: Run) -> None:
    said = run("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "day",
               "--pause", "2026-10-07T09:00", "2026-10-05T09:00")
    assert (said.code, said.json["ok"]) == (1, False)


@pytest.mark.parametrize(
    ("received", "same"),
    [("2026-10-02T15:30+07:00", True), ("2026-10-02T08:30+00:00", True), ("2026-10-02", False)],
)
def test_a_moment_may_carry_its_zone_and_is_local_without(run: Run, received: str, same: bool) -> None:
    plain = run("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "day")
    assert (run("due", "--received", received, "--value", "5", "--unit", "day").json == plain.json) is same


def test_no_unit_gives_no_date(run: Run) -> None:
    said = run("due", "--received", "2026-10-02T15:30", "--value", "0", "--unit", "none")
    assert (said.code, said.json["due"]) == (0, None)


def test_another_calendar_may_be_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "calendar.json"
    file.write_text("{", encoding="utf-8")
    due = ("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "day", "--calendar")
    assert (run(*due, file).code, run(*due, tmp_path / "none.json").json["reason"]) == (1, "file_unreadable")
    file.write_bytes(b"\xff")
    assert run(*due, file).json["reason"] == "file_unreadable"


def test_a_code_is_taken_apart(run: Run) -> None:
    said = run("code", "000.00.15.h47 - 260921 - 0001")
    assert said.code == 0
    assert (said.json["date"], said.json["sequence"], said.json["agency"]) == ("2026-09-21", 1, "H47.15")
    assert run("code", "-", stdin=b"H47.15-260921-0001").json["key"] == said.json["key"]
    refused = run("code", "H47.15-261321-0001")
    assert (refused.code, refused.json["reason"]) == (1, "code_date_impossible")
    assert "H47.15" in refused.err or refused.err.strip(), "a sentence for the person goes to stderr"


def test_an_item_code_is_checked(run: Run) -> None:
    said = run("s10", "EA473124829VN")
    assert (said.code, said.json["ok"], said.json["shown"]) == (0, True, "EA 473 124 829 VN")
    assert run("s10", "-", stdin=b"ea 473 124 829 vn\r\n").json == said.json


@pytest.mark.parametrize(("typed", "found"), [
    ("EA473124820VN", {"reason": "item_code_check_digit", "given": 0, "check_digit": 9, "right": "EA473124829VN"}),
    ("EA47312482VN", {"reason": "item_code_check_missing", "check_digit": 9, "right": "EA473124829VN"}),
    ("EAO73124829VN", {"reason": "item_code_shape"}), ("", {"reason": "item_code_empty"}),
])
def test_a_wrong_item_code_is_told_with_what_is_wrong_and_the_right_check_digit(
        run: Run, typed: str, found: dict[str, object]) -> None:
    said = run("s10", typed)
    assert (said.code, said.json) == (1, {"ok": False, **found})


@pytest.mark.parametrize(("query", "first"), [
    (("ly", "lich", "tu", "phap"), "3.000333"), (("lý lịch tư pháp",), "3.000333"), (("3.000333",), "3.000333"),
])
def test_procedures_are_found_without_a_data_folder(run: Run, query: tuple[str, ...], first: str) -> None:
    said = run("procedures", *query)
    assert said.code == 0
    assert said.json["procedures"][0]["code"] == first
    assert len(said.json["procedures"]) <= 10


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",), ("card",), ("due",), ("due", "--received", "x", "--value", "5", "--unit", "day"),
        ("due", "--received", "2026-10-02T15:30", "--value", "five", "--unit", "day"),
        ("due", "--received", "2026-10-02T15:30", "--value", "5", "--unit", "week"), ("code",), ("procedures",),
        ("s10",), ("receive",), ("receive", "--card", "x"), ("verify",), ("sync", "now"), ("status", "--loud"),
        ("receive", "--card", "x", "--procedure", "y", "--size", "A3"), ("enrol", "http://x"),
        ("enrol", "--data", "x", "http://x"), ("--data",),
    ],
)
def test_wrong_use_is_two_and_says_how(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "usage: python -m app" in said.err


@pytest.mark.parametrize("arguments", [("verify",), ("enrol",), ("enrol", "http://x"), ("enrol", "--name", "Q")])
def test_each_says_its_own_use(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert f"usage: python -m app {arguments[0]} " in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [
    ("enrol", "http://x", "C"), ("enrol", "--file", "f"), ("enrol", "--data", "d", "http://x", "C"),
    ("verify", "f"), ("verify", "--data", "d"), ("verify", "--data", "d", "--key", "ab"), ("self-check",), (),
])
def test_right_use_is_taken_with_and_without_a_data_folder(arguments: tuple[str, ...]) -> None:
    assert callable(parse(arguments).run)


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a display")
def test_without_a_display_the_window_says_so_instead_of_aborting() -> None:
    blind = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "app"], capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name not in blind} | {"PYTHONUTF8": "1"},
    )
    assert (done.returncode, json.loads(done.stdout)["reason"]) == (1, "display_missing")
    assert "màn hình" in done.stderr


@pytest.mark.parametrize(("arguments", "words"), [
    (("1234567",), "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
    (("1.234.567",), "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
    (("0",), "Không đồng"), (("105", "--le"), "Một trăm lẻ năm đồng"),
])
def test_an_amount_is_said_in_words(run: Run, arguments: tuple[str, ...], words: str) -> None:
    said = run("words", *arguments)
    assert (said.code, said.json) == (0, {"words": words})


@pytest.mark.parametrize("amount", ["-5", "1,5", "1.5", "1e6", "", "ba", "1" * 16, "1" * 5000, "٣", "1.2345",
                                    "1_000"])
def test_an_amount_without_words_is_refused(run: Run, amount: str) -> None:
    said = run("words", amount)
    assert (said.code, said.json["reason"]) == (1, "amount_without_words")


def test_a_payment_square_is_worked_out(run: Run) -> None:
    said = run("vietqr", "--bin", "970436", "--account", "0123456789", "--amount", "30000",
               "--purpose", "H47.15-220812-0001")
    assert (said.code, said.json) == (0, {"payload": (
        "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045405300005802VN"
        "62220818H47.15-220812-000163049954")})
    static = run("vietqr", "--bin", "970436", "--account", "0123456789").json["payload"]
    assert static == "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15"


@pytest.mark.parametrize(("extra", "reason"), [
    (("--amount", "0"), "vietqr_amount_wrong"), (("--amount=-5",), "vietqr_amount_wrong"),
    (("--purpose", "phí"), "vietqr_purpose_wrong"), (("--account", ""), "vietqr_account_wrong"),
    (("--bin", "97043"), "vietqr_bin_wrong"),
])
def test_a_square_no_bank_would_read_is_refused(run: Run, extra: tuple[str, ...], reason: str) -> None:
    said = run("vietqr", "--bin", "970436", "--account", "0123456789", *extra)
    assert (said.code, said.json["reason"]) == (1, reason)
