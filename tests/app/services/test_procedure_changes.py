"""Each clerk is told what changed since she herself last did a procedure, until she has done it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import update

from app.domain.procedure import Catalogue
from app.domain.procedure_changes import Changed
from app.services.procedure_changes import is_use_known, note_use, what_changed
from app.store.tables import procedure_uses
from tests.office import MORNING, Office, office_in, sample_catalogue

DAY = MORNING.date()
BEFORE = sample_catalogue()


def dearer() -> Catalogue:
    first, *rest = BEFORE.procedures
    case = first.cases[0]
    now = replace(first, cases=(replace(case, fees=(replace(case.fees[0], amount=300_000),)),))
    return replace(BEFORE, version="thử-2", procedures=(now, *rest))


def kinds(office: Office, clerk: str, catalogue: Catalogue) -> list[Changed]:
    with office.application.database.reading() as connection:
        found = what_changed(connection, clerk, catalogue.procedures[0], "1", catalogue, DAY)
    return [change.kind for change in found.changes] if found else []


def use(office: Office, clerk: str, catalogue: Catalogue) -> None:
    with office.application.database.writing() as connection:
        note_use(connection, clerk, catalogue.procedures[0], catalogue, DAY, MORNING)


def test_each_clerk_has_her_own_memory(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assert kinds(office, "nv-1", dearer()) == [], "who never did it has no habit to break"
        use(office, "nv-1", BEFORE)
        assert kinds(office, "nv-1", BEFORE) == []
        assert kinds(office, "nv-1", dearer()) == [Changed.FEE]
        assert kinds(office, "nv-2", dearer()) == []
        use(office, "nv-1", dearer())
        assert kinds(office, "nv-1", dearer()) == []
        assert kinds(office, "nv-1", BEFORE) == [Changed.FEE], "and back again"


def test_nothing_is_written_while_nothing_differs(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        use(office, "nv-1", BEFORE)
        with office.application.database.reading() as connection:
            first = BEFORE.procedures[0]
            newer = replace(BEFORE, version="thử-9")
            assert is_use_known(connection, "nv-1", first, newer, DAY)
            assert not is_use_known(connection, "nv-1", dearer().procedures[0], dearer(), DAY)
            assert not is_use_known(connection, "nv-2", first, BEFORE, DAY)


def test_what_a_later_program_wrote_is_no_reason_to_stop(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        use(office, "nv-1", BEFORE)
        with office.application.database.writing() as connection:
            connection.execute(update(procedure_uses).values(seen='{"shape":"other"}'))
        assert kinds(office, "nv-1", dearer()) == []
