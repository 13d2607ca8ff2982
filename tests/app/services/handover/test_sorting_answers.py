"""Which answers to a list say something new: line by line, from the rows alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.life.states import Custody
from app.domain.manifest import LineState, Route
from app.domain.operation import parse
from app.errors import Refusal
from app.services.handover.answering import Answer, ExtraKind, look_at_extra, sort_answers
from app.store.queries.manifests import ManifestLine, ManifestRow
from app.store.tables import journal
from tests.app.services.handover import desk
from tests.office import MORNING, Office

ACCEPTED, REFUSED, MISSING = desk.ACCEPTED, desk.REFUSED, desk.MISSING
CODE, OTHER = "H47.15-261123-0001", "H47.15-261123-0002"
LIST = ManifestRow(
    "m1", "BG-1", "cong-an", "Công an", Route.HAND, "", MORNING, None, "Thử", "quay-1", False, 2, 1, 0, None
)


def line(state: LineState, code: str = CODE) -> ManifestLine:
    return ManifestLine(1, code, state, "", "", "", None, Custody.ON_THE_WAY, "BG-9", False)


@pytest.mark.parametrize(("state", "answers", "code"), [
    (LineState.OPEN, [Answer(OTHER, ACCEPTED)], "not_on_manifest"),
    (LineState.UNDONE, [Answer(CODE, ACCEPTED)], "not_on_manifest"),
    (LineState.ACCEPTED, [Answer(CODE, ACCEPTED), Answer(CODE.lower(), ACCEPTED)], "dossier_twice"),
    (LineState.CONFLICT, [Answer(CODE, ACCEPTED)], "line_disputed"),
    (LineState.ACCEPTED, [Answer(CODE, MISSING)], "line_already_acknowledged"),
    (LineState.ANSWERED, [Answer(CODE, ACCEPTED)], "line_already_acknowledged"),
    (LineState.OPEN, [Answer(CODE, REFUSED, "  ")], "line_reason_missing"),
])
def test_an_answer_that_cannot_be(state: LineState, answers: list[Answer], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        sort_answers(LIST, [line(state)], answers)
    assert refused.value.code == code
    assert str(refused.value.values["code"]).upper() in (CODE, OTHER)


@pytest.mark.parametrize(("state", "answer", "fresh", "known"), [
    (LineState.OPEN, Answer(CODE.lower(), ACCEPTED), [Answer(CODE, ACCEPTED)], []),
    (LineState.OPEN, Answer(CODE, REFUSED, " sai nơi "), [Answer(CODE, REFUSED, "sai nơi")], []),
    (LineState.OPEN, Answer(CODE, MISSING), [Answer(CODE, MISSING)], []),
    (LineState.MISSING, Answer(CODE, MISSING), [], [CODE]),
])
def test_what_is_new_and_what_was_known(
    state: LineState, answer: Answer, fresh: list[Answer], known: list[str]
) -> None:
    assert sort_answers(LIST, [line(state)], [answer]) == (fresh, known)


def test_a_dossier_whose_line_was_undone_may_be_in_the_bag_all_the_same(office: Office) -> None:
    (code,) = desk.receive(office, 1)
    with office.application.database.reading() as connection:
        assert look_at_extra(connection, LIST, [line(LineState.UNDONE, code)], code).kind is ExtraKind.KEPT
        with pytest.raises(Refusal, match="extra_on_list"):
            look_at_extra(connection, LIST, [line(LineState.OPEN, code)], code)


def test_a_slip_counts_what_was_listed_and_all_that_was_accepted(office: Office) -> None:
    """Over two answers; what was found beside the list is not of the list."""
    one, two, three, extra = desk.receive(office, 4)
    made = desk.hand_over(office, [one, two, three])
    desk.answer(office, made.op_id, {one: ACCEPTED}, [extra])
    desk.answer(office, made.op_id, {two: ACCEPTED, three: MISSING})
    with office.application.database.reading() as connection:
        text = connection.execute(
            select(journal.c.payload).order_by(journal.c.position.desc()).limit(1)
        ).scalar_one()
    about = parse(text, b"").body["about"]
    assert (about["listed"], about["accepted"]) == (3, 2)
