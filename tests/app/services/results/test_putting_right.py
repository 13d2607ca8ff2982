"""A wrong return is fetched back and given to the right person; fees and originals are put right with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.dossier import State
from app.domain.life.facts import HandedOver, MoneyTaken
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.notices import Channel
from app.domain.original_code import original_text
from app.domain.result_code import result_text
from app.domain.route_papers import OriginalLabel, ShelfLabel
from app.errors import Refusal
from app.services.results.original_ledger import ask_original_labels, find_originals
from app.services.results.putting_right import move_original, recall_return, shelve_again, take_fee
from app.services.results.ready_notice import ready_texts
from app.services.results.taking_in import Arrived
from app.services.results.tray import Tray, empty_tray, keep_tray, read_tray
from app.store.queries.dossiers import DossierList
from tests.app.services.results.counter import CARD, DELEGATE, Desk, build_paper, owing, paid, with_original


def call(desk: Desk, service: Any, *values: Any, intent: str = "", **more: Any) -> Any:
    with desk.connect() as connection:
        return service(connection, *desk.who(), *values, **more, **desk.how(intent))


def test_a_wrong_return_is_recalled_shelved_again_and_given_to_the_right_person(desk: Desk) -> None:
    code = desk.ready(with_original("nhầm"))
    first = desk.give(code, collector=DELEGATE, originals=("1#1",))
    with pytest.raises(Refusal, match="reason_empty"):
        call(desk, recall_return, code, reason=" ")
    call(desk, recall_return, code, reason="Đưa nhầm người")
    assert (desk.life(code).business, desk.life(code).delivery) == (State.DONE, Delivery.RECALLED)
    assert desk.listed(DossierList.UNDELIVERED) == [code]
    with pytest.raises(Refusal, match="result_not_here"):
        desk.give(code, originals_left="–")
    job = call(desk, shelve_again, code, shelf="b-5", note="Đã mang lại đủ", originals=("1#1",))
    with desk.connect() as connection:
        label = build_paper(connection, desk, job)
    assert isinstance(label, ShelfLabel)
    assert (label.shelf, desk.life(code).shelf) == ("B-5", "B-5")
    second = desk.give(code, originals=("1#1",))
    life = desk.life(code)
    assert (life.delivery, life.out) == (Delivery.RETURNED, second.op_id)
    assert second.number != first.number and life.conflicts == ()


def test_a_return_is_recalled_once(desk: Desk) -> None:
    code = desk.ready()
    with pytest.raises(Refusal, match="not_returned"):
        call(desk, recall_return, code, reason="nhầm")
    desk.give(code)
    call(desk, recall_return, code, reason="nhầm", intent="thu hồi")
    assert not call(desk, recall_return, code, reason="nhầm", intent="thu hồi").is_new
    with pytest.raises(Refusal, match="not_returned"):
        call(desk, recall_return, code, reason="nhầm")


def test_a_result_is_moved_on_the_shelf_and_needs_a_place(desk: Desk) -> None:
    code = desk.ready()
    with pytest.raises(Refusal, match="shelf_missing"):
        call(desk, shelve_again, code, shelf=" ")
    call(desk, shelve_again, code, shelf="C-9")
    assert desk.life(code).shelf == "C-9"
    with pytest.raises(Refusal, match="result_not_here"):
        call(desk, shelve_again, desk.receive(), shelf="C-9")


def test_a_fee_taken_before_the_return_is_not_asked_again(desk: Desk) -> None:
    code = desk.ready(owing("nợ"))
    with pytest.raises(Refusal, match="money_amount_differs"):
        call(desk, take_fee, code, MoneyTaken(1, "cash"))
    call(desk, take_fee, code, paid(), intent="thu")
    assert not call(desk, take_fee, code, paid(), intent="thu").is_new
    assert desk.life(code).money is MoneyState.TAKEN
    with pytest.raises(Refusal, match="money_not_due"):
        call(desk, take_fee, code, paid())
    assert desk.give(code).is_new


def test_an_original_that_turns_up_later_goes_to_the_citizen_with_a_reason(desk: Desk) -> None:
    code = desk.receive(with_original("sót"))
    desk.hand_over(code, "1#1")
    desk.take(code)
    desk.give(code, originals_left="Cơ quan còn giữ")
    with pytest.raises(Refusal, match="reason_empty"):
        call(desk, move_original, code, "1#1", Holder.CITIZEN, reason="")
    call(desk, move_original, code, "1#1", Holder.CITIZEN, reason="Đã trả tận tay", intent="trả gốc")
    assert desk.listed(DossierList.ORIGINALS) == []
    again = call(desk, move_original, code, "1#1", Holder.CITIZEN, reason="Đã trả tận tay", intent="trả gốc")
    assert not again.is_new
    with pytest.raises(Refusal, match="original_is_there"):
        call(desk, move_original, code, "1#1", Holder.CITIZEN, reason="lần nữa")
    with pytest.raises(Refusal, match="original_unknown"):
        call(desk, move_original, code, "2#1", Holder.CITIZEN, reason="không có")


def test_one_scan_tells_who_holds_an_original(desk: Desk) -> None:
    code = desk.receive(with_original("sổ đỏ"))
    desk.do(HandedOver("bg", ("1#1",)), code)
    with desk.reading() as connection:
        for text in (original_text(code, "1"), code, result_text(code)):
            found = find_originals(connection, text)
            (place,) = found.places
            assert (place.original.holder, found.held.code) == (Holder.ON_THE_WAY, code)
            assert place.event is not None and place.event.name == "Trần Thị Thử"
        assert find_originals(connection, original_text(code, "1")).scanned == "1#1"
        for text, wrong in ((original_text(code, "2"), "original_unknown"),
                            (original_text(code, "1")[:-1] + "0", "original_label_damaged"),
                            ("0905000123", "code_not_recognised")):
            with pytest.raises(Refusal, match=wrong):
                find_originals(connection, text)


def test_each_original_has_its_own_label(desk: Desk) -> None:
    code = desk.receive(with_original("nhãn"))
    with desk.connect() as connection:
        jobs = ask_original_labels(connection, desk.office.clerk, code, desk.office.clock.now())
        assert ask_original_labels(connection, desk.office.clerk, code, desk.office.clock.now()) == jobs
        (label,) = [build_paper(connection, desk, job) for job in jobs]
    assert isinstance(label, OriginalLabel)
    assert (label.code, label.requirement, label.number, label.count) == (code, "1", 1, 1)
    without = desk.receive()
    with desk.connect() as connection, pytest.raises(Refusal, match="no_originals"):
        ask_original_labels(connection, desk.office.clerk, without, desk.office.clock.now())


def test_the_citizen_is_told_in_exact_words(desk: Desk) -> None:
    code = desk.ready(owing("nhắn"))
    with desk.reading() as connection:
        sms, zalo, phone = ready_texts(connection, *desk.who(), code)
    assert [each.channel for each in (sms, zalo, phone)] == list(Channel)
    assert code in sms.text and "200.000" in sms.text and sms.length is not None and sms.length.parts <= 2
    assert "Nguyễn Thị Mẫu Ánh" in phone.text and "Mẫu Ánh" not in sms.text + zalo.text


def test_a_list_that_was_being_scanned_survives_a_restart(desk: Desk) -> None:
    tray = Tray("ý-1", "cong-an", "Công an", "7/BG", "", (Arrived("H47.15-261123-0001", CARD, ("1#1",), "A-01"),))
    with desk.connect() as connection:
        assert read_tray(connection) is None
        keep_tray(connection, tray)
    with desk.connect() as connection:
        assert read_tray(connection) == tray
        empty_tray(connection)
        assert read_tray(connection) is None
