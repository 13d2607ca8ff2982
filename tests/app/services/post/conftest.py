from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.post.counter import PostDesk
from tests.office import office_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PostDesk]:
    with office_in(tmp_path) as office:
        yield PostDesk(office)
