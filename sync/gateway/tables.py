"""Tables of the gateway. Rows of those in `APPEND_ONLY` never change.

Texts that come from outside are bytes (`payload`): PostgreSQL's text refuses NUL, and custody refuses nothing that
is signed. Columns beside the payload are what was read from it, None where it could not be read or kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

metadata = MetaData()

province = Table(
    "province", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),      # always 1
    Column("incarnation", String(64), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("min_app", String(64), nullable=False),
    Column("unsettled_since", String(32)),                             # restored; leases not yet known to be whole
)

restores = Table(
    "restores", metadata,
    Column("at", String(32), primary_key=True),                        # from a backup (`restores.py`)
    Column("incarnation", String(64), nullable=False),                 # "": said by the file beside the key
)

offices = Table(
    "offices", metadata,
    Column("id", String(64), primary_key=True),
    Column("content", Text, nullable=False),                           # the office file
    Column("feed_head", BigInteger, nullable=False),                   # newest position; its row is the lock
)

agencies = Table(
    "agencies", metadata,
    Column("id", String(64), primary_key=True),
    Column("key", String(64), nullable=False, unique=True),            # identifier in its short form
    Column("slots", Integer, nullable=False),
)

enrol_codes = Table(
    "enrol_codes", metadata,
    Column("id", String(8), primary_key=True),                         # first group of the code
    Column("secret_hash", LargeBinary, nullable=False),
    Column("office", ForeignKey("offices.id"), nullable=False),
    Column("counter", String(200), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("tries", Integer, nullable=False),                          # wrong ones
    Column("used_by", String(64)),
    Column("used_epoch", Integer),
)

devices = Table(
    "devices", metadata,
    Column("id", String(64), primary_key=True),
    Column("office", ForeignKey("offices.id"), nullable=False),
    Column("counter", String(200), nullable=False),
    Column("current_epoch", Integer, nullable=False),
    Column("revoked_upto", Integer, nullable=False),                   # epochs up to this one may not speak
    UniqueConstraint("office", "counter"),
)

epochs = Table(
    "epochs", metadata,
    Column("device", ForeignKey("devices.id"), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("request", String(64)),                                     # of NewEpoch; None when enrolled by code
    Column("device_name", String(200), nullable=False),
    Column("app", String(64), nullable=False),
    Column("machine_hint", String(200), nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("last_contact", String(32), nullable=False),
    PrimaryKeyConstraint("device", "epoch"),
    UniqueConstraint("device", "request"),
)

operations = Table(
    "operations", metadata,
    Column("office", String(64), nullable=False),                      # always its device's
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("branch", Integer, nullable=False),                         # 0: the chain; 1…: adopted branches
    Column("position", BigInteger, nullable=False),                    # in the office's feed
    Column("op_id", String(64)),                                       # None when another operation has it
    Column("number", String(64)),                                      # as printed
    Column("number_key", String(64)),                                  # None when another operation has it
    Column("agency", String(64)),
    Column("type", String(64)),
    Column("business_date", String(10)),
    Column("sealed", Boolean, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("taken_at", String(32), nullable=False),
    PrimaryKeyConstraint("office", "device", "epoch", "seq", "branch", name="operations_place"),
    UniqueConstraint("office", "position", name="operations_position"),
    # By office: feed and custody always ask within one, both unique rules hold inside one, and no job must make
    # next month's partition in time, as a range would want. Nothing is ever dropped, so a range would win nothing.
    postgresql_partition_by="HASH (office)",
)
Index("operations_number", operations.c.number_key)

OPERATION_PARTITIONS = 8

operation_keys = Table(
    "operation_keys", metadata,                                        # unique over all partitions, which
    Column("kind", String(8), nullable=False),                         # PostgreSQL's own rules are not
    Column("key", String(64), nullable=False),
    Column("office", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)


class KeyKind:
    OP_ID = "op"
    NUMBER = "number"


@event.listens_for(operations, "after_create")
def _make_partitions(_: Table, connection: Connection, **__: Any) -> None:
    if connection.dialect.name == "postgresql":
        for n in range(OPERATION_PARTITIONS):
            connection.execute(text(
                f"CREATE TABLE {partition_name(n)} PARTITION OF operations "
                f"FOR VALUES WITH (MODULUS {OPERATION_PARTITIONS}, REMAINDER {n})"
            ))


def partition_name(n: int) -> str:
    return f"operations_p{n}"


branches = Table(
    "branches", metadata,
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("reason", String(64), nullable=False),                      # problems.Fork
    Column("sender", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("kept_at", String(32), nullable=False),
    PrimaryKeyConstraint("device", "epoch", "seq", "hash"),
)

feed_entries = Table(
    "feed_entries", metadata,
    Column("office", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("number", String(64)),                                      # the dossier it is about
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("office", "position"),
)
Index("feed_entries_number", feed_entries.c.number)

leases = Table(
    "leases", metadata,
    Column("lease_id", String(200), primary_key=True),
    Column("agency", String(64), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("date_from", String(10), nullable=False),
    Column("date_to", String(10), nullable=False),
    Column("is_extra", Boolean, nullable=False),
    Column("payload", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
Index("leases_holder", leases.c.device, leases.c.epoch, leases.c.agency)

leased_days = Table(
    "leased_days", metadata,
    Column("agency", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    PrimaryKeyConstraint("agency", "day", "slot"),                     # a number of a day is leased once, for ever
)
Index("leased_days_holder", leased_days.c.device, leased_days.c.epoch, leased_days.c.agency, leased_days.c.day)

packages = Table(
    "packages", metadata,
    Column("kind", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("zipped", LargeBinary, nullable=False),
    Column("added_at", String(32), nullable=False),
    PrimaryKeyConstraint("kind", "version"),
)

revocations = Table(
    "revocations", metadata,
    Column("kind", String(64), nullable=False),
    Column("id", String(64), nullable=False),
    Column("since", String(32), nullable=False),
    PrimaryKeyConstraint("kind", "id"),
)

schema_steps = Table(
    "schema_steps", metadata,
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("done_at", String(32), nullable=False),
)

APPEND_ONLY = (operations, operation_keys, branches, feed_entries, leases, leased_days, restores)
