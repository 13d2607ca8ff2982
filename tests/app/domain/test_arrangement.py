"""Arranging scanned pages: no act loses or doubles one, and undo keeps what arrived meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import arranging
from app.domain.arrangement import (
    TRAY,
    Arrangement,
    OpenPile,
    PlacedPage,
    empty_arrangement,
    is_sound,
    with_requirements,
)
from app.domain.arrangement_history import MOST_STEPS, History
from app.domain.body import from_body, to_body
from app.errors import Refusal

CODES = ("1", "2", "3")
Act = Callable[[Arrangement], Arrangement]


def lay(text: str) -> Arrangement:
    """`"ab,c|d||e"`: stacks ab and c under 1, d under 2, nothing under 3, e in the tray."""
    arrangement = empty_arrangement(CODES)
    for requirement, stacks in zip((*CODES, TRAY), text.split("|"), strict=True):
        for pages in filter(None, stacks.split(",")):
            arrangement = arranging.add(arrangement, PlacedPage(pages[0]), requirement)
            stack = arrangement.place(requirement).stacks[-1].id
            for page in pages[1:]:
                arrangement = arranging.add(arrangement, PlacedPage(page), requirement, stack=stack)
    return arrangement


def shown(arrangement: Arrangement) -> str:
    return "|".join(",".join("".join(page.page_id for page in stack.pages) for stack in place.stacks)
                    for place in arrangement.places)


def stack_at(arrangement: Arrangement, page: str) -> str:
    found = arrangement.stack_of(page)
    assert found is not None
    return found[1].id


@pytest.mark.parametrize(("before", "act", "after"), [
    ("abcd|||", lambda a: arranging.move(a, ["d", "b"], "2"), "ac|bd||"),
    ("ab|c||", lambda a: arranging.move(a, ["a"], "2"), "b|ca||"),
    ("ab|c||", lambda a: arranging.move(a, ["a", "b"], "2", before="c"), "|abc||"),
    ("ab|cd||", lambda a: arranging.move(a, ["a"], "2", before="d"), "b|cad||"),
    ("ab|c||", lambda a: arranging.move(a, ["a"], "2", stack=arranging.NEW_STACK), "b|c,a||"),
    ("a,b|||", lambda a: arranging.move(a, ["a"], "1", stack=stack_at(a, "b")), "ba|||"),
    ("abcd|||", lambda a: arranging.move(a, ["d"], "1", before="a"), "dabc|||"),
    ("abcd|||", lambda a: arranging.move(a, ["a", "c"], "1", before="c"), "bacd|||"),
    ("abcd|||", lambda a: arranging.move(a, ["b", "c", "d", "a"], "1", before="b"), "abcd|||"),
    ("ab|||c", lambda a: arranging.move(a, ["b"], TRAY), "a|||c,b"),
    ("|||ab", lambda a: arranging.move(a, ["a", "b"], "3"), "||ab|"),
    ("abcd|||", lambda a: arranging.split(a, "c"), "ab,cd|||"),
    ("ab,cd,ef|||", lambda a: arranging.split(a, "d"), "ab,c,d,ef|||"),
    ("ab,cd,ef|||", lambda a: arranging.merge(a, [stack_at(a, "c"), stack_at(a, "b")]), "abcd,ef|||"),
    ("a,b,c|||", lambda a: arranging.merge(a, [stack_at(a, p) for p in "cab"]), "abc|||"),
    ("ab,cd|e||", lambda a: arranging.move_stack(a, stack_at(a, "c"), "2"), "ab|e,cd||"),
    ("ab,cd|e||", lambda a: arranging.move_stack(a, stack_at(a, "c"), "2", before=stack_at(a, "e")), "ab|cd,e||"),
    ("ab,c,e|||", lambda a: arranging.move_stack(a, stack_at(a, "e"), "1", before=stack_at(a, "a")), "e,ab,c|||"),
    ("abcd|||", lambda a: arranging.shift(a, ["c", "d"], -1), "acdb|||"),
    ("abcd|||", lambda a: arranging.shift(a, ["a"], -1), "abcd|||"),
    ("abcd|||", lambda a: arranging.shift(a, ["a"], 1), "bacd|||"),
    ("abcd|||", lambda a: arranging.shift(a, ["d", "b"], 1), "acbd|||"),
    ("abcd|||", lambda a: arranging.reverse(a, stack_at(a, "a")), "dcba|||"),
    ("ab|c||", lambda a: arranging.set_aside(a, ["b", "c"]), "a|||"),
    ("ab|||", lambda a: arranging.move(arranging.set_aside(a, ["b", "a"]), ["b"], "2"), "|b||"),
])
def test_each_act_lays_pages_where_it_says(before: str, act: Act, after: str) -> None:
    start = lay(before)
    result = act(start)
    assert shown(result) == after
    assert is_sound(result) and sorted(result.page_ids) == sorted(start.page_ids)


@pytest.mark.parametrize(("code", "act"), [
    ("arranged_nothing", lambda a: arranging.move(a, [], "1")),
    ("arranged_page_unknown", lambda a: arranging.move(a, ["a", "?"], "2")),
    ("arranged_page_unknown", lambda a: arranging.move(a, ["a"], "2", before="?")),
    ("arranged_page_unknown", lambda a: arranging.move(a, ["a"], "2", before="b")),
    ("arranged_place_unknown", lambda a: arranging.move(a, ["a"], "9")),
    ("arranged_stack_unknown", lambda a: arranging.move(a, ["a"], "2", stack="99")),
    ("arranged_stack_unknown", lambda a: arranging.move_stack(a, "99", "2")),
    ("arranged_page_unknown", lambda a: arranging.turn(a, ["?"], 1)),
    ("arranged_page_twice", lambda a: arranging.add(a, PlacedPage("a"))),
    ("arranged_page_twice", lambda a: arranging.add_separator(a, PlacedPage("a"))),
    ("stack_not_divisible", lambda a: arranging.split(a, "a")),
    ("stacks_not_neighbours", lambda a: arranging.merge(a, [stack_at(a, "a"), stack_at(a, "d")])),
    ("stacks_not_neighbours", lambda a: arranging.merge(a, [stack_at(a, "a"), stack_at(a, "e")])),
    ("stacks_not_neighbours", lambda a: arranging.merge(a, [stack_at(a, "a")])),
    ("stacks_not_neighbours", lambda a: arranging.shift(a, ["a", "c"], 1)),
])
def test_what_cannot_be_done_is_refused(code: str, act: Act) -> None:
    with pytest.raises(Refusal) as refused:
        act(lay("ab,c,d|e||"))
    assert refused.value.code == code


def test_turning_and_leaving_out() -> None:
    start = lay("abc|||")
    turned = arranging.turn(arranging.turn(start, ["a", "b"], 1), ["b"], -2)
    assert [turned.find(page).turn for page in "abc"] == [90, 270, 0]
    out = arranging.leave_out(turned, ["a", "c"])
    assert [page.page_id for pages in out.for_pdf("1") for page in pages] == ["b"]
    assert shown(out) == "abc|||", "a page that is left out stays where it lies"
    assert arranging.take_in(out, ["a", "c"]) == turned
    assert arranging.leave_out(start, "abc").for_pdf("1") == (), "nothing left makes no PDF"


def test_a_changed_checklist_sends_the_pages_of_a_lost_requirement_to_the_tray() -> None:
    start = lay("ab|c||d")
    changed = with_requirements(start, ("2", "4"))
    assert [place.requirement for place in changed.places] == ["2", "4", TRAY]
    assert sorted(changed.page_ids) == sorted(start.page_ids) and is_sound(changed)
    assert [(stack.why, stack.about) for stack in changed.tray.stacks] == [("", ""), ("requirement_gone", "1")]


# Random acts ------------------------------------------------------------------------------------------------

_ACTS = ("move", "move_before", "move_stack", "split", "merge", "shift", "reverse", "turn", "leave_out", "take_in",
         "set_aside", "arrive", "arrive_separator", "undo", "redo", "checklist")


def _act(history: History, name: str, data: st.DataObject, number: int) -> History:
    now = history.now
    some = data.draw(st.lists(st.sampled_from(now.page_ids or ("?",)), max_size=4))
    stacks = [stack.id for place in now.places for stack in place.stacks] or ["?"]
    to = data.draw(st.sampled_from([place.requirement for place in now.places]))
    stack, other = data.draw(st.sampled_from(stacks)), data.draw(st.sampled_from(stacks))
    page = some[0] if some else "?"
    acts: dict[str, Callable[[], Arrangement]] = {
        "move": lambda: arranging.move(now, some, to, stack=data.draw(st.sampled_from(("", "+", stack)))),
        "move_before": lambda: arranging.move(now, some[1:], to, before=page),
        "move_stack": lambda: arranging.move_stack(now, stack, to, before=data.draw(st.sampled_from(("", other)))),
        "split": lambda: arranging.split(now, page),
        "merge": lambda: arranging.merge(now, [stack, other]),
        "shift": lambda: arranging.shift(now, some, data.draw(st.sampled_from((-1, 1)))),
        "reverse": lambda: arranging.reverse(now, stack),
        "turn": lambda: arranging.turn(now, some, data.draw(st.integers(-5, 5))),
        "leave_out": lambda: arranging.leave_out(now, some),
        "take_in": lambda: arranging.take_in(now, some),
        "set_aside": lambda: arranging.set_aside(now, some),
        "checklist": lambda: with_requirements(now, data.draw(st.sets(st.sampled_from(("1", "2", "3", "4"))))),
    }
    if name == "undo":
        return history.undo()
    if name == "redo":
        return history.redo()
    if name == "arrive":
        return history.arrive(arranging.add(now, PlacedPage(f"p{number}"), to, stack=stack))
    if name == "arrive_separator":
        return history.arrive(arranging.add_separator(now, PlacedPage(f"p{number}")))
    return history.act(name, acts[name]())


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_history_of_acts_loses_or_doubles_a_page(data: st.DataObject) -> None:
    history = History(lay("abc,d|e||f"))
    arrived = set(history.now.page_ids)
    for number, name in enumerate(data.draw(st.lists(st.sampled_from(_ACTS), max_size=20))):
        before = history.now
        try:
            history = _act(history, name, data, number)
        except Refusal:
            assert history.now == before
        if name.startswith("arrive"):
            arrived.add(f"p{number}")
        assert set(history.now.page_ids) == arrived
        assert is_sound(history.now)
        assert from_body(Arrangement, to_body(history.now)) == history.now


def test_undo_takes_back_act_by_act_and_redo_does_them_again() -> None:
    history = History(lay("abcd|||"))
    steps = [history.now]
    for act, after in (("split", arranging.split(history.now, "c")),
                       ("turn", arranging.turn(arranging.split(history.now, "c"), ["a"], 1))):
        history = history.act(act, after)
        steps.append(history.now)
    assert (history.next_undo, history.next_redo) == ("turn", "")
    back = history.undo()
    assert (back.now.places, back.next_undo, back.next_redo) == (steps[1].places, "split", "turn")
    assert back.undo().now.places == steps[0].places
    assert back.undo().undo().now.places == steps[0].places, "no further back than the first"
    assert back.redo().now.places == history.now.places
    assert back.act("reverse", arranging.reverse(back.now, stack_at(back.now, "a"))).next_redo == ""
    assert history.act("nothing", history.now) is history


def test_a_page_that_arrived_since_stays_where_it_lies_when_acts_are_taken_back() -> None:
    history = History(lay("ab|||"))
    history = history.act("split", arranging.split(history.now, "b"))
    opened = arranging.add(history.now, PlacedPage("x"), "2")
    stack = stack_at(opened, "x")
    pile = OpenPile("batch", 3, "2", stack)
    history = history.arrive(Arrangement(opened.places, opened.separators, pile, opened.last_stack))
    history = history.arrive(arranging.add(history.now, PlacedPage("y"), "1", stack=stack_at(history.now, "b")))
    back = history.undo()
    assert shown(back.now) == "ab,y|x||"
    assert back.now.pile == pile and stack_at(back.now, "x") == stack, "the pile goes on into the same stack"
    assert shown(back.redo().now) == "a,by|x||"


def test_history_forgets_the_oldest_acts_first() -> None:
    history = History(lay("ab|||"))
    for _ in range(MOST_STEPS + 5):
        history = history.act("turn", arranging.turn(history.now, ["a"], 1))
    assert len(history.done) == MOST_STEPS
