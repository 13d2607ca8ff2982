"""Every list behind a report is read from one index; what reports count is not touched by what changes nothing.

The indexes carry what the conditions ask for, so that a page far down a sparse list is found without looking at
the dossiers between. One for each way in which a list is narrowed (field, agency, procedure), once in the order of
reception and once in that of the ends; those of a clerk or of several agencies are read from the indexes of all.
"""

from alembic import op

from app.store.migrations.versions import v0006_reports

revision = "0007"
down_revision = "0006"

REPLACED = (
    "dossiers_received", "dossiers_ended", "dossiers_field_received", "dossiers_field_ended",
    "dossiers_ended_late", "dossiers_ever_late",
)
_TOLD = "ended_date, due_date, state, requests, channel, paused_date"
_TOLD_OF_ENDED = "due_date, state, requests"
_ENDED = "WHERE ended_date IS NOT NULL"
INDEXES = (
    f"CREATE INDEX dossiers_received ON dossiers (business_date, id, {_TOLD}, clerk_name, agency)",
    f"CREATE INDEX dossiers_field_received ON dossiers (field, business_date, id, {_TOLD}, agency)",
    f"CREATE INDEX dossiers_agency_received ON dossiers (agency, business_date, id, {_TOLD})",
    f"CREATE INDEX dossiers_procedure_received ON dossiers (procedure_code, business_date, id, {_TOLD})",
    f"CREATE INDEX dossiers_ended ON dossiers (ended_date, id, {_TOLD_OF_ENDED}, clerk_name, agency) {_ENDED}",
    f"CREATE INDEX dossiers_field_ended ON dossiers (field, ended_date, id, {_TOLD_OF_ENDED}, agency) {_ENDED}",
    f"CREATE INDEX dossiers_agency_ended ON dossiers (agency, ended_date, id, {_TOLD_OF_ENDED}) {_ENDED}",
    f"""
    CREATE INDEX dossiers_procedure_ended ON dossiers
    (procedure_code, ended_date, id, {_TOLD_OF_ENDED}, business_date) {_ENDED}
    """,
    # what citizens said when they were given their results
    "CREATE INDEX life_events_returned ON life_events (at) WHERE kind = 'result.returned'",
)

# A dossier that is only handed on, inside the office or to the citizen, counts as before.
_COUNTS_AS = """CASE WHEN {row}.state IN (1, 3, 5, 6, 7, 8) THEN {row}.state
        WHEN {row}.state IN (9, 10) THEN 9 ELSE 0 END"""
_OTHERS = ("business_date", "channel", "agency", "field", "due_date", "ended_date", "paused_date", "requests")
_HAS_CHANGED = " OR ".join([
    *(f"OLD.{name} IS NOT NEW.{name}" for name in _OTHERS),
    f"{_COUNTS_AS.format(row='OLD')} <> {_COUNTS_AS.format(row='NEW')}",
])
ROLLUPS = (
    f"""
    CREATE TRIGGER dossiers_reported_anew AFTER UPDATE OF state, {", ".join(_OTHERS)} ON dossiers
    WHEN {_HAS_CHANGED} BEGIN
        {v0006_reports.COUNTED_ANEW}
    END
    """,
)


def upgrade() -> None:
    op.execute("DROP TRIGGER dossiers_reported_anew")
    for name in REPLACED:
        op.execute(f"DROP INDEX {name}")
    for statement in (*INDEXES, *ROLLUPS):
        op.execute(statement)
