"""What a citizen pays in one go, line by line, and the receipts given for it.

Phí and lệ phí are receipted apart, and each agency has its own receipts (Luật Phí và lệ phí 97/2015/QH13; Nghị
định 123/2020/NĐ-CP on biên lai): one receipt for each owner and kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.text import nfc
from app.domain.till.accounts import Means, Stream, claimed, drawer, owed
from app.domain.till.movements import Movement
from app.errors import Refusal

KINDS = {
    Stream.STATE: ("fee", "charge"),
    Stream.POSTAGE: ("postage",),
    Stream.OTHER: ("other",),
}
MOST = 10_000_000_000
"""Đồng of one line: beyond any fee of the tables, far below what the sums can hold."""
MOST_LINES = 200
LONGEST = 500


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line: `owner` is the agency (stream state), the beneficiary (other) or "" (postage).

    `rule` names the rule and catalogue version that gave the amount, "" where somebody typed it.
    """

    stream: Stream
    owner: str
    owner_name: str
    kind: str
    name: str
    amount: int
    rule: str = ""

    @property
    def account(self) -> str:
        return owed(self.stream, self.owner, self.kind)


@dataclass(frozen=True, slots=True)
class GivenReceipt:
    """A receipt for the lines of one owner and kind.

    From a series: `form`, `symbol` and `number` of the biên lai. A temporary slip: `slip` is its number, and
    the electronic receipt is bound to it later.
    """

    stream: Stream
    owner: str
    owner_name: str
    kind: str
    amount: int
    form: str = ""
    symbol: str = ""
    number: str = ""
    slip: str = ""

    @property
    def name(self) -> str:
        """How people call it: symbol and number, or the slip's number."""
        return f"{self.symbol} {self.number}" if self.number else self.slip


@dataclass(frozen=True, slots=True)
class Taking:
    """What the clerk takes now. `bank_account`: where a transfer goes; `payer`: maybe not the applicant."""

    means: Means
    lines: tuple[MoneyLine, ...]
    payer: str
    address: str = ""
    bank_account: str = ""
    token: str = ""                # in the purpose of a transfer; given when it is collected
    note: str = ""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Collection:
    """A taking as stored: `code` of the dossier ("" for none), `session` "" when no session was open."""

    taking: Taking
    receipts: tuple[GivenReceipt, ...]
    session: str = ""
    code: str = ""


def checked_taking(taking: Taking) -> Taking:
    """The taking without lines of nothing and with tidy texts.

    Raises `money_nothing`, `money_line_wrong` (name), `payer_missing`, `bank_account_missing`, `money_text_long`
    (limit).
    """
    lines = tuple(
        replace(line, name=nfc(line.name).strip(), owner_name=nfc(line.owner_name).strip())
        for line in taking.lines if line.amount != 0
    )
    if not lines:
        raise Refusal("money_nothing")
    for line in lines:
        has_owner = bool(line.owner) or line.stream is Stream.POSTAGE
        is_amount = type(line.amount) is int and 0 < line.amount <= MOST
        if not is_amount or not has_owner or not line.name or line.kind not in KINDS[line.stream]:
            raise Refusal("money_line_wrong", name=line.name)
    tidy = replace(taking, lines=lines, payer=nfc(taking.payer).strip(), address=nfc(taking.address).strip(),
                   note=nfc(taking.note).strip())
    if not tidy.payer:
        raise Refusal("payer_missing")
    if tidy.means is Means.TRANSFER and not tidy.bank_account:
        raise Refusal("bank_account_missing")
    texts = (tidy.payer, tidy.address, tidy.note, *(line.name for line in lines))
    if len(lines) > MOST_LINES or any(len(text) > LONGEST for text in texts):
        raise Refusal("money_text_long", limit=LONGEST)
    return tidy


def receipts_wanted(lines: Iterable[MoneyLine]) -> tuple[GivenReceipt, ...]:
    """One receipt for each owner and kind, still without a number, in the order of the lines."""
    wanted: dict[tuple[Stream, str, str], GivenReceipt] = {}
    for line in lines:
        key = (line.stream, line.owner, line.kind)
        found = wanted.get(key)
        amount = line.amount + (found.amount if found else 0)
        wanted[key] = GivenReceipt(line.stream, line.owner, line.owner_name, line.kind, amount)
    return tuple(wanted.values())


def collection_movements(taking: Taking, session: str, device: str) -> tuple[Movement, ...]:
    """Into the drawer, or onto the bank account as claimed; owed to those it was collected for."""
    is_cash = taking.means is Means.CASH
    into = drawer(session, device) if is_cash else claimed(taking.bank_account)
    return (Movement(into, taking.total), *(Movement(line.account, -line.amount) for line in taking.lines))
