"""The order of one contact: meet, recover, agree, send, catch up, offer back, then documents.

Each step leaves the book consistent, so a contact may break off anywhere. What one step says no with (a lease that
is refused, a mass change) stops no other step; the first trouble is raised at the end.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from app.errors import KnownError
from sync.contract.messages import HelloAnswer
from sync.core.asks import (
    Ask,
    FetchPackages,
    NoteContact,
    ReadFeed,
    ReadStanding,
    SayHello,
    SendFiles,
    Standing,
    StopNumbers,
    StoreLeases,
)
from sync.core.catching import catch_up
from sync.core.meeting import agree, heed
from sync.core.offering import offer_back
from sync.core.patience import patiently
from sync.core.recovery import BEHIND, begin_epoch, recover
from sync.core.sending import send_all
from sync.errors import CallPerson, HelloAgain, TryLater

Contact = Generator[Ask, Any, bool]

ROUNDS = 4
"""How often a contact starts over when the province says that it is not where we thought."""


def contact() -> Contact:
    """One whole contact; True when nothing was left behind for want of time.

    Raises TryLater (the line, or a province that does not settle) and CallPerson.
    """
    return patiently(_contact())


def _contact() -> Contact:
    is_other_province = False
    for _ in range(ROUNDS):
        try:
            return (yield from _round(with_leases=is_other_province))
        except HelloAgain as error:
            is_other_province = is_other_province or error.code == "incarnation_changed"
        except CallPerson as error:
            if error.code == "stale_epoch":        # said to the hello, or to a push when it happened meanwhile
                yield StopNumbers("stale_epoch", dict(error.values))
            raise
    raise TryLater("province_unsettled")


def _round(*, with_leases: bool) -> Contact:
    standing: Standing = yield ReadStanding()
    if standing.requested_epoch:                   # it may have begun: then our hello would be a stranger's
        yield from begin_epoch(standing.requested_epoch)
        raise HelloAgain("epoch_begun")
    met = yield SayHello(with_leases)
    answer: HelloAnswer = met.answer
    if answer.current_epoch != standing.epoch:
        raise CallPerson("stale_epoch", current=answer.current_epoch)
    known = yield ReadFeed()
    if not with_leases and known.incarnation not in ("", answer.incarnation):
        yield from heed(standing, answer.have)
        raise HelloAgain("incarnation_changed")    # say our leases first: it may have forgotten them
    if known.incarnation == answer.incarnation and answer.feed_head < known.position:
        # Put back without being told so (`restored`): positions would be given a second time, and we would pass
        # by what stands at them. Sending more would only bring that moment nearer.
        raise CallPerson("feed_went_back", ours=known.position, theirs=answer.feed_head)
    if (yield from _settle(standing, answer, is_other=known.incarnation != answer.incarnation)):
        raise HelloAgain("epoch_begun")
    yield NoteContact(answer)
    troubles = list((yield StoreLeases(answer.leases)))
    standing = yield ReadStanding()
    yield from send_all(standing, answer.incarnation)
    try:
        yield from catch_up(answer.incarnation)
    except CallPerson as error:                    # the feed waits for a person; ours goes out all the same
        troubles.append(error)
    # Of our own place too: what a machine that stood here before us wrote came to us by the feed.
    everybody = {**answer.office_heads, standing.device: answer.have}
    yield from offer_back(standing, answer.incarnation, everybody)
    troubles += yield FetchPackages(answer.packages)
    is_all: bool = yield SendFiles(answer.incarnation)
    yield from _raise_first(troubles)
    return is_all


def _settle(standing: Standing, answer: HelloAnswer, *, is_other: bool) -> Generator[Ask, Any, bool]:
    """Agree on what each side holds; True when a new epoch was begun, so that the contact starts anew."""
    lacking = yield from agree(standing, answer.have, is_other=is_other)
    if lacking:
        yield from recover(standing, lacking)
    is_behind = any(each.epoch == standing.epoch for each in lacking)
    if is_behind or standing.stopped == "older_than_province":
        yield from begin_epoch(BEHIND)
        return True
    if standing.asked_epoch:
        yield from begin_epoch(standing.asked_epoch)
        return True
    return False


def _raise_first(troubles: list[KnownError]) -> Generator[Ask, Any, None]:
    """A fork is said at every contact until a person has begun a new epoch."""
    now: Standing = yield ReadStanding()
    if now.stopped:
        raise CallPerson(now.stopped, **now.stopped_values)
    if troubles:
        raise troubles[0]
