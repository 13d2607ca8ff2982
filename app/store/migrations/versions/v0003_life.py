"""The life after reception: events, work lists, originals, manifests, and what a counter does beside them.

Events of a dossier and its work lists are found by the dossier or by the kind of work alone and are WITHOUT
ROWID; "how many" of every kind of work is kept by triggers, never counted.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

# Plain additions: SQLite writes no row for them.
COLUMNS = (
    "ALTER TABLE dossiers ADD COLUMN custody INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossiers ADD COLUMN delivery INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossiers ADD COLUMN money INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossiers ADD COLUMN requests INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossiers ADD COLUMN moved_at VARCHAR",
    "ALTER TABLE dossiers ADD COLUMN shelf VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE dossiers ADD COLUMN tail VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE dossiers ADD COLUMN ended_date VARCHAR",
)

TABLES = (
    """
    CREATE TABLE life_events (
        dossier INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        base VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        staff VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        facts VARCHAR NOT NULL,
        PRIMARY KEY (dossier, id),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE worklist (
        kind INTEGER NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (kind, dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rollup_work (
        kind INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (kind)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rollup_late (
        dimension INTEGER NOT NULL,
        span INTEGER NOT NULL,
        period VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (dimension, span, period, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE originals (
        dossier INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        holder INTEGER NOT NULL,
        since VARCHAR NOT NULL,
        PRIMARY KEY (dossier, id),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE manifests (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        agency_name VARCHAR NOT NULL,
        route VARCHAR NOT NULL,
        item_code VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        expected_at VARCHAR,
        clerk_name VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        is_undone BOOLEAN NOT NULL,
        lines INTEGER NOT NULL,
        open_lines INTEGER NOT NULL,
        bad_lines INTEGER NOT NULL,
        reminded_at VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE manifest_lines (
        manifest VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        dossier INTEGER,
        verdict VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        PRIMARY KEY (manifest, ordinal),
        FOREIGN KEY(manifest) REFERENCES manifests (id),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE result_lists (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        agency_name VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        lines INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE paper_prints (
        job VARCHAR NOT NULL,
        paper VARCHAR NOT NULL,
        op_id VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        copy_number INTEGER NOT NULL,
        state VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        asked_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        PRIMARY KEY (job)
    )
    """,
    """
    CREATE TABLE item_ranges (
        id VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        first VARCHAR NOT NULL,
        last VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE item_codes (
        code VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        about VARCHAR NOT NULL,
        op_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (code)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE postings (
        op_id VARCHAR NOT NULL,
        item_code VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        posted_at VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        list_id VARCHAR NOT NULL,
        standing VARCHAR NOT NULL,
        word VARCHAR NOT NULL,
        as_of VARCHAR,
        note VARCHAR NOT NULL,
        PRIMARY KEY (op_id),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    )
    """,
    """
    CREATE TABLE post_lists (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        post_office VARCHAR NOT NULL,
        items INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE pickups (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        phone VARCHAR NOT NULL,
        address VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        visit VARCHAR NOT NULL,
        collector VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        moved VARCHAR NOT NULL,
        moved_at VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        other_code VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE dossier_groups (
        group_id VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (group_id, dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE online_claims (
        national_key VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        national_code VARCHAR NOT NULL,
        PRIMARY KEY (national_key, dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE refusals (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        national_code VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE assisted_filings (
        national_key VARCHAR NOT NULL,
        national_code VARCHAR NOT NULL,
        op_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        PRIMARY KEY (national_key)
    )
    """,
    """
    CREATE TABLE obstacles (
        id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        month VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        agency_name VARCHAR NOT NULL,
        cause VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        is_closed BOOLEAN NOT NULL,
        answer VARCHAR NOT NULL,
        closed_at VARCHAR,
        closed_by VARCHAR NOT NULL,
        closing VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE procedure_uses (
        clerk VARCHAR NOT NULL,
        procedure_code VARCHAR NOT NULL,
        used_at VARCHAR NOT NULL,
        catalogue_version VARCHAR NOT NULL,
        seen VARCHAR NOT NULL,
        PRIMARY KEY (clerk, procedure_code)
    )
    """,
    """
    CREATE TABLE shifts (
        id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        from_name VARCHAR NOT NULL,
        to_name VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)

INDEXES = (
    "CREATE INDEX worklist_dossier ON worklist (dossier)",
    # Results that lie at the counter or are being fetched back (Delivery SHELF, UNDELIVERED, RECALLED).
    "CREATE INDEX dossiers_held_since ON dossiers (moved_at) WHERE delivery IN (1, 3, 6)",
    "CREATE INDEX dossiers_held_where ON dossiers (shelf) WHERE delivery IN (1, 3, 6)",
    "CREATE INDEX originals_out ON originals (holder) WHERE holder <> 4",
    "CREATE INDEX manifests_number ON manifests (number)",
    "CREATE INDEX manifests_open ON manifests (expected_at) WHERE open_lines > 0 AND NOT is_undone",
    "CREATE INDEX manifests_made ON manifests (made_at)",
    "CREATE INDEX manifest_lines_dossier ON manifest_lines (dossier)",
    "CREATE INDEX paper_prints_open ON paper_prints (state) WHERE state <> 'printed'",
    "CREATE INDEX paper_prints_op ON paper_prints (op_id)",
    "CREATE INDEX postings_dossier ON postings (dossier)",
    "CREATE INDEX postings_item ON postings (item_code)",
    "CREATE INDEX postings_here ON postings (posted_at) WHERE list_id = ''",
    "CREATE INDEX pickups_open ON pickups (at) WHERE state IN ('asked', 'collecting', 'collected')",
    "CREATE INDEX dossier_groups_dossier ON dossier_groups (dossier)",
    "CREATE INDEX online_claims_dossier ON online_claims (dossier)",
    "CREATE INDEX assisted_filings_at ON assisted_filings (at)",
    "CREATE INDEX obstacles_month ON obstacles (month, id)",
    "CREATE INDEX obstacles_open ON obstacles (month, id) WHERE NOT is_closed",
    "CREATE INDEX obstacles_code ON obstacles (code)",
    "CREATE INDEX refusals_at ON refusals (at)",
    # What lies at the counter for an agency: exactly the work list TO_HAND_OVER. With the last columns it is
    # counted in the index alone.
    """
    CREATE INDEX dossiers_here ON dossiers (agency, received_at, agency_name, custody, state)
    WHERE custody = 0 AND state IN (2, 4)
    """,
    # The register, in its own order; the day is there so that a period is counted in the index alone.
    "CREATE INDEX dossiers_ended ON dossiers (ended_date, id) WHERE ended_date IS NOT NULL",
    "CREATE INDEX dossiers_book ON dossiers (book, book_number, business_date)",
    # What is overdue by agency, by clerk and by who holds it, the most urgent first, a page at a time.
    "CREATE INDEX dossiers_late_agency ON dossiers (agency, due_date) WHERE is_open",
    "CREATE INDEX dossiers_late_clerk ON dossiers (clerk_name, due_date) WHERE is_open",
    "CREATE INDEX dossiers_late_holder ON dossiers (custody, due_date) WHERE is_open",
)

# A promise runs while the dossier is open and does not wait for the citizen (states 5 and 6). What runs is counted
# by who holds the papers (dimension 1: custody), agency (2) and clerk (3), as `rollup_due` counts days and months.
RUNNING = "{row}.is_open AND {row}.state NOT IN (5, 6) AND {row}.due_date IS NOT NULL"
_LATE = """
        INSERT INTO rollup_late VALUES
            (1, 10, {row}.due_date, CAST({row}.custody AS TEXT), {one}),
            (1, 7, substr({row}.due_date, 1, 7), CAST({row}.custody AS TEXT), {one}),
            (2, 10, {row}.due_date, {row}.agency, {one}),
            (2, 7, substr({row}.due_date, 1, 7), {row}.agency, {one}),
            (3, 10, {row}.due_date, {row}.clerk_name, {one}),
            (3, 7, substr({row}.due_date, 1, 7), {row}.clerk_name, {one})
            ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
"""
_TIMED = ("state", "is_open", "due_date", "custody", "agency", "clerk_name")
_HAS_CHANGED = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _TIMED)
LATE_ROLLUPS = (
    f"""
    CREATE TRIGGER dossiers_timed AFTER INSERT ON dossiers WHEN {RUNNING.format(row="NEW")} BEGIN
        {_LATE.format(row="NEW", one=1)}
    END
    """,
    f"""
    CREATE TRIGGER dossiers_untimed AFTER UPDATE OF {", ".join(_TIMED)} ON dossiers
    WHEN {RUNNING.format(row="OLD")} AND ({_HAS_CHANGED}) BEGIN
        {_LATE.format(row="OLD", one=-1)}
    END
    """,
    f"""
    CREATE TRIGGER dossiers_retimed AFTER UPDATE OF {", ".join(_TIMED)} ON dossiers
    WHEN {RUNNING.format(row="NEW")} AND ({_HAS_CHANGED}) BEGIN
        {_LATE.format(row="NEW", one=1)}
    END
    """,
)
# The same counts from the rows themselves: for dossiers of the version before.
_DIMENSIONS = ("CAST(custody AS TEXT)", "agency", "clerk_name")
LATE_COUNTED = tuple(
    f"""
    INSERT INTO rollup_late
    SELECT {dimension}, {span}, substr(due_date, 1, {span}), {name}, count(*)
    FROM dossiers WHERE {RUNNING.format(row="dossiers")} GROUP BY 3, 4
    """
    for dimension, name in enumerate(_DIMENSIONS, 1) for span in (10, 7)
)

ROLLUPS = (
    """
    CREATE TRIGGER worklist_added AFTER INSERT ON worklist BEGIN
        INSERT INTO rollup_work VALUES (NEW.kind, 1) ON CONFLICT DO UPDATE SET amount = amount + 1;
    END
    """,
    """
    CREATE TRIGGER worklist_removed AFTER DELETE ON worklist BEGIN
        UPDATE rollup_work SET amount = amount - 1 WHERE kind = OLD.kind;
    END
    """,
)

# What the province has said of earlier dossiers becomes the first events of their lives; what waits at the counter
# is to be handed over (kind 1); a fee to be taken later is owed (money 1), others were taken or exempted.
_TEXT = """
    SELECT d.id, json_extract(coalesce(
        (SELECT j.payload FROM journal j WHERE j.op_id = d.op_id),
        (SELECT json_extract(f.payload, '$.payload') FROM feed_entries f WHERE f.op_id = d.op_id LIMIT 1)
    ), '$.body.dossier.intake') AS intake, d.received_at
    FROM dossiers d
"""
"""The intake of each dossier as its newest version states it."""

EARLIER_DOSSIERS = (
    """
    INSERT OR IGNORE INTO life_events
    SELECT d.id, 'feed:' || f.incarnation || ':' || printf('%012d', f.position), '', 'agency.said',
        strftime('%Y-%m-%dT%H:%M:%f+00:00', json_extract(f.payload, '$.at')), 'agency', 'system',
        json_extract(f.payload, '$.actor'), '',
        json_object('state', CAST(json_extract(f.payload, '$.body.status') AS INTEGER))
    FROM feed_entries f JOIN dossiers d ON d.id = coalesce(
        (SELECT id FROM dossiers WHERE code = json_extract(f.payload, '$.body.number')),
        (SELECT dossier FROM aliases WHERE code = json_extract(f.payload, '$.body.number'))
    )
    WHERE f.kind = 'status' AND CAST(json_extract(f.payload, '$.body.status') AS INTEGER) BETWEEN 1 AND 10
        AND strftime('%s', json_extract(f.payload, '$.at')) IS NOT NULL
    """,
    """
    UPDATE dossiers SET
        tail = (SELECT max(id) FROM life_events e WHERE e.dossier = dossiers.id),
        moved_at = (SELECT max(at) FROM life_events e WHERE e.dossier = dossiers.id),
        requests = (SELECT count(*) FROM life_events e
                    WHERE e.dossier = dossiers.id AND json_extract(e.facts, '$.state') = 5)
    WHERE id IN (SELECT dossier FROM life_events)
    """,
    "UPDATE dossiers SET delivery = 7 WHERE state = 10",
    # seven hours on: the day at the counter
    """
    UPDATE dossiers SET ended_date = (
        SELECT strftime('%Y-%m-%d', min(e.at), '+7 hours') FROM life_events e
        WHERE e.dossier = dossiers.id AND json_extract(e.facts, '$.state') IN (3, 7, 8, 9, 10)
    ) WHERE NOT is_open
    """,
    "INSERT INTO worklist SELECT 1, id FROM dossiers WHERE state IN (2, 4)",
    "INSERT INTO worklist SELECT 4, id FROM dossiers WHERE state = 5",
    "INSERT INTO worklist SELECT 5, id FROM dossiers WHERE state = 6",
    f"""
    INSERT INTO originals
    SELECT t.id, json_extract(p.value, '$.requirement') || '#' || n.value, json_extract(p.value, '$.name'), 0,
        t.received_at
    FROM ({_TEXT}) t, json_each(t.intake, '$.papers') p, json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') n
    WHERE json_extract(p.value, '$.status') = 'present' AND json_extract(p.value, '$.keeps_original')
        AND n.value <= max(json_extract(p.value, '$.originals'), 1)
    """,
    f"""
    UPDATE dossiers SET money = coalesce((
        SELECT CASE WHEN json_extract(intake, '$.fee_timing') = 'exempt' THEN 3
            WHEN NOT EXISTS (
                SELECT 1 FROM json_each(intake, '$.fees') fee
                WHERE coalesce(json_extract(fee.value, '$.amount'), 1) <> 0
            ) THEN 0
            WHEN json_extract(intake, '$.fee_timing') = 'after' THEN 1 ELSE 2 END
        FROM ({_TEXT}) t WHERE t.id = dossiers.id AND intake IS NOT NULL
    ), 0)
    """,
)


def upgrade() -> None:
    for statement in (
        *COLUMNS, *TABLES, *INDEXES, *ROLLUPS, *EARLIER_DOSSIERS, *LATE_COUNTED, *LATE_ROLLUPS,
    ):
        op.execute(statement)
