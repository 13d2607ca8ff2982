from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.till.desk import CashDesk
from tests.office import office_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    with office_in(tmp_path) as office:
        yield CashDesk(office)
