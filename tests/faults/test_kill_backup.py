from __future__ import annotations

from pathlib import Path

from tests.faults.kill_backup import run


def test_killed_backups_and_restores_leave_one_whole_book_and_no_half_backup(tmp_path: Path) -> None:
    found = run(12, seed=3, folder=tmp_path)
    assert found.is_clean, found
    assert found.put_back == 6, "each ended with the backup's book, killed or not"
