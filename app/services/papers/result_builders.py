"""Builders of the papers about results; see `builders`. Each is imported when its paper is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.services.counter import Counter


# The ledger asks for prints, and prints for builders: at the top these imports would bite their own tail.
def _result_handover(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.result_handover import result_handover_paper
    return result_handover_paper(connection, counter, operation, code)


def _result_receipt(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.result_receipt import result_receipt_paper
    return result_receipt_paper(connection, counter, operation, code)


def _shelf_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.shelf_label import shelf_label
    return shelf_label(connection, counter, operation, code)


def _original_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.original_label import original_label
    return original_label(connection, counter, operation, code)


RESULT_BUILDERS: Mapping[str, Callable[[Connection, Counter, Operation, str], Any]] = {
    "result_handover": _result_handover,
    "result_receipt": _result_receipt,
    "shelf_label": _shelf_label,
    "original_label": _original_label,
}
