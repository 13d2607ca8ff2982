"""Light reading of money in operations: what was collected, taken back and handed on, as the daily sums name it.

For both ends, as `dossier_text`: what cannot be read counts as nothing and is never a reason to refuse. A figure
is called `money.<act>.<stream>.<kind>.<means>`. What was handed on is said twice, by kind (means "all") and by
means (kind "all"), for one list bears many kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sync.contract.codec import is_storable

PREFIX = "money."
COLLECTED, BACK, REMITTED = "collected", "back", "remitted"
ACTS = {
    "money.collected": COLLECTED, "money.voided": BACK, "money.refunded": BACK, "money.remitted": REMITTED,
}
"""Types of operations and what they do."""
ALL = "all"
STREAMS = frozenset(("state", "postage", "other"))
KINDS = frozenset(("fee", "charge", "postage", "other"))
MEANS = frozenset(("cash", "transfer"))
MOST_LINES = 1_000
LONGEST_OWNER = 64

Figure = tuple[str, str, int]
"""(owner of the money: agency, beneficiary or "" for the post's own; name of the figure; đồng)."""


def money_figures(fields: Mapping[str, Any]) -> tuple[Figure, ...]:
    """What one operation adds to the sums of its day, each name once."""
    act, body = ACTS.get(str(fields.get("type"))), fields.get("body")
    if act is None or not isinstance(body, Mapping):
        return ()
    found: Counter[tuple[str, str]] = Counter()
    for owner, name, amount in (_remitted(body) if act == REMITTED else _of_lines(act, body)):
        if isinstance(owner, str) and len(owner) <= LONGEST_OWNER and is_storable(owner) and _is_amount(amount):
            found[owner, PREFIX + name] += amount
    return tuple((owner, name, amount) for (owner, name), amount in found.items() if amount)


def _of_lines(act: str, body: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    means, lines = body.get("means"), body.get("lines")
    if act == COLLECTED:
        collection = body.get("collection")
        taking = collection.get("taking") if isinstance(collection, Mapping) else None
        means, lines = (taking.get("means"), taking.get("lines")) if isinstance(taking, Mapping) else (None, None)
    if not isinstance(lines, list) or not _is_one_of(means, MEANS):
        return
    for line in lines[:MOST_LINES]:
        if isinstance(line, Mapping):
            stream, kind = line.get("stream"), line.get("kind")
            if _is_one_of(stream, STREAMS) and _is_one_of(kind, KINDS):
                yield line.get("owner"), f"{act}.{stream}.{kind}.{means}", line.get("amount")


def _remitted(body: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    stream, owner, movements = body.get("stream"), body.get("owner"), body.get("movements")
    if not _is_one_of(stream, STREAMS) or not isinstance(owner, str):
        return
    for means, name in (("cash", "cash"), ("transfer", "transferred")):
        yield owner, f"{REMITTED}.{stream}.{ALL}.{means}", body.get(name)
    account = f"owed:{stream}:{owner}:"
    for each in movements[:MOST_LINES] if isinstance(movements, list) else ():
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) and each[0].startswith(account):
            kind = each[0].removeprefix(account)
            if kind in KINDS:
                yield owner, f"{REMITTED}.{stream}.{kind}.{ALL}", each[1]


def _is_one_of(value: object, known: frozenset[str]) -> bool:
    return isinstance(value, str) and value in known


def _is_amount(amount: object) -> bool:
    return isinstance(amount, int) and not isinstance(amount, bool) and abs(amount) < 10**12
