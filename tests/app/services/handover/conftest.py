from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.handover.desk import TwoCounters
from tests.office import Office, office_in


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path / "a") as made:
        yield made


@pytest.fixture
def pair(tmp_path: Path, office: Office) -> Iterator[TwoCounters]:
    """The office's counter `office` and the one next door."""
    two = TwoCounters(tmp_path, office.province, office.clock)
    yield two
    two.close()
