from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.faults.disk_full import run, run_on_tmpfs


def test_a_disk_full_at_any_page_leaves_whole_dossiers_or_none(tmp_path: Path) -> None:
    found = run(24, tmp_path)
    assert found.is_clean, found
    assert found.refused == found.turns, "each turn must have met the end of the disk"


def test_a_disk_that_is_really_full_leaves_whole_dossiers_or_none(tmp_path: Path) -> None:
    """On a small disk of its own, where this account may mount one; the limit above is tried in any case."""
    if not may_mount(tmp_path):
        return
    found = run_on_tmpfs(tmp_path)
    assert found.is_clean, found
    assert found.accepted > 10 and found.refused >= 1


def may_mount(folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    probe = folder / "probe"
    probe.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(probe)], capture_output=True, check=False)
    if done.returncode == 0:
        subprocess.run(["umount", str(probe)], check=True)
    return done.returncode == 0
