"""What the clerk does with pages, as acts on the arrangement: each one can be taken back, none loses a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import arranging
from app.domain.arrangement import TRAY, Arrangement
from app.domain.arranging import NEW_STACK
from app.errors import Refusal
from ui.background.arrangement_keeper import ArrangementKeeper


class Acts:
    """Each method takes page ids and says whether something changed. A refused act changes nothing."""

    def __init__(self, keeper: ArrangementKeeper, on_refusal: Callable[[Refusal], object]) -> None:
        self._keeper, self._on_refusal = keeper, on_refusal

    def move(self, pages: Sequence[str], to: str) -> bool:
        """Under requirement `to`, or into the tray."""
        return self._do("move", lambda now: arranging.move(now, pages, to))

    def move_apart(self, pages: Sequence[str], to: str) -> bool:
        """Under `to` as a document of their own."""
        return self._do("move", lambda now: arranging.move(now, pages, to, stack=NEW_STACK))

    def turn(self, pages: Sequence[str], quarters: int) -> bool:
        return self._do("turn", lambda now: arranging.turn(now, pages, quarters))

    def shift(self, pages: Sequence[str], by: int) -> bool:
        return self._do("shift", lambda now: arranging.shift(now, pages, by))

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
        now = self._keeper.now
        if all(now.find(page).is_left_out for page in pages):
            return self._do("take_in", lambda before: arranging.take_in(before, pages))
        return self._do("leave_out", lambda before: arranging.leave_out(before, pages))

    def reverse(self, page: str) -> bool:
        """The whole stack of `page` the other way round."""
        found = self._keeper.now.stack_of(page)
        return found is not None and self._do("reverse", lambda now: arranging.reverse(now, found[1].id))

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
