"""The states of a dossier beside its business state, which is the national list (`app.domain.dossier.State`).

Four things are kept apart because they move apart: the business, the money, where the papers are and what became
of the result, and what the province knows. The last is never stored: it is the confirmations of the journal.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Custody(IntEnum):
    """Who holds the papers handed in (hồ sơ giấy)."""

    COUNTER = 0
    ON_THE_WAY = 1                 # on a manifest that nobody has acknowledged
    AGENCY = 2
    CITIZEN = 3                    # given back: withdrawn, refused or stopped
    MISSING = 4                    # on the manifest, not in the bag


class Parcel(IntEnum):
    """What of the dossier is at the counter and has to be handed over."""

    WHOLE = 0
    SUPPLEMENT = 1                 # papers brought later; the rest is with the agency


class Delivery(IntEnum):
    """What became of the result."""

    NONE = 0
    SHELF = 1                      # here, waiting for the citizen
    POSTED = 2
    UNDELIVERED = 3                # the post brought it back
    DELIVERED = 4                  # in the citizen's hands, by post
    RETURNED = 5                   # in the citizen's hands, at the counter
    RECALLED = 6                   # given to the wrong person, being fetched back
    ELSEWHERE = 7                  # another system says that it was returned


class MoneyState(IntEnum):
    """What the citizen owes for this dossier, as far as the counter knows."""

    NONE = 0
    DUE = 1                        # thu sau: to be taken before the result is given out
    TAKEN = 2
    EXEMPT = 3
    REFUNDED = 4                   # taken and wholly given back (đã hoàn phí): by the cash book, no event says it


class Holder(IntEnum):
    """Who holds one original."""

    COUNTER = 0
    ON_THE_WAY = 1
    AGENCY = 2
    POST = 3
    CITIZEN = 4
    MISSING = 5


class Source(StrEnum):
    """Whose word an event is. PAPER: a clerk wrote down what an agency's paper says, and is shown as doing so."""

    COUNTER = "counter"
    PAPER = "paper"
    AGENCY = "agency"              # came through the province, no clerk had a hand in it


class PauseCause(StrEnum):
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
