from __future__ import annotations

from pathlib import Path

from tests.faults.kill_upgrade import run


def test_an_upgrade_killed_again_and_again_leaves_one_working_version_and_all_arrives(tmp_path: Path) -> None:
    found = run(8, seed=5, folder=tmp_path, unsent=20)
    assert found.is_clean, found
    assert found.dossiers == 20 and set(found.ended_as) == {"old", "new"}, "kills on both sides of the commit"
