"""Undo and redo of arranging. An act can be taken back; a page that has arrived since never goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.arrangement import TRAY, Arrangement, Place

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """An arrangement as it was, and the act that led away from it: a code the window has a word for."""

    act: str
    arrangement: Arrangement


@dataclass(frozen=True, slots=True)
class History:
    """`now`, what was before each act (newest last), and what was taken back (newest last)."""

    now: Arrangement
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def next_undo(self) -> str:
        """Code of the act that `undo` takes back, "" when there is none."""
        return self.done[-1].act if self.done else ""

    @property
    def next_redo(self) -> str:
        return self.undone[-1].act if self.undone else ""

    def act(self, act: str, after: Arrangement) -> History:
        """The clerk did `act`. Without any change nothing is noted."""
        if after == self.now:
            return self
        return History(after, (*self.done, Step(act, self.now))[-MOST_STEPS:])

    def arrive(self, after: Arrangement) -> History:
        """Pages arrived (`app.domain.pile`): no act of the clerk, not taken back; undo and redo stay."""
        return replace(self, now=after)

    def undo(self) -> History:
        """As it was before the last act, plus what has arrived since. Nothing to take back: unchanged."""
        if not self.done:
            return self
        step = self.done[-1]
        return History(_with_arrivals(step.arrangement, self.now), self.done[:-1],
                       (*self.undone, Step(step.act, self.now)))

    def redo(self) -> History:
        if not self.undone:
            return self
        step = self.undone[-1]
        return History(_with_arrivals(step.arrangement, self.now), (*self.done, Step(step.act, self.now)),
                       self.undone[:-1])


def _with_arrivals(old: Arrangement, now: Arrangement) -> Arrangement:
    """`old` with each page it does not know where that page lies now; the pile on the scanner goes on as it is."""
    known = set(old.page_ids)
    taken = {stack.id for place in old.places for stack in place.stacks}
    number = max(old.last_stack, now.last_stack)
    rows = {place.requirement: list(place.stacks) for place in old.places}
    for place in now.places:
        row = rows.get(place.requirement, rows[TRAY])      # the checklist may have changed in between
        for stack in place.stacks:
            fresh = tuple(page for page in stack.pages if page.page_id not in known)
            spots = [index for index, held in enumerate(row) if held.id == stack.id]
            if fresh and spots:
                row[spots[0]] = replace(row[spots[0]], pages=row[spots[0]].pages + fresh)
            elif fresh and stack.id not in taken:          # the same number: the pile goes on into this stack
                row.append(replace(stack, pages=fresh))
            elif fresh:
                number += 1
                row.append(replace(stack, id=str(number), pages=fresh))
    places = tuple(Place(requirement, tuple(row)) for requirement, row in rows.items())
    separators = old.separators + tuple(page for page in now.separators if page.page_id not in known)
    return Arrangement(places, separators, now.pile, number)
