"""An online dossier is received once; both its codes open it; taken at two counters, both of them are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.intake import Intake
from app.errors import Refusal
from app.services.correct import correct_dossier
from app.services.feed import ONLINE_DOUBLE, new_notices
from app.services.online import doubles_of, look_up_online
from app.services.stored_dossier import read_dossier
from tests.app.services.intake.counters import NATIONAL, online_intake, receive, replayed, tell
from tests.app.services.neighbour import DEVICE
from tests.office import Office, SetClock, make_template, office_in, reopen, sample_intake

LONG_FORM = "000.00.15.H47-261120-0777"
OTHER = "H47.15-261120-0778"


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    with office_in(tmp_path / "a") as here:
        make_template(tmp_path / "b", here.province, device=DEVICE, lo=5000, hi=5499)
        there = reopen(tmp_path / "b", here.province, SetClock(), seed=22)
        try:
            yield here, there
        finally:
            there.application.close()


def correct(office: Office, code: str, intake: Intake) -> None:
    application = office.application
    with application.database.writing() as connection:
        version = read_dossier(connection, code).body.version
        correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, code, intake, "gõ nhầm mã",
            base_version=version, intent=f"sửa-{code}-{version}", now=office.clock.now(),
            randomness=office.noise.randbytes,
        )


def opens(office: Office, code: str) -> str:
    with office.application.database.reading() as connection:
        return read_dossier(connection, code).body.code


def test_both_codes_open_an_online_dossier_at_once(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        ours = receive(office, online_intake("a"))
        assert [opens(office, code) for code in (ours, NATIONAL, LONG_FORM)] == [ours] * 3
        with office.application.database.reading() as connection:
            assert read_dossier(connection, ours).aliases == (NATIONAL,)


@pytest.mark.parametrize("code", [NATIONAL, LONG_FORM, NATIONAL.lower()])
def test_no_second_dossier_for_the_same_national_code(tmp_path: Path, code: str) -> None:
    with office_in(tmp_path) as office:
        ours = receive(office, online_intake("a"))
        with pytest.raises(Refusal, match="online_already_here") as refused:
            receive(office, online_intake("b", code))
        assert refused.value.values["code"] == ours
        assert receive(office, sample_intake("c")).endswith("-0002"), "a refusal takes no number"


def test_a_code_of_ours_is_no_national_code_of_another_dossier(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        ours = receive(office, sample_intake("a"))
        with pytest.raises(Refusal, match="online_already_here"):
            receive(office, online_intake("b", ours))


def test_what_is_no_code_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, pytest.raises(Refusal, match="code_not_recognised"):
        receive(office, online_intake("a", "DVCQG-1"))


@pytest.mark.parametrize("text", [NATIONAL, f" {NATIONAL.lower()} ", f"https://mau.example/tra-cuu?ma={NATIONAL}"])
def test_a_national_code_is_read_as_typed_or_from_an_address(tmp_path: Path, text: str) -> None:
    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        found = look_up_online(connection, text)
    assert (found.code, found.dossier, found.refused_at, found.helped) == (NATIONAL, "", None, None)


def test_a_correction_moves_the_national_code(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        ours = receive(office, online_intake("a"))
        correct(office, ours, online_intake("a", OTHER))
        assert opens(office, OTHER) == ours
        with pytest.raises(Refusal, match="dossier_unknown"):
            opens(office, NATIONAL)
        second = receive(office, online_intake("b"))
        with pytest.raises(Refusal, match="online_already_here"):
            correct(office, second, online_intake("b", OTHER))
        correct(office, ours, replace(sample_intake("a"), channel=1))
        with pytest.raises(Refusal, match="dossier_unknown"):
            opens(office, OTHER)
        before, after = replayed(office)
    assert before == after


def test_two_counters_that_both_received_it_are_put_before_a_person(both: tuple[Office, Office]) -> None:
    here, there = both
    ours, theirs = receive(here, online_intake("a")), receive(there, online_intake("b"))
    tell(there, here)
    tell(here, there)
    for office, own, other in ((here, ours, theirs), (there, theirs, ours)):
        with office.application.database.reading() as connection:
            (notice,) = new_notices(connection)
            assert (notice.kind, notice.code, notice.values) == (ONLINE_DOUBLE, own, {"other": other})
            assert doubles_of(connection, own) == (other,)
            assert doubles_of(connection, other) == (own,)
        before, after = replayed(office)
        assert before == after
    assert opens(here, NATIONAL) == opens(there, NATIONAL), "the code opens the same dossier everywhere"
    tell(there, here, "nhà-2")                     # a restored province brings everything again
    with here.application.database.reading() as connection:
        assert len(new_notices(connection)) == 1


def test_the_earlier_of_two_is_opened_in_whatever_order_they_arrive(both: tuple[Office, Office]) -> None:
    here, there = both
    theirs = receive(there, online_intake("b"))
    here.clock.at = here.clock.at.replace(minute=20)
    ours = receive(here, online_intake("a"))
    tell(there, here)
    assert opens(here, NATIONAL) == theirs
    correct(there, theirs, replace(sample_intake("b"), channel=1))
    tell(there, here, "nhà-2")
    assert opens(here, NATIONAL) == ours
    with here.application.database.reading() as connection:
        assert doubles_of(connection, ours) == ()


def test_a_plain_dossier_of_the_neighbour_says_nothing(both: tuple[Office, Office]) -> None:
    here, there = both
    receive(here, online_intake("a"))
    receive(there, sample_intake("b"))
    tell(there, here)
    with here.application.database.reading() as connection:
        assert new_notices(connection) == ()
