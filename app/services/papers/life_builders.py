"""The papers of a dossier's life. A builder is imported when its paper is first printed: the acts that ask for the
prints are what the builders read, and the two must not wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.services.counter import Counter


def _supplement_request(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.supplement_request import supplement_request
    return supplement_request(connection, counter, operation, code)


def _refusal(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.refusal import refusal
    return refusal(connection, counter, operation, code)


def _extension_notice(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.extension_notice import extension_notice
    return extension_notice(connection, counter, operation, code)


def _stop_notice(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.stop_notice import stop_notice
    return stop_notice(connection, counter, operation, code)


def _derivation(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.derivation import derivation
    return derivation(connection, counter, operation, code)


def _history(connection: Connection, counter: Counter, operation: Operation, code: str) -> Any:
    from app.services.papers.history import history
    return history(connection, counter, operation, code)


LIFE_BUILDERS: Mapping[str, Callable[[Connection, Counter, Operation, str], Any]] = {
    "supplement_request": _supplement_request,
    "refusal": _refusal,
    "extension_notice": _extension_notice,
    "stop_notice": _stop_notice,
    "derivation": _derivation,
    "history": _history,
}
