"""Opening the gateway's folder and database, alike for serving and for operating."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.gateway.database import Database, open_database
from sync.gateway.file_place import files_of
from sync.gateway.file_store import FileStore
from sync.gateway.province import Seal, found_province, load_seal
from sync.gateway.schema import prepare_schema
from sync.gateway.times import stamp

SQLITE_FILE = "gateway.sqlite"


@dataclass(frozen=True, slots=True)
class Opened:
    database: Database
    seal: Seal
    incarnation: str
    files: FileStore


def open_gateway(folder: Path, url: str | None, now: datetime) -> Opened:
    """The key in `folder`, and the database at `url` or in `folder`, made ready at the first start.

    Raises OSError, ValueError (URL), schema.NewerDatabase, schema.OlderDatabase, province.OtherProvince.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seal, files = load_seal(folder), files_of(folder)
    database = open_database(url if url else folder / SQLITE_FILE)
    try:
        prepare_schema(database, stamp(now))
        with database.writing() as connection:
            incarnation = found_province(connection, seal, uuid.uuid4().hex)
    except BaseException:
        database.close()
        raise
    return Opened(database, seal, incarnation, files)
