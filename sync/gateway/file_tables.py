"""Tables of step 2: which files operations name, which are on their way, which are here.

`attachments` follows from `operations` and is filled in the transaction that takes them into custody. The content
of `uploads` and `stored_files` lies on the disk (`file_store.py`); a row without its file counts as no row.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

attachments = Table(
    "attachments", metadata,
    Column("office", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("number_key", String(64)),                                  # the dossier it belongs to, where readable
    PrimaryKeyConstraint("office", "sha256", "device", "epoch", "seq"),
)
Index("attachments_number", attachments.c.number_key)

uploads = Table(
    "uploads", metadata,
    Column("office", String(64), nullable=False),                      # another office begins its own: it may not
    Column("sha256", String(64), nullable=False),                      # lean on bytes that it never had
    Column("size", BigInteger, nullable=False),
    Column("offset", BigInteger, nullable=False),                      # on the disk, synced
    Column("draft", String(64), nullable=False),                       # its name among the drafts
    Column("device", String(64), nullable=False),                      # that sent last
    Column("began_at", String(32), nullable=False),
    Column("touched_at", String(32), nullable=False),
    Column("failures", Integer, nullable=False),                       # times the whole had another SHA-256
    PrimaryKeyConstraint("office", "sha256"),
)

stored_files = Table(
    "stored_files", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("device", String(64), nullable=False),                      # that sent the last chunk
    Column("stored_at", String(32), nullable=False),
)

APPEND_ONLY = (attachments,)
