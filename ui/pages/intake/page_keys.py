"""What each key of Tiếp nhận does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.pages.intake import keys
from ui.pages.intake.going_on import Onward
from ui.shortcuts import Key

if TYPE_CHECKING:
    from ui.pages.intake.page import IntakePage


def page_keys(page: IntakePage) -> dict[Key, Callable[[], object]]:
    """In the order in which F1 tells them."""
    covers = page.covers
    return {
        keys.RECEIVE: page.read_back,
        keys.SAME_PERSON: partial(page.read_back, Onward.SAME_PERSON),
        keys.SAME_PROCEDURE: partial(page.read_back, Onward.SAME_PROCEDURE),
        keys.BASKET: covers.when_free(covers.group.open),
        keys.ONLINE: covers.when_free(covers.online.open),
        keys.PICKUP: covers.when_free(covers.pickup.open),
        keys.REFUSE: covers.when_free(covers.refusal.open),
        keys.PARK: page.park,
        keys.GUIDE: page.guide,
        keys.KEEP: page.steps.person.doubts.keep_first,
        keys.WHY: page.show_why,
        keys.WHY_AMOUNT: page.show_why_amount,
        keys.REPEAT: page.repeat,
        keys.DISCARD: page.discard,
        keys.UNDO: page.undo,
        keys.SCAN: page.digitise,
        **{key: partial(page.resume_at, number) for number, key in enumerate(keys.RESUME, 1)},
    }
