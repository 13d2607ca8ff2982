"""What one citizen pays for one fee: the rule of the day, what was counted, and the relief he has a claim to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.fee import FeeDue
from app.domain.fee_formula import Count, usual_counts, work_out
from app.domain.fee_relief import Relief, TakenOff, take_off
from app.domain.intake import ChargedFee


def charge(
    line: FeeDue, *, catalogue: str, counts: Sequence[Count] | None = None, typed: int | None = None,
    channel: int = 1, group: str = "",
) -> ChargedFee:
    """The line as charged, with all that its amount follows from.

    `counts`: what the clerk counted, None for what the formula takes for granted. `typed`: the amount that the
    clerk knows and the catalogue does not; of no effect where the catalogue knows it. `channel` and `group` decide
    about reliefs. `catalogue` is the version of the catalogue from which `line` comes. Never negative.
    """
    counted: tuple[Count, ...] = ()
    if line.formula is not None:
        counted = usual_counts(line.formula) if counts is None else tuple(counts)
        gross = work_out(line.formula, counted).amount if counted else None
    else:
        gross = line.amount
    is_typed = line.formula is None and line.amount is None and typed is not None
    if is_typed:
        gross = typed
    taken = take_off(gross, line.reliefs, channel=channel, group=group)
    return ChargedFee(
        line.name, line.kind.value, _left(gross, taken), line.legal_basis, rule=line.code, catalogue=catalogue,
        since=line.since, is_local=line.is_local, is_typed=is_typed, formula=line.formula, counts=counted,
        gross=gross, relief=taken,
    )


def groups_of(lines: Iterable[FeeDue]) -> tuple[Relief, ...]:
    """The groups of people who pay less for one of these lines, each once, in the catalogue's order."""
    found: dict[str, Relief] = {}
    for line in lines:
        for relief in line.reliefs:
            if relief.is_of_group:
                found.setdefault(relief.code, relief)
    return tuple(found.values())


def total_charged(fees: Iterable[ChargedFee]) -> int | None:
    """The sum, None where one amount is not known: a sum with an unknown part is no sum."""
    total = 0
    for fee in fees:
        if fee.amount is None:
            return None
        total += fee.amount
    return total


def is_all_taken_off(fees: Sequence[ChargedFee]) -> bool:
    """Whether nothing is left to pay because of a group's relief: an exemption (miễn), not a fee of nothing."""
    return total_charged(fees) == 0 and any(fee.exemption for fee in fees)


def _left(gross: int | None, taken: TakenOff | None) -> int | None:
    if taken is None:
        return gross
    if gross is None or taken.off is None:
        return 0                   # only a relief of 100 % is taken off what is not known
    return gross - taken.off
