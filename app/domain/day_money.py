"""A counter's money of one day, three ways: receipts given, what lies in drawer and bank, what dossiers say.

    receipts given = cash + transfers      less what was taken back = what the dossiers say + what is no dossier's
                                                                    = what the province counts

Each difference has a kind, and each kind one lawful repair: an entry of its own with a reason, never a changed
line. Amounts in đồng.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Loose(StrEnum):
    """What is not as it should be at a day's end, or only explains why two columns differ."""

    FEE_UNCOLLECTED = "fee_uncollected"            # to be taken at reception, and nothing was collected
    VOID_UNCOLLECTED = "void_uncollected"          # collected, taken back whole, and not collected again
    OVER_COLLECTED = "over_collected"              # collected beyond what the dossier costs
    OTHER_DAY = "other_day"                        # paid on another day than the one it is due on
    REFUNDED = "refunded"                          # given back; the dossier still bears its fee
    UNCONFIRMED = "unconfirmed"                    # a transfer that no statement has shown since
    COUNT_DIFFERS = "count_differs"                # counted in the drawer: too little or too much
    SESSION_OPEN = "session_open"
    OUTSIDE = "outside"                            # taken while no session was open, and not taken in yet
    RECEIPT_TWICE = "receipt_twice"
    RECEIPT_MISSING = "receipt_missing"            # in its range, below the last one given, and nowhere


KEY_OF: Mapping[Loose, str] = {
    **dict.fromkeys(Loose, "F6"), Loose.OVER_COLLECTED: "F3", Loose.OTHER_DAY: "F3", Loose.REFUNDED: "F3",
}
"""Key of the place where it is mended, or looked at."""
EXPLAINS = frozenset({Loose.OTHER_DAY, Loose.REFUNDED})
"""Kinds that are as they should be: named only because two columns differ by them."""


@dataclass(frozen=True, slots=True)
class LooseMoney:
    """`name` of dossier, receipt or session. `since`: the day it began, where it is not this one."""

    kind: Loose
    name: str
    amount: int
    since: date | None = None

    @property
    def key(self) -> str:
        return KEY_OF[self.kind]


@dataclass(frozen=True, slots=True)
class OwnerMoney:
    """One owner of money. `receipts` on `pieces` of paper, also those that are void by now.

    `claimed` transfers are those that no statement has confirmed yet. `back`: taken back on this day, of any day.
    `dossiers`: what dossiers say came in on this day; `beside`: collected for no dossier. `there` None: the
    province was not asked, or counts no money.
    """

    stream: str
    owner: str
    owner_name: str
    pieces: int = 0
    receipts: int = 0
    cash: int = 0
    confirmed: int = 0
    claimed: int = 0
    back: int = 0
    dossiers: int = 0
    beside: int = 0
    there: int | None = None

    @property
    def net(self) -> int:
        """What came in and stayed."""
        return self.cash + self.confirmed + self.claimed - self.back

    @property
    def differences(self) -> tuple[str, ...]:
        """What does not agree: receipts, dossiers, there."""
        found = []
        if self.receipts != self.cash + self.confirmed + self.claimed:
            found.append("receipts")
        if self.dossiers + self.beside != self.net:
            found.append("dossiers")
        if self.there is not None and self.there != self.net:
            found.append("there")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class DayMoney:
    """Owners by name, and everything by its name that keeps the columns apart or is left to be done."""

    owners: tuple[OwnerMoney, ...] = ()
    loose: tuple[LooseMoney, ...] = ()

    @property
    def is_equal(self) -> bool:
        return not self.to_mend and (self.is_explained or not any(owner.differences for owner in self.owners))

    @property
    def is_blind(self) -> bool:
        """A session is open: who knows the sum of the money does not count it blind."""
        return any(each.kind is Loose.SESSION_OPEN for each in self.loose)

    @property
    def to_mend(self) -> tuple[LooseMoney, ...]:
        return tuple(each for each in self.loose if each.kind not in EXPLAINS)

    @property
    def is_explained(self) -> bool:
        """Whether only days apart and refunds keep the dossiers from the money; receipts and province agree."""
        is_named = any(each.kind in EXPLAINS for each in self.loose)
        return is_named and all(set(owner.differences) <= {"dossiers"} for owner in self.owners)
