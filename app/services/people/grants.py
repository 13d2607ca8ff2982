"""The grants that this book holds, and what of them the province really said.

They are kept word for word and checked whenever the counter is read: whoever edits the book can take a right
away, and give none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.people.grant import Grant
from app.domain.people.rights import Rights, rights_of
from app.services.province_word import is_signed, signature_in
from app.store.settings import read_setting, write_setting

GRANTS = "grants"
"""Setting: [{"payload", "signature" (hex)}], as the province sent them last."""
REVOKED = "revoked_clerks"
OFF = "sign_in_off"
"""Setting: {"payload", "signature" (hex)}: the province's word that this office has no personal sign-in."""
OFFICE = "office"
SIGN_IN = "sign_in"
"""In the office's setting: true where every clerk signs in as herself."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What the book holds of grants: `good` by clerk, and for whom it holds something that is no word of the
    province."""

    good: Mapping[str, Grant]
    false: frozenset[str]
    revoked: frozenset[str]

    def rights(self, clerk: str, name: str, office: str) -> Rights:
        return rights_of(clerk, name, self.good.get(clerk), office=office, is_revoked=clerk in self.revoked,
                         is_false=clerk in self.false)


def take_grants(
    connection: Connection, province_key: bytes, said: Iterable[tuple[str, bytes]], office: str
) -> None:
    """Hold these and no others: whoever is not among them has no right here any more. Personal sign-in is on from
    then on. What the province did not sign, or wrote for another office, is passed by."""
    good = [
        (payload, signature) for payload, signature in said
        if (grant := _read(province_key, payload, signature)) is not None and grant.office == office
    ]
    write_setting(connection, GRANTS, [{"payload": text, "signature": raw.hex()} for text, raw in good])
    if read_setting(connection, OFF) is not None:
        write_setting(connection, OFF, None)
    held = read_setting(connection, OFFICE, {})
    if held.get(SIGN_IN) is not True:
        write_setting(connection, OFFICE, {**held, SIGN_IN: True})


def take_revoked(connection: Connection, clerks: Iterable[str]) -> None:
    """Whom the province wants to act nowhere any more; never a shorter list than before but by its own word."""
    wanted = sorted(set(clerks))
    if read_setting(connection, REVOKED, []) != wanted:
        write_setting(connection, REVOKED, wanted)


def held_payloads(connection: Connection) -> tuple[str, ...]:
    """The texts of what is held."""
    return tuple(str(each["payload"]) for each in read_setting(connection, GRANTS, []))


def read_granted(connection: Connection, province_key: bytes) -> Granted:
    """What is held, each signature checked."""
    good: dict[str, Grant] = {}
    false: set[str] = set()
    for each in read_setting(connection, GRANTS, []):
        payload = str(each.get("payload", ""))
        grant = _read(province_key, payload, signature_in(str(each.get("signature", ""))))
        if grant is not None:
            good[grant.clerk] = grant
        elif (named := _clerk_of(payload)) is not None:
            false.add(named)
    return Granted(good, frozenset(false - set(good)), frozenset(read_setting(connection, REVOKED, [])))


def _read(province_key: bytes, payload: str, signature: bytes) -> Grant | None:
    try:
        return Grant.from_payload(payload) if is_signed(province_key, payload, signature) else None
    except ValueError:
        return None


def _clerk_of(payload: str) -> str | None:
    try:
        return Grant.from_payload(payload).clerk
    except ValueError:
        return None
