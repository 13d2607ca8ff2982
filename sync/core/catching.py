"""Bring the feed home: pages in order, each with its cursor, and nothing that would turn the shelf over unseen.

The pages of a window are weighed before the first of them is applied. What would change more open dossiers than a
person could oversee waits for a person: a province that was restored wrongly, or that speaks of another office,
must not be obeyed by a machine (sync.md, "Pull"). Nor may it come in small portions: a day is weighed as well,
with room for what agencies say of a shelf in a day of ordinary work.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from sync.contract.feed import FeedPage
from sync.core.asks import Ask, FetchFeed, HoldPull, ReadFeed, TakePage, WeighPages, Weight
from sync.errors import CallPerson

WINDOW_ENTRIES = 5_000
MOST_CHANGED = 50
LARGEST_SHARE = 5
"""One of so many open dossiers: 20 %."""
FEWEST_SHARED = 5
"""A share of a handful says nothing: one of four dossiers is not a landslide."""

MOST_A_DAY = 4 * MOST_CHANGED
LARGEST_SHARE_A_DAY = 2
"""One of so many: half of the shelf."""
FEWEST_A_DAY = 2 * FEWEST_SHARED


def catch_up(incarnation: str) -> Generator[Ask, Any, int]:
    """Every page there is; how many entries were new. Raises CallPerson `mass_change` {changed, open}."""
    fresh = 0
    while True:
        pages = yield from _window(incarnation)
        if any(page.entries for page in pages):
            weight: Weight = yield WeighPages(pages)
            if is_mass_change(weight):
                yield HoldPull(pages)
                raise CallPerson("mass_change", changed=weight.changed, open=weight.open)
            if is_slow_landslide(weight):
                yield HoldPull(pages)
                raise CallPerson("mass_change", changed=weight.day_changed, open=weight.day_open)
            for page in pages:
                if page.entries:
                    fresh += yield TakePage(page)
        if not (pages[-1].more and pages[-1].entries):
            return fresh


def is_mass_change(weight: Weight) -> bool:
    """More than 50 open dossiers, or more than a fifth of them, that no person has looked at."""
    is_large_share = weight.changed > FEWEST_SHARED and weight.changed * LARGEST_SHARE > weight.open
    return weight.changed > MOST_CHANGED or is_large_share


def is_slow_landslide(weight: Weight) -> bool:
    """More than 200 open dossiers in a day, or more than half of them, and still going on."""
    is_half = weight.day_changed > FEWEST_A_DAY and weight.day_changed * LARGEST_SHARE_A_DAY > weight.day_open
    return weight.changed > 0 and (weight.day_changed > MOST_A_DAY or is_half)


def _window(incarnation: str) -> Generator[Ask, Any, Sequence[FeedPage]]:
    held = yield ReadFeed()
    position = held.position if held.incarnation == incarnation else 0
    pages: list[FeedPage] = []
    size = 0
    while True:
        page: FeedPage = yield FetchFeed(incarnation, position)
        pages.append(page)
        size += len(page.entries)
        position = page.position
        if not page.more or not page.entries or size >= WINDOW_ENTRIES:
            return pages
