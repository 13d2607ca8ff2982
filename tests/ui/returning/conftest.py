from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.returning.bench import Bench, bench


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made

