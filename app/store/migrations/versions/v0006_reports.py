"""Reports: by which channel a dossier came, since when it waits for the citizen, and what reports count by day.

`rollup_reports` counts each dossier under the day (span 10) and the month (span 7) on which it was received,
ended, became overdue and was overdue no longer. What was open or overdue at the end of any day is then a sum of
months and days, exact for the past as for today.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

# Plain additions: SQLite writes no row for them.
COLUMNS = (
    "ALTER TABLE dossiers ADD COLUMN channel INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE dossiers ADD COLUMN paused_date VARCHAR",
)

# What is counted, a column each, by a number that says it: received as (class, channel), ended as (state, timing),
# overdue from a day on less overdue until a day, by class or by the state in which a dossier waits.
_CLASSES = (0, 3, 7, 8)
COUNTS = {
    **{10 * kind + way: f"received_{kind}_{name}" for kind in _CLASSES
       for way, name in ((1, "online"), (2, "direct"))},
    **{100 + 10 * state + part: f"ended_{state}_{name}" for state in (3, 7, 8, 9)
       for part, name in ((1, "early"), (2, "on_time"), (3, "late"))},
    **{200 + kind: f"late_{kind}" for kind in (*_CLASSES, 5, 6)},
}
TABLES = (
    f"""
    CREATE TABLE rollup_reports (
        span INTEGER NOT NULL,
        period VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        {", ".join(f"{name} INTEGER NOT NULL" for name in COUNTS.values())},
        PRIMARY KEY (span, period, agency, field)
    ) WITHOUT ROWID
    """,
)

INDEXES = (
    # The lists behind a report's figures: of one field in the order of days; and what was open or overdue once.
    "CREATE INDEX dossiers_field_received ON dossiers (field, business_date, id)",
    "CREATE INDEX dossiers_field_ended ON dossiers (field, ended_date, id) WHERE ended_date IS NOT NULL",
    """
    CREATE INDEX dossiers_ended_late ON dossiers (ended_date, id)
    WHERE ended_date IS NOT NULL AND (ended_date > due_date OR requests > 1)
    """,
    """
    CREATE INDEX dossiers_ever_late ON dossiers (business_date, id)
    WHERE ended_date IS NULL OR ended_date > due_date OR requests > 1
    """,
)

# A policy may count the dossiers of some states apart or leave them out: not received, withdrawn, stopped. Those
# that wait for the citizen (5 and 6) are overdue apart from the day on which they began to wait. Registered
# applications (1) are counted nowhere.
_CLASS = "CASE WHEN {row}.state IN (3, 7, 8) THEN {row}.state ELSE 0 END"
_LATE_FROM = """CASE WHEN {row}.requests > 1 THEN {row}.business_date
                ELSE max({row}.business_date, date({row}.due_date, '+1 day')) END"""
_PAUSED = "coalesce({row}.paused_date, {row}.business_date)"
_UNTIL = f"CASE WHEN {{row}}.state IN (5, 6) THEN {_PAUSED} ELSE coalesce({{row}}.ended_date, '9999') END"
_MARKS = f"""
    SELECT {{row}}.business_date AS day, 10 * {_CLASS} + CASE {{row}}.channel WHEN 2 THEN 1 ELSE 2 END AS what,
        1 AS one, {{row}}.agency AS agency, {{row}}.field AS field {{source}} WHERE {{row}}.state <> 1
    UNION ALL
    SELECT {{row}}.ended_date, 100 + 10 * CASE {{row}}.state WHEN 10 THEN 9 ELSE {{row}}.state END
        + CASE WHEN {{row}}.requests > 1 OR {{row}}.ended_date > {{row}}.due_date THEN 3
            WHEN {{row}}.ended_date < {{row}}.due_date THEN 1 ELSE 2 END,
        1, {{row}}.agency, {{row}}.field {{source}} WHERE {{row}}.ended_date IS NOT NULL
    UNION ALL
    SELECT {_LATE_FROM}, 200 + {_CLASS}, 1, {{row}}.agency, {{row}}.field {{source}}
        WHERE {_LATE_FROM} < {_UNTIL} AND {{row}}.state <> 1
    UNION ALL
    SELECT {_UNTIL}, 200 + {_CLASS}, -1, {{row}}.agency, {{row}}.field {{source}}
        WHERE {_LATE_FROM} < {_UNTIL} AND {_UNTIL} <> '9999' AND {{row}}.state <> 1
    UNION ALL
    SELECT max({_LATE_FROM}, {_PAUSED}), 200 + {{row}}.state, 1, {{row}}.agency, {{row}}.field {{source}}
        WHERE {{row}}.state IN (5, 6) AND {_LATE_FROM} IS NOT NULL
"""
_ADDED = ", ".join(f"{name} = {name} + excluded.{name}" for name in COUNTS.values())
_SPANS = "(SELECT 10 AS span UNION ALL SELECT 7)"
_COUNT = f"""
        INSERT INTO rollup_reports
        SELECT span, substr(day, 1, span), agency, field,
            {", ".join(f"(what = {what}) * one * {{sign}}" for what in COUNTS)}
        FROM ({{marks}}) CROSS JOIN {_SPANS} WHERE true
            ON CONFLICT DO UPDATE SET {_ADDED};
"""
_COUNTED = (
    "business_date", "channel", "agency", "field", "state", "due_date", "ended_date", "paused_date", "requests",
)
# A result that is handed out (9, then 10) changes no report.
_HAS_CHANGED = " OR ".join(
    [f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTED if name != "state"]
    + ["CASE OLD.state WHEN 10 THEN 9 ELSE OLD.state END <> CASE NEW.state WHEN 10 THEN 9 ELSE NEW.state END"]
)
COUNTED_ANEW = (
    _COUNT.format(marks=_MARKS.format(row="OLD", source=""), sign=-1)
    + _COUNT.format(marks=_MARKS.format(row="NEW", source=""), sign=1)
)
ROLLUPS = (
    f"""
    CREATE TRIGGER dossiers_reported AFTER INSERT ON dossiers BEGIN
        {_COUNT.format(marks=_MARKS.format(row="NEW", source=""), sign=1)}
    END
    """,
    f"""
    CREATE TRIGGER dossiers_reported_anew AFTER UPDATE OF {", ".join(_COUNTED)} ON dossiers
    WHEN {_HAS_CHANGED} BEGIN
        {COUNTED_ANEW}
    END
    """,
)
# The same counts from the rows themselves: for dossiers of the version before.
REPORTS_COUNTED = (
    f"""
    INSERT INTO rollup_reports
    SELECT span, substr(day, 1, span), agency, field, {", ".join(f"sum((what = {what}) * one)" for what in COUNTS)}
    FROM (
        SELECT day, agency, field, what, sum(one) AS one
        FROM ({_MARKS.format(row="dossiers", source="FROM dossiers")}) GROUP BY 1, 2, 3, 4
    ) CROSS JOIN {_SPANS}
    GROUP BY 1, 2, 3, 4
    """,
)

_TEXT = """coalesce(
        (SELECT j.payload FROM journal j WHERE j.op_id = dossiers.op_id),
        (SELECT json_extract(f.payload, '$.payload') FROM feed_entries f WHERE f.op_id = dossiers.op_id LIMIT 1)
    )"""
"""The newest version of each dossier's text."""

EARLIER_DOSSIERS = (
    f"""
    UPDATE dossiers SET channel = coalesce(
        CAST(json_extract({_TEXT}, '$.body.dossier.intake.channel') AS INTEGER), 1)
    """,
    # seven hours on: the day at the counter
    """
    UPDATE dossiers SET paused_date = (
        SELECT strftime('%Y-%m-%d', max(e.at), '+7 hours') FROM life_events e
        WHERE e.dossier = dossiers.id AND (
            e.kind = 'supplement.asked'
            OR e.kind = 'agency.said' AND json_extract(e.facts, '$.state') IN (5, 6)
        )
    ) WHERE state IN (5, 6)
    """,
    # An agency's clock may run behind ours: nothing ends before it began.
    "UPDATE dossiers SET ended_date = business_date WHERE ended_date < business_date",
)


def upgrade() -> None:
    for statement in (*COLUMNS, *TABLES, *EARLIER_DOSSIERS, *INDEXES, *REPORTS_COUNTED, *ROLLUPS):
        op.execute(statement)
