"""A question that nobody waits for ends in the middle, and leaves its connection as good as before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.store.stopping import GivenUp, given_up_when
from tests.office import office_in

FOR_EVER = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


def test_a_question_without_end_is_given_up_and_the_next_is_answered(tmp_path: Path) -> None:
    looks: list[int] = []

    def is_unwanted() -> bool:
        looks.append(1)
        return len(looks) > 3

    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        with pytest.raises(GivenUp), given_up_when(connection, is_unwanted):
            connection.execute(FOR_EVER)
        asked = len(looks)
        assert connection.execute(text("SELECT 2")).scalar_one() == 2
        assert asked == len(looks) == 5        # three looks, the one that ended it, the one that tells why


def test_another_fault_of_the_book_keeps_its_name(tmp_path: Path) -> None:
    with (office_in(tmp_path) as office, office.application.database.reading() as connection,
          pytest.raises(OperationalError), given_up_when(connection, lambda: False)):
        connection.execute(text("SELECT * FROM no_such_table"))
