"""Whether this office has personal sign-in, by what the province signed and not by what the book says of itself.

    a grant of this office, signed                       on: the province makes none where nobody signs in
    the file beside the keys in which tries are counted  on: somebody has signed in here before
    the province's signed word that it is off            off, until its next grants

The word says its day, and the file beside the keys knows of which day the newest grant was with which somebody
signed in: an older word, put back into the book, is not believed, nor one without a day. Both days are the
province's, so a counter's wrong clock counts for nothing.

So whoever edits the book switches nothing off: he would have to take away the grants and the file beside the
keys, and then the book holds nothing with which anybody could do anything before the next contact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.services.people.grants import GRANTS, OFF, OFFICE, SIGN_IN, Granted
from app.services.province_word import is_signed, signature_in
from app.store.settings import read_setting, write_setting

KIND = "sign_in_off"


def take_off(connection: Connection, province_key: bytes, payload: str, signature: bytes, office: str) -> None:
    """Nobody signs in here any more, in the province's own words; anything else is passed by."""
    if not _says_off(province_key, payload, signature, office):
        return
    wanted = {"payload": payload, "signature": signature.hex()}
    if read_setting(connection, OFF) != wanted:
        write_setting(connection, OFF, wanted)
    if read_setting(connection, GRANTS, []):
        write_setting(connection, GRANTS, [])
    held = read_setting(connection, OFFICE, {})
    if held.get(SIGN_IN) is True:
        write_setting(connection, OFFICE, {**held, SIGN_IN: False})


def is_on(
    connection: Connection, province_key: bytes, office: Mapping[str, Any], granted: Granted, *, was_used: bool,
    used_with: date | None = None,
) -> bool:
    """`office` as the book has it, `granted` what it holds; `was_used`: somebody has signed in on this machine,
    `used_with` a grant of that day."""
    # A province that does not say its days says none in its grants either: then there is no `used_with`.
    here = str(office.get("id", ""))
    if office.get(SIGN_IN) is True or any(each.office == here for each in granted.good.values()):
        return True
    held = read_setting(connection, OFF) or {}
    return was_used and not _says_off(
        province_key, str(held.get("payload", "")), signature_in(str(held.get("signature", ""))), here, used_with)


def _says_off(
    province_key: bytes, payload: str, signature: bytes, office: str, not_before: date | None = None
) -> bool:
    if not is_signed(province_key, payload, signature):
        return False
    try:
        said = dict(json.loads(payload))
        day = date.fromisoformat(said["day"]) if "day" in said else date.min
    except (ValueError, TypeError):
        return False
    return said.get("kind") == KIND and said.get("office") == office and day >= (not_before or date.min)

