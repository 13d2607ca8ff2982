"""A manifest holds dossiers of one agency that are at the counter, all of them or none, once for one intent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.life.states import Holder
from app.domain.manifest import LineState, Route
from app.domain.paper_number import PaperKind, read_paper_number
from app.errors import Refusal
from app.services.life.reading import held_originals, read_life
from app.services.papers.prints import open_paper_prints
from app.services.rebuild import rebuild
from app.store.queries.dossiers import DossierList, count, reach
from app.store.queries.manifests import (
    count_open,
    find_manifest,
    open_manifests,
    overdue_manifests,
    past_manifests,
    waiting_agencies,
    waiting_for,
)
from app.store.settings import write_setting
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING,
    BUILDING_PERMIT,
    POLICE,
    answer,
    hand_over,
    lines,
    receive,
    row,
    states,
    undo,
)
from tests.app.store.older_books import columns_of, rows_of
from tests.office import MORNING, Office


def waiting(office: Office) -> dict[str, int]:
    with office.application.database.reading() as connection:
        found = {one.agency: one.waiting for one in waiting_agencies(connection)}
        listed = {agency: len(waiting_for(connection, agency)) for agency in found}
        known = reach(connection, "quay-1", 1, "2026-11-23")
        assert sum(found.values()) == count(connection, DossierList.TO_HAND_OVER, known)
    assert found == listed, "a count and its list are the same"
    return found


def test_dossiers_leave_for_their_agency_and_the_list_stays_open(office: Office) -> None:
    codes, others = receive(office, 3), receive(office, 1, procedure=BUILDING_PERMIT)
    assert waiting(office) == {POLICE: 3, BUILDING: 1}
    made = hand_over(office, codes)
    assert (made.agency_name, made.codes, made.is_new) == ("Công an tỉnh Mẫu", tuple(codes), True)
    assert waiting(office) == {BUILDING: 1}
    found = row(office, made.number)
    assert (found.id, found.lines, found.open_lines, found.is_undone) == (made.op_id, 3, 3, False)
    assert [line.code for line in lines(office, made.op_id)] == codes
    assert others[0] not in made.codes


def test_the_number_counts_lists_of_the_counter_and_day(office: Office) -> None:
    codes = receive(office, 3)
    numbers = [read_paper_number(hand_over(office, [code]).number) for code in codes[:2]]
    office.clock.advance(timedelta(days=1))
    numbers.append(read_paper_number(hand_over(office, codes[2:]).number))
    assert [(one.kind, f"{one.day:%y%m%d}", one.n) for one in numbers if one is not None] == [
        (PaperKind.HANDOVER, "261123", 1), (PaperKind.HANDOVER, "261123", 2), (PaperKind.HANDOVER, "261124", 1),
    ]


def test_a_number_is_not_used_again_when_its_list_was_undone(office: Office) -> None:
    codes = receive(office, 1)
    first = hand_over(office, codes)
    undo(office, first.number)
    second = read_paper_number(hand_over(office, codes).number)
    assert second is not None and second.n == 2


def test_one_press_twice_is_one_manifest(office: Office) -> None:
    codes = receive(office, 2)
    first, again = (hand_over(office, codes, intent="một lần", has_control_sheets=True) for _ in range(2))
    assert (again.op_id, again.number, again.jobs) == (first.op_id, first.number, first.jobs)
    assert (first.is_new, again.is_new) == (True, False)
    with office.application.database.reading() as connection:
        assert [one.job for one in open_paper_prints(connection)] == list(first.jobs), "one list, two sheets"
        assert len(past_manifests(connection)) == 1
    with pytest.raises(Refusal, match="intent_reused"):
        hand_over(office, codes[:1], intent=_intent_of_a_reception(office))


def _intent_of_a_reception(office: Office) -> str:
    (code,) = receive(office, 1)
    with office.application.database.reading() as connection:
        return read_life(connection, code).body.intake.intent


@pytest.mark.parametrize("codes, refusal", [
    (("own", "foreign"), "other_agency"), (("own", "own"), "dossier_twice"), (("own", "gone"), "not_at_counter"),
    ((), "nothing_to_do"), (("own", "unknown"), "dossier_unknown"),
])
def test_one_line_that_cannot_be_names_itself_and_nothing_leaves(
    office: Office, codes: tuple[str, ...], refusal: str
) -> None:
    own, gone = receive(office, 2)
    (foreign,) = receive(office, 1, procedure=BUILDING_PERMIT)
    hand_over(office, [gone])
    named = {"own": own, "foreign": foreign, "gone": gone, "unknown": "H47.15-261123-4999"}
    with pytest.raises(Refusal, match=refusal) as refused:
        hand_over(office, [named[code] for code in codes])
    if codes:
        assert refused.value.values["code"] == named[codes[-1]]
    assert waiting(office) == {POLICE: 1, BUILDING: 1}


def test_a_wrong_agency_is_said_by_both_names(office: Office) -> None:
    (own,), (foreign,) = receive(office, 1), receive(office, 1, procedure=BUILDING_PERMIT)
    with pytest.raises(Refusal) as refused:
        hand_over(office, [own, foreign])
    assert refused.value.values == {
        "code": foreign, "agency": "Sở Xây dựng tỉnh Mẫu", "wanted": "Công an tỉnh Mẫu",
    }


def test_originals_travel_along_unless_they_are_to_stay(office: Office) -> None:
    with_it, without = receive(office, 2, keeps_original=True)
    made = hand_over(office, [with_it, without], originals={without: ()})
    assert made.originals == 1
    with office.application.database.reading() as connection:
        held = {one.code: one.holder for one in held_originals(connection)}
    assert held == {with_it: Holder.ON_THE_WAY, without: Holder.COUNTER}


@pytest.mark.parametrize("text, refusal", [
    ("", "item_code_needed"), ("EA473124828VN", "item_code_check_digit"), ("EA 473 124 829 VN", ""),
])
def test_a_list_by_post_bears_a_sound_item_code(office: Office, text: str, refusal: str) -> None:
    codes = receive(office, 1)
    if refusal:
        with pytest.raises(Refusal, match=refusal):
            hand_over(office, codes, route=Route.POST, item_code=text)
        return
    made = hand_over(office, codes, route=Route.POST, item_code=text)
    found = row(office, made.number)
    assert (found.route, found.item_code) == (Route.POST, "EA473124829VN")


@pytest.mark.parametrize("local_time, is_next, expected", [
    # 24/11 is a day off
    ("09:00", False, "2026-11-25T09:00"), ("15:00", False, "2026-11-25T15:00"),
    ("15:01", True, "2026-11-26T07:00"), ("19:00", True, "2026-11-26T07:00"),
])
def test_after_the_cut_off_it_goes_with_the_next_run(
    office: Office, local_time: str, is_next: bool, expected: str
) -> None:
    codes = receive(office, 1)
    office.clock.at = datetime.fromisoformat(f"2026-11-23T{local_time}:00+07:00").astimezone(UTC)
    made = hand_over(office, codes)
    assert made.is_next_run is is_next
    assert made.expected_at.isoformat()[:16] == expected
    assert made.cutoff_at is not None and made.cutoff_at.isoformat()[:16] == (
        "2026-11-25T15:00" if is_next else "2026-11-23T15:00"
    )


def test_the_office_sets_its_own_hours_and_may_have_no_runs(office: Office) -> None:
    codes = receive(office, 1)
    with office.application.database.writing() as connection:
        write_setting(connection, "handover", {"acknowledge_hours": 2, "cutoff": ""})
    made = hand_over(office, codes)
    assert (made.cutoff_at, made.is_next_run) == (None, False)
    assert made.expected_at.isoformat()[:16] == "2026-11-23T11:00"


def test_unacknowledged_lists_are_counted_and_listed_oldest_first(office: Office) -> None:
    codes = receive(office, 3)
    first = hand_over(office, codes[:1])
    office.clock.advance(timedelta(hours=1))
    second = hand_over(office, codes[1:2])
    third = hand_over(office, codes[2:])
    answer(office, third.number, {codes[2]: ACCEPTED})
    late = MORNING + timedelta(days=2, minutes=1)     # 24/11 is a day off
    with office.application.database.reading() as connection:
        assert [one.id for one in open_manifests(connection)] == [first.op_id, second.op_id]
        assert [one.id for one in overdue_manifests(connection, late)] == [first.op_id]
        assert count_open(connection, late) == (2, 1)
        newest = past_manifests(connection, limit=2)
        assert [one.id for one in newest] == [third.op_id, second.op_id]
        rest = past_manifests(connection, before=(newest[-1].made_at, newest[-1].id))
        assert [one.id for one in rest] == [first.op_id]


def test_a_list_can_be_taken_back_until_somebody_has_answered(office: Office) -> None:
    codes = receive(office, 2, keeps_original=True)
    made = hand_over(office, codes)
    undone = undo(office, made.number, intent="hủy một lần")
    assert undo(office, made.number, intent="hủy một lần").op_id == undone.op_id
    assert row(office, made.number).is_undone and states(office, made.op_id) == [LineState.UNDONE] * 2
    assert waiting(office) == {POLICE: 2}
    with office.application.database.reading() as connection:
        assert {one.holder for one in held_originals(connection)} == {Holder.COUNTER}
        assert open_manifests(connection) == ()
    with pytest.raises(Refusal, match="manifest_undone"):
        undo(office, made.number)
    again = hand_over(office, codes)
    answer(office, again.number, {codes[0]: ACCEPTED})
    with pytest.raises(Refusal, match="manifest_answered"):
        undo(office, again.number)


def test_a_list_is_found_by_number_in_any_case_or_not_at_all(office: Office) -> None:
    made = hand_over(office, receive(office, 1))
    with office.application.database.reading() as connection:
        found = find_manifest(connection, f" {made.number.lower()} ")
        assert found is not None and found.id == made.op_id
        assert find_manifest(connection, "BG-000000-XXXX-001-X") is None
    with pytest.raises(Refusal, match="manifest_unknown"):
        undo(office, "BG-1")


def test_a_rebuild_gives_the_same_manifests(office: Office) -> None:
    codes = receive(office, 5, keeps_original=True)
    first, second = hand_over(office, codes[:2]), hand_over(office, codes[2:4])
    undo(office, first.number)
    answer(office, second.number, {codes[2]: ACCEPTED}, [codes[4]])
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
        assert before["manifests"] and before["manifest_lines"]
        rebuild(connection)
        assert rows_of(connection, columns) == before
