"""The context of pages that work on an opened office, and what every act on it needs."""

from __future__ import annotations

from app.bootstrap import Application
from app.domain.identifiers import uuid7
from app.errors import KnownError
from app.services.counter import Clerk, Counter
from ui.context import Context
from ui.messages import sentence

Desk = Context[Application]
"""What such a page is given."""


def clerk_at(desk: Desk) -> Clerk:
    """Who works at this counter now. Raises `clerk_unknown` when nobody does."""
    return desk.office.enrolled.clerk(desk.clerk())


def counter_at(desk: Desk) -> Counter:
    """This counter, with the second person where one stands by."""
    counter = desk.office.enrolled
    return counter.with_second(desk.second) if desk.second else counter


def new_intent(desk: Desk) -> str:
    """Made when a key is pressed; the same one twice happens once."""
    return uuid7(desk.clock(), desk.office.randomness)


def warn_of(desk: Desk, error: Exception) -> None:
    """Says what stood in the way, over the page. What nobody foresaw is raised on."""
    if not isinstance(error, KnownError):
        raise error
    said = sentence(error, desk.language())
    desk.frame.warn("bad", said.title, f"{said.detail()} ({said.code})")
