from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.file_faults import STEP, run
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


def test_a_document_cut_at_ten_places_is_whole_and_no_cut_costs_more_than_a_chunk(
    tmp_path: Path, postgres: PostgresServer, caplog: pytest.LogCaptureFixture,
) -> None:
    found = run(10, 7, tmp_path, postgres.create_prepared_database(), size=100 * STEP)
    assert found.is_clean, found
    assert found.kills == 1 and found.lies >= 3, "or nothing was proved"
