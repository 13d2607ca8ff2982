"""A clock that jumps is said in the window, by the minute's look and by a reception, and the journal has it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.operation import Type
from app.store.tables import journal
from tests.office import Office, office_in, sample_intake
from tests.ui.dossier.desk import make_desk
from ui.operations.receive import receive
from ui.operations.watch_clock import watch_clock

HOUR = timedelta(hours=1)


def kinds(office: Office) -> list[str]:
    with office.application.database.reading() as connection:
        return list(connection.execute(select(journal.c.type).order_by(journal.c.seq)).scalars())


@pytest.mark.parametrize(("jump", "title"), [
    (HOUR, "Đồng hồ máy vừa nhảy tới 1 giờ"), (-2 * HOUR, "Đồng hồ máy vừa lùi lại 2 giờ"),
])
def test_the_look_of_the_minute_says_a_jump_once(tmp_path: Path, jump: timedelta, title: str) -> None:
    with office_in(tmp_path) as office:
        desk, around = make_desk(office)
        watch_clock(desk)
        assert around.frame.warnings == []
        office.clock.at += jump
        watch_clock(desk)
        watch_clock(desk)
        assert [said for _, said, _ in around.frame.warnings] == [title]
        assert kinds(office) == [Type.CLOCK_JUMPED]


def test_a_reception_looks_at_the_clock_before_its_number(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        desk, around = make_desk(office)
        watch_clock(desk)
        office.clock.at += HOUR
        received: list[object] = []
        receive(desk, sample_intake("a"), office.clock.now(), received.append, received.append)
        assert len(received) == 1
        assert kinds(office) == [Type.CLOCK_JUMPED, Type.DOSSIER_RECEIVED, Type.MONEY_COLLECTED]
        assert [said for _, said, _ in around.frame.warnings] == ["Đồng hồ máy vừa nhảy tới 1 giờ"]


def test_a_jump_before_a_refused_reception_is_said_too(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        desk, around = make_desk(office)
        watch_clock(desk)
        office.clock.at += timedelta(days=400)                     # no lease covers that day
        failed: list[object] = []
        receive(desk, sample_intake("a"), office.clock.now(), lambda _: None, failed.append)
        assert len(failed) == 1
        assert len(around.frame.warnings) == 1


def test_a_book_that_may_not_be_written_does_not_trouble_the_window_each_minute(tmp_path: Path) -> None:
    from app.services.standing import Reason, stop_numbers

    with office_in(tmp_path) as office:
        desk, around = make_desk(office)
        watch_clock(desk)
        with office.application.database.writing() as connection:
            stop_numbers(connection, Reason.OLDER_THAN_WITNESS, {"why": "behind"}, office.clock.now())
        office.clock.at += HOUR
        watch_clock(desk)
        assert around.frame.warnings == []
        assert kinds(office) == []
