"""Where the postings of one dossier stand, by its life: one line each time its result went to the post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.life.event import Event, in_order
from app.domain.life.facts import Posted, PostSaid, PostWord
from app.domain.life.fold import begin, step
from app.domain.life.life import Start
from app.domain.life.states import Delivery


class Standing(StrEnum):
    UNDER_WAY = "under_way"        # posted, no end known
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"    # came back, or was taken out of the bag again
    ENDED = "ended"                # the result is elsewhere by another word: the agency's, or a person's decision
    DISPUTED = "disputed"          # another counter's act stands against it


@dataclass(frozen=True, slots=True)
class Item:
    """One posting. `as_of` is the moment at which the post's last word was true; None when none came."""

    event: str                     # the operation that posted it
    item_code: str
    posted_at: datetime
    standing: Standing
    word: PostWord | None = None
    as_of: datetime | None = None
    note: str = ""                 # why it came back, or who took it


def items_of(start: Start, events: Iterable[Event]) -> tuple[Item, ...]:
    """All postings among these events, in the order all counters agree on."""
    items: dict[str, Item] = {}
    life = begin(start)
    for event in in_order(events):
        disputed = len(life.conflicts)
        life = step(life, event)
        is_disputed = len(life.conflicts) > disputed
        if isinstance(event.facts, Posted):
            standing = Standing.DISPUTED if is_disputed else Standing.UNDER_WAY
            items[event.id] = Item(event.id, event.facts.item_code, event.at, standing)
        elif isinstance(event.facts, PostSaid) and not is_disputed and life.post is not None:
            _hear(items, life.post)
    return tuple(_settled(item, life.delivery, life.item_code) for item in items.values())


def _hear(items: dict[str, Item], said: PostSaid) -> None:
    """The word that holds, on the posting it is about: the last one with that code."""
    about = next((item for item in reversed(items.values())
                  if item.item_code == said.item_code and item.standing is not Standing.DISPUTED), None)
    if about is None:
        return
    standing = {
        PostWord.DELIVERED: Standing.DELIVERED, PostWord.UNDELIVERED: Standing.UNDELIVERED,
    }.get(said.word, Standing.UNDER_WAY)
    items[about.event] = replace(
        about, standing=standing, word=said.word, as_of=said.as_of, note=said.receiver or said.note)


def _settled(item: Item, delivery: Delivery, item_code: str) -> Item:
    """A person may have decided in a dispute where the result is; what waits for a word then waits no more."""
    is_over = item.standing is Standing.UNDER_WAY and not (
        delivery is Delivery.POSTED and item.item_code == item_code)
    return replace(item, standing=Standing.ENDED) if is_over else item
