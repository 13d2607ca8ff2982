"""Names of the accounts between which money moves. Names are data in the journal and never change their meaning.

    drawer:<session>                    cash in a clerk's drawer
    drawer:outside:<device>             cash taken while no session was open, until the next one takes it in
    bank:<account>:claimed|confirmed    transfers: as the citizen says, and as the bank statement says
    safe                                the office's own cash: floats come from there, counted drawers go there
    difference:<session>                what a count found too little (positive) or too much (negative)
    owed:<stream>:<owner>:<kind>        what the office owes to whom it collected for, as a negative balance
"""

from __future__ import annotations

from enum import StrEnum

SAFE = "safe"


class Stream(StrEnum):
    """Three kinds of money that never mix (domain: phí and lệ phí belong to the State, cước to the post)."""

    STATE = "state"                # phí, lệ phí of an agency
    POSTAGE = "postage"            # the post's own revenue
    OTHER = "other"                # collected for somebody else, such as fines


class Means(StrEnum):
    CASH = "cash"
    TRANSFER = "transfer"


def drawer(session: str, device: str) -> str:
    """The drawer of a session; of the counter itself while `session` is ""."""
    return f"drawer:{session}" if session else f"drawer:outside:{device}"


def claimed(account: str) -> str:
    return f"bank:{account}:claimed"


def confirmed(account: str) -> str:
    return f"bank:{account}:confirmed"


def difference(session: str) -> str:
    return f"difference:{session}"


def owed(stream: Stream, owner: str, kind: str) -> str:
    return f"owed:{stream}:{owner}:{kind}"
