"""What takes money back needs two people; who acts alone can be asked to by anyone."""

from __future__ import annotations

from app.errors import Refusal
from app.services.counter import Clerk, Counter


def second_person(counter: Counter, clerk: Clerk, second: str) -> Clerk:
    """The clerk `second` of this counter, who is another than the one who acts.

    Raises `second_person_missing`, `second_person_same` (name), `clerk_unknown`.
    """
    if not second:
        raise Refusal("second_person_missing")
    found = counter.clerk(second)
    if found.id == clerk.id:
        raise Refusal("second_person_same", name=clerk.name)
    return found
