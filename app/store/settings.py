"""Small named values of this counter, as JSON: who we are, what the province told us, what was chosen."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.store.tables import settings, sync_state


def read_setting(connection: Connection, name: str, default: Any = None) -> Any:
    """The value of `name`, or `default` when it was never set."""
    found = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar_one_or_none()
    return default if found is None else json.loads(found)


def write_setting(connection: Connection, name: str, value: Any) -> None:
    statement = insert(settings).values(name=name, value=json.dumps(value, ensure_ascii=False))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )


def forget_setting(connection: Connection, name: str) -> None:
    connection.execute(delete(settings).where(settings.c.name == name))


def read_sync(connection: Connection, name: str, default: Any = None) -> Any:
    """What the courier remembers under `name`."""
    found = connection.execute(
        select(sync_state.c.value).where(sync_state.c.name == name)
    ).scalar_one_or_none()
    return default if found is None else json.loads(found)


def write_sync(connection: Connection, name: str, value: Any) -> None:
    statement = insert(sync_state).values(name=name, value=json.dumps(value, ensure_ascii=False))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
