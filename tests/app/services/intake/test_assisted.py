"""Help with filing online: written down once a code, masked, without a dossier and without any password."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import Refusal
from app.services.assisted import assisted_on
from app.services.online import look_up_online
from app.store import journal as book
from app.store.tables import dossiers, journal
from tests.app.services.intake.counters import NATIONAL, assist, online_intake, receive, replayed
from tests.office import office_in, sample_intake


def test_help_is_written_down_and_makes_no_dossier(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        done = assist(office)
        with office.application.database.reading() as connection:
            found = look_up_online(connection, NATIONAL)
            held = connection.execute(select(func.count()).select_from(dossiers)).scalar_one()
            written = book.by_intent(connection, "giúp")
            assert assisted_on(connection, office.clock.now()) == 1
            assert assisted_on(connection, office.clock.now() + timedelta(days=1)) == 0
        before, after = replayed(office)
    assert done.is_new and held == 0
    assert found.helped is not None and found.helped.clerk_name == office.clerk.name
    assert written is not None and "049190004217" not in written.payload, "numbers are kept masked"
    assert written.body["papers"] == ["Tờ khai yêu cầu (Mẫu thử)", "Bản sao căn cước hoặc hộ chiếu", "Ảnh 4×6"]
    assert before == after


def test_one_intent_is_one_filing(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first, again = assist(office), assist(office)
        with office.application.database.reading() as connection:
            lines = connection.execute(select(func.count()).select_from(journal)).scalar_one()
    assert (first.op_id, first.is_new, again.is_new, lines) == (again.op_id, True, False, 1)


@pytest.mark.parametrize("code", [NATIONAL, "000.00.15.H47-261120-0777"])
def test_the_same_code_twice_is_refused_with_who_and_when(tmp_path: Path, code: str) -> None:
    with office_in(tmp_path) as office:
        assist(office)
        with pytest.raises(Refusal, match="assisted_before") as refused:
            assist(office, code, intent="lần nữa")
        assert refused.value.values["clerk"] == office.clerk.name
        assert refused.value.values["at"] == office.clock.now()


def test_a_code_that_was_received_here_needed_no_help(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, online_intake("a"))
        with pytest.raises(Refusal, match="online_already_here"):
            assist(office)


def test_a_filing_we_helped_with_may_still_be_received_at_the_desk(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assist(office)
        assert receive(office, online_intake("a"))


@pytest.mark.parametrize("missing, code", [
    ({"procedure": None}, "assisted_procedure_missing"), ({"applicant": None}, "assisted_person_missing"),
])
def test_help_with_what_and_for_whom_is_needed(tmp_path: Path, missing: dict[str, None], code: str) -> None:
    with office_in(tmp_path) as office, pytest.raises(Refusal, match=code):
        assist(office, intake=replace(sample_intake("biểu"), **missing))


def test_the_intent_of_something_else_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        receive(office, sample_intake("a"))
        with pytest.raises(Refusal, match="intent_reused"):
            assist(office, intent="a")
