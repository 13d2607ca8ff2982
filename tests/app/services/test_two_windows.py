"""Two programs on one book: nothing is doubled, nothing lost, nothing waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.services import courier
from app.store.tables import dossiers, journal, print_jobs
from tests.app.services.windows import together
from tests.office import Office, make_office, reopen, sample_intake


def receiving(names: list[str]) -> Callable[[Office], Any]:
    return lambda window: [window.receive(sample_intake(name)).dossier.code for name in names]


@pytest.mark.parametrize("turn", range(3))
def test_the_same_form_sent_by_two_windows_at_once_is_one_dossier(tmp_path: Path, turn: int) -> None:
    office = make_office(tmp_path)
    office.application.close()
    forms = [f"form-{n}" for n in range(20)]
    first, second = together(tmp_path, office.province, [receiving(forms), receiving(forms)])
    assert first == second
    assert len(set(first)) == 20
    again = reopen(tmp_path, office.province, office.clock)
    with again.application.database.reading() as connection:
        amounts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (dossiers, journal, print_jobs)
        ]
    again.application.close()
    assert amounts == [20, 20, 20]


def note_problems(window: Office) -> str:
    """What the courier's process does beside the windows: short writes, reads, a checkpoint."""
    database = window.application.database
    for _ in range(60):
        with database.writing() as connection:
            courier.note_problem(connection, "line_down", {}, window.clock.now(), None)
        with database.reading() as connection:
            courier.outbox(connection, window.application.enrolled)
    database.checkpoint()
    return "done"


def test_windows_and_courier_write_at_once_and_none_loses_or_waits_for_ever(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.application.close()
    first, second, said = together(tmp_path, office.province, [
        receiving([f"a{n}" for n in range(40)]), receiving([f"b{n}" for n in range(40)]), note_problems,
    ])
    assert said == "done"
    assert len({*first, *second}) == 80, (first, second)
    again = reopen(tmp_path, office.province, office.clock)
    with again.application.database.reading() as connection:
        held = set(connection.execute(select(dossiers.c.code)).scalars())
        seqs = connection.execute(select(journal.c.seq).order_by(journal.c.position)).scalars().all()
    findings = again.application.database.integrity_findings()
    again.application.close()
    assert held == {*first, *second}
    assert (seqs, findings) == (list(range(1, 81)), ())
