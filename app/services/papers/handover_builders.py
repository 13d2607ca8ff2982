"""Builders of the papers of a hand-over; see `builders`. Each is imported when its paper is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.services.counter import Counter


# As in `result_builders`: an act asks for prints, prints ask for builders.
def _handover_list(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.handover_list import handover_list_paper
    return handover_list_paper(connection, counter, operation, code)


def _control_sheet(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.control_sheet import control_sheet_paper
    return control_sheet_paper(connection, counter, operation, code)


def _discrepancy_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.discrepancy import discrepancy_slip
    return discrepancy_slip(connection, counter, operation, code)


def _agency_digest(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.agency_digest import agency_digest_paper
    return agency_digest_paper(connection, counter, operation, code)


HANDOVER_BUILDERS: Mapping[str, Callable[[Connection, Counter, Operation, str], Any]] = {
    "handover_list": _handover_list,
    "control_sheet": _control_sheet,
    "discrepancy_slip": _discrepancy_slip,
    "agency_digest": _agency_digest,
}
