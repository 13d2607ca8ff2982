"""The daily comparison: what the province holds of an office, by day, agency and counter, and by dossier.

    GET /v1/reconcile?from=yyyy-mm-dd&to=yyyy-mm-dd        ReconcileAnswer, at most MAX_DAYS days
    GET /v1/reconcile/{day}?after=&limit=                  DayList, dossiers received on that day

A day is the business date of the counter. Both answers stand at `position` of the office's feed: a counter that
has applied the feed up to there, and pushed everything, must count the same; what differs is named by the list.
Both ends count by `dossier_text`. Amounts are đồng, of the newest version that the province holds of a dossier.
No citizen's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.contract.messages import Head

RECONCILE_DAY = "/v1/reconcile/{day}"
MAX_DAYS = 31
LIST_LINES = 500
MAX_LIST_LINES = 2_000
MONEY = "money"
"""In `ReconcileAnswer.counts`: `DaySum.money` is counted. A province that says nothing counts no money."""


class Timing:
    """When the fees of a dossier are taken; names as in the operation's text. Exempt dossiers add to no sum."""

    BEFORE = "before"
    AFTER = "after"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class DaySum:
    """One day of one agency at one counter.

    `received`: dossiers that got their number on that day; the figures below are of them, whenever they changed.
    `corrected`, `taken` and `money` are what was done on that day, to dossiers of any day or to none.
    """

    day: str
    agency: str                                    # "" where the number belongs to no agency; owner of the money
    device: str
    counter: str
    received: int = 0
    fee: int = 0                                   # phí
    charge: int = 0                                # lệ phí
    before: int = 0                                # of both: to be taken at reception
    unknown_amounts: int = 0                       # dossiers with a line whose amount is not known
    exempt: int = 0                                # dossiers
    incomplete: int = 0                            # dossiers that lack files here
    unsettled: int = 0                             # dossiers whose reception waits for a person (verdict)
    corrected: int = 0
    taken: Mapping[str, int] = field(default_factory=dict)       # means → đồng taken after reception
    statuses: Mapping[str, int] = field(default_factory=dict)    # newest word on each; "received" before the first
    money: Mapping[str, int] = field(default_factory=dict)       # `money_text`: act, stream, kind, means → đồng


@dataclass(frozen=True, slots=True)
class ReconcileAnswer:
    """Days without anything have no line. `have`: by device and epoch, all counters of the office."""

    incarnation: str
    server_time: str
    position: int
    days: tuple[DaySum, ...]
    have: Mapping[str, Mapping[int, Head]]
    counts: tuple[str, ...] = ()                   # what is counted beyond the first release's figures


@dataclass(frozen=True, slots=True)
class DossierStanding:
    """A dossier as the province holds it. `operations`: how many it holds that name it (`dossier_text`)."""

    number: str                                    # as printed
    position: int                                  # of its reception in the office's feed
    agency: str
    device: str                                    # that received it
    operations: int
    hash: str                                      # `dossier_text.hash_of_all` of their hashes
    fee: int
    charge: int
    timing: str
    is_amount_known: bool
    status: str
    files_missing: int
    verdict: str                                   # problems.Verdict of the reception


@dataclass(frozen=True, slots=True)
class DayList:
    """In the order of their reception; `more`: ask again with `after` = the last one's position."""

    incarnation: str
    server_time: str
    position: int
    day: str
    dossiers: tuple[DossierStanding, ...]
    more: bool
