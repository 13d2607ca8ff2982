"""The receiving side answers line by line; what it does not accept comes back, is looked for, or gets a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier import State
from app.domain.intake import Intake
from app.domain.life.states import Custody, Holder, Source
from app.domain.manifest import LineState
from app.domain.paper_number import PaperKind, read_paper_number
from app.errors import Refusal
from app.services import correct
from app.services.handover.answering import ExtraKind
from app.services.life.reading import held_originals, read_life
from app.store.queries.dossiers import DossierList, page, reach
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING_PERMIT,
    MISSING,
    REFUSED,
    answer,
    hand_over,
    lines,
    receive,
    row,
    states,
    turn_up,
    undo,
)
from tests.office import Office, sample_intake


def listed(office: Office, what: DossierList) -> set[str]:
    with office.application.database.reading() as connection:
        return {one.code for one in page(connection, what, reach(connection, "quay-1", 1, "2026-11-23"))}


def custody(office: Office, code: str) -> Custody:
    with office.application.database.reading() as connection:
        return read_life(connection, code).life.custody


def test_accepted_dossiers_are_with_the_agency_and_the_rest_stays_open(office: Office) -> None:
    codes = receive(office, 3)
    made = hand_over(office, codes)
    said = answer(office, made.number, {codes[0]: ACCEPTED, codes[1]: ACCEPTED})
    assert (said.accepted, said.open_lines, said.slip, said.jobs) == (2, 1, "", ())
    assert states(office, made.op_id) == [LineState.ACCEPTED, LineState.ACCEPTED, LineState.OPEN]
    assert [custody(office, code) for code in codes] == [Custody.AGENCY, Custody.AGENCY, Custody.ON_THE_WAY]
    with office.application.database.reading() as connection:
        assert read_life(connection, codes[0]).life.business is State.IN_PROCESS
    rest = answer(office, made.number, {codes[2]: ACCEPTED})
    assert rest.open_lines == 0 and not row(office, made.number).is_open


def test_refused_and_missing_lines_have_an_owner_and_a_slip(office: Office) -> None:
    codes = receive(office, 3, keeps_original=True)
    made = hand_over(office, codes)
    said = answer(office, made.number, {codes[0]: ACCEPTED, codes[1]: REFUSED, codes[2]: MISSING})
    slip = read_paper_number(said.slip)
    assert slip is not None and (slip.kind, slip.n) == (PaperKind.DISCREPANCY, 1)
    assert (said.refused, said.missing, len(said.jobs)) == (1, 1, 1)
    assert listed(office, DossierList.SENT_BACK) == set(codes[1:])
    assert listed(office, DossierList.TO_HAND_OVER) == {codes[1]}
    assert lines(office, made.op_id)[1].reason == "hồ sơ thiếu chữ ký"
    with office.application.database.reading() as connection:
        held = {one.code: one.holder for one in held_originals(connection)}
    assert held == {codes[0]: Holder.AGENCY, codes[1]: Holder.COUNTER, codes[2]: Holder.MISSING}
    assert (row(office, made.number).open_lines, row(office, made.number).bad_lines) == (0, 2)


def test_a_refused_dossier_can_go_out_again(office: Office) -> None:
    codes = receive(office, 1)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: REFUSED})
    again = hand_over(office, codes)
    assert states(office, made.op_id) == [LineState.REFUSED] and states(office, again.op_id) == [LineState.OPEN]


@pytest.mark.parametrize("where, is_with_us", [(Custody.COUNTER, True), (Custody.AGENCY, False)])
def test_a_missing_dossier_turns_up_here_or_there(office: Office, where: Custody, is_with_us: bool) -> None:
    codes = receive(office, 1)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: MISSING})
    turn_up(office, codes[0], where)
    assert custody(office, codes[0]) is where
    assert (codes[0] in listed(office, DossierList.TO_HAND_OVER)) is is_with_us
    (line,) = lines(office, made.op_id)
    assert (line.state, line.custody) == (LineState.MISSING, where), "what was said stays, where it is is shown"
    with pytest.raises(Refusal, match="not_missing"):
        turn_up(office, codes[0], where)


def test_what_the_bag_held_beside_the_list_is_sorted_by_whose_it_is(office: Office) -> None:
    listed_one, forgotten, elsewhere, gone = receive(office, 4)
    (foreign,) = receive(office, 1, procedure=BUILDING_PERMIT)
    made, other = hand_over(office, [listed_one]), hand_over(office, [elsewhere])
    third = hand_over(office, [gone])
    answer(office, third.number, {gone: ACCEPTED})
    unknown = "H47.15-261123-4999"
    extras = [forgotten, foreign, elsewhere, gone, unknown, forgotten]
    said = answer(office, made.number, {listed_one: ACCEPTED}, extras)
    assert {extra.code: (extra.kind, extra.about) for extra in said.extras} == {
        forgotten: (ExtraKind.KEPT, ""), foreign: (ExtraKind.OTHER_AGENCY, "Sở Xây dựng tỉnh Mẫu"),
        elsewhere: (ExtraKind.OTHER_MANIFEST, other.number), gone: (ExtraKind.ELSEWHERE, ""),
        unknown: (ExtraKind.UNKNOWN, ""),
    }
    assert custody(office, forgotten) is Custody.AGENCY
    assert custody(office, foreign) is Custody.COUNTER, "it comes back with the messenger"
    assert [(line.code, line.state) for line in lines(office, made.op_id)] == [
        (listed_one, LineState.ACCEPTED), (forgotten, LineState.EXTRA),
    ]
    assert states(office, other.op_id) == [LineState.OPEN]
    assert said.slip


def test_the_second_slip_of_a_day_counts_on(office: Office) -> None:
    codes = receive(office, 2)
    made = hand_over(office, codes)
    slips = [answer(office, made.number, {code: MISSING}).slip for code in codes]
    assert [read_paper_number(slip).n for slip in slips if read_paper_number(slip)] == [1, 2]  # type: ignore[union-attr]


def test_a_line_answered_before_is_told_and_not_said_again(office: Office) -> None:
    codes = receive(office, 2)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: ACCEPTED})
    again = answer(office, made.number, dict.fromkeys(codes, ACCEPTED))
    assert (again.already, again.accepted) == ((codes[0],), 1)
    with pytest.raises(Refusal, match="all_answered"):
        answer(office, made.number, {codes[0]: ACCEPTED})
    with pytest.raises(Refusal, match="line_already_acknowledged") as refused:
        answer(office, made.number, {codes[0]: MISSING})
    assert refused.value.values == {"code": codes[0], "verdict": "accepted"}


def test_the_same_press_answers_once(office: Office) -> None:
    codes = receive(office, 2)
    made = hand_over(office, codes)
    first, again = (answer(office, made.number, {codes[0]: MISSING}, intent="một lần") for _ in range(2))
    assert (again.op_id, again.slip, again.jobs, again.is_new) == (first.op_id, first.slip, first.jobs, False)
    other = hand_over(office, receive(office, 1))
    with pytest.raises(Refusal, match="intent_reused"):
        answer(office, other.number, {other.codes[0]: ACCEPTED}, intent="một lần")


@pytest.mark.parametrize("change, refusal", [
    ({"by_name": " "}, "receiver_name_missing"), ({"answers": "other"}, "not_on_manifest"),
    ({"answers": "none"}, "nothing_to_do"), ({"answers": "refused", "reason": " "}, "line_reason_missing"),
    ({"answers": "accepted", "extras": "listed"}, "extra_on_list"), ({"answers": "none", "extras": "unknown"},
                                                                    "extras_alone"),
])
def test_an_answer_that_cannot_be_is_refused_whole(
    office: Office, change: dict[str, str], refusal: str
) -> None:
    mine, second, other = receive(office, 3)
    made = hand_over(office, [mine, second])
    answers = {
        "accepted": {mine: ACCEPTED}, "none": {}, "other": {other: ACCEPTED}, "refused": {mine: REFUSED},
    }[change.get("answers", "accepted")]
    extras = {"": [], "listed": [second], "unknown": ["H47.15-261123-4999"]}[change.get("extras", "")]
    with pytest.raises(Refusal, match=refusal):
        answer(
            office, made.number, answers, extras, reason=change.get("reason", "lý do"),
            by_name=change.get("by_name", "Võ Thị Nhận"),
        )
    assert states(office, made.op_id) == [LineState.OPEN] * 2


def test_an_undone_list_takes_no_answer(office: Office) -> None:
    codes = receive(office, 1)
    made = hand_over(office, codes)
    undo(office, made.number)
    with pytest.raises(Refusal, match="manifest_undone"):
        answer(office, made.number, {codes[0]: ACCEPTED})


def test_the_signed_paper_is_read_as_a_paper(office: Office) -> None:
    codes = receive(office, 1)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: ACCEPTED}, source=Source.PAPER, by_name="Lê Ký Nhận")
    with office.application.database.reading() as connection:
        event = read_life(connection, codes[0]).events[-1]
    assert (event.source, event.name, event.facts.by_name) == (  # type: ignore[union-attr]
        Source.PAPER, "Trần Thị Thử", "Lê Ký Nhận"
    )


def test_a_dossier_on_a_list_keeps_its_agency_and_may_get_another_name(office: Office) -> None:
    codes = receive(office, 1)
    made = hand_over(office, codes)
    other = sample_intake("khác", procedure=BUILDING_PERMIT)
    renamed = sample_intake("khác", name="Nguyễn Thị Đã Sửa")
    application = office.application
    with application.database.reading() as connection:
        known = read_life(connection, codes[0]).body.intake

    def correct_to(intake: Intake, intent: str) -> None:
        with application.database.writing() as connection:
            correct.correct_dossier(
                connection, application.enrolled, office.clerk, application.rules, codes[0], intake, "gõ nhầm",
                base_version=1, intent=intent, now=office.clock.now(), randomness=office.noise.randbytes,
            )

    with pytest.raises(Refusal, match="agency_cannot_change"):
        correct_to(replace(known, procedure=other.procedure, papers=other.papers, fees=other.fees), "sửa cơ quan")
    correct_to(replace(known, applicant=renamed.applicant), "sửa tên")
    (line,) = lines(office, made.op_id)
    assert (line.applicant_name, line.state) == ("Nguyễn Thị Đã Sửa", LineState.OPEN)
    answer(office, made.number, {codes[0]: ACCEPTED})
    assert custody(office, codes[0]) is Custody.AGENCY
