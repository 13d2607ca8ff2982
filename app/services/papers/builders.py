"""Which function makes which paper. A name here stands in the book (`paper_prints.paper`) and never changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.errors import EnvironmentFault
from app.services.counter import Counter
from app.services.papers.handover_builders import HANDOVER_BUILDERS
from app.services.papers.life_builders import LIFE_BUILDERS
from app.services.papers.money_builders import MONEY_BUILDERS
from app.services.papers.post_builders import POST_BUILDERS
from app.services.papers.result_builders import RESULT_BUILDERS

Builder = Callable[[Connection, Counter, Operation, str], Any]
"""(connection, counter, operation, code) → the paper's frozen values. `code` is the dossier or number of the print
job: an operation about many dossiers gives one paper a dossier, where the paper is a dossier's own."""


def _shift_minutes(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.shift_minutes import shift_minutes  # as in the other tables: not before it is asked
    return shift_minutes(connection, counter, operation, code)


def _group_annex(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.group_annex import group_annex
    return group_annex(connection, counter, operation, code)


BUILDERS: Mapping[str, Builder] = {
    "group_annex": _group_annex,
    "shift_minutes": _shift_minutes,
    **HANDOVER_BUILDERS,
    **LIFE_BUILDERS,
    **MONEY_BUILDERS,
    **POST_BUILDERS,
    **RESULT_BUILDERS,
}
"""Name of the paper → its builder."""


def build(connection: Connection, counter: Counter, paper: str, operation: Operation, code: str) -> Any:
    """The values of `paper` as the operation states them. Raises `paper_unknown` for a name of a later version."""
    builder = BUILDERS.get(paper)
    if builder is None:
        raise EnvironmentFault("paper_unknown", paper=paper)
    return builder(connection, counter, operation, code)
