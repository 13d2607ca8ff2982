from __future__ import annotations

from pathlib import Path

from tests.faults.gateway_storm import SETTINGS, run
from tests.postgres import running_postgres


def test_killed_gateways_and_a_crashing_database_lose_and_double_nothing(tmp_path: Path) -> None:
    with running_postgres(settings=SETTINGS) as server:
        found = run(40, 5, tmp_path, server)
    assert found.is_clean, found
    assert found.again and len(found.faults) == 3, "each kind of fault must have struck"
