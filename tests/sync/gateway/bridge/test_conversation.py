"""Which question follows which answer; against any server and any losses a dossier is there once in the end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.gateway.bridge.configuration import Answers
from sync.gateway.bridge.conversation import (
    Ask,
    Doubt,
    KeepRows,
    LookUp,
    Lost,
    Meaning,
    Outcome,
    Reply,
    Result,
    Said,
    Tell,
    TellProgress,
    meaning,
    tell_dossier,
    tell_progress,
)
from sync.gateway.bridge.dossier_message import Message
from tests.sync.gateway.bridge.national import recorded

ANSWERS = Answers()
MESSAGE = Message("H47.15-260921-0001", "2", {
    "MaHoSo": "H47.15-260921-0001", "MaTTHC": "3.000333", "ChuHoSo": "Nguyễn Thị Mẫu",
    "NgayTiepNhan": "20260921083015"}, ())
OURS = {"NgayTiepNhan": "20260921083015"}
TAKEN, EXISTS, NO = Said("00", "Đồng bộ thành công"), Said("3", "Hồ sơ đã tồn tại"), Said("-5", "Sai mã thủ tục")
ABSENT = Said("-3", "Mã hồ sơ không tồn tại")
GONE = Lost("cut_off", is_unsure=True)
NEVER = Lost("unreachable", is_unsure=False)


@pytest.mark.parametrize(("name", "expected"), [
    ("taken", Meaning.DONE), ("exists", Meaning.EXISTS), ("absent", Meaning.ABSENT),
    ("session_over", Meaning.SESSION_OVER), ("refused", Meaning.NO), ("login_refused", Meaning.NO),
])
def test_recorded_answers_mean_what_they_say(name: str, expected: Meaning) -> None:
    said = recorded(name)
    assert meaning(Said(said["error_code"], said["message"]), ANSWERS) is expected


@pytest.mark.parametrize(("code", "words", "expected"), [
    ("0", "", Meaning.DONE), ("00", "OK", Meaning.DONE), ("3", "", Meaning.NO), ("-3", "Lỗi khác", Meaning.NO),
    ("0", "HỒ SƠ ĐÃ TỒN TẠI", Meaning.EXISTS), ("-3", "Hồ sơ đã tồn tại", Meaning.EXISTS),
    ("http_401", "", Meaning.SESSION_OVER), ("99", "", Meaning.NO),
])
def test_the_text_decides_where_codes_are_ambiguous(code: str, words: str, expected: Meaning) -> None:
    assert meaning(Said(code, words), ANSWERS) is expected


def talk(replies: list[Reply], **known: bool) -> tuple[list[str], Outcome]:
    """The questions asked of the line, and how it ended."""
    standing = {"is_there": False, "is_unsure": False, "is_filed_there": False, **known}
    conversation = tell_dossier(MESSAGE, ANSWERS, **standing)
    asked: list[str] = []
    left = iter(replies)
    reply: Reply = None
    try:
        while True:
            ask = conversation.send(reply)
            if isinstance(ask, Doubt):
                reply = Said("", "")
                continue
            assert isinstance(ask, LookUp | Tell)
            asked.append(ask.name)
            reply = next(left)
    except StopIteration as ended:
        assert next(left, None) is None
        outcome: Outcome = ended.value
        return asked, outcome


def found(*dossiers: dict[str, Any]) -> Said:
    return Said("0", "", list(dossiers))


@pytest.mark.parametrize(("known", "replies", "asked", "result", "is_unsure"), [
    ({}, [TAKEN], ["add"], Result.SENT, False),
    ({}, [EXISTS, found(OURS), TAKEN], ["add", "look_up", "update"], Result.SENT, False),
    ({}, [EXISTS, found({"NgayTiepNhan": "20260921083016"})], ["add", "look_up"], Result.REFUSED, False),
    ({}, [EXISTS, found()], ["add", "look_up"], Result.REFUSED, False),
    ({}, [EXISTS, GONE], ["add", "look_up"], Result.LATER, True),
    ({}, [EXISTS, NO], ["add", "look_up"], Result.REFUSED, True),
    ({}, [NO], ["add"], Result.REFUSED, False),
    ({}, [GONE], ["add"], Result.LATER, True),
    ({}, [NEVER], ["add"], Result.LATER, False),
    ({"is_unsure": True}, [found(), TAKEN], ["look_up", "add"], Result.SENT, False),
    ({"is_unsure": True}, [ABSENT, TAKEN], ["look_up", "add"], Result.SENT, False),
    ({"is_unsure": True}, [found(OURS), TAKEN], ["look_up", "update"], Result.SENT, False),
    ({"is_unsure": True}, [NEVER], ["look_up"], Result.LATER, True),
    ({"is_unsure": True}, [found(OURS), GONE], ["look_up", "update"], Result.LATER, True),
    ({"is_there": True}, [TAKEN], ["update"], Result.SENT, False),
    ({"is_there": True}, [Said("0", "Hồ sơ đã tồn tại, cập nhật xong")], ["update"], Result.SENT, False),
    ({"is_there": True}, [ABSENT, TAKEN], ["update", "add"], Result.SENT, False),
    ({"is_there": True}, [ABSENT, EXISTS, found(OURS), ABSENT], ["update", "add", "look_up", "update"],
     Result.REFUSED, False),
    ({"is_filed_there": True}, [found({"NgayTiepNhan": "20200101000000"}), TAKEN], ["look_up", "update"],
     Result.SENT, False),
])
def test_each_answer_and_what_follows(
    known: dict[str, bool], replies: list[Reply], asked: list[str], result: Result, is_unsure: bool,
) -> None:
    questions, outcome = talk(replies, **known)
    assert (questions, outcome.result, outcome.is_unsure) == (asked, result, is_unsure)


@pytest.mark.parametrize(("there", "is_ours"), [
    ({"ChuHoSo": "NGUYỄN THỊ MẪU", "MaTTHC": "1.1"}, True),      # the procedure was corrected
    ({"ChuHoSo": "Lê Văn Ví Dụ", "MaTTHC": "3.000333"}, True),   # the name was
    ({"ChuHoSo": "Lê Văn Ví Dụ", "MaTTHC": "1.1"}, False),
    ({"NgayTiepNhan": "21/09/2026", "MaTTHC": "3.000333"}, True),
    ({"NgayTiepNhan": "20260921083015", "ChuHoSo": "Lê Văn Ví Dụ", "MaTTHC": "1.1"}, True),
])
def test_whose_dossier_bears_our_code(there: dict[str, str], is_ours: bool) -> None:
    replies: list[Reply] = [EXISTS, found(there), *([TAKEN] if is_ours else [])]
    _, outcome = talk(replies)
    assert outcome.result is (Result.SENT if is_ours else Result.REFUSED)


class Server:
    """Adds what it is told to add, also twice; loses what the script says, before or after the effect."""

    def __init__(self, losses: list[str]) -> None:
        self.copies = self.version = 0
        self.losses = losses

    def ask(self, ask: Ask, version: int) -> Reply:
        loss = self.losses.pop(0) if self.losses else ""
        if loss == "before":
            return GONE
        if isinstance(ask, LookUp):
            said = found(OURS) if self.copies else found()
        elif isinstance(ask, Tell) and ask.is_update:
            said = TAKEN if self.copies else ABSENT
            self.version = version if self.copies else self.version
        else:
            self.copies, self.version, said = self.copies + 1, version, TAKEN
        return GONE if loss == "after" else said


@settings(max_examples=150, deadline=None)
@given(losses=st.lists(st.sampled_from(("", "before", "after", "killed")), max_size=12), changes=st.integers(1, 3))
def test_however_answers_are_lost_it_is_there_once_and_newest(losses: list[str], changes: int) -> None:
    server, is_there, is_unsure = Server([]), False, False
    kills = losses.count("killed")
    server.losses = [each for each in losses if each != "killed"]
    for version in range(1, changes + 1):
        while True:
            conversation = tell_dossier(MESSAGE, ANSWERS, is_there=is_there, is_unsure=is_unsure,
                                        is_filed_there=False)
            reply: Reply = None
            try:
                while True:
                    ask = conversation.send(reply)
                    if isinstance(ask, Doubt):
                        is_unsure, reply = True, Said("", "")
                        continue
                    reply = server.ask(ask, version)
                    if kills:                      # the worker dies with the answer in its hand
                        kills -= 1
                        raise KeyboardInterrupt
            except StopIteration as ended:
                is_unsure = ended.value.is_unsure
                if ended.value.result is Result.SENT:
                    is_there = True
                    break
            except KeyboardInterrupt:
                continue
    assert (server.copies, server.version) == (1, changes)


def rows(count: int) -> tuple[dict[str, str], ...]:
    return tuple({"ThoiDiemXuLy": f"2026092108{n:04}", "TrangThai": "4"} for n in range(count))


def test_progress_is_kept_chunk_by_chunk_and_stops_at_a_lost_answer() -> None:
    chunks = [rows(10), rows(13)[10:]]
    conversation = tell_progress("x", chunks, ANSWERS, is_unsure=False)
    assert isinstance(next(conversation), Doubt)
    assert conversation.send(Said("", "")) == TellProgress(chunks[0])
    kept = conversation.send(TAKEN)
    assert isinstance(kept, KeepRows) and len(kept.digests) == 10
    assert isinstance(conversation.send(None), Doubt)
    assert conversation.send(Said("", "")) == TellProgress(chunks[1])
    with pytest.raises(StopIteration) as ended:
        conversation.send(GONE)
    assert ended.value.value == Outcome(Result.LATER, "cut_off", is_unsure=True)
