"""Alembic at work: the steps under `migrations/versions`, run inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection


def upgrade(connection: Connection, to: str = "head") -> None:
    """Every step from the book's revision to `to`, the newest where not said."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def revisions() -> tuple[str, ...]:
    """Every step's revision, the first one first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(each.revision for each in reversed(list(script.walk_revisions())))


def is_known(revision: str) -> bool:
    """False for a revision of a later version of this program."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except (RevisionError, CommandError):
        return False


def newest() -> str:
    """The newest step's revision."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
