"""Files that the province holds may leave this machine: when each did, and which pages still name a content."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE files ADD COLUMN purged_at VARCHAR")
    for part in ("prepared", "thumbnail", "text"):
        op.execute(f"CREATE INDEX scanned_pages_{part} ON scanned_pages ({part}) WHERE {part} IS NOT NULL")
