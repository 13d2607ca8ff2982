"""What triggers count and the index of names hold, worked out anew from the rows they are of."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.book_verifier.findings import Findings

_SPANS = (10, 7)
"""Letters of a day, of a month."""
_ENDS = {3: "3", 7: "7", 8: "8", 9: "9", 10: "9"}
_RUNNING = "is_open AND state NOT IN (5, 6) AND due_date IS NOT NULL"
_GROUPED = {
    "rollup_work": "SELECT kind, count(*) FROM worklist GROUP BY 1",
    "rollup_scans": "SELECT 1, count(*) FROM dossier_scans WHERE is_open AND missing > 0",
    "rollup_received": " UNION ALL ".join(
        f"SELECT {span}, substr(business_date, 1, {span}), field, is_own, count(*) FROM dossiers GROUP BY 2, 3, 4"
        for span in _SPANS),
    "rollup_due": " UNION ALL ".join(
        f"SELECT state, {span}, coalesce(substr(due_date, 1, {span}), ''), count(*) FROM dossiers GROUP BY 1, 3"
        for span in _SPANS),
    "rollup_late": " UNION ALL ".join(
        f"SELECT {dimension}, {span}, substr(due_date, 1, {span}), {column}, count(*) FROM dossiers "
        f"WHERE {_RUNNING} GROUP BY 3, 4"
        for dimension, column in ((1, "CAST(custody AS TEXT)"), (2, "agency"), (3, "clerk_name"))
        for span in _SPANS),
}


def check_counts(connection: Any, found: Findings) -> None:
    """Each count. A line that counts nothing is as good as none."""
    for table, query in _GROUPED.items():
        there = _read(connection, f"SELECT * FROM {table}")
        if there != _read(connection, query):
            found.add(table, "count_differs")
    if _reports_there(connection) != _reports(connection):
        found.add("rollup_reports", "count_differs")
    found.count("tables", len(_GROUPED) + 1)


def _read(connection: Any, query: str) -> Counter[tuple[object, ...]]:
    lines: Counter[tuple[object, ...]] = Counter()
    for row in connection.execute(query):
        if row[-1] != 0:
            lines[tuple((type(each).__name__, each) for each in row)] += 1
    return lines


def _reports_there(connection: Any) -> dict[tuple[object, ...], object]:
    cursor = connection.execute("SELECT * FROM rollup_reports")
    names = [each[0] for each in cursor.description]
    return {
        (*row[:4], name): value
        for row in cursor for name, value in zip(names[4:], row[4:], strict=True) if value != 0
    }


def _reports(connection: Any) -> dict[tuple[object, ...], object]:
    counted: Counter[tuple[object, ...]] = Counter()
    for row in connection.execute(
        "SELECT agency, field, state, channel, business_date, due_date, ended_date, paused_date, requests "
        "FROM dossiers"
    ):
        for day, column, one in _marks(*row[2:]):
            for span in _SPANS:
                counted[(span, day[:span], row[0], row[1], column)] += one
    return {key: amount for key, amount in counted.items() if amount}


def _marks(
    state: int, channel: int, received: str, due: str | None, ended: str | None, paused: str | None, requests: int,
) -> Iterator[tuple[str, str, int]]:
    """(day, column, how many) by which one dossier counts."""
    kind = state if state in (3, 7, 8) else 0
    if state != 1:
        yield received, f"received_{kind}_{'online' if channel == 2 else 'direct'}", 1
    if ended is not None and state in _ENDS:
        timing = "late" if requests > 1 or (due is not None and ended > due) else (
            "early" if due is not None and ended < due else "on_time")
        yield ended, f"ended_{_ENDS[state]}_{timing}", 1
    late = received if requests > 1 else None if due is None else max(received, _next_day(due))
    if late is None:
        return
    waits = state in (5, 6)
    until = (paused or received) if waits else (ended or "9999")
    if late < until and state != 1:
        yield late, f"late_{kind}", 1
        if until != "9999":
            yield until, f"late_{kind}", -1
    if waits:
        yield max(late, paused or received), f"late_{state}", 1


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


# names

def check_names(connection: Any, found: Findings) -> None:
    """The index against one that is made anew here: each word, each beginning of a word, and what the index says
    of itself."""
    fresh = sqlcipher.connect(":memory:", isolation_level=None)
    try:
        made = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'dossier_names'").fetchone()
        fresh.execute(
            "CREATE VIRTUAL TABLE dossier_names USING fts5(names, content='', detail=none, columnsize=0, "
            "prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 0')"
        )
        for row in connection.execute("SELECT id, applicant_name, submitter_name FROM dossiers"):
            fresh.execute("INSERT INTO dossier_names(rowid, names) VALUES (?, ?)",
                          (row[0], _fold(f"{row[1]} {row[2]}")))
        if made is None or not _is_same_index(connection, fresh):
            found.add("dossier_names", "names_differ")
    except (sqlcipher.Error, TypeError):
        found.add("dossier_names", "names_differ")
    finally:
        fresh.close()
    found.count("tables")


def _is_same_index(book: Any, fresh: Any) -> bool:
    words = _words(fresh)
    if _words(book) != words:
        return False
    config = "SELECT k, v FROM dossier_names_config ORDER BY k"
    if [tuple(row) for row in book.execute(config)] != [tuple(row) for row in fresh.execute(config)]:
        return False
    beginnings = {word[:length] for word, _ in words for length in range(1, 7)}
    query = "SELECT rowid FROM dossier_names WHERE dossier_names MATCH ? ORDER BY rowid"
    return all(
        [row[0] for row in book.execute(query, (f'"{each}" *',))]
        == [row[0] for row in fresh.execute(query, (f'"{each}" *',))]
        for each in sorted(beginnings)
    )


def _words(connection: Any) -> set[tuple[str, int]]:
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'dossier_names', 'instance')")
    return {(str(row[0]), int(row[1])) for row in connection.execute("SELECT term, doc FROM temp.words")}


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())
