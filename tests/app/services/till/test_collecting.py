"""Money is taken once, with one receipt for each owner and kind, together with what it is taken for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.identifiers import uuid7
from app.domain.intake import ChargedFee, FeeTiming
from app.domain.operation import Type, parse
from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MOST, MoneyLine, Taking
from app.errors import Refusal
from app.services.receive import Received, receive_dossier
from app.services.till.collecting import fee_lines, unknown_fees
from app.services.till.dues import collected_for, dues_of
from app.store import journal as book
from app.store import projection
from app.store.tables import journal, money_receipts, paper_prints, transfers
from tests.app.services.till.desk import BANK, CashDesk, cash, fee, postage, transfer
from tests.office import sample_intake


def receive(desk: CashDesk, intent: str, *, pays: bool = True, **changed: object) -> Received:
    office = desk.office.application
    intake = replace(sample_intake(intent), **changed)             # type: ignore[arg-type]
    assert intake.procedure is not None
    lines = fee_lines(intake) if pays else ()
    with office.database.writing() as connection:
        return receive_dossier(
            connection, office.enrolled, desk.clerk, office.rules, office.agency(intake.procedure.agency), intake,
            taking=Taking(Means.CASH, lines, "Nguyễn Thị Mẫu Ánh") if lines else None,
            now=desk.office.clock.now(), randomness=desk.office.noise.randbytes,
        )


def test_dossier_and_money_stand_in_the_book_together(desk: CashDesk) -> None:
    desk.open({})
    received = receive(desk, "khách-1")
    assert received.collected is not None and received.collected.collection.code == received.dossier.code
    assert desk.read(dues_of, received.dossier.code) == ()
    assert desk.read(collected_for, received.dossier.code) == 200_000
    with desk.office.application.database.reading() as connection:
        types = list(connection.execute(select(journal.c.type).order_by(journal.c.seq)).scalars())
    assert types == [Type.CASH_OPENED, Type.DOSSIER_RECEIVED, Type.MONEY_COLLECTED]


def test_ten_enters_are_one_dossier_and_one_collection(desk: CashDesk) -> None:
    first, *others = [receive(desk, "khách-1") for _ in range(10)]
    assert first.collected is not None
    assert {each.collected.op_id for each in others if each.collected} == {first.collected.op_id}
    assert desk.balances() == {"drawer:outside:quay-1": 200_000, "owed:state:cong-an:fee": -200_000}
    assert desk.lines() == 2


def test_when_the_money_cannot_be_written_the_dossier_is_not_either(
    desk: CashDesk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **more: object) -> object:
        raise OSError("disk")

    monkeypatch.setattr("app.services.receive.collect", fail)
    with pytest.raises(OSError, match="disk"):
        receive(desk, "khách-1")
    monkeypatch.undo()
    assert desk.lines() == 0
    assert receive(desk, "khách-1").dossier.code.endswith("-0001")


def test_a_later_fee_is_owed_and_an_exempt_one_is_not(desk: CashDesk) -> None:
    later = receive(desk, "khách-1", fee_timing=FeeTiming.AFTER, pays=False)
    assert later.collected is None
    assert [line.amount for line in desk.read(dues_of, later.dossier.code)] == [200_000]
    assert fee_lines(replace(sample_intake("khách-2"), fee_timing=FeeTiming.EXEMPT)) == ()


def test_a_fee_that_nobody_knows_is_named_and_not_collected(desk: CashDesk) -> None:
    known = sample_intake("khách-1")
    intake = replace(known, fees=(*known.fees, ChargedFee("Phí lạ", "fee", None)))
    assert [line.name for line in fee_lines(intake)] == ["Phí cấp phiếu"]
    assert unknown_fees(intake) == ("Phí lạ",)
    received = receive(desk, "khách-1", fees=intake.fees)
    assert desk.read(dues_of, received.dossier.code) == ()


def test_fee_and_charge_of_two_agencies_have_a_receipt_each(desk: CashDesk) -> None:
    taken = desk.collect(cash(
        fee(200_000), fee(30_000, name="Phí khai thác"), fee(50_000, kind="charge"),
        fee(10_000, agency="so-xay-dung"), postage(),
    ))
    receipts = taken.collection.receipts
    assert [(receipt.owner, receipt.kind, receipt.amount) for receipt in receipts] == [
        ("cong-an", "fee", 230_000), ("cong-an", "charge", 50_000), ("so-xay-dung", "fee", 10_000),
        ("", "postage", 25_000),
    ]
    assert len({receipt.name for receipt in receipts}) == 4
    with desk.office.application.database.reading() as connection:
        assert set(connection.execute(select(paper_prints.c.job)).scalars()) == set(taken.jobs)
        kept = connection.execute(select(money_receipts.c.name, money_receipts.c.amount)).all()
    assert {(row.name, row.amount) for row in kept} == {(each.name, each.amount) for each in receipts}


def test_streams_never_mix(desk: CashDesk) -> None:
    fine = MoneyLine(Stream.OTHER, "csgt", "Phòng Cảnh sát giao thông Mẫu", "other", "Tiền phạt", 900_000)
    desk.collect(cash(fee(), postage(), fine))
    assert desk.balances("owed:") == {
        "owed:other:csgt:other": -900_000, "owed:postage::postage": -25_000, "owed:state:cong-an:fee": -200_000,
    }


def test_a_transfer_is_claimed_until_a_statement_says_otherwise(desk: CashDesk) -> None:
    desk.open({})
    taken = desk.collect(transfer())
    assert desk.balance(f"bank:{BANK}:claimed") == 200_000
    assert desk.balances("drawer:") == {}
    with desk.office.application.database.reading() as connection:
        row = connection.execute(select(transfers)).one()
    assert (row.op_id, row.state, row.amount) == (taken.op_id, "claimed", 200_000)


@pytest.mark.parametrize(("taking", "code"), [
    (Taking(Means.CASH, (), "Mẫu"), "money_nothing"),
    (cash(fee(0)), "money_nothing"),
    (cash(fee(-1)), "money_line_wrong"),
    (cash(fee(MOST + 1)), "money_line_wrong"),
    (cash(fee(True)), "money_line_wrong"),
    (cash(replace(fee(), owner="")), "money_line_wrong"),
    (cash(replace(fee(), kind="postage")), "money_line_wrong"),
    (cash(replace(fee(), name=" ")), "money_line_wrong"),
    (replace(cash(), payer="  "), "payer_missing"),
    (replace(cash(), payer="ă" * 501), "money_text_long"),
    (replace(transfer(), bank_account=""), "bank_account_missing"),
])
def test_what_cannot_be_collected_is_refused_and_nothing_is_written(
    desk: CashDesk, taking: Taking, code: str,
) -> None:
    with pytest.raises(Refusal, match=code):
        desk.collect(taking)
    assert desk.lines() == 0


def test_movements_that_do_not_sum_to_zero_are_refused_whoever_sends_them(desk: CashDesk) -> None:
    desk.collect()
    with desk.office.application.database.reading() as connection:
        row = connection.execute(select(journal.c.payload)).one()
    body = dict(parse(row.payload, b"").body)
    body["movements"] = [["drawer:outside:quay-1", 1]]
    office = desk.office.application
    event = book.Event(uuid7(desk.office.clock.now(), desk.office.noise.randbytes), Type.MONEY_COLLECTED, "gian",
                       body, desk.office.clock.now(), desk.office.clock.now().date())
    with pytest.raises(ValueError, match="zero"), office.database.writing() as connection:
        projection.apply(connection, book.append(connection, office.enrolled.author(None), event), is_own=False)
