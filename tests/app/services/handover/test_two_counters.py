"""Two counters hand over and answer without the line: what cannot both be is shown on the list."""

from __future__ import annotations

import pytest

from app.domain.life.states import Custody
from app.domain.manifest import LineState
from app.errors import Refusal
from app.services.life.reading import read_life
from app.services.rebuild import rebuild
from app.store.queries.manifests import ManifestLine
from tests.app.services.handover.desk import (
    ACCEPTED,
    MISSING,
    TwoCounters,
    answer,
    hand_over,
    lines,
    receive,
    row,
    states,
    undo,
)
from tests.app.store.older_books import columns_of, rows_of
from tests.office import Office

TABLES = ("manifests", "manifest_lines", "worklist", "life_events")


def alike(one: Office, other: Office, *manifests: str) -> dict[str, tuple[ManifestLine, ...]]:
    found = {}
    for manifest in manifests:
        found[manifest] = lines(one, manifest)
        assert lines(other, manifest) == found[manifest]
        assert row(one, manifest) == row(other, manifest)
    return found


def check_rebuild(office: Office) -> None:
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
        rebuild(connection)
        after = rows_of(connection, columns)
    for name in TABLES:
        assert after[name] == before[name], name


def test_what_one_counter_received_leaves_from_the_other(office: Office, pair: TwoCounters) -> None:
    codes = receive(office, 2, keeps_original=True)
    pair.tell(office, pair.b)
    made = hand_over(pair.b, codes)
    pair.tell(pair.b, office)
    answer(office, made.number, {codes[0]: ACCEPTED, codes[1]: MISSING})
    pair.tell(office, pair.b)
    found = alike(office, pair.b, made.number)
    assert [line.state for line in found[made.number]] == [LineState.ACCEPTED, LineState.MISSING]
    check_rebuild(office)
    check_rebuild(pair.b)


def test_the_same_dossier_on_two_lists_is_in_dispute_on_the_later_one(office: Office, pair: TwoCounters) -> None:
    both, ours, theirs = receive(office, 3)
    pair.tell(office, pair.b)
    first = hand_over(office, [both, ours])
    second = hand_over(pair.b, [both, theirs])
    pair.tell(office, pair.b)
    pair.tell(pair.b, office)
    found = alike(office, pair.b, first.number, second.number)
    kept, lost = sorted((first, second), key=lambda made: made.op_id)
    (line,) = [line for line in found[lost.number] if line.code == both]
    assert (line.state, line.is_disputed, line.other_manifest) == (LineState.CONFLICT, True, kept.number)
    (line,) = [line for line in found[kept.number] if line.code == both]
    assert (line.state, line.is_disputed) == (LineState.OPEN, True)
    assert row(office, lost.number).open_lines == 1, "nobody waits for an answer to a line in dispute"
    with pytest.raises(Refusal, match="line_disputed") as refused:
        answer(office, lost.number, {both: ACCEPTED})
    assert refused.value.values["other"] == kept.number
    for counter in (office, pair.b):
        check_rebuild(counter)


def test_an_answer_the_other_counter_gave_too_is_one_answer(office: Office, pair: TwoCounters) -> None:
    same, different = receive(office, 2)
    made = hand_over(office, [same, different])
    pair.tell(office, pair.b)
    answer(office, made.number, {same: ACCEPTED, different: ACCEPTED})
    answer(pair.b, made.number, {same: ACCEPTED, different: MISSING})
    pair.tell(office, pair.b)
    pair.tell(pair.b, office)
    found = {line.code: line for line in alike(office, pair.b, made.number)[made.number]}
    assert (found[same].state, found[same].is_disputed) == (LineState.ACCEPTED, False)
    assert found[different].is_disputed, "two words of one line are put before a person"
    assert found[different].state in (LineState.ACCEPTED, LineState.MISSING)
    assert not row(office, made.number).is_open
    check_rebuild(pair.b)


def test_a_list_undone_here_and_answered_there_is_shown_as_it_is(office: Office, pair: TwoCounters) -> None:
    codes = receive(office, 2)
    made = hand_over(office, codes)
    pair.tell(office, pair.b)
    undo(office, made.number)
    answer(pair.b, made.number, {codes[0]: ACCEPTED})
    pair.tell(office, pair.b)
    pair.tell(pair.b, office)
    alike(office, pair.b, made.number)
    with office.application.database.reading() as connection:
        disputed = read_life(connection, codes[0]).life
    assert disputed.conflicts, "one of the two could not stand"
    assert states(office, made.op_id)[1] is LineState.UNDONE
    check_rebuild(office)


def test_an_extra_dossier_that_had_left_elsewhere_is_in_dispute(office: Office, pair: TwoCounters) -> None:
    listed, extra = receive(office, 2)
    made = hand_over(office, [listed])
    pair.tell(office, pair.b)
    other = hand_over(office, [extra])
    said = answer(pair.b, made.number, {listed: ACCEPTED}, [extra])
    pair.tell(office, pair.b)
    pair.tell(pair.b, office)
    found = alike(office, pair.b, made.number, other.number)
    assert said.slip
    assert found[made.number][1].code == extra and found[made.number][1].is_disputed
    states_of_extra = {found[made.number][1].state, found[other.number][0].state}
    assert LineState.CONFLICT in states_of_extra
    check_rebuild(office)
    check_rebuild(pair.b)


def test_a_line_nobody_answered_is_closed_by_what_came_later(office: Office) -> None:
    from app.domain.life.facts import ResultIn, ResultPaper
    from app.services.life.acting import Line, act

    codes = receive(office, 2)
    made = hand_over(office, codes)
    with office.application.database.writing() as connection:
        act(
            connection, office.application.enrolled, office.clerk,
            [Line(codes[0], ResultIn(ResultPaper("Phiếu lý lịch"), "A-01"))], intent="kết quả",
            now=office.clock.now(), randomness=office.noise.randbytes,
        )
    assert states(office, made.op_id) == [LineState.ANSWERED, LineState.OPEN]
    assert row(office, made.number).open_lines == 1
    with pytest.raises(Refusal, match="line_already_acknowledged"):
        answer(office, made.number, {codes[0]: ACCEPTED})
    with office.application.database.reading() as connection:
        assert read_life(connection, codes[0]).life.custody is Custody.AGENCY
