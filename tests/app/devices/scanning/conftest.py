from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.devices.scanning.sane_desk import SaneDesk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SaneDesk:
    """SANE's test devices for this process and its children."""
    made = SaneDesk(tmp_path / "desk")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made
