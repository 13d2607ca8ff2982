"""S6, and S4 of the lists behind a report: form II.06a over a year beside databases that count the same dossiers.

The peers hold the columns that the form needs and nothing else, with indexes and statistics; what they answer is
compared with ours before anything is measured.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, select

from app.domain.reports.ii06a import Figure, Figures
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.queries.dossier_lists import DossierList, Reach
from app.store.queries.dossiers import page
from app.store.queries.reports.breakdown import By, breakdown
from app.store.queries.reports.conditions import Part, figure_page
from app.store.queries.reports.durations import durations
from app.store.queries.reports.ii06a import figures
from app.store.tables import dossiers
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, interleaved, median, shown
from tests.postgres import running_postgres

YEAR = Period(date(2025, 12, 15), date(2026, 11, 18))
FIRST, LAST = YEAR.first, YEAR.last
SHOWN = 50
KNOWN = Reach("2026-11-19", "quay-1", 1, 0)
NEEDED = ("id", "business_date", "ended_date", "due_date", "state", "requests", "channel", "agency", "field",
          "paused_date", "procedure_code", "clerk_name")
_TABLE = """
    CREATE TABLE dossiers (id bigint, business_date date, ended_date date, due_date date, state int, requests int,
        channel int, agency varchar, field varchar, paused_date date, procedure_code varchar, clerk_name varchar)
"""
_INDEXES = (
    "CREATE INDEX received ON dossiers (business_date)", "CREATE INDEX ended ON dossiers (ended_date)",
    "CREATE INDEX still_open ON dossiers (business_date) WHERE ended_date IS NULL", "ANALYZE dossiers",
)
# Thought out again, not taken from `conditions`: one reading of the rows that had to be settled in the year.
_GROUPED = f"""
    SELECT {{key}}, count(*),
        count(*) FILTER (WHERE business_date >= '{FIRST}' AND channel = 2),
        count(*) FILTER (WHERE business_date >= '{FIRST}' AND channel <> 2),
        count(*) FILTER (WHERE business_date < '{FIRST}'),
        count(*) FILTER (WHERE ended_date <= '{LAST}' AND state <> 8),
        count(*) FILTER (WHERE ended_date <= '{LAST}' AND state IN (9, 10) AND requests < 2
            AND ended_date < due_date),
        count(*) FILTER (WHERE ended_date <= '{LAST}' AND (state = 7 OR state IN (9, 10) AND requests < 2
            AND (due_date IS NULL OR ended_date = due_date))),
        count(*) FILTER (WHERE ended_date <= '{LAST}' AND state IN (9, 10) AND (requests > 1
            OR ended_date > due_date)),
        count(*) FILTER (WHERE ended_date IS NULL OR ended_date > '{LAST}' OR state = 8),
        count(*) FILTER (WHERE ended_date <= '{LAST}' AND state = 8
            OR (ended_date IS NULL OR ended_date > '{LAST}')
            AND (state IN (5, 6) AND paused_date <= '{LAST}'
                OR requests < 2 AND (due_date IS NULL OR due_date >= '{LAST}'))),
        count(*) FILTER (WHERE (ended_date IS NULL OR ended_date > '{LAST}')
            AND NOT (state IN (5, 6) AND paused_date <= '{LAST}') AND (requests > 1 OR due_date < '{LAST}'))
    FROM dossiers
    WHERE business_date <= '{LAST}' AND (ended_date IS NULL OR ended_date >= '{FIRST}') AND state NOT IN (1, 3)
    GROUP BY {{groups}}
"""
_FORM = _GROUPED.format(key="agency, field", groups="1, 2")
_KEYS = {By.AGENCY: "agency", By.FIELD: "field", By.PROCEDURE: "procedure_code", By.CLERK: "clerk_name"}
_DURATIONS = f"""
    SELECT procedure_code, ended_date - business_date, due_date - business_date, count(*) FROM dossiers
    WHERE ended_date BETWEEN '{FIRST}' AND '{LAST}' AND state NOT IN (1, 3, 8) GROUP BY 1, 2, 3
"""


def rows(ground: Ground) -> Iterator[Row]:
    with ground.big_office.application.database.reading() as connection:
        yield from _forms(connection, ground)
        yield from _lists(connection, ground)


def _forms(connection: Connection, ground: Ground) -> Iterator[Row]:
    policy = ReportPolicy()

    def ours() -> None:
        figures(connection, YEAR, policy)

    found = figures(connection, YEAR, policy)
    with (
        running_postgres(settings=("max_parallel_workers_per_gather=2", "work_mem=256MB")) as server,
        psycopg.connect(server.create_database(), autocommit=True) as peer,
    ):
        _copy_to_postgres(connection, peer)
        works: dict[str, Callable[[], object]] = {
            "ours": ours, "postgres": lambda: peer.execute(_FORM).fetchall()
        }
        _compare(peer.execute(_FORM).fetchall(), found)
        other = _duckdb(connection, ground.folder)
        if other is not None:
            _compare(other.execute(_FORM).fetchall(), found)
            works["duckdb"] = lambda: other.execute(_FORM).fetchall()
        taken = interleaved(works, ground.rounds(25))
        yield from _tables(connection, peer, ground)
        if other is not None:
            other.close()
    ours_s = median(taken["ours"])
    what = "form II.06a over a year, by agency and field"
    for peer_name, goal in (("postgres", 20), ("duckdb", 5)):
        if peer_name in taken:
            peer_s = median(taken[peer_name])
            yield Row("S6", what, shown(ours_s), f"{peer_name} {shown(peer_s)}", peer_s / ours_s, at_least=goal)


def _tables(connection: Connection, peer: psycopg.Connection[Any], ground: Ground) -> Iterator[Row]:
    """The office's own tables, which read the dossiers themselves: beside PostgreSQL, without a goal."""
    policy = ReportPolicy()
    works: dict[str, Callable[[], object]] = {}
    for by, key in _KEYS.items():
        grouped = _GROUPED.format(key=key, groups="1")
        said = {row[0]: tuple(row[1:]) for row in peer.execute(grouped).fetchall()}
        for group in breakdown(connection, by, YEAR, policy):
            assert said.pop(group.key, (0,) * len(Figure)) == tuple(group.figures.of(figure) for figure in Figure)
        assert not said
        works[by] = lambda by=by: breakdown(connection, by, YEAR, policy)  # type: ignore[misc]
        works[f"{by} there"] = lambda grouped=grouped: peer.execute(grouped).fetchall()  # type: ignore[misc]
    works["durations"] = lambda: durations(connection, YEAR, policy)
    works["durations there"] = lambda: peer.execute(_DURATIONS).fetchall()
    taken = interleaved(works, ground.rounds(5))
    for name in (*_KEYS, "durations"):
        ours, there = median(taken[name]), median(taken[f"{name} there"])
        what = "real and promised days by procedure" if name == "durations" else f"the table by {name}, a year"
        yield Row("S6", what, shown(ours), f"postgres {shown(there)}", there / ours)


def _copy_to_postgres(connection: Connection, peer: psycopg.Connection[Any]) -> None:
    peer.execute(_TABLE)
    with peer.cursor() as cursor, cursor.copy(f"COPY dossiers ({', '.join(NEEDED)}) FROM STDIN") as copy:
        for row in connection.execute(select(*(dossiers.c[name] for name in NEEDED))):
            copy.write_row(tuple(row))
    for statement in _INDEXES:
        peer.execute(statement)


def _duckdb(connection: Connection, folder: Path) -> Any:
    """The same rows in DuckDB's own file; None where it is not installed (it is nobody's dependency)."""
    if importlib.util.find_spec("duckdb") is None:
        return None
    import csv

    import duckdb

    with (folder / "dossiers.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for row in connection.execute(select(*(dossiers.c[name] for name in NEEDED))):
            writer.writerow(row)
    found = duckdb.connect(str(folder / "peer.duckdb"))
    found.execute(_TABLE)
    found.execute(f"COPY dossiers FROM '{folder / 'dossiers.csv'}' (FORMAT csv, NULL '')")
    return found


def _compare(said: list[tuple[Any, ...]], found: dict[tuple[str, str], Figures]) -> None:
    peers = {(agency, field): tuple(amounts) for agency, field, *amounts in said}
    ours = {key: tuple(each.of(figure) for figure in Figure) for key, each in found.items() if each.total}
    if peers != ours:
        wrong = next(key for key in peers.keys() | ours.keys() if peers.get(key) != ours.get(key))
        raise AssertionError(f"{wrong}: {ours.get(wrong)} here, {peers.get(wrong)} there")


def _lists(connection: Connection, ground: Ground) -> Iterator[Row]:
    """The first page and one far down of the list behind each figure, for each way in which a list is narrowed."""
    policy = ReportPolicy()
    found = figures(connection, YEAR, policy)
    agency, field = max(found, key=lambda key: found[key].total)
    works: dict[str, Callable[[], object]] = {
        "all": lambda: page(connection, DossierList.ALL, KNOWN, limit=SHOWN),
    }
    parts = {
        "": Part(), " of a field": Part((agency,), field), " of an agency": Part((agency,)),
        " of a level": Part(tuple(sorted({each for each, _ in found})[:8])),
        " of a procedure": Part(procedure=_first(connection, "procedure_code")),
        " of a clerk": Part(clerk=_first(connection, "clerk_name")),
    }
    for name, part in parts.items():
        for figure in Figure:
            works[f"{figure}{name}"] = _reader(connection, figure, policy, part, None)
            deep = _deep(connection, figure, policy, part)
            if deep is not None:
                works[f"{figure}{name}, deep"] = _reader(connection, figure, policy, part, deep)
    taken = interleaved(works, ground.rounds(40))
    first = median(taken.pop("all"))
    slowest = sorted(taken, key=lambda name: -median(taken[name]))
    for name in slowest[:4]:
        yield Row("S4", f"II.06a {name} ({len(taken)} lists, slowest of them)", shown(median(taken[name])),
                  f"first page of all {shown(first)}", median(taken[name]) / first, at_most=2)


def _first(connection: Connection, column: str) -> str:
    return str(connection.execute(select(dossiers.c[column]).order_by(dossiers.c.id.desc()).limit(1)).scalar_one())


def _reader(
    connection: Connection, figure: Figure, policy: ReportPolicy, part: Part, behind: int | None
) -> Callable[[], object]:
    return lambda: figure_page(
        connection, figure, YEAR, policy, KNOWN, part=part, behind=behind, limit=SHOWN
    )


def _deep(connection: Connection, figure: Figure, policy: ReportPolicy, part: Part) -> int | None:
    """A row some thousand lines down the list; None where it is not that long."""
    rows = figure_page(connection, figure, YEAR, policy, KNOWN, part=part, limit=4_000)
    return rows[-1 - SHOWN].id if len(rows) > 2 * SHOWN else None
