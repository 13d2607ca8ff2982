"""Two roles on PostgreSQL: the owner makes and moves on the schema, the serving role only uses it.

    python -m sync.gateway prepare-database --database postgresql://owner@host/name --serving-role qmc_gateway

Run it once, and after each update. The serving role may add rows to what is append-only and read them, nothing
else: whoever takes over a serving process cannot rewrite what was taken into custody, nor switch the guards off.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, text

from sync.gateway.problem import ProblemRaised
from sync.gateway.tables import schema_steps

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def grant_serving(connection: Connection, role: str) -> dict[str, list[str]]:
    """Give `role` what serving needs and take everything else away; which tables it may only add to, and which
    it may change. A role that is not there yet is made, without a password: give it one with `ALTER ROLE`.

    Raises ProblemRaised `not_postgresql`, `role_name`, `role_is_owner`.
    """
    if connection.dialect.name != "postgresql":
        raise ProblemRaised("not_postgresql", 409)
    if not _NAME.fullmatch(role):
        raise ProblemRaised("role_name", 400, role=role)
    if connection.execute(text("SELECT current_user")).scalar_one() == role:
        raise ProblemRaised("role_is_owner", 409, role=role)
    # Two commands at once would stumble over each other's catalogue rows.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('grant_serving'))"))
    if connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar() is None:
        connection.execute(text(f'CREATE ROLE "{role}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'))
    connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    connection.execute(text(f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"'))
    connection.execute(text(f'GRANT USAGE ON SCHEMA public TO "{role}"'))
    connection.execute(text(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"'))
    tables = connection.execute(text(
        "SELECT relname, EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid "
        "AND t.tgname = c.relname || '_append_only') FROM pg_class c "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition "
        "ORDER BY relname"
    )).all()
    given: dict[str, list[str]] = {"adds_to": [], "changes": []}
    for table, is_append_only in tables:
        if table == schema_steps.name:
            rights = "SELECT"
        elif is_append_only:
            rights = "SELECT, INSERT"
            given["adds_to"].append(table)
        else:
            rights = "SELECT, INSERT, UPDATE, DELETE"
            given["changes"].append(table)
        connection.execute(text(f'GRANT {rights} ON "{table}" TO "{role}"'))
    return given
