"""A sync that cannot lose: forks of our own chain, what we hold of other counters, and the daily comparison.

`held_operations` says where in the feed an operation of another counter (or of an epoch of ours that this book did
not write) lies, so that it can be given back to a province that has lost it.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    """
    CREATE TABLE forks (
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        kept INTEGER NOT NULL,
        since VARCHAR NOT NULL,
        PRIMARY KEY (epoch)
    )
    """,
    """
    CREATE TABLE held_operations (
        device VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        incarnation VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (device, epoch, seq)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE held_heads (
        device VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (device, epoch)
    )
    """,
    """
    CREATE TABLE reconciled_days (
        day VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        differences INTEGER NOT NULL,
        content VARCHAR NOT NULL,
        PRIMARY KEY (day)
    )
    """,
    """
    CREATE TABLE day_differences (
        day VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        since VARCHAR NOT NULL,
        "values" VARCHAR NOT NULL,
        PRIMARY KEY (day, kind, code)
    )
    """,
    """
    CREATE TABLE courier_bundles (
        number INTEGER NOT NULL,
        made_at VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        content VARCHAR NOT NULL,
        acknowledged_at VARCHAR,
        PRIMARY KEY (number)
    )
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
