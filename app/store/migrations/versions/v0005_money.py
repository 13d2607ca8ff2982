"""Money: cash sessions, what was taken and given back, balances by day, receipts, transfers, remittances."""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    """
    CREATE TABLE cash_sessions (
        id VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        opened_at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        float INTEGER NOT NULL,
        previous VARCHAR NOT NULL,
        closed_at VARCHAR,
        closing VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        counted INTEGER,
        expected INTEGER,
        carried INTEGER,
        taker VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE money_entries (
        op_id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        session VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        code_key VARCHAR NOT NULL,
        payer VARCHAR NOT NULL,
        means VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        undoes VARCHAR NOT NULL,
        undone INTEGER NOT NULL,
        is_void BOOLEAN NOT NULL,
        reason VARCHAR NOT NULL,
        second_name VARCHAR NOT NULL,
        clerk_name VARCHAR NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
    """
    CREATE TABLE money_lines (
        op_id VARCHAR NOT NULL,
        n INTEGER NOT NULL,
        stream VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        owner_name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        remittance VARCHAR NOT NULL,
        PRIMARY KEY (op_id, n)
    )
    """,
    """
    CREATE TABLE rollup_ledger (
        account VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (account, business_date, device)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE receipt_ranges (
        id VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        symbol VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE money_receipts (
        op_id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        symbol VARCHAR NOT NULL,
        number INTEGER,
        device VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        owner_name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        payer VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        electronic VARCHAR NOT NULL,
        PRIMARY KEY (op_id, name)
    )
    """,
    """
    CREATE TABLE transfers (
        op_id VARCHAR NOT NULL,
        account VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        token VARCHAR NOT NULL,
        called VARCHAR NOT NULL,
        payer VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        confirming VARCHAR NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
    """
    CREATE TABLE statement_lines (
        statement VARCHAR NOT NULL,
        n INTEGER NOT NULL,
        account VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        reference VARCHAR NOT NULL,
        transfer VARCHAR NOT NULL,
        PRIMARY KEY (statement, n)
    )
    """,
    """
    CREATE TABLE remittances (
        op_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        business_date VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        stream VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        owner_name VARCHAR NOT NULL,
        cash INTEGER NOT NULL,
        transferred INTEGER NOT NULL,
        entries INTEGER NOT NULL,
        clerk_name VARCHAR NOT NULL,
        acknowledged_at VARCHAR,
        acknowledged_by VARCHAR NOT NULL,
        reference VARCHAR NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
)

INDEXES = (
    "CREATE INDEX cash_sessions_open ON cash_sessions (device) WHERE closing = ''",
    "CREATE INDEX money_entries_session ON money_entries (session, at)",
    "CREATE INDEX money_entries_day ON money_entries (business_date, device)",
    "CREATE INDEX money_entries_code ON money_entries (code_key) WHERE code_key != ''",
    "CREATE INDEX money_entries_undoes ON money_entries (undoes) WHERE undoes != ''",
    "CREATE INDEX money_entries_outside ON money_entries (device) WHERE session = ''",
    "CREATE INDEX money_lines_waiting ON money_lines (stream, owner, kind) WHERE remittance = ''",
    "CREATE INDEX money_receipts_number ON money_receipts (symbol, number) WHERE number IS NOT NULL",
    "CREATE INDEX money_receipts_name ON money_receipts (name)",
    "CREATE INDEX money_receipts_day ON money_receipts (business_date, device)",
    "CREATE INDEX money_receipts_unbound ON money_receipts (at) WHERE number IS NULL AND electronic = ''",
    "CREATE INDEX transfers_claimed ON transfers (business_date) WHERE state = 'claimed'",
    "CREATE INDEX statement_lines_loose ON statement_lines (day) WHERE transfer = ''",
    "CREATE INDEX remittances_open ON remittances (at) WHERE acknowledged_at IS NULL",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
