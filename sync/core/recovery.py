"""A disk that is older than its province: bring our own operations back, then go on under a new epoch.

The numbers printed between the copy of the disk and its restore are on paper and perhaps nowhere else, so the old
epoch's numbers are never used again, however complete the import looks.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from sync.contract.messages import EpochAnswer
from sync.core.asks import (
    Ask,
    AskEpoch,
    Confirm,
    FetchOwn,
    ImportOwn,
    PrepareEpoch,
    Standing,
    StopNumbers,
    TakeEpoch,
)
from sync.core.meeting import Older, note_fork
from sync.errors import CallPerson

BEHIND = "behind"
"""Why the new epoch is asked for."""


def recover(standing: Standing, lacking: Sequence[Older]) -> Generator[Ask, Any, None]:
    """Import what the province holds more than we do. Numbers have stopped before the first of it is asked for.

    What does not follow our own chain is a fork: our disk went on writing after it was restored.
    """
    for each in lacking:
        if each.epoch == standing.epoch:
            yield StopNumbers("older_than_province", {"ours": each.after, "theirs": each.upto})
    for each in lacking:
        try:
            yield from _import(each)
        except CallPerson as error:
            if error.code != "own_does_not_follow" or each.after == 0:
                raise
            yield from note_fork(standing, each.epoch, each.after)


def begin_epoch(reason: str) -> Generator[Ask, Any, None]:
    """Other numbers, another token. The request is on our disk before it is sent: a lost answer is asked again."""
    request = yield PrepareEpoch(reason)
    answer: EpochAnswer = yield AskEpoch(request)
    yield TakeEpoch(answer)


def _import(lacking: Older) -> Generator[Ask, Any, None]:
    after = lacking.after
    while after < lacking.upto:
        page = yield FetchOwn(lacking.epoch, after)
        if not page.items:
            raise CallPerson("own_operations_missing", epoch=lacking.epoch, behind=after)
        yield ImportOwn(lacking.epoch, page.items)
        after = int(page.items[-1]["seq"])
        yield Confirm(lacking.epoch, after)
