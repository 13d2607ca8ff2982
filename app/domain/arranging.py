"""What the clerk does with scanned pages: each act takes an arrangement and gives the next one.

Pages are named by their ids in any order and keep the order in which they lie. Refusals: `arranged_nothing`,
`arranged_page_unknown`, `arranged_page_twice`, `arranged_place_unknown`, `arranged_stack_unknown`,
`stack_not_divisible`, `stacks_not_neighbours`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.arrangement import TRAY, Arrangement, Place, PlacedPage, Stack
from app.errors import Refusal

NEW_STACK = "+"                    # as `stack`: a new one at the end of the place
BY_HAND = "by_hand"                # why a stack lies in the tray: the clerk put it there
LOOKED_AGAIN = "looked_again"      # what brought it there is no longer so: its page was prepared once more


def add(arrangement: Arrangement, page: PlacedPage, to: str = TRAY, *, stack: str = "", why: str = "",
        about: str = "", expected: int = 0) -> Arrangement:
    """A newly arrived page at the end of `stack`, or, where `to` has no such stack, in a new one there."""
    if page.page_id in arrangement.page_ids:
        raise Refusal("arranged_page_twice")
    place = arrangement.place(to)
    if any(held.id == stack for held in place.stacks):
        return _with_stacks(arrangement, to, tuple(
            replace(held, pages=(*held.pages, page)) if held.id == stack else held for held in place.stacks))
    return _with_new_stack(arrangement, to, (page,), len(place.stacks), why, about, expected)


def add_separator(arrangement: Arrangement, page: PlacedPage) -> Arrangement:
    """A newly arrived page that is a separator sheet."""
    if page.page_id in arrangement.page_ids:
        raise Refusal("arranged_page_twice")
    return replace(arrangement, separators=(*arrangement.separators, page))


def move(arrangement: Arrangement, pages: Sequence[str], to: str, *, stack: str = "",
         before: str = "") -> Arrangement:
    """Lay `pages` under `to`: in front of page `before`, else at the end of `stack` (NEW_STACK: a new one).

    With neither, they join the last stack of a requirement; in the TRAY they become a stack of their own.
    Separator sheets become pages again.
    """
    chosen = _chosen(arrangement, pages)
    place = arrangement.place(to)
    if before:
        found = arrangement.stack_of(before)
        if found is None or found[0] != to:
            raise Refusal("arranged_page_unknown")
        stack = found[1].id
    elif not stack:
        stack = place.stacks[-1].id if place.stacks and to != TRAY else NEW_STACK
    if stack != NEW_STACK and all(held.id != stack for held in place.stacks):
        raise Refusal("arranged_stack_unknown")
    ids = {page.page_id for page in chosen}
    moved = tuple(replace(page, mark="", about="") if page in arrangement.separators else page for page in chosen)
    # The stack is filled before it is emptied: a stack that loses all its pages disappears.
    if stack == NEW_STACK:
        rest = _without(arrangement, ids)
        return _with_new_stack(rest, to, moved, len(rest.place(to).stacks), BY_HAND if to == TRAY else "", "")
    target = next(held for held in place.stacks if held.id == stack)
    order = [page.page_id for page in target.pages]
    at = order.index(before) if before else len(order)
    kept = target.pages[:at], target.pages[at:]
    filled = (*(page for page in kept[0] if page.page_id not in ids), *moved,
              *(page for page in kept[1] if page.page_id not in ids))
    emptied = _without(arrangement, ids, keeping=stack)
    return _with_stacks(emptied, to, tuple(
        replace(held, pages=filled) if held.id == stack else held for held in emptied.place(to).stacks))


def shift(arrangement: Arrangement, pages: Sequence[str], by: int) -> Arrangement:
    """`pages` of one stack together, one page nearer to its start (`by` < 0) or its end; never beyond it."""
    chosen = _chosen(arrangement, pages)
    requirement, stack = _one_stack(arrangement, chosen)
    ids = [page.page_id for page in stack.pages]
    picked = {page.page_id for page in chosen}
    first = min(ids.index(page) for page in picked)
    others = [page for page in stack.pages if page.page_id not in picked]
    at = sum(1 for page in ids[:first] if page not in picked) + (-1 if by < 0 else 1)
    at = max(0, min(at, len(others)))
    return _with_pages(arrangement, requirement, stack.id, (*others[:at], *chosen, *others[at:]))


def reverse(arrangement: Arrangement, stack: str) -> Arrangement:
    """The stack's last page first: it lay the wrong way round in the feeder."""
    requirement, held = arrangement.stack(stack)
    return _with_pages(arrangement, requirement, stack, held.pages[::-1])


def split(arrangement: Arrangement, at: str) -> Arrangement:
    """Page `at` and those behind it become a stack of their own, next to the first. Refused for a first page."""
    found = arrangement.stack_of(at)
    if found is None or found[1].pages[0].page_id == at:
        raise Refusal("stack_not_divisible")
    requirement, stack = found
    cut = [page.page_id for page in stack.pages].index(at)
    stacks = arrangement.place(requirement).stacks
    place_in_row = stacks.index(stack)
    shortened = _with_pages(arrangement, requirement, stack.id, stack.pages[:cut])
    return _with_new_stack(shortened, requirement, stack.pages[cut:], place_in_row + 1, stack.why, stack.about)


def merge(arrangement: Arrangement, stacks: Sequence[str]) -> Arrangement:
    """Neighbouring stacks of one place become the first of them. Raises Refusal `stacks_not_neighbours`."""
    wanted = set(stacks)
    if len(wanted) < 2:
        raise Refusal("stacks_not_neighbours")
    requirement, _ = arrangement.stack(stacks[0])
    row = arrangement.place(requirement).stacks
    spots = [index for index, held in enumerate(row) if held.id in wanted]
    if len(spots) != len(wanted) or spots[-1] - spots[0] != len(spots) - 1:
        raise Refusal("stacks_not_neighbours")
    first, last = spots[0], spots[-1]
    whole = replace(row[first], pages=tuple(page for held in row[first:last + 1] for page in held.pages))
    return _with_stacks(arrangement, requirement, (*row[:first], whole, *row[last + 1:]))


def move_stack(arrangement: Arrangement, stack: str, to: str, *, before: str = "") -> Arrangement:
    """A whole stack to another place, in front of stack `before` or at the end; it stays a stack of its own."""
    requirement, held = arrangement.stack(stack)
    if before == stack:
        return arrangement
    row = [other for other in arrangement.place(to).stacks if other.id != stack]
    spots = [index for index, other in enumerate(row) if other.id == before]
    if before and not spots:
        raise Refusal("arranged_stack_unknown")
    if to != requirement:
        held = replace(held, why=BY_HAND if to == TRAY else "", about="")
        source = arrangement.place(requirement).stacks
        arrangement = _with_stacks(arrangement, requirement, tuple(other for other in source if other.id != stack))
    row.insert(spots[0] if spots else len(row), held)
    return _with_stacks(arrangement, to, tuple(row))


def turn(arrangement: Arrangement, pages: Sequence[str], quarters: int) -> Arrangement:
    """`pages` by quarter turns clockwise; negative: to the left."""
    return _changed(arrangement, pages, lambda page: replace(page, turn=(page.turn + 90 * quarters) % 360))


def leave_out(arrangement: Arrangement, pages: Sequence[str]) -> Arrangement:
    """Not in the PDF; the page stays where it lies."""
    return _changed(arrangement, pages, lambda page: replace(page, is_left_out=True))


def take_in(arrangement: Arrangement, pages: Sequence[str]) -> Arrangement:
    """In the PDF again."""
    return _changed(arrangement, pages, lambda page: replace(page, is_left_out=False))


def remark(arrangement: Arrangement, page_id: str, mark: str, about: str = "") -> Arrangement:
    """Another mark on a page that lies in a stack. A stack that was in the TRAY for the old one alone says that it
    was seen again (LOOKED_AGAIN)."""
    places = []
    for place in arrangement.places:
        stacks = []
        for stack in place.stacks:
            old = next((page.mark for page in stack.pages if page.page_id == page_id), None)
            if old is not None and old != mark:
                pages = tuple(replace(page, mark=mark, about=about) if page.page_id == page_id else page
                              for page in stack.pages)
                is_only = bool(old) and stack.why == old and all(page.mark != old for page in pages)
                stack = replace(stack, pages=pages)
                stack = replace(stack, why=LOOKED_AGAIN, about="") if is_only else stack
            stacks.append(stack)
        places.append(replace(place, stacks=tuple(stacks)))
    return replace(arrangement, places=tuple(places))


def set_aside(arrangement: Arrangement, pages: Sequence[str]) -> Arrangement:
    """`pages` are separator sheets: out of all stacks, kept. `move` brings them back."""
    chosen = _chosen(arrangement, pages)
    fresh = tuple(page for page in chosen if page not in arrangement.separators)
    rest = _without(arrangement, {page.page_id for page in fresh})
    return replace(rest, separators=(*arrangement.separators, *fresh))


def _chosen(arrangement: Arrangement, pages: Sequence[str]) -> tuple[PlacedPage, ...]:
    wanted = set(pages)
    if not wanted:
        raise Refusal("arranged_nothing")
    lying = [page for place in arrangement.places for page in place.pages] + list(arrangement.separators)
    chosen = tuple(page for page in lying if page.page_id in wanted)
    if len(chosen) != len(wanted):
        raise Refusal("arranged_page_unknown")
    return chosen


def _one_stack(arrangement: Arrangement, pages: Sequence[PlacedPage]) -> tuple[str, Stack]:
    found = {arrangement.stack_of(page.page_id) for page in pages}
    only = found.pop()
    if only is None or found:
        raise Refusal("stacks_not_neighbours")
    return only


def _changed(arrangement: Arrangement, pages: Sequence[str],
             change: Callable[[PlacedPage], PlacedPage]) -> Arrangement:
    ids = {page.page_id for page in _chosen(arrangement, pages)}

    def each(held: tuple[PlacedPage, ...]) -> tuple[PlacedPage, ...]:
        return tuple(change(page) if page.page_id in ids else page for page in held)

    places = tuple(replace(place, stacks=tuple(replace(stack, pages=each(stack.pages)) for stack in place.stacks))
                   for place in arrangement.places)
    return replace(arrangement, places=places, separators=each(arrangement.separators))


def _without(arrangement: Arrangement, ids: set[str], *, keeping: str = "") -> Arrangement:
    """All but the pages `ids`; a stack left without pages goes too, unless it is `keeping`."""
    places = []
    for place in arrangement.places:
        stacks = (replace(stack, pages=tuple(page for page in stack.pages if page.page_id not in ids))
                  for stack in place.stacks)
        places.append(Place(place.requirement, tuple(s for s in stacks if s.pages or s.id == keeping)))
    return replace(arrangement, places=tuple(places),
                   separators=tuple(page for page in arrangement.separators if page.page_id not in ids))


def _with_stacks(arrangement: Arrangement, requirement: str, stacks: tuple[Stack, ...]) -> Arrangement:
    return replace(arrangement, places=tuple(
        Place(requirement, stacks) if place.requirement == requirement else place for place in arrangement.places))


def _with_pages(arrangement: Arrangement, requirement: str, stack: str,
                pages: tuple[PlacedPage, ...]) -> Arrangement:
    row = arrangement.place(requirement).stacks
    return _with_stacks(arrangement, requirement, tuple(
        replace(held, pages=pages) if held.id == stack else held for held in row))


def _with_new_stack(arrangement: Arrangement, requirement: str, pages: tuple[PlacedPage, ...], at: int, why: str,
                    about: str, expected: int = 0) -> Arrangement:
    number = arrangement.last_stack + 1
    row = arrangement.place(requirement).stacks
    return _with_stacks(replace(arrangement, last_stack=number), requirement,
                        (*row[:at], Stack(str(number), pages, why, about, expected), *row[at:]))
