"""What one clerk may write at one counter, as the journal's door asks it: her acts, and until which day they
hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.people.grant import Grant, Standing, standing
from app.domain.people.operation_acts import SECOND_ACTS, act_of
from app.domain.people.roles import Act
from app.errors import Refusal


@dataclass(frozen=True, slots=True)
class Rights:
    """`standing` is that of any day up to `until`; `second` is who stands by as the second person."""

    clerk: str
    name: str
    standing: Standing
    acts: frozenset[Act]
    until: date | None
    second: Rights | None = None

    def on(self, today: date) -> Standing:
        """What they are worth on the day `today`."""
        is_over = self.standing is Standing.GOOD and self.until is not None and today > self.until
        return Standing.EXPIRED if is_over else self.standing

    def require(self, act: Act, today: date) -> None:
        """Raises `act_not_allowed` {act, name}, and `grant_` with its standing {name} when nothing holds any
        more."""
        found = self.on(today)
        if found is not Standing.GOOD:
            raise Refusal(f"grant_{found}", name=self.name)
        if act not in self.acts:
            raise Refusal("act_not_allowed", act=str(act), name=self.name)

    def require_for(self, kind: str, today: date) -> None:
        """As `require`, for an operation of type `kind`; raises `second_person_needed` {act} where it needs
        two."""
        self.require(act_of(kind), today)
        second = SECOND_ACTS.get(kind)
        if second is None:
            return
        if self.second is None or self.second.clerk == self.clerk:
            raise Refusal("second_person_needed", act=str(second))
        self.second.require(second, today)

    def beside(self, second: Rights) -> Rights:
        """With `second` standing by."""
        return replace(self, second=second)


def rights_of(
    clerk: str, name: str, grant: Grant | None, *, office: str, is_revoked: bool = False, is_false: bool = False
) -> Rights:
    """The rights that `grant` gives in `office`; `is_false`: what was held for her is not the province's word."""
    if is_false:
        return Rights(clerk, name, Standing.FALSE, frozenset(), None)
    found = standing(grant, office=office, today=date.min, is_revoked=is_revoked)
    if found is not Standing.GOOD or grant is None:
        return Rights(clerk, name, found, frozenset(), None)
    return Rights(clerk, grant.name, found, grant.acts, grant.until)
