"""What a killed program left in clear is gone once the office is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.devices.scanning import memory_folder
from tests.office import make_office, reopen


def test_papers_and_pages_of_a_killed_program_go_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(memory_folder, "places", lambda: (memory,))
    office = make_office(tmp_path / "machine")
    root = office.application.folder.root
    office.application.close()
    left = [root / "print-ab12cd" / "H47.15-1.pdf", memory / f"{memory_folder.PREFIX}1-x" / "1.pnm"]
    for file in left:
        file.parent.mkdir()
        file.write_bytes(b"a citizen's page")
    (left[1].parent / ".lock").touch()             # nobody holds it any more
    kept = root / "papers" / "H47.15-1.pdf"
    kept.parent.mkdir()
    kept.write_bytes(b"printed to files on purpose")
    with memory_folder.memory_folder() as used:
        assert used is not None
        reopen(tmp_path / "machine", office.province, office.clock).application.close()
        assert used.is_dir(), "a scan under way keeps its own"
    assert [file.parent.exists() for file in left] == [False, False] and kept.exists()
