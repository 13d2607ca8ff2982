"""One light table for all tests of the sheets: its process takes longer to start than a page to draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.imaging.table_process import LightTable


@pytest.fixture(scope="session")
def table() -> Iterator[LightTable]:
    with LightTable(children=1) as made:
        made.warm_up()
        yield made
