from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.results.counter import Desk
from tests.office import office_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with office_in(tmp_path) as office:
        yield Desk(office)
