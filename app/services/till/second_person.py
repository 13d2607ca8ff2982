"""What takes money back needs two people; who acts alone can be asked to by anyone."""

from __future__ import annotations

from app.domain.people.roles import Act
from app.errors import Refusal
from app.services.counter import Clerk, Counter


def second_person(counter: Counter, clerk: Clerk, second: str) -> Clerk:
    """The clerk `second` of this counter, who is another than the one who acts.

    Where each clerk signs in as herself she stands by at this counter (`Counter.with_second`, after her secret)
    and holds the act of confirming. Raises `second_person_missing`, `second_person_same` (name), `clerk_unknown`,
    `second_person_needed` (act), `act_not_allowed` (act, name).
    """
    if not second:
        raise Refusal("second_person_missing")
    found = counter.clerk(second)
    if found.id == clerk.id:
        raise Refusal("second_person_same", name=clerk.name)
    rights = counter.rights(found)
    if rights is not None:
        if counter.second != found.id:
            raise Refusal("second_person_needed", act=str(Act.APPROVE_MONEY))
        if Act.APPROVE_MONEY not in rights.acts:
            raise Refusal("act_not_allowed", act=str(Act.APPROVE_MONEY), name=found.name)
    return found
