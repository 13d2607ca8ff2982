"""Which gateway is meant: the options that say so, and its folder and database opened or the code of what stands
in the way. Alike for serving and for every command, which need no server for it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from sync.gateway.opening import Opened, open_gateway
from sync.gateway.province import OtherProvince
from sync.gateway.schema import NewerDatabase, OlderDatabase


def add_place(parser: argparse.ArgumentParser) -> None:
    """Options that say which gateway is meant."""
    parser.add_argument("--data", type=Path, default=Path("gateway-data"),
                        help="folder of the signing key, the files and, without --database, the SQLite file")
    parser.add_argument("--database", help="postgresql://user@host/name; default: a SQLite file in the folder")


def open_or_say(data: Path, database: str | None) -> Opened | str:
    """The opened gateway, or the code of what stands in the way."""
    try:
        return open_gateway(data, database, datetime.now(UTC))
    except OlderDatabase:
        return "database_not_prepared"
    except NewerDatabase:
        return "database_newer"
    except OtherProvince:
        return "key_of_other_province"
    except (OSError, ValueError) as error:
        return f"data_folder_or_url ({type(error).__name__})"
    except SQLAlchemyError as error:
        return f"database_unreachable ({type(error).__name__})"
