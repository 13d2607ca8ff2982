from __future__ import annotations

from pathlib import Path

from tests.faults.kill_upgrade import run


def test_an_upgrade_killed_again_and_again_leaves_one_working_version_and_all_arrives(tmp_path: Path) -> None:
    found = run(6, seed=5, folder=tmp_path, unsent=10)
    assert found.is_clean, found
    assert found.dossiers == 10 and sum(found.ended_as.values()) == 6
