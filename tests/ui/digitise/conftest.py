"""One light table for all tests of the page: its process takes longer to start than a page to prepare."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.imaging.table_process import LightTable


@pytest.fixture(scope="session")
def table() -> Iterator[LightTable]:
    with LightTable(children=1) as made:
        made.warm_up()
        yield made
