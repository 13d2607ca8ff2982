"""A seal over the rows of the book: whoever changes one beside this program cannot make it fit again.

The row is written when the book is next opened, in the transaction of this step or of the first start.
"""

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = (
    """
    CREATE TABLE book_seal (
        id INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        names VARCHAR NOT NULL,
        sums BLOB NOT NULL,
        shape VARCHAR NOT NULL,
        story VARCHAR NOT NULL,
        tag BLOB NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
