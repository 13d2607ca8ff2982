"""A result in a cover: who gets it, what travels along, what the postman takes, what the label says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier import State
from app.domain.intake import FeeTiming
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.notices import Channel
from app.errors import Refusal
from app.services.post.posting import posted_texts, prepare_posting
from app.services.results.taking_in import Arrived
from app.store.queries.dossiers import DossierList
from tests.app.services.post.counter import OLD, PARCEL, PostDesk, by_post, item
from tests.app.services.results.counter import CARD
from tests.office import with_kept_original


@pytest.fixture(autouse=True)
def codes(desk: PostDesk) -> None:
    desk.range(100, 199)


def test_a_posted_result_leaves_its_list_and_stands_in_the_next(desk: PostDesk) -> None:
    code = desk.shelved()
    assert desk.listed(DossierList.TO_POST) == [code]
    sent = desk.post(code)
    assert (sent.item_code, sent.cod, sent.is_new) == (item(100), 0, True)
    assert desk.listed(DossierList.TO_POST) == [] and desk.listed(DossierList.POSTED) == [code]
    life = desk.life(code)
    assert (life.business, life.delivery, life.item_code) == (State.DONE, Delivery.POSTED, item(100))


def test_the_same_key_twice_is_one_cover(desk: PostDesk) -> None:
    code = desk.shelved()
    first, again = desk.post(code, intent="dán"), desk.post(code, intent="dán")
    assert (first.op_id, first.item_code, first.job) == (again.op_id, again.item_code, again.job)
    assert not again.is_new and desk.pool().total.used == 1
    with pytest.raises(Refusal, match="result_not_here"):
        desk.post(code)


def test_the_form_is_filled_with_what_the_dossier_knows(desk: PostDesk) -> None:
    code = desk.shelved(with_kept_original(by_post("gốc")))
    with desk.reading() as connection:
        known = prepare_posting(connection, desk.office.application.enrolled, code)
    assert known.address.old_text == OLD and known.address.commune == ""
    assert known.next_code == item(100) and known.is_asked_by_post
    assert [one.id for one in known.originals] == ["1#1"]         # never handed over: it may travel along
    assert known.phone == "0905000123"


@pytest.mark.parametrize(("changes", "code", "values"), [
    ({"name": "  "}, "receiver_missing", {}),
    ({"phone": ""}, "phone_empty", {}),
    ({"phone": "0123"}, "phone_length", {"digits": 4}),
    ({"commune": ""}, "address_part_missing", {"part": "commune"}),
    ({"province": " , "}, "address_part_missing", {"part": "province"}),
    ({"line": ""}, "address_part_missing", {"part": "line"}),
    ({"item_code": "EA000001000VN"}, "item_code_check_digit", None),
    ({"item_code": item(777)}, "item_code_not_in_pool", None),
    ({"postage": -1}, "postage_negative", {}),
    ({"fee": 5000}, "money_not_due", None),
    ({"originals": ("1#1",)}, "original_unknown", None),
])
def test_nothing_is_written_when_anything_is_wrong(
    desk: PostDesk, changes: dict[str, object], code: str, values: dict[str, object] | None
) -> None:
    dossier = desk.shelved()
    before = desk.lines()
    with pytest.raises(Refusal, match=f"^{code}") as caught:
        desk.post(dossier, replace(PARCEL, **changes))
    assert values is None or caught.value.values == values
    assert desk.lines() == before and desk.pool().total.used == 0


def test_a_result_that_is_not_here_or_out_already_is_not_posted(desk: PostDesk) -> None:
    code = desk.receive()
    with pytest.raises(Refusal, match="result_not_here"):
        desk.post(code)
    out = desk.ready()
    desk.give(out)
    with pytest.raises(Refusal, match="result_already_out"):
        desk.post(out)


def test_what_is_owed_is_taken_at_the_door_with_the_postage(desk: PostDesk) -> None:
    intake = replace(by_post("nợ"), fee_timing=FeeTiming.AFTER)
    code = desk.shelved(intake)
    with pytest.raises(Refusal, match="money_amount_differs") as caught:
        desk.post(code, fee=1)
    assert caught.value.values == {"code": code, "due": 200_000, "taken": 1}
    sent = desk.post(code, postage=30_000)
    assert sent.cod == 230_000
    assert desk.life(code).money is MoneyState.DUE
    noted = desk.delivered(sent.item_code)
    assert noted.fee == 200_000
    life = desk.life(code)
    assert (life.business, life.money) == (State.RETURNED, MoneyState.TAKEN)


def test_an_amount_that_nobody_knows_is_asked(desk: PostDesk) -> None:
    intake = by_post("không rõ")
    unknown = replace(intake, fee_timing=FeeTiming.AFTER, fees=(replace(intake.fees[0], amount=None),))
    code = desk.shelved(unknown)
    with pytest.raises(Refusal, match="cod_unknown"):
        desk.post(code)
    assert desk.post(code, fee=55_000).cod == 55_000


def test_originals_travel_along_and_arrive_with_the_cover(desk: PostDesk) -> None:
    code = desk.receive(with_kept_original(by_post("gốc")))
    desk.hand_over(code, "1#1")
    desk.take(Arrived(code, CARD, ("1#1",)))
    sent = desk.post(code)
    assert [one.holder for one in desk.life(code).originals] == [Holder.POST]
    desk.delivered(sent.item_code)
    assert [one.holder for one in desk.life(code).originals] == [Holder.CITIZEN]


def test_originals_may_stay_behind_and_are_owed_then(desk: PostDesk) -> None:
    code = desk.receive(with_kept_original(by_post("gốc")))
    desk.hand_over(code)
    desk.take(code)
    sent = desk.post(code, originals=())
    desk.delivered(sent.item_code)
    assert desk.listed(DossierList.ORIGINALS) == [code]


def test_the_label_says_all_that_the_postman_needs_and_no_unit_but_ours(desk: PostDesk) -> None:
    sent = desk.posted()
    label = desk.paper(sent.job)
    assert (label.item_code, label.code, label.receiver_name) == (sent.item_code, sent.code, PARCEL.name)
    assert (label.address, label.commune, label.province) == (PARCEL.line, PARCEL.commune, PARCEL.province)
    assert label.old_address == OLD and label.cod_amount == 0
    assert label.head.unit == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU"


def test_an_old_address_that_says_nothing_more_is_not_printed_twice(desk: PostDesk) -> None:
    sent = desk.post(desk.shelved(), old_text="tổ 3, thôn giả định; phường mẫu, tỉnh MẪU")
    assert desk.paper(sent.job).old_address == ""


def test_the_citizen_is_told_the_item_code_and_the_money(desk: PostDesk) -> None:
    sent = desk.posted(replace(by_post("nợ"), fee_timing=FeeTiming.AFTER))
    with desk.reading() as connection:
        texts = posted_texts(connection, *desk.who(), sent.code)
    assert [text.channel for text in texts] == list(Channel)
    assert "EA 000 001" in texts[1].text and "200.000" in texts[1].text
