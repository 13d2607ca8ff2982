"""Which scanned page lies where in one intake: under its requirement, in the tray "chưa xếp", or set aside.

A place holds stacks, a stack becomes one PDF, a page lies in exactly one stack or among the separator sheets. No
act loses or doubles a page (`app.domain.arranging`); a page that shall not be in the PDF is left out, not removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.errors import Refusal

TRAY = ""                          # the place of pages that lie under no requirement; no code is empty


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One scanned page in its place."""

    page_id: str
    turn: int = 0                  # degrees clockwise by which the clerk turned the prepared page: 0, 90, 180, 270
    is_left_out: bool = False      # stays here, is not in the PDF
    mark: str = ""                 # code of what filing saw in it: see `app.domain.pile.Mark`
    about: str = ""                # what the mark speaks of: the other dossier's code, the unknown requirement


@dataclass(frozen=True, slots=True)
class Stack:
    """Pages that become one document. Never empty. `why`, in the tray, says what brought it there (`Mark`)."""

    id: str                        # unique in its arrangement, for the window's selection
    pages: tuple[PlacedPage, ...]
    why: str = ""
    about: str = ""
    expected: int = 0              # sheets of paper that its separator declared; 0: not declared


@dataclass(frozen=True, slots=True)
class Place:
    """A requirement of the dossier by its code, or the TRAY."""

    requirement: str
    stacks: tuple[Stack, ...] = ()

    @property
    def pages(self) -> tuple[PlacedPage, ...]:
        return tuple(page for stack in self.stacks for page in stack.pages)


@dataclass(frozen=True, slots=True)
class OpenPile:
    """How far the pile on the scanner is filed, so that it goes on after a restart. Not part of any undo."""

    batch: str = ""
    ordinal: int = 0               # of the page filed last
    requirement: str = TRAY        # what the last separator opened
    stack: str = ""                # where the next page goes; "" or gone: a new stack
    why: str = ""                  # why the following pages go to the tray
    about: str = ""
    expected: int = 0              # sheets that the separator declared; 0: not declared
    left: int = 0                  # pages of them that have not come yet
    sheet: str = ""                # page id, when the page filed last was a separator
    blank: str = ""                # page id, when the page filed last was blank


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`places` in the order of the checklist, the TRAY always last. `separators` never go into a PDF."""

    places: tuple[Place, ...]
    separators: tuple[PlacedPage, ...] = ()
    pile: OpenPile = OpenPile()
    last_stack: int = 0            # stacks are numbered and a number is not used again

    @property
    def tray(self) -> Place:
        return self.places[-1]

    @property
    def page_ids(self) -> tuple[str, ...]:
        """Every page once: place by place, the separator sheets at the end."""
        return tuple(page.page_id for page in self._all())

    def place(self, requirement: str) -> Place:
        """Raises Refusal `arranged_place_unknown`."""
        for place in self.places:
            if place.requirement == requirement:
                return place
        raise Refusal("arranged_place_unknown", requirement=requirement[:40])

    def find(self, page_id: str) -> PlacedPage:
        """Raises Refusal `arranged_page_unknown`."""
        for page in self._all():
            if page.page_id == page_id:
                return page
        raise Refusal("arranged_page_unknown")

    def stack_of(self, page_id: str) -> tuple[str, Stack] | None:
        """Place and stack of a page; None among the separators. Raises Refusal `arranged_page_unknown`."""
        for place in self.places:
            for stack in place.stacks:
                if any(page.page_id == page_id for page in stack.pages):
                    return place.requirement, stack
        self.find(page_id)
        return None

    def stack(self, stack_id: str) -> tuple[str, Stack]:
        """Place and stack by its id. Raises Refusal `arranged_stack_unknown`."""
        for place in self.places:
            for stack in place.stacks:
                if stack.id == stack_id:
                    return place.requirement, stack
        raise Refusal("arranged_stack_unknown")

    def for_pdf(self, requirement: str) -> tuple[tuple[PlacedPage, ...], ...]:
        """The pages of each PDF of a requirement; a stack whose pages are all left out makes none."""
        kept = (tuple(page for page in stack.pages if not page.is_left_out)
                for stack in self.place(requirement).stacks)
        return tuple(pages for pages in kept if pages)

    def _all(self) -> Iterator[PlacedPage]:
        for place in self.places:
            for stack in place.stacks:
                yield from stack.pages
        yield from self.separators


def empty_arrangement(requirements: Sequence[str]) -> Arrangement:
    """A place for each requirement of the dossier, in this order, and the TRAY."""
    return Arrangement((*map(Place, dict.fromkeys(code for code in requirements if code != TRAY)), Place(TRAY)))


def with_requirements(arrangement: Arrangement, requirements: Sequence[str]) -> Arrangement:
    """The same pages for a checklist that has changed: stacks of a requirement that is gone go to the TRAY."""
    wanted = tuple(dict.fromkeys(code for code in requirements if code != TRAY))
    held = {place.requirement: place for place in arrangement.places}
    homeless = tuple(
        replace(stack, why="requirement_gone", about=place.requirement)
        for place in arrangement.places if place.requirement not in (*wanted, TRAY) for stack in place.stacks)
    tray = Place(TRAY, arrangement.tray.stacks + homeless)
    pile = arrangement.pile
    if pile.requirement not in (*wanted, TRAY):
        pile = replace(pile, requirement=TRAY, stack="", why="requirement_gone", about=pile.requirement)
    return replace(arrangement, places=(*(held.get(code, Place(code)) for code in wanted), tray), pile=pile)


def is_sound(arrangement: Arrangement) -> bool:
    """Each page, stack and place once, the TRAY last, no empty stack: true of whatever an act returns."""
    stacks = [stack for place in arrangement.places for stack in place.stacks]
    codes = [place.requirement for place in arrangement.places]
    return (_are_unique(arrangement.page_ids) and _are_unique(stack.id for stack in stacks)
            and _are_unique(codes) and codes[-1:] == [TRAY] and all(stack.pages for stack in stacks))


def _are_unique(items: Iterable[str]) -> bool:
    items = list(items)
    return len(items) == len(set(items))
