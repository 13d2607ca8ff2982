"""What the clerk does with pages, as acts on the arrangement: each one can be taken back, none loses a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import arranging
from app.domain.arrangement import TRAY, Arrangement
from app.errors import Refusal
from ui.background.arrangement_keeper import ArrangementKeeper


class Acts:
    """Each method takes page ids and says whether something changed. A refused act changes nothing.

    A page that has just arrived lies nowhere yet: it is passed over until the light table is done with it.
    """

    def __init__(self, keeper: ArrangementKeeper, on_refusal: Callable[[Refusal], object]) -> None:
        self._keeper, self._on_refusal = keeper, on_refusal

    def move(self, pages: Sequence[str], to: str) -> bool:
        """Under requirement `to`, or into the tray."""
        lying = self._lying(pages)
        return bool(lying) and self._do("move", lambda now: arranging.move(now, lying, to))

    def turn(self, pages: Sequence[str], quarters: int) -> bool:
        lying = self._lying(pages)
        return bool(lying) and self._do("turn", lambda now: arranging.turn(now, lying, quarters))

    def shift(self, pages: Sequence[str], by: int) -> bool:
        lying = self._lying(pages)
        return bool(lying) and self._do("shift", lambda now: arranging.shift(now, lying, by))

    def split(self, at: str) -> bool:
        return self._do("split", lambda now: arranging.split(now, at))

    def merge_with_previous(self, page: str) -> bool:
        """The stack of `page` joins the one before it."""
        def merged(now: Arrangement) -> Arrangement:
            found = now.stack_of(page)
            if found is None:
                raise Refusal("stacks_not_neighbours")
            row = [stack.id for stack in now.place(found[0]).stacks]
            place = row.index(found[1].id)
            return arranging.merge(now, row[max(0, place - 1):place + 1] if place else row[:2])

        return self._do("merge", merged)

    def leave_out_or_take_in(self, pages: Sequence[str]) -> bool:
        """Out of the PDF when one of them is in it, else all in again."""
        lying = self._lying(pages)
        if lying and all(self._keeper.now.find(page).is_left_out for page in lying):
            return self._do("take_in", lambda before: arranging.take_in(before, lying))
        return bool(lying) and self._do("leave_out", lambda before: arranging.leave_out(before, lying))

    def reverse(self, page: str) -> bool:
        """The whole stack of `page` the other way round."""
        found = self._keeper.now.stack_of(page) if self._lying([page]) else None
        return found is not None and self._do("reverse", lambda now: arranging.reverse(now, found[1].id))

    def _lying(self, pages: Sequence[str]) -> tuple[str, ...]:
        known = set(self._keeper.now.page_ids)
        return tuple(page for page in pages if page in known)

    def _do(self, act: str, change: Callable[[Arrangement], Arrangement]) -> bool:
        before = self._keeper.now
        try:
            after = change(before)
        except Refusal as refusal:
            self._on_refusal(refusal)
            return False
        self._keeper.act(act, after)
        return after != before


def place_of(arrangement: Arrangement, page: str) -> str:
    """The requirement a page lies under; the tray for what has not been filed yet and for separator sheets."""
    try:
        found = arrangement.stack_of(page)
    except Refusal:
        return TRAY
    return found[0] if found is not None else TRAY
