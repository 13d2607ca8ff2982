"""Digitising: scanned pages, the files behind them, and what is digitised of each dossier's papers.

Sized by 1.1 million dossiers of five papers: a content is named by 32 raw bytes, not by 64 letters; what is
found by its key alone is WITHOUT ROWID; lists of what still waits stand on partial indexes that are as long
as the waiting, and "how many are to be scanned" is kept, never counted.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    # Every content that this counter keeps. A row is never deleted; in key order it can be compared with a walk
    # over the folder in one pass.
    """
    CREATE TABLE files (
        sha256 BLOB NOT NULL,
        size INTEGER NOT NULL,
        mime VARCHAR NOT NULL,
        kept_at VARCHAR NOT NULL,
        send_since VARCHAR,
        sent_bytes INTEGER NOT NULL,
        confirmed_at VARCHAR,
        PRIMARY KEY (sha256)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE scanned_pages (
        id VARCHAR NOT NULL,
        intent VARCHAR NOT NULL,
        batch VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        source VARCHAR NOT NULL,
        arrived_at VARCHAR NOT NULL,
        original BLOB NOT NULL,
        prepared BLOB,
        thumbnail BLOB,
        finding VARCHAR,
        failure VARCHAR NOT NULL,
        state INTEGER NOT NULL,
        text BLOB,
        text_turn INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(original) REFERENCES files (sha256),
        FOREIGN KEY(prepared) REFERENCES files (sha256),
        FOREIGN KEY(thumbnail) REFERENCES files (sha256),
        FOREIGN KEY(text) REFERENCES files (sha256)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE scan_trays (
        intent VARCHAR NOT NULL,
        arrangement VARCHAR NOT NULL,
        saved_at VARCHAR NOT NULL,
        PRIMARY KEY (intent)
    )
    """,
    """
    CREATE TABLE scan_batches (
        intent VARCHAR NOT NULL,
        batch VARCHAR NOT NULL,
        feed VARCHAR NOT NULL,
        target VARCHAR NOT NULL,
        declared INTEGER NOT NULL,
        PRIMARY KEY (intent, batch)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE scan_notes (
        intent VARCHAR NOT NULL,
        requirement VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        PRIMARY KEY (intent, requirement)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE paper_states (
        dossier INTEGER NOT NULL,
        requirement VARCHAR NOT NULL,
        status INTEGER NOT NULL,
        version INTEGER NOT NULL,
        op_id VARCHAR NOT NULL,
        checked_op VARCHAR,
        PRIMARY KEY (dossier, requirement),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE paper_documents (
        dossier INTEGER NOT NULL,
        requirement VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        size INTEGER NOT NULL,
        mime VARCHAR NOT NULL,
        pages INTEGER NOT NULL,
        op_id VARCHAR NOT NULL,
        PRIMARY KEY (dossier, requirement, version, ordinal),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE dossier_scans (
        dossier INTEGER NOT NULL,
        wanted VARCHAR NOT NULL,
        missing INTEGER NOT NULL,
        is_open BOOLEAN NOT NULL,
        PRIMARY KEY (dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    )
    """,
    """
    CREATE TABLE rollup_scans (
        is_waiting BOOLEAN NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (is_waiting)
    ) WITHOUT ROWID
    """,
    "INSERT INTO rollup_scans VALUES (1, 0)",
)

INDEXES = (
    # what the courier has still to bring to the province, oldest first
    "CREATE INDEX files_waiting ON files (send_since) WHERE send_since IS NOT NULL AND confirmed_at IS NULL",
    "CREATE INDEX scanned_pages_tray ON scanned_pages (intent)",
    "CREATE INDEX scanned_pages_waiting ON scanned_pages (intent, arrived_at) WHERE state = 0",
    # the same file handed in twice
    "CREATE INDEX scanned_pages_original ON scanned_pages (original)",
    "CREATE INDEX paper_documents_content ON paper_documents (sha256)",
    "CREATE INDEX dossier_scans_waiting ON dossier_scans (dossier) WHERE is_open AND missing > 0",
)

ROLLUPS = (
    """
    CREATE TRIGGER dossier_scans_counted AFTER INSERT ON dossier_scans WHEN NEW.is_open AND NEW.missing > 0 BEGIN
        UPDATE rollup_scans SET amount = amount + 1 WHERE is_waiting = 1;
    END
    """,
    """
    CREATE TRIGGER dossier_scans_recounted AFTER UPDATE OF missing, is_open ON dossier_scans
    WHEN (NEW.is_open AND NEW.missing > 0) <> (OLD.is_open AND OLD.missing > 0) BEGIN
        UPDATE rollup_scans SET amount = amount + (NEW.is_open AND NEW.missing > 0)
            - (OLD.is_open AND OLD.missing > 0) WHERE is_waiting = 1;
    END
    """,
    """
    CREATE TRIGGER dossiers_reopened AFTER UPDATE OF is_open ON dossiers WHEN OLD.is_open <> NEW.is_open BEGIN
        UPDATE dossier_scans SET is_open = NEW.is_open WHERE dossier = NEW.id;
    END
    """,
)

# What was received before there was digitising is to be digitised as well: each paper handed in, as the rule
# without configuration says. The text of a dossier stands in the journal, or in the feed on a replaced PC.
PAPERS_OF_EARLIER_DOSSIERS = (
    """
    INSERT INTO dossier_scans
    SELECT id, wanted, json_array_length(wanted), is_open FROM (
        SELECT d.id, d.is_open, (
            SELECT json_group_array(json_extract(p.value, '$.requirement'))
            FROM json_each(coalesce(
                (SELECT j.payload FROM journal j WHERE j.op_id = d.op_id),
                (SELECT json_extract(f.payload, '$.payload') FROM feed_entries f WHERE f.op_id = d.op_id LIMIT 1)
            ), '$.body.dossier.intake.papers') p
            WHERE json_extract(p.value, '$.status') = 'present'
        ) AS wanted
        FROM dossiers d WHERE d.is_own
    )
    """,
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES, *ROLLUPS, *PAPERS_OF_EARLIER_DOSSIERS):
        op.execute(statement)
