"""What is next, from what is seen: a table. Whoever does other things comes back to the step that is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.guide.steps import DONE, STEPS, Progress, Seen, present
from ui.pages.intake.form import Step as Part

NEW = Progress(day="2026-11-22")
CHOSEN = Seen(page="intake", has_procedure=True, has_typed=True, part=Part.PERSON)
KNOWN = replace(CHOSEN, has_person=True)
WITH_PHONE = replace(KNOWN, has_phone=True, part=Part.PAPERS)
COMPLETE = replace(WITH_PHONE, has_papers=True)
STORED = replace(Seen(), received=1, is_paper_out=True)
LOOKED = replace(NEW, has_seen_paper=True)
PULLED = replace(LOOKED, has_pulled=True)
FILED = replace(PULLED, has_filed=True)
OUT = replace(STORED, is_plugged=False)
AT_PAPERS = replace(OUT, page="digitise", has_scanner=True)

CASES = [
    (Seen(), NEW, 1, "F2"),
    (Seen(page="intake"), NEW, 2, "Enter"),
    (Seen(page="intake", has_typed=True), NEW, 2, "Enter"),
    (CHOSEN, NEW, 3, "Ctrl 1"),
    (replace(CHOSEN, page=""), NEW, 1, "F2"),                      # she went to look at something else
    (KNOWN, NEW, 3, "Enter"),
    (replace(KNOWN, is_at_phone=True), NEW, 3, "Enter"),
    (WITH_PHONE, NEW, 4, "A"),
    (COMPLETE, NEW, 4, "Enter"),
    (replace(COMPLETE, part=Part.FEES), NEW, 5, "Enter"),
    (replace(COMPLETE, part=Part.RETURN), NEW, 6, "Alt V"),
    (replace(COMPLETE, part=Part.RETURN, is_why_open=True), NEW, 6, "Esc"),
    (replace(COMPLETE, part=Part.RETURN), replace(NEW, has_seen_why=True), 7, "F12"),
    (replace(WITH_PHONE, is_reading_back=True), NEW, 7, "Enter"),  # she was quicker
    (replace(STORED, is_paper_out=False), NEW, 8, ""),
    (STORED, NEW, 8, "Ctrl 3"),
    (replace(STORED, is_paper_open=True), LOOKED, 8, "Esc"),
    (STORED, LOOKED, 9, "Ctrl 2"),
    (replace(STORED, is_cable_moving=True), LOOKED, 9, ""),
    (OUT, PULLED, 9, "F2"),
    (replace(OUT, page="intake"), PULLED, 9, "Alt S"),
    (replace(AT_PAPERS, has_scanner=False), PULLED, 9, ""),
    (AT_PAPERS, PULLED, 9, "S"),
    (replace(AT_PAPERS, is_scanning=True), PULLED, 9, ""),
    (replace(AT_PAPERS, pages=1), PULLED, 9, "F12"),
    (replace(AT_PAPERS, waiting=4), FILED, 10, "Ctrl 2"),
    (replace(STORED, waiting=4), FILED, 10, ""),
    (STORED, FILED, 10, "F7"),
    (STORED, replace(FILED, is_done=True), STEPS, DONE.key),
]


@pytest.mark.parametrize(("seen", "done", "number", "key"), CASES)
def test_the_next_step_and_its_key(seen: Seen, done: Progress, number: int, key: str) -> None:
    step = present(seen, done)
    assert (step.number, step.key) == (number, key)


def test_what_is_to_be_typed_is_said_once() -> None:
    at_search, at_phone = Seen(page="intake"), replace(KNOWN, is_at_phone=True)
    assert present(at_search, NEW).typing and present(at_phone, NEW).typing
    assert not present(replace(at_search, has_typed=True), NEW).typing
    assert not present(replace(at_phone, has_phone=True), NEW).typing


@given(
    st.builds(Seen, page=st.sampled_from(["", "intake", "digitise", "sync"]), received=st.integers(0, 3),
              part=st.sampled_from(Part), pages=st.integers(0, 3), waiting=st.integers(0, 9)),
    st.builds(Progress, day=st.just(""), before=st.just(0)),
)
def test_there_is_always_a_step_with_words_and_a_number_of_ten(seen: Seen, done: Progress) -> None:
    step = present(seen, done)
    assert 1 <= step.number <= STEPS and step.title and step.words
