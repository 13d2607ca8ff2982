"""The shelf of this office: which way it is filled, and which place is next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.domain.shelf import ShelfRule, propose_shelf, tidy_shelf
from app.errors import Refusal
from app.store.queries.results import taken_places
from app.store.settings import read_setting, write_setting

SETTING = "shelf"


def read_rule(connection: Connection) -> ShelfRule:
    """The office's way of shelving; the usual one when nothing, or nothing readable, was set."""
    held = read_setting(connection, SETTING)
    try:
        return from_body(ShelfRule, held) if held else ShelfRule()
    except ValueError:
        return ShelfRule()


def use_rule(connection: Connection, rule: ShelfRule) -> None:
    """What holds for results that come from now on; what lies on the shelf stays where it is."""
    write_setting(connection, SETTING, to_body(rule))


def next_shelf(connection: Connection, code: str, day: date, also_taken: Iterable[str] = ()) -> str:
    """A place for the result of `code`; `also_taken` are places of the list that is not stored yet."""
    taken = taken_places(connection) | {tidy_shelf(place) for place in also_taken}
    return propose_shelf(read_rule(connection), code, day, taken)


def chosen_shelf(text: str) -> str:
    """A place as typed. Raises `shelf_missing`: a result without a place is not found again."""
    place = tidy_shelf(text)
    if not place:
        raise Refusal("shelf_missing")
    return place
