"""`python -m app reconcile`: asks for a comparison, then tells what stands, with or without a line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.day_comparison import Difference, Kind
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import reconcile as kept
from tests.office import make_office
from tests.ui.command_line.conftest import Run
from ui.command_line.folder import KEYS


@pytest.fixture
def compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office that compared today this morning and cannot reach its province now."""
    office = make_office(tmp_path)
    now = datetime.now(UTC)
    day = local(now).date()
    place = (day.isoformat(), "cong-an", "quay-1")
    lost = Difference(day.isoformat(), Kind.MISSING_THERE, "H47.15-261123-0001", Turn.PROVINCE, "lost")
    with office.application.database.writing() as connection:
        kept.note_comparison(connection, [day.isoformat()], {place: {"received": 2, "fee": 9_000}},
                             {place: {"received": 1}}, [lost], now, day)
    office.application.close()
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    return tmp_path / "office"


def test_what_was_found_before_is_told_also_without_a_line(run: Run, compared: Path) -> None:
    said = run("reconcile", "--data", compared, "--back", 3)
    assert (said.code, said.json["ok"]) == (1, False) and said.json["reason"].startswith("line_")
    (day,) = said.json["days"]
    assert (day["differences"], day["here"]["received"], day["there"]["received"]) == (1, 2, 1)
    (lost,) = said.json["differences"]
    assert (lost["kind"], lost["code"], lost["turn"], lost["reason"]) == (
        "missing_there", "H47.15-261123-0001", "province", "lost")
    assert run("reconcile", "--data", compared, "--day", "2026-01-05").json["differences"] == []


def test_a_counter_without_a_province_says_why_nothing_was_compared(run: Run, tmp_path: Path) -> None:
    said = run("reconcile", "--data", tmp_path / "new")
    assert (said.code, said.json["reason"]) == (1, "not_enrolled")
