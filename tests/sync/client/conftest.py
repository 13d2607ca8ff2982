from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer, postgres
from tests.sync.client.trial import Counter, Place, Trial, trial_province

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def trial(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """One gateway process on a PostgreSQL database for all tests here; each takes a place of its own."""
    url = postgres.create_prepared_database()
    with trial_province(tmp_path_factory.mktemp("gateway"), url) as found:
        yield found
    postgres.drop_database(url)


@pytest.fixture
def enrol(trial: Trial, tmp_path: Path) -> Iterator[Callable[..., Counter]]:
    """Enrols machines at counters and closes their books afterwards."""
    made: list[Counter] = []

    def make(place: Place | None = None, counter: str = "Quầy 1", **more: object) -> Counter:
        here = place or trial.place()
        made.append(here.enrol(tmp_path / f"counter-{len(made)}", counter, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()
