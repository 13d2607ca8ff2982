"""The electronic receipt that the province binds to a temporary slip: on the reprint, listed while missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.till.electronic import ElectronicReceipt, read_electronic
from app.domain.till.papers import MoneyReceiptPaper
from app.services.feed import new_notices
from app.services.outside_view import outside_of
from app.services.papers.prints import ask_print, paper_print
from app.services.rebuild import rebuild
from app.services.till.binding import electronic_of, receipts_of_dossier, unbound_slips
from app.services.till.ranges import take_receipt_range
from app.store.tables import money_receipts
from tests.app.services.neighbour import Feed
from tests.app.services.till.desk import CashDesk, cash, fee, postage
from tests.app.services.till.test_collecting import receive
from tests.app.services.till.test_papers import printed

BOUND = ElectronicReceipt("01BLP0-001", "28AA-26E", "0000123", "K7TQ-99")


def said(slip: str, **more: Any) -> dict[str, Any]:
    return {"slip": slip, "form": "01BLP0-001", "symbol": "28AA-26E", "receipt": "0000123",
            "lookup": "K7TQ-99"} | more


def waiting(desk: CashDesk, *args: Any) -> list[str]:
    return [each.slip for each in desk.read(unbound_slips, *args)]


def rows(desk: CashDesk) -> list[tuple[Any, ...]]:
    with desk.office.application.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(money_receipts).order_by(money_receipts.c.name))]


def test_what_the_province_binds_stands_on_the_slip_printed_again_and_on_the_dossier(desk: CashDesk) -> None:
    received = receive(desk, "khách-1")
    assert received.collected is not None
    (receipt,) = received.collected.collection.receipts
    feed = Feed(desk.office)
    feed.add("receipt", **said(receipt.name, collection=received.collected.op_id, number=received.dossier.code))
    feed.give()
    application = desk.office.application
    with application.database.writing() as connection:
        again = ask_print(connection, paper="collection_slip", op_id=received.collected.op_id, code=receipt.name,
                          clerk_name="Trần Thị Thử", now=desk.office.clock.now())
        assert paper_print(connection, application.enrolled, again)
    values, text = printed(desk, again)
    assert isinstance(values, MoneyReceiptPaper) and values.electronic == BOUND
    assert "đã có biên lai điện tử" in text and "chưa phải biên lai" not in text
    assert "mẫu số 01BLP0-001, ký hiệu 28AA-26E, số 0000123, mã tra cứu K7TQ-99" in text
    assert [each.electronic for each in desk.read(receipts_of_dossier, received.dossier.code)] == [BOUND]
    assert [each.kind for each in desk.read(outside_of, received.dossier.code)] == ["receipt"]
    assert desk.read(new_notices) == (), "hundreds a day are told with their dossiers, not announced"


def test_slips_of_the_state_are_listed_until_they_are_bound(desk: CashDesk) -> None:
    first = desk.collect(cash(fee(), postage())).collection.receipts
    second = desk.collect()
    desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "1", "9")
    desk.collect()
    gone = desk.collect(cash(fee(kind="charge", agency="so-xay-dung")))
    desk.void(gone.op_id)
    assert waiting(desk) == [first[0].name, second.collection.receipts[0].name]
    today = desk.office.clock.now().date()
    assert waiting(desk, today) == [] and len(waiting(desk, today + timedelta(days=1))) == 2
    feed = Feed(desk.office)
    feed.add("receipt", **said(first[0].name))
    feed.give()
    assert waiting(desk) == [second.collection.receipts[0].name]


def test_a_slip_is_bound_the_same_after_the_book_was_made_anew(desk: CashDesk) -> None:
    taken = [desk.collect() for _ in range(3)]
    feed = Feed(desk.office)
    for at, each in enumerate(taken[:2]):
        feed.add("receipt", **said(each.collection.receipts[0].name, receipt=f"{at:07d}"))
    feed.add("receipt", **said(taken[0].collection.receipts[0].name, receipt="0000077"))
    feed.give()
    desk.collect()
    before = rows(desk)
    with desk.office.application.database.writing() as connection:
        rebuild(connection)
    assert rows(desk) == before
    found = desk.read(electronic_of, taken[0].op_id, taken[0].collection.receipts[0].name)
    assert found.name == "28AA-26E 0000077", "the newest word counts"


@pytest.mark.parametrize("wrong", [
    {"symbol": "hai từ"}, {"symbol": ""}, {"receipt": "12A"}, {"lookup": "có dấu"}, {"form": "a b"},
    {"slip": None},
])
def test_an_entry_that_names_no_receipt_binds_nothing_and_is_announced(
    desk: CashDesk, wrong: dict[str, Any],
) -> None:
    slip = desk.collect().collection.receipts[0].name
    body = {name: value for name, value in (said(slip) | wrong).items() if value is not None}
    feed = Feed(desk.office)
    feed.add("receipt", **body)
    assert feed.give() == 1
    assert waiting(desk) == [slip]
    assert [each.kind for each in desk.read(new_notices)] == ["receipt"]


def test_a_biên_lai_of_a_series_and_another_collection_are_never_bound(desk: CashDesk) -> None:
    slip = desk.collect().collection.receipts[0].name
    desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "1", "9")
    series = desk.collect().collection.receipts[0].name
    feed = Feed(desk.office)
    feed.add("receipt", **said(series))
    feed.add("receipt", **said(slip, collection="khác"))
    feed.give()
    assert waiting(desk) == [slip] and all(row.electronic == "" for row in _electronic(desk))


def _electronic(desk: CashDesk) -> list[Any]:
    with desk.office.application.database.reading() as connection:
        return list(connection.execute(select(money_receipts.c.electronic)))


@pytest.mark.parametrize("receipt", [BOUND, ElectronicReceipt("", "A", "1"), ElectronicReceipt("", "A", "1", "x"),
                                     ElectronicReceipt("F", "A", "1")])
def test_what_is_kept_of_an_electronic_receipt_is_read_back(receipt: ElectronicReceipt) -> None:
    assert read_electronic(receipt.kept) == receipt
