"""Money in the story that a release tells: a fee taken without a number of one's own, so that a slip is given."""

from __future__ import annotations

from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MoneyLine, Taking
from app.services.till.collecting import collect
from tests.sync.client.trial import Counter

RECEIPT = ("01BLP0-001", "28AA-26E", "0000123", "K7TQ-99")
"""Form, symbol, number and lookup code of the electronic receipt that follows."""


def take(counter: Counter, amount: int = 50_000) -> str:
    """The number of the slip."""
    application, office = counter.office.application, counter.office
    line = MoneyLine(Stream.STATE, "cong-an", "Công an tỉnh Mẫu", "fee", "Phí thử", amount)
    with application.database.writing() as connection:
        taken = collect(connection, application.enrolled, application.enrolled.clerks[0],
                        Taking(Means.CASH, (line,), "Lê Thử Nghiệm"), intent=f"thu-{amount}",
                        now=application.clock.now(), randomness=office.noise.randbytes)
    (receipt,) = taken.collection.receipts
    return receipt.slip
