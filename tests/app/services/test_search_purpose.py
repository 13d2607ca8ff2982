"""Why persons are searched for: the usual purpose until one is chosen, a clerk's own, of that day alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.errors import Refusal
from app.services.search_purpose import USUAL, By, choose_search_purpose, keep_search, search_purpose
from app.store import journal
from tests.office import Office

DAY = date(2026, 11, 23)


def purpose(office: Office, clerk: str = "nv-1", day: date = DAY) -> str:
    with office.application.database.reading() as connection:
        return search_purpose(connection, clerk, day)


def choose(office: Office, said: str) -> str:
    with office.application.database.writing() as connection:
        return choose_search_purpose(connection, "nv-1", DAY, said)


def test_a_purpose_is_a_clerk_s_own_and_of_one_day(office: Office) -> None:
    assert purpose(office) == USUAL
    assert choose(office, "  Khách hỏi   qua điện thoại ") == "Khách hỏi qua điện thoại" == purpose(office)
    assert purpose(office, "nv-2") == USUAL == purpose(office, day=DAY + timedelta(1))


@pytest.mark.parametrize("said", ["", "abc", "x" * 201])
def test_what_is_no_purpose_is_refused_and_changes_nothing(office: Office, said: str) -> None:
    choose(office, "Chuẩn bị trả kết quả")
    with pytest.raises(Refusal, match="purpose_"):
        choose(office, said)
    assert purpose(office) == "Chuẩn bị trả kết quả"


def test_each_search_is_a_line_of_its_own_without_what_was_typed(office: Office) -> None:
    application = office.application
    for by in By:
        with application.database.writing() as connection:
            keep_search(connection, application.enrolled, office.clerk, by, 3, USUAL, now=office.clock.now(),
                        randomness=office.noise.randbytes)
    with application.database.reading() as connection:
        bodies = [dict(line.body) for _, line in journal.operations(connection)]
    assert bodies == [
        {"purpose": USUAL, "what": str(by), "count": 3, "clerk_name": office.clerk.name} for by in By]
