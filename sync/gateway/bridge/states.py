"""The states of a dossier, with the numbers that journals and the national list have for them.

Written a second time: `app.domain` is the counters', which this end may not import. A test holds the two together
(`tests/sync/gateway/bridge/test_same_life_as_counters.py`).
"""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """TrangThaiHoSo, the national list."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROCESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


RUNNING = frozenset({State.REGISTERED, State.RECEIVED, State.IN_PROCESS})
OPEN = RUNNING | {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED}
EVERY = frozenset(State)


class Custody(IntEnum):
    """Who holds the papers handed in."""

    COUNTER = 0
    ON_THE_WAY = 1
    AGENCY = 2
    CITIZEN = 3
    MISSING = 4


class Delivery(IntEnum):
    """What became of the result."""

    NONE = 0
    SHELF = 1
    POSTED = 2
    UNDELIVERED = 3
    DELIVERED = 4
    RETURNED = 5
    RECALLED = 6
    ELSEWHERE = 7


IN_HAND = frozenset({Delivery.DELIVERED, Delivery.RETURNED, Delivery.ELSEWHERE})
HERE = frozenset({Delivery.SHELF, Delivery.UNDELIVERED})


class Money(IntEnum):
    """What the citizen owes."""

    NONE = 0
    DUE = 1
    TAKEN = 2
    EXEMPT = 3
    REFUNDED = 4                   # by a counter's cash book; no event that comes here says it


class Holder(IntEnum):
    """Who holds one original."""

    COUNTER = 0
    ON_THE_WAY = 1
    AGENCY = 2
    POST = 3
    CITIZEN = 4
    MISSING = 5
