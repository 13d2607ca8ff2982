"""Builders of the papers of the cash desk; see `builders`. Each is imported when its paper is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.services.counter import Counter


# As for results: the desk asks for prints, and prints for builders.
def _money_receipt(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.money_receipt import money_receipt
    return money_receipt(connection, counter, operation, code)


def _cash_minutes(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.cash_minutes import cash_minutes
    return cash_minutes(connection, counter, operation, code)


def _remittance_list(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.remittance_list import remittance_list
    return remittance_list(connection, counter, operation, code)


def _transfer_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.transfer_slip import transfer_slip
    return transfer_slip(connection, counter, operation, code)


MONEY_BUILDERS: Mapping[str, Callable[[Connection, Counter, Operation, str], Any]] = {
    "money_receipt": _money_receipt,
    "collection_slip": _money_receipt,
    "cash_minutes": _cash_minutes,
    "remittance_list": _remittance_list,
    "transfer_slip": _transfer_slip,
}
