"""How this office deals with money: whose bank accounts take transfers, which receipt numbers it was promised."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.store.settings import read_setting, write_setting

SETTING = "money"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account that takes transfers for an agency; `agency` "": for all that have none of their own.

    `bin`: six digits of the bank with NAPAS.
    """

    agency: str
    bin: str
    account: str
    holder: str
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class OfferedReceipts:
    """Receipt numbers that the office was given for one counter; `device` "": for this one."""

    form: str
    symbol: str
    first: str
    last: str
    kind: str = ""
    owner: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """`few`: receipt numbers left at which the clerk is told. `linh`: một trăm linh một; else một trăm lẻ một."""

    accounts: tuple[BankAccount, ...] = ()
    receipts: tuple[OfferedReceipts, ...] = ()
    few: int = 20
    linh: bool = True

    def account_for(self, agency: str) -> BankAccount | None:
        """The agency's own account, or the office's; None when transfers cannot be taken for it."""
        for wanted in (agency, ""):
            for each in self.accounts:
                if each.agency == wanted:
                    return each
        return None


def read_money_rule(connection: Connection) -> MoneyRule:
    """The office's rule; the usual one when nothing, or nothing readable, was set."""
    held = read_setting(connection, SETTING)
    try:
        return from_body(MoneyRule, held) if held else MoneyRule()
    except ValueError:
        return MoneyRule()


def write_money_rule(connection: Connection, rule: MoneyRule) -> None:
    write_setting(connection, SETTING, to_body(rule))
