"""Builders of the papers of the post; see `builders`. Each is imported when its paper is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.services.counter import Counter


# As in `result_builders`: an act asks for prints, prints ask for builders.
def _post_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.post_label import post_label
    return post_label(connection, counter, operation, code)


def _post_manifest(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.post_manifest import post_manifest_paper
    return post_manifest_paper(connection, counter, operation, code)


def _pickup_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.pickup_slip import pickup_slip
    return pickup_slip(connection, counter, operation, code)


POST_BUILDERS: Mapping[str, Callable[[Connection, Counter, Operation, str], Any]] = {
    "post_label": _post_label,
    "post_manifest": _post_manifest,
    "pickup_slip": _pickup_slip,
}
