from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.applicant import Applicant, Person
from app.errors import Refusal
from app.services.rebuild import rebuild
from app.services.stored_dossier import read_dossier
from app.store.tables import dossiers, journal
from tests.office import office_in, sample_intake


def test_a_reception_gets_the_next_number_of_its_agency(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        codes = [office.receive(sample_intake(f"i{turn}")).dossier.code for turn in range(3)]
        other = office.receive(sample_intake("x", procedure="1.013225")).dossier.code
    assert codes == ["H47.15-261123-0001", "H47.15-261123-0002", "H47.15-261123-0003"]
    assert other == "H47.07-261123-0001"


def test_one_form_is_one_dossier_however_often_it_is_sent(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first = office.receive(sample_intake("same"))
        again = [office.receive(sample_intake("same")) for _ in range(10)]
        with office.application.database.reading() as connection:
            held = connection.execute(select(func.count()).select_from(dossiers)).scalar_one()
            lines = connection.execute(select(func.count()).select_from(journal)).scalar_one()
    assert first.is_new and not any(each.is_new for each in again)
    assert [each.dossier for each in again] == [first.dossier] * 10
    assert (held, lines) == (1, 1)


def test_the_same_form_with_other_content_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("same"))
        with pytest.raises(Refusal, match="intent_reused"):
            office.receive(sample_intake("same", name="Nguyễn Văn Khác Thử"))


def test_an_incomplete_form_takes_no_number(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        nobody = replace(sample_intake("a"), applicant=Applicant(Person("")))
        with pytest.raises(Refusal, match="applicant_missing"):
            office.receive(nobody)
        assert office.receive(sample_intake("b")).dossier.code.endswith("-0001")


def test_a_null_unit_gives_no_promised_date(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        received = office.receive(sample_intake("a", procedure="1.000001"))
    assert received.dossier.due.at is None


def test_the_tables_equal_what_the_journal_says(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(5):
            office.receive(sample_intake(f"i{turn}"))
        database = office.application.database
        with database.reading() as connection:
            before = connection.execute(select(dossiers)).all()
        with database.writing() as connection:
            assert rebuild(connection) == 5
        with database.reading() as connection:
            assert connection.execute(select(dossiers)).all() == before
            assert read_dossier(connection, "000.00.15.H47-261123-0003").body.code == "H47.15-261123-0003"
