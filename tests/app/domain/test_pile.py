"""Filing a pile: what is certain goes under its requirement, everything else to the tray with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import arranging
from app.domain.arrangement import TRAY, Arrangement, empty_arrangement, is_sound
from app.domain.arrangement_history import History
from app.domain.blob import Blob
from app.domain.body import from_body, to_body
from app.domain.pile import count_sheets, file_page, reconcile
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Finding
from app.domain.separator import BARS, END, QR_PLACES, separator_text
from app.domain.separator_sheet import UNREAD_DOUBT, Mark

CODE, SHORT, OTHER = "000.00.15.H47-260921-0001", "H47.15-260921-0001", "000.00.15.H47-260921-0002"
REQUIREMENTS = ("1", "2", "giấy tờ/3")
ARRIVED = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
SEEN = Finding(1654, 2339, 200)


def codes(requirement: str, *, code: str = CODE, sheets: int = 0, places: tuple[int, ...] = QR_PLACES) -> Finding:
    return replace(SEEN, codes=tuple(separator_text(code, requirement, place=place, sheets=sheets)
                                     for place in places))


PAGE, BLANK = SEEN, replace(SEEN, is_blank=True)
SIDES: dict[str, Finding] = {
    "p": PAGE, "b": BLANK, "1": codes("1"), "2": codes("2"), "3": codes("giấy tờ/3"), "e": codes(END),
    "s": codes("1", code=SHORT), "o": codes("1", code=OTHER), "k": codes("unknown here"),
    "u": replace(SEEN, doubts=(UNREAD_DOUBT,)), "U": replace(BLANK, doubts=(UNREAD_DOUBT,)),
    "t": replace(SEEN, codes=codes("1").codes + codes("2").codes),
    "c": codes("2", places=(1, 2, 4)), "i": codes("2", places=(BARS,)),
    "n": replace(SEEN, codes=("QMC7*of a newer program",)),
    "f": replace(SEEN, codes=(CODE, OTHER, "https://example.vn", "8938505974194")),
    "m": codes("1", sheets=2),
}


def page(kind: str, ordinal: int, batch: str = "b1") -> ScannedPage:
    made = ScannedPage(f"{batch}-{ordinal}{kind}", "intent", batch, ordinal, "test", ARRIVED, Blob("", 0, ""))
    return replace(made, failure="picture_broken") if kind == "x" else replace(made, finding=SIDES[kind])


def run(kinds: str, *, is_duplex: bool = False, start: str = TRAY, batch: str = "b1",
        arrangement: Arrangement | None = None) -> Arrangement:
    """The pile `kinds`, one letter a side; `_` is a side that never arrived."""
    arrangement = arrangement or empty_arrangement(REQUIREMENTS)
    for ordinal, kind in enumerate(kinds, start=1):
        if kind != "_":
            filed = file_page(arrangement, page(kind, ordinal, batch), code=CODE, requirements=REQUIREMENTS,
                              is_duplex=is_duplex, start=start)
            arrangement = from_body(Arrangement, to_body(filed.arrangement))      # as after a restart
    return arrangement


def shown(arrangement: Arrangement) -> str:
    """Stacks by place, sides as ordinal numbers: `1: 2 3, 5 | tray`; separators after the last bar."""
    def numbers(ids: tuple[str, ...]) -> str:
        return " ".join(one.partition("-")[2][:-1] for one in ids)
    rows = [", ".join(numbers(tuple(side.page_id for side in stack.pages)) for stack in place.stacks)
            for place in arrangement.places]
    return " | ".join([*rows, numbers(tuple(side.page_id for side in arrangement.separators))])


@pytest.mark.parametrize(("kinds", "result"), [
    ("1pp2p3pp", "2 3 | 5 | 7 8 |  | 1 4 6"),
    ("pp1p", "4 |  |  | 1 2 | 3"),                           # before the first separator
    ("1pp1p", "2 3, 5 |  |  |  | 1 4"),                      # two papers of one requirement
    ("sp", "2 |  |  |  | 1"),                                # the other form of the same dossier code
    ("1fp", "2 3 |  |  |  | 1"),                             # foreign codes are ignored, the bare dossier code too
    ("1bp", "2 3 |  |  |  | 1"),                             # blank pages stay where they are
    ("1pep", "2 |  |  | 4 | 1 3"),                           # after the end sheet
    ("1popp", "2 |  |  | 3, 4 5 | 1"),                       # another dossier's separator closes
    ("1pkpp2p", "2 | 7 |  | 3, 4 5 | 1 6"),                  # a requirement this dossier does not have
    ("1pupp2p", "2 | 7 |  | 3, 4 5 | 1 6"),                  # damaged: no code read
    ("1pUp2p", "2 | 6 |  | 3, 4 | 1 5"),                     # damaged and so pale that it counts as blank
    ("1pnp", "2 |  |  | 3, 4 | 1"),                          # a newer program's
    ("1ptp", "2 |  |  | 3, 4 | 1"),                          # two separators on one sheet
    ("1pcpp", "2 | 4 5 |  | 3 | 1"),                         # partly unread: it opens, and is shown
    ("1pip", "2 | 4 |  | 3 | 1"),                            # only its Code 128 read
    ("1pxpp2p", "2 | 7 |  | 3, 4 5 | 1 6"),                  # a page that failed might have been a separator
    ("1p_pp2p", "2 | 7 |  | 4 5 | 1 6"),                     # so might one that never arrived
    ("_pp", " |  |  | 2 3 | "),
    ("mpppp2p", "2 3 | 7 |  | 4 5 | 1 6"),                   # more sheets than declared
])
def test_a_pile_scanned_on_one_side(kinds: str, result: str) -> None:
    arrangement = run(kinds)
    assert shown(arrangement) == result
    assert is_sound(arrangement)


@pytest.mark.parametrize(("kinds", "result"), [
    ("1bpppb2bpb", "3 4 5 6 | 9 10 |  |  | 1 2 7 8"),        # the back of a separator belongs to it
    ("b1ppb2pp", "3 4 | 7 8 |  |  | 1 2 5 6"),               # fed face down: the back comes first
    ("1ppp", "3 4 |  |  | 2 | 1"),                           # the back bears something: shown
    ("1bpbpp", "3 4 5 6 |  |  |  | 1 2"),                    # the blank back of a paper stays with it
    ("12pp", " |  |  | 3 4 | 1 2"),                          # printed on both sides of one sheet: which is meant?
    ("11pp", "3 4 |  |  |  | 1 2"),                          # both sides say the same
    ("ubpp2bpp", " | 7 8 |  | 1 2, 3 4 | 5 6"),              # a damaged one with its back
    ("1upp", " |  |  | 2, 3 4 | 1"),                         # no safe reading of the back
    ("cbpp", " | 3 4 |  | 1 2 | "),
    ("mbpppppp", "3 4 5 6 |  |  | 7 8 | 1 2"),
    ("1x2p", " |  |  | 2, 4 | 1 3"),
])
def test_a_pile_scanned_on_both_sides(kinds: str, result: str) -> None:
    arrangement = run(kinds, is_duplex=True)
    assert shown(arrangement) == result
    assert is_sound(arrangement)


@pytest.mark.parametrize(("kinds", "ordinal", "mark", "about"), [
    ("1", 1, Mark.SEPARATOR, "1"), ("e", 1, Mark.SEPARATOR_END, ""), ("o", 1, Mark.SEPARATOR_OTHER_DOSSIER, OTHER),
    ("u", 1, Mark.SEPARATOR_UNREAD, ""), ("t", 1, Mark.SEPARATORS_TWO, ""), ("c", 1, Mark.SEPARATOR_COVERED, "2"),
    ("x", 1, Mark.PAGE_FAILED, "picture_broken"), ("b", 1, Mark.BLANK, ""), ("p", 1, "", ""),
])
def test_each_side_bears_the_mark_of_what_was_seen(kinds: str, ordinal: int, mark: str, about: str) -> None:
    arrangement = run(kinds)
    side = arrangement.find(f"b1-{ordinal}{kinds[ordinal - 1]}")
    assert (side.mark, side.about) == (mark, about)


@pytest.mark.parametrize(("kinds", "why", "about"), [
    ("p", Mark.NO_SEPARATOR, ""), ("1up", Mark.SEPARATOR_UNREAD, ""), ("1op", Mark.SEPARATOR_OTHER_DOSSIER, OTHER),
    ("1_p", Mark.PAGES_MISSING, ""), ("1xp", Mark.PAGE_FAILED, "picture_broken"),
    ("mppp", Mark.MORE_THAN_DECLARED, "1"), ("1ep", Mark.SEPARATOR_END, ""),
])
def test_a_stack_in_the_tray_says_why_it_is_there(kinds: str, why: str, about: str) -> None:
    stack = run(kinds).tray.stacks[-1]
    assert (stack.why, stack.about) == (why, about)


def test_a_batch_without_separator_goes_where_the_clerk_was() -> None:
    first = run("pp", start="2")
    second = run("p1p", start="2", batch="b2", arrangement=first)
    assert shown(second) == "3 | 1 2 1 |  |  | 2", "the flatbed adds page after page to one paper"
    assert shown(run("p", batch="b3", arrangement=second)).endswith("| 1 | 2"), "a new batch opens nothing"


def test_filing_twice_changes_nothing_and_a_late_page_is_shown() -> None:
    arrangement = run("1pp")
    again = file_page(arrangement, page("p", 2), code=CODE, requirements=REQUIREMENTS, is_duplex=False)
    assert again.arrangement == arrangement and again.requirement == "1"
    late = run("1_p")
    filed = file_page(late, page("p", 2), code=CODE, requirements=REQUIREMENTS, is_duplex=False)
    assert filed.requirement == TRAY and filed.arrangement.pile == late.pile


def test_the_pile_goes_on_after_the_clerk_moved_its_stack_away() -> None:
    arrangement = run("1p")
    moved = arranging.move_stack(arrangement, arrangement.place("1").stacks[0].id, "2")
    filed = file_page(moved, page("p", 3), code=CODE, requirements=REQUIREMENTS, is_duplex=False)
    assert shown(filed.arrangement) == "3 | 2 |  |  | 1"


def test_undo_while_the_pile_runs_keeps_every_page() -> None:
    history = History(run("1pp"))
    stack = history.now.place("1").stacks[0].id
    history = history.act("move_stack", arranging.move_stack(history.now, stack, "2"))
    for ordinal, kind in enumerate("p2p", start=4):
        filed = file_page(history.now, page(kind, ordinal), code=CODE, requirements=REQUIREMENTS, is_duplex=False)
        history = history.arrive(filed.arrangement)
    back = history.undo().now
    assert sorted(back.page_ids) == sorted(history.now.page_ids) and is_sound(back)
    assert back.pile == history.now.pile


def test_blanks_are_left_out_of_the_pdf_only_when_asked_and_stay_visible() -> None:
    filed = file_page(run("1"), page("b", 2), code=CODE, requirements=REQUIREMENTS, is_duplex=False,
                      leaves_out_blanks=True)
    assert filed.arrangement.find("b1-2b").is_left_out and shown(filed.arrangement) == "2 |  |  |  | 1"
    assert not run("1b").find("b1-2b").is_left_out


def test_an_unprepared_page_cannot_be_filed() -> None:
    waiting = replace(page("p", 1), finding=None)
    with pytest.raises(ValueError, match="light table"):
        file_page(run(""), waiting, code=CODE, requirements=REQUIREMENTS, is_duplex=False)


@pytest.mark.parametrize(("kinds", "is_duplex", "sheets"), [
    ("1pp2p", False, 3), ("1bpppb2bpb", True, 3), ("upp", False, 3), ("pbx", False, 3), ("oc", False, 0),
])
def test_sheets_are_counted_without_separators(kinds: str, is_duplex: bool, sheets: int) -> None:
    arrangement = run(kinds, is_duplex=is_duplex)
    pages = [page(kind, ordinal) for ordinal, kind in enumerate(kinds, start=1)]
    assert count_sheets(arrangement, pages, is_duplex=is_duplex) == sheets
    assert reconcile(5, sheets) == sheets - 5


@given(st.text(alphabet="".join(SIDES) + "x_", max_size=30), st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_page_is_lost_and_none_lies_under_a_requirement_without_a_sure_separator(kinds: str,
                                                                                    is_duplex: bool) -> None:
    arrangement = run(kinds, is_duplex=is_duplex)
    arrived = [f"b1-{ordinal}{kind}" for ordinal, kind in enumerate(kinds, start=1) if kind != "_"]
    assert sorted(arrangement.page_ids) == sorted(arrived) and is_sound(arrangement)
    opened = ""
    for ordinal, kind in enumerate(kinds, start=1):
        if kind == "_":
            opened = ""
            continue
        place = arrangement.stack_of(f"b1-{ordinal}{kind}")
        if place is not None and place[0] != TRAY:
            assert kind in "pbf", "no separator lies among papers"
            assert place[0] == opened
        opened = {"1": "1", "s": "1", "m": "1", "2": "2", "c": "2", "i": "2", "3": "giấy tờ/3"}.get(
            kind, opened if kind in "pbf" else "")
