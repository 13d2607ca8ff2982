"""A long question to the book that can be given up in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

STEPS = 20_000
"""SQLite's own steps between two looks: some milliseconds, and no measurable cost."""


@contextmanager
def given_up_when(connection: Connection, is_unwanted: Callable[[], bool]) -> Iterator[None]:
    """While inside, a question on `connection` ends soon after `is_unwanted` turns true, with `GivenUp`.

    `is_unwanted` is called on the thread that asks. Only for reading: a write would be rolled back.
    """
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(is_unwanted, STEPS)
    try:
        yield
    except OperationalError as error:
        if is_unwanted():
            raise GivenUp from error
        raise
    finally:
        driver.set_progress_handler(None, 0)       # the connection goes back to the pool


class GivenUp(Exception):
    """Nobody waits for the answer any more."""
