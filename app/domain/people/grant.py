"""What the province lets one clerk do in one office, for a few days; the text that it signs.

A grant ends by itself: a counter without a line knows no better, so a dismissed clerk is out on the day after
`until` at the latest, and at the next contact where there is a line. Nobody but the province can make one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.people.roles import Act, Role, acts_of, read_roles

KIND = "grant"
"""Stands in the text, so that nothing else the province signs can be taken for a grant."""


class Standing(StrEnum):
    """What a clerk's grant is worth now; the code of the refusal is `grant_` and this."""

    GOOD = "good"
    MISSING = "missing"            # the province gave none
    EXPIRED = "expired"
    REVOKED = "revoked"
    FOREIGN = "foreign"            # of another office
    FALSE = "false"                # not signed by the province, or changed


@dataclass(frozen=True, slots=True)
class Grant:
    """`until` is its last day. `serial` rises with each personal code; `activation` is that code's verifier, ""
    when none was made out yet. `made`: the province's own day of writing; None of a province that does not say."""

    clerk: str
    name: str
    office: str
    roles: frozenset[Role]
    accounts: Mapping[str, str]    # agency id → her account there
    until: date
    serial: int
    activation: str
    made: date | None = None

    @property
    def acts(self) -> frozenset[Act]:
        return acts_of(self.roles)

    @classmethod
    def from_payload(cls, payload: str) -> Grant:
        """Raises ValueError when the text is no grant. Fields that this program does not know are passed by."""
        try:
            said = dict(json.loads(payload))
            if said["kind"] != KIND:
                raise ValueError("not a grant")
            texts = tuple(said[name] for name in ("clerk", "name", "office", "activation"))
            accounts, serial = dict(said["accounts"]), said["serial"]
            if not all(isinstance(each, str) for each in (*texts, *accounts, *accounts.values(), *said["roles"])):
                raise ValueError("not a grant")
            if not isinstance(serial, int) or isinstance(serial, bool) or serial < 0:
                raise ValueError("not a grant")
            until = date.fromisoformat(said["until"])
            made = date.fromisoformat(said["made"]) if "made" in said else None
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not a grant") from error
        clerk, name, office, activation = texts
        return cls(clerk, name, office, read_roles(said["roles"]), accounts, until, serial, activation, made)


def standing(grant: Grant | None, *, office: str, today: date, is_revoked: bool) -> Standing:
    """What `grant` is worth in `office` on the day `today`, never an earlier one than the book knows."""
    if is_revoked:
        return Standing.REVOKED
    if grant is None:
        return Standing.MISSING
    if grant.office != office:
        return Standing.FOREIGN
    return Standing.EXPIRED if today > grant.until else Standing.GOOD
