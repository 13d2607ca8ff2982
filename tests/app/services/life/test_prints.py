"""A paper is asked for once with its act; each further print is journalled and says that it is a copy."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.errors import Refusal
from app.services.papers import prints
from app.services.papers.prints import ask_print, ask_print_again, note_paper_print
from app.store.tables import feed_entries, journal
from tests.app.services.life.counter import Counters, Desk
from tests.office import sample_intake


def asked(desk: Desk) -> tuple[str, str]:
    """The print of a supplement request and the operation it is of."""
    found = desk.ask(desk.receive(sample_intake("a")))
    (job,) = found.jobs
    return job, found.op_id


def test_the_same_act_asks_for_its_paper_once(desk: Desk) -> None:
    job, op_id = asked(desk)
    code = job.split(":")[3]
    with desk.office.application.database.writing() as connection:
        again = ask_print(connection, paper="supplement_request", op_id=op_id, code=code, clerk_name="Lê Thử",
                          now=desk.office.clock.now())
        assert again == job
        assert [each.job for each in prints.open_paper_prints(connection)] == [job]


def test_each_copy_has_its_number_and_its_line_in_the_journal(desk: Desk) -> None:
    job, op_id = asked(desk)
    copies = [desk.do(ask_print_again, job, intent=f"in-{turn}") for turn in (1, 2)]
    assert desk.do(ask_print_again, job, intent="in-2") == copies[1], "one intent is one print"
    with desk.reading() as connection:
        counter = desk.office.application.enrolled
        marks = [prints.paper_print(connection, counter, each).mark for each in (job, *copies)]
        written = connection.execute(
            select(journal.c.intent).where(journal.c.type == "paper.printed")
        ).scalars().all()
        assert [each.copy_number for each in prints.prints_of(connection, op_id)] == [0, 1, 2]
    assert [mark and mark.number for mark in marks] == [None, 1, 2]
    assert written == ["in-1", "in-2"]


def test_what_came_out_is_not_open_any_more(desk: Desk) -> None:
    job, _ = asked(desk)
    for state, is_open in (("sent", True), ("failed", True), ("printed", False)):
        with desk.office.application.database.writing() as connection:
            note_paper_print(connection, job, state, desk.office.clock.now(), "printer_off")
            found = prints.open_paper_prints(connection)
        assert [(each.job, each.state, each.reason) for each in found] == (
            [(job, state, "printer_off")] if is_open else []
        )


def test_another_counters_operation_has_its_papers_here_too(counters: Counters) -> None:
    here, there, _ = counters.desks
    _, op_id = asked(there)
    with here.reading() as connection, pytest.raises(Refusal, match="operation_unknown"):
        prints.read_operation(connection, op_id)
    counters.meet()
    with here.reading() as connection:
        assert connection.execute(select(feed_entries.c.op_id).where(feed_entries.c.op_id == op_id)).first()
        assert prints.read_operation(connection, op_id).header.op_id == op_id
