"""What becomes of each pushed item, given what is held: no database here, so that every order can be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.contract.messages import Head
from sync.contract.problems import Fork, Refused
from sync.contract.push import ItemAnswer, Outcome
from sync.gateway.reading import Pushed


@dataclass(slots=True)
class Plan:
    """`taken` in order of the chain, `branched` with the reason, one answer an item in the order sent."""

    taken: list[Pushed] = field(default_factory=list)
    branched: list[tuple[Pushed, str]] = field(default_factory=list)
    answers: list[ItemAnswer] = field(default_factory=list)
    heads: dict[int, Head] = field(default_factory=dict)


def plan_custody(
    items: Iterable[Pushed], heads: Mapping[int, Head], held: Mapping[tuple[int, int], str], *, is_stale: bool,
    is_branch: bool = False,
) -> Plan:
    """Decide in order of (epoch, seq), whatever order they came in.

    `heads`: newest held operation by epoch; `held`: hashes by (epoch, seq) of those items that are not beyond the
    head; `is_stale`: the session's epoch has been replaced, so nothing new is chained, only kept aside;
    `is_branch`: the counter knows that these left the chain, so nothing of them is missed and all is kept aside.
    """
    plan = Plan(heads=dict(heads))
    known = dict(held)
    for item in sorted(items, key=lambda each: (each.epoch, each.seq, each.line)):
        plan.answers.append(_decide(item, plan, known, is_stale, is_branch))
    plan.answers.sort(key=lambda answer: answer.line)
    return plan


def _decide(
    item: Pushed, plan: Plan, known: dict[tuple[int, int], str], is_stale: bool, is_branch: bool
) -> ItemAnswer:
    epoch, seq = item.epoch, item.seq
    if item.refused is not None:
        is_read = seq > 0
        return ItemAnswer(item.line, Outcome.REFUSED, epoch if is_read else None, seq if is_read else None,
                          reason=item.refused)
    head = plan.heads.get(epoch)
    if head is None:
        return ItemAnswer(item.line, Outcome.REFUSED, epoch, seq, reason=Refused.UNKNOWN_EPOCH)
    if seq <= head.seq:
        if known.get((epoch, seq)) == item.hash:
            return ItemAnswer(item.line, Outcome.ALREADY, epoch, seq)
        return _branch(item, plan, epoch, seq, Fork.HASH_DIFFERS)
    if is_branch:
        return _branch(item, plan, epoch, seq, Fork.PREV_DIFFERS)
    if seq > head.seq + 1:
        return ItemAnswer(item.line, Outcome.GAP, epoch, seq, need=head.seq + 1)
    if item.prev is not None and item.prev != head.hash:
        return _branch(item, plan, epoch, seq, Fork.PREV_DIFFERS)
    if is_stale:
        return _branch(item, plan, epoch, seq, Fork.STALE_EPOCH)
    plan.taken.append(item)
    plan.heads[epoch] = Head(seq, item.hash)
    known[(epoch, seq)] = item.hash
    return ItemAnswer(item.line, Outcome.TAKEN, epoch, seq)


def _branch(item: Pushed, plan: Plan, epoch: int, seq: int, reason: str) -> ItemAnswer:
    plan.branched.append((item, reason))
    return ItemAnswer(item.line, Outcome.FORK, epoch, seq, reason=reason)
