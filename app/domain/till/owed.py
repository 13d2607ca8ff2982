"""What a dossier still owes, by its fees and the cash book together.

The life of a dossier says that its fee was taken; the cash book says whether that stayed so. A collection that was
made void is owed again (hủy thanh toán), one that was given back is not (đã hoàn phí): two people decided that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.intake import ChargedFee
from app.domain.life.event import Event
from app.domain.life.facts import Posted
from app.domain.life.life import Life
from app.domain.life.states import Delivery, MoneyState

FeeKey = tuple[str, str]
"""(fee or charge, its name)."""


@dataclass(frozen=True, slots=True)
class FeeBook:
    """Of one dossier, đồng of state fees. `kept`: collected and not void, by fee; `back`: of that, refunded.

    `voided`: collected once and void now.
    """

    kept: tuple[tuple[FeeKey, int], ...] = ()
    back: tuple[tuple[FeeKey, int], ...] = ()
    voided: int = 0

    @property
    def net(self) -> int:
        """What was collected and stayed."""
        return sum(amount for _, amount in self.kept) - self.refunded

    @property
    def refunded(self) -> int:
        return sum(amount for _, amount in self.back)


EMPTY = FeeBook()


def fees_left(fees: Sequence[ChargedFee], book: FeeBook) -> tuple[int | None, ...]:
    """What is left of each fee; None: its amount is not known, and nothing was collected for it."""
    stayed: Counter[FeeKey] = Counter(dict(book.kept))
    stayed.subtract(dict(book.back))
    return _left(fees, stayed)


def money_by_book(
    life: Life, events: Iterable[Event], fees: Sequence[ChargedFee], book: FeeBook
) -> MoneyState:
    """The money of `life`, as its own events have it, corrected by what was taken back since."""
    money = life.money
    if money is not MoneyState.TAKEN:
        return money
    if book.voided and not _is_paid_at_door(life, events):
        kept = sum(amount for _, amount in book.kept)
        is_short = kept < sum(fee.amount or 0 for fee in fees)
        if is_short or None in _left(fees, Counter(dict(book.kept))):
            return MoneyState.DUE
    if book.refunded and book.net <= 0:
        return MoneyState.REFUNDED
    return money


def _is_paid_at_door(life: Life, events: Iterable[Event]) -> bool:
    """The post delivered the result against payment: what was owed then is in no drawer of the counter."""
    return life.delivery is Delivery.DELIVERED and any(
        event.id == life.out and isinstance(event.facts, Posted) and event.facts.cod for event in events)


def _left(fees: Sequence[ChargedFee], stayed: Counter[FeeKey]) -> tuple[int | None, ...]:
    found: list[int | None] = []
    for fee in fees:
        if fee.amount is None:
            is_paid = any(amount > 0 and kind == fee.kind and fee.name in (name, *name.split(", "))
                          for (kind, name), amount in stayed.items())
            found.append(0 if is_paid else None)       # several unknown ones are taken in one line
            continue
        covered = max(0, min(fee.amount, stayed[fee.kind, fee.name]))
        stayed[fee.kind, fee.name] -= covered
        found.append(fee.amount - covered)
    return tuple(found)
