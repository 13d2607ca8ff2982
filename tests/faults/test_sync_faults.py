from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.sync_faults import run
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


def test_forty_pushes_over_a_broken_line_lose_and_double_nothing(
    tmp_path: Path, postgres: PostgresServer, caplog: pytest.LogCaptureFixture,
) -> None:
    found = run(40, 7, tmp_path, postgres.create_prepared_database())
    assert found.is_clean, found
    assert len(found.faults) >= 5, "the line must have been bad, or nothing was proved"
