"""The first book: journal with its guards, projection with search and rollups, counter and sync tables.

Frozen as it was released; a later change is a later step. The statements are plain SQL because the guards
(triggers), the name index (FTS5) and partial indexes have no other form.

Tables that are found by their key alone are WITHOUT ROWID: each page that a save touches is encrypted again.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE catalogue_packages (
        kind VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        valid_from VARCHAR NOT NULL,
        received_at VARCHAR NOT NULL,
        is_active INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (kind, version)
    )
    """,
    """
    CREATE TABLE confirmations (
        device VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        upto INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (device, epoch, upto)
    )
    """,
    """
    CREATE TABLE dossiers (
        id INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        code_key VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        agency_name VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        applicant_name VARCHAR NOT NULL,
        submitter_name VARCHAR NOT NULL,
        identifier VARCHAR NOT NULL,
        phone VARCHAR NOT NULL,
        phone_reversed VARCHAR NOT NULL,
        received_at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        due_at VARCHAR,
        due_date VARCHAR,
        state INTEGER NOT NULL,
        is_open BOOLEAN NOT NULL,
        version INTEGER NOT NULL,
        is_own BOOLEAN NOT NULL,
        device VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        clerk_name VARCHAR NOT NULL,
        book VARCHAR NOT NULL,
        book_number INTEGER NOT NULL,
        op_id VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (code)
    )
    """,
    """
    CREATE INDEX ix_dossiers_code_key ON dossiers (code_key)
    """,
    """
    CREATE INDEX ix_dossiers_phone_reversed ON dossiers (phone_reversed)
    """,
    """
    CREATE TABLE drafts (
        intent VARCHAR NOT NULL,
        is_parked INTEGER NOT NULL,
        label VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        started_at VARCHAR NOT NULL,
        saved_at VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        PRIMARY KEY (intent)
    )
    """,
    """
    CREATE TABLE feed_entries (
        incarnation VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        after_position INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        op_id VARCHAR,
        payload VARCHAR NOT NULL,
        received_at VARCHAR NOT NULL,
        PRIMARY KEY (incarnation, position)
    )
    """,
    """
    CREATE TABLE journal (
        position INTEGER NOT NULL,
        device VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        op_id VARCHAR NOT NULL,
        intent VARCHAR NOT NULL,
        type VARCHAR NOT NULL,
        number VARCHAR,
        business_date VARCHAR NOT NULL,
        payload VARCHAR NOT NULL,
        hash VARCHAR NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (position),
        UNIQUE (device, epoch, seq),
        UNIQUE (op_id),
        UNIQUE (intent),
        UNIQUE (number)
    )
    """,
    """
    CREATE TABLE leases (
        lease_id VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        date_from VARCHAR NOT NULL,
        date_to VARCHAR NOT NULL,
        lo INTEGER NOT NULL,
        hi INTEGER NOT NULL,
        payload VARCHAR NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (lease_id)
    )
    """,
    """
    CREATE TABLE notices (
        incarnation VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        origin VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        "values" VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        is_seen INTEGER NOT NULL,
        PRIMARY KEY (incarnation, position)
    )
    """,
    """
    CREATE TABLE number_counters (
        agency VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        lease_id VARCHAR NOT NULL,
        next INTEGER NOT NULL,
        PRIMARY KEY (agency, business_date, lease_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE number_fates (
        agency VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        lease_id VARCHAR NOT NULL,
        lo INTEGER NOT NULL,
        hi INTEGER NOT NULL,
        issued VARCHAR NOT NULL,
        void VARCHAR NOT NULL,
        unused VARCHAR NOT NULL,
        op_id VARCHAR NOT NULL,
        PRIMARY KEY (agency, business_date, lease_id)
    )
    """,
    """
    CREATE TABLE parked_operations (
        op_id VARCHAR NOT NULL,
        seq INTEGER NOT NULL,
        reason VARCHAR NOT NULL,
        attempts INTEGER NOT NULL,
        since VARCHAR NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
    """
    CREATE TABLE print_jobs (
        job VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        copy_number INTEGER NOT NULL,
        state VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        asked_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        PRIMARY KEY (job)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rollup_due (
        state INTEGER NOT NULL,
        span INTEGER NOT NULL,
        period VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (state, span, period)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rollup_received (
        span INTEGER NOT NULL,
        period VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        is_own BOOLEAN NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (span, period, field, is_own)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE settings (
        name VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE sync_state (
        name VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE verdicts (
        op_id VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        is_closed INTEGER NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
    """
    CREATE TABLE aliases (
        code_key VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (code_key),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    )
    """,
    """
    CREATE TABLE dossier_versions (
        dossier INTEGER NOT NULL,
        version INTEGER NOT NULL,
        op_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        changes VARCHAR NOT NULL,
        PRIMARY KEY (dossier, version),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
)

INDEXES = (
    # "the same person, the same procedure, still open" and search by identifier
    "CREATE INDEX dossiers_identifier ON dossiers (identifier, procedure_code)",
    # due soon and overdue lists: only what is still open
    "CREATE INDEX dossiers_due ON dossiers (due_date, id) WHERE is_open",
    "CREATE INDEX dossiers_received ON dossiers (business_date, id)",
    "CREATE INDEX ix_feed_entries_op_id ON feed_entries (op_id)",
    "CREATE INDEX journal_days ON journal (business_date)",   # the highest day used, at each new number
    "CREATE INDEX dossiers_seq ON dossiers (device, epoch, seq)",
    "CREATE INDEX print_jobs_open ON print_jobs (state) WHERE state <> 'printed'",
    "CREATE INDEX notices_code ON notices (code)",
    "CREATE INDEX notices_new ON notices (at) WHERE is_seen = 0",
    "CREATE INDEX verdicts_open ON verdicts (at) WHERE is_closed = 0",
)

# Folded names only, newest first, no ranking: bm25 over a million rows takes most of a second.
SEARCH = (
    "CREATE VIRTUAL TABLE dossier_names USING fts5(names, content='', detail=none, columnsize=0, "
    "prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 0')",
)

GUARDS = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in ("journal", "feed_entries")
        for verb in ("UPDATE", "DELETE")
    ),
    # REPLACE deletes without a word on a connection that did not ask for recursive triggers: another program's.
    """
    CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
    WHEN EXISTS (
        SELECT 1 FROM journal WHERE position = NEW.position OR op_id = NEW.op_id OR intent = NEW.intent
            OR number = NEW.number OR (device = NEW.device AND epoch = NEW.epoch AND seq = NEW.seq)
    )
    BEGIN SELECT RAISE(ABORT, 'journal is append-only: this line stands there'); END
    """,
    """
    CREATE TRIGGER feed_entries_no_replace BEFORE INSERT ON feed_entries
    WHEN EXISTS (
        SELECT 1 FROM feed_entries
        WHERE rowid = NEW.rowid OR (incarnation = NEW.incarnation AND position = NEW.position)
    )
    BEGIN SELECT RAISE(ABORT, 'feed_entries is append-only: this line stands there'); END
    """,
)

# Every dossier is counted under its day (span 10, the letters of yyyy-mm-dd) and its month (span 7): what has
# piled up over years is then the sum of some months and some days.
ROLLUPS = (
    """
    CREATE TRIGGER dossiers_counted AFTER INSERT ON dossiers BEGIN
        INSERT INTO rollup_due VALUES
            (NEW.state, 10, coalesce(NEW.due_date, ''), 1),
            (NEW.state, 7, coalesce(substr(NEW.due_date, 1, 7), ''), 1)
            ON CONFLICT DO UPDATE SET amount = amount + 1;
        INSERT INTO rollup_received VALUES
            (10, NEW.business_date, NEW.field, NEW.is_own, 1),
            (7, substr(NEW.business_date, 1, 7), NEW.field, NEW.is_own, 1)
            ON CONFLICT DO UPDATE SET amount = amount + 1;
    END
    """,
    """
    CREATE TRIGGER dossiers_recounted AFTER UPDATE OF state, due_date ON dossiers BEGIN
        UPDATE rollup_due SET amount = amount - 1
            WHERE state = OLD.state AND span = 10 AND period = coalesce(OLD.due_date, '');
        UPDATE rollup_due SET amount = amount - 1
            WHERE state = OLD.state AND span = 7 AND period = coalesce(substr(OLD.due_date, 1, 7), '');
        INSERT INTO rollup_due VALUES
            (NEW.state, 10, coalesce(NEW.due_date, ''), 1),
            (NEW.state, 7, coalesce(substr(NEW.due_date, 1, 7), ''), 1)
            ON CONFLICT DO UPDATE SET amount = amount + 1;
    END
    """,
    """
    CREATE TRIGGER dossiers_refiled AFTER UPDATE OF field ON dossiers WHEN OLD.field <> NEW.field BEGIN
        UPDATE rollup_received SET amount = amount - 1
            WHERE span = 10 AND period = OLD.business_date AND field = OLD.field AND is_own = OLD.is_own;
        UPDATE rollup_received SET amount = amount - 1
            WHERE span = 7 AND period = substr(OLD.business_date, 1, 7)
            AND field = OLD.field AND is_own = OLD.is_own;
        INSERT INTO rollup_received VALUES
            (10, NEW.business_date, NEW.field, NEW.is_own, 1),
            (7, substr(NEW.business_date, 1, 7), NEW.field, NEW.is_own, 1)
            ON CONFLICT DO UPDATE SET amount = amount + 1;
    END
    """,
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES, *SEARCH, *GUARDS, *ROLLUPS):
        op.execute(statement)
