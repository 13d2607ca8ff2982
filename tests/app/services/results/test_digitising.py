"""The result can be digitised while it lies at the counter, and stays among the papers once it was."""

from __future__ import annotations

from app.domain.digitised import RESULT, DigitisedStatus
from app.domain.result_code import result_text
from app.services.digitise import completeness, papers_of
from app.services.stored_papers import RESULT_NAME
from tests.app.services.results.counter import Desk
from tests.app.services.scans import scan_and_file
from tests.office import sample_intake


def names(desk: Desk, code: str) -> dict[str, str]:
    with desk.reading() as connection:
        return {paper.requirement: paper.name for paper in papers_of(connection, code)}


def test_a_result_is_among_the_papers_while_it_is_here(desk: Desk) -> None:
    code = desk.receive()
    assert RESULT not in names(desk, code)
    with desk.reading() as connection:
        before = completeness(connection, code)
    desk.hand_over(code)
    desk.take(code)
    assert names(desk, code)[RESULT] == RESULT_NAME
    with desk.reading() as connection:
        assert completeness(connection, code) == before, "nobody has to digitise it"
    desk.give(code)
    assert RESULT not in names(desk, code), "it is gone, and was not digitised"


def test_a_digitised_result_stays_among_the_papers(desk: Desk) -> None:
    intake = sample_intake("số hóa")
    code = desk.ready(intake)
    scan_and_file(desk.office, intake, code, RESULT, seed=7)
    desk.give(code, result_scan=result_text(code))
    with desk.reading() as connection:
        (paper,) = [each for each in papers_of(connection, code) if each.requirement == RESULT]
    assert (paper.status, paper.version, paper.is_gone) == (DigitisedStatus.DIGITISED, 1, False)
