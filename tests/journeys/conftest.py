"""Journeys use the dressed application of the window's tests and databases of the real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, postgres
from tests.ui.conftest import dressed_app, language, look, nothing_left_running

__all__ = ["dressed_app", "language", "look", "nothing_left_running", "postgres"]


@pytest.fixture
def empty_database(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.create_prepared_database()
    yield url
    postgres.drop_database(url)
