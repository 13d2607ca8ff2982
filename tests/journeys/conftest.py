"""Journeys use the dressed application of the window's tests and databases of the real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gateway_process import OperatedHere
from tests.journeys.machines import Scene
from tests.postgres import PostgresServer, postgres
from tests.ui.conftest import dressed_app, language, look, nothing_left_running
from ui.theme import Theme
from ui.translations import Language

__all__ = ["dressed_app", "language", "look", "nothing_left_running", "postgres"]


@pytest.fixture
def empty_database(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.create_prepared_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture
def scene(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path, empty_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """A served province on PostgreSQL that knows an office of two counters; no machine stands there yet."""
    with OperatedHere(tmp_path / "province", empty_database) as province:
        found = Scene(qapp, look, language, monkeypatch, tmp_path, province)
        found.open_office("Quầy 1", "Quầy 2")
        yield found
