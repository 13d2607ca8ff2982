"""Small named values of this counter, as JSON: who we are, what the province told us, what was chosen."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.store.prepared import first_of
from app.store.tables import settings, sync_state

# Reception asks for some of these.
_SETTING = first_of(select(settings.c.value).where(settings.c.name == bindparam("of")))
_SYNC = first_of(select(sync_state.c.value).where(sync_state.c.name == bindparam("of")))


def read_setting(connection: Connection, name: str, default: Any = None) -> Any:
    """The value of `name`, or `default` when it was never set."""
    row = _SETTING.first(connection, {"of": name})
    return default if row is None else json.loads(row[0])


def write_setting(connection: Connection, name: str, value: Any) -> None:
    statement = insert(settings).values(name=name, value=json.dumps(value, ensure_ascii=False))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )


def forget_setting(connection: Connection, name: str) -> None:
    connection.execute(delete(settings).where(settings.c.name == name))


def read_sync(connection: Connection, name: str, default: Any = None) -> Any:
    """What the courier remembers under `name`."""
    row = _SYNC.first(connection, {"of": name})
    return default if row is None else json.loads(row[0])


def write_sync(connection: Connection, name: str, value: Any) -> None:
    statement = insert(sync_state).values(name=name, value=json.dumps(value, ensure_ascii=False))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
