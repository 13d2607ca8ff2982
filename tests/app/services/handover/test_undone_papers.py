"""The papers of a list that was taken back: what has not come out of the printer shall not; what has is known."""

from __future__ import annotations

from app.services.papers.prints import note_paper_print, prints_of
from app.services.stored_operation import read_operation
from tests.app.services.handover import desk
from tests.office import Office


def states(office: Office, op_id: str) -> dict[str, str]:
    with office.application.database.reading() as connection:
        return {each.job: each.state for each in prints_of(connection, op_id)}


def test_only_what_was_printed_of_an_undone_list_is_kept(office: Office) -> None:
    made = desk.hand_over(office, desk.receive(office, 3), has_control_sheets=True)
    sheets = made.jobs[1:]
    assert states(office, made.op_id) == dict.fromkeys(made.jobs, "waiting")
    with office.application.database.writing() as connection:
        for job, state in zip(sheets, ("printed", "failed", "sent"), strict=True):
            note_paper_print(connection, job, state, office.clock.now())
    undone = desk.undo(office, made.op_id)
    assert undone.has_paper, "a sheet may be in somebody's hands"
    assert states(office, made.op_id) == {sheets[0]: "printed", sheets[2]: "sent"}


def test_a_list_of_which_nothing_came_out_has_no_paper(office: Office) -> None:
    made = desk.hand_over(office, desk.receive(office, 1))
    undone = desk.undo(office, made.op_id)
    assert not undone.has_paper
    assert states(office, made.op_id) == {}
    with office.application.database.reading() as connection:
        about = read_operation(connection, undone.op_id).body["about"]
    assert about == {"manifest": made.op_id, "number": made.number}, "whose word it was is found by its list"
