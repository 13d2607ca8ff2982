"""Whatever dossiers there are: the form balances, and each figure is as long as its list and as the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select

from app.domain.dossier import OPEN_STATES, State
from app.domain.reports.ii06a import Figure, Figures, add_up
from app.domain.reports.periods import Period
from app.domain.reports.policy import Place, ReportPolicy
from app.store import prepared
from app.store.database import Database, open_database
from app.store.migration_steps import upgrade
from app.store.migrations.versions import v0006_reports
from app.store.queries.dossier_lists import Reach
from app.store.queries.reports.conditions import Extra, Part, condition, figure_page
from app.store.queries.reports.ii06a import figures
from app.store.tables import dossiers, rollup_reports
from app.store.tables.reports import COUNTS
from tests.big_book import COLUMNS, fill

KNOWN = Reach("2026-11-19", "quay-1", 1, 0)
DAYS = st.dates(date(2026, 1, 25), date(2026, 4, 5))
PLACES = st.sampled_from(Place)
POLICIES = st.builds(
    ReportPolicy, not_received=PLACES, withdrawn=PLACES, stopped=PLACES,
    supplement_asked=st.sampled_from((Place.IN_TIME, Place.BY_DATE)),
    payment_asked=st.sampled_from((Place.IN_TIME, Place.BY_DATE)),
)


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    """Where a dossier may stand, with every state and day that the fold can leave."""
    received, state = draw(DAYS), draw(st.sampled_from(State))
    ended = None if state in OPEN_STATES else received + timedelta(draw(st.integers(0, 40)))
    waits = state in (State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED)
    return {
        "business_date": received.isoformat(), "state": int(state), "is_open": state in OPEN_STATES,
        "due_date": draw(st.none() | st.integers(-3, 30).map(lambda n: (received + timedelta(n)).isoformat())),
        "ended_date": ended.isoformat() if ended else None, "channel": draw(st.sampled_from((1, 2, 3))),
        "paused_date": (received + timedelta(draw(st.integers(-2, 30)))).isoformat() if waits else None,
        "requests": draw(st.sampled_from((0, 1, 2))), "agency": draw(st.sampled_from(("a", "b"))),
        "field": draw(st.sampled_from(("Đất đai", "Hộ tịch"))),
    }


PERIODS = st.tuples(DAYS, st.integers(0, 70)).map(lambda said: Period(said[0], said[0] + timedelta(said[1])))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(tmp_path_factory.mktemp("reports") / "book.db", bytes(32))
    with database.writing() as connection:
        upgrade(connection)
    fill(database, 3_000)
    yield database
    database.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(tmp_path_factory.mktemp("small") / "book.db", bytes(32))
    with database.writing() as connection:
        upgrade(connection)
    fill(database, 1)
    yield database
    database.close()


def counted(connection: Connection, what: Figure | Extra, period: Period, policy: ReportPolicy) -> int:
    query = select(func.count()).select_from(dossiers).where(condition(what, period, policy))
    return int(connection.execute(query).scalar_one())


def from_rows(connection: Connection, period: Period, policy: ReportPolicy) -> Figures:
    return Figures(*(counted(connection, figure, period, policy) for figure in Figure))


def rows_kept(connection: Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(rollup_reports)) if any(row[4:])}


def rows_counted(connection: Connection) -> set[tuple[Any, ...]]:
    """The same counts made anew, as a migration makes them."""
    connection.execute(delete(rollup_reports))
    for statement in v0006_reports.REPORTS_COUNTED:
        connection.exec_driver_sql(statement)
    return rows_kept(connection)


class _Undo(Exception):
    pass


@settings(max_examples=60, deadline=None)
@given(
    made=st.lists(lives(), max_size=9), changed=st.lists(st.tuples(st.integers(0, 8), lives()), max_size=6),
    period=PERIODS, policy=POLICIES,
)
def test_any_histories_balance_and_every_figure_is_that_of_the_rows(
    small: Database, made: list[dict[str, Any]], changed: list[tuple[int, dict[str, Any]]], period: Period,
    policy: ReportPolicy,
) -> None:
    with pytest.raises(_Undo), small.writing() as connection:
        pattern = dict(zip(COLUMNS, connection.execute(select(dossiers)).one(), strict=True))
        connection.execute(delete(dossiers))
        connection.execute(delete(rollup_reports))
        for number, life in enumerate(made):
            row = pattern | life | {"id": number + 10, "code": f"H47.1-260101-{number:04d}"}
            connection.execute(dossiers.insert().values(row))
        for number, life in changed:
            connection.execute(dossiers.update().where(dossiers.c.id == number + 10).values(life))
        found = add_up(figures(connection, period, policy).values())
        assert found == from_rows(connection, period, policy)
        kept = rows_kept(connection)
        assert all(count >= 0 for row in kept for count, name in zip(row[4:], COUNTS, strict=True)
                   if not name.startswith("late"))
        assert kept == rows_counted(connection)
        raise _Undo


@pytest.mark.parametrize("period", [
    Period(date(2025, 12, 15), date(2026, 3, 14)), Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2026, 2, 1), date(2026, 2, 28)), Period(date(2026, 2, 3), date(2026, 2, 3)),
])
def test_every_figure_of_every_field_is_as_long_as_its_list(book: Database, period: Period) -> None:
    policy = ReportPolicy()
    with book.reading() as connection:
        found = figures(connection, period, policy)
        assert add_up(found.values()) == from_rows(connection, period, policy) and len(found) > 30
        agency, field = max(found, key=lambda key: found[key].total)
        part = Part((agency,), field)
        for figure in Figure:
            rows = walked(connection, figure, period, policy, part)
            assert len({row.id for row in rows}) == len(rows) == found[agency, field].of(figure)
        everything = walked(connection, Figure.TOTAL, period, policy, Part(), step=400)
        assert len({row.id for row in everything}) == sum(each.total for each in found.values())


def walked(
    connection: Connection, figure: Figure | Extra, period: Period, policy: ReportPolicy, part: Part, step: int = 3
) -> list[Any]:
    rows: list[Any] = []
    while True:
        behind = rows[-1].id if rows else None
        page = figure_page(connection, figure, period, policy, KNOWN, part=part, behind=behind, limit=step)
        rows += page
        if len(page) < step:
            return rows


FIELD, AGENCY = Part(field="Lĩnh vực mẫu 3"), Part(("a3",))
PROCEDURE, CLERK, LEVEL = Part(procedure="1.000003"), Part(clerk="Lê Văn Ví Dụ"), Part(("a3", "a4"))
BY_RECEPTION = (Figure.TOTAL, Figure.ONLINE, Figure.CARRIED, Figure.OPEN, Figure.OPEN_IN_TIME, Figure.OPEN_LATE)
BY_END = (Figure.SETTLED, Figure.EARLY, Figure.ON_TIME, Figure.LATE)


@pytest.mark.parametrize(("figures", "part", "index"), [
    (BY_RECEPTION, Part(), "dossiers_received"), (BY_END, Part(), "dossiers_ended"),
    (BY_RECEPTION, FIELD, "dossiers_field_received"), (BY_END, FIELD, "dossiers_field_ended"),
    (BY_RECEPTION, Part(("a3",), FIELD.field), "dossiers_field_received"),
    (BY_END, Part(("a3",), FIELD.field), "dossiers_field_ended"),
    (BY_RECEPTION, AGENCY, "dossiers_agency_received"), (BY_END, AGENCY, "dossiers_agency_ended"),
    (BY_RECEPTION, PROCEDURE, "dossiers_procedure_received"), (BY_END, PROCEDURE, "dossiers_procedure_ended"),
    (BY_RECEPTION, CLERK, "dossiers_received"), (BY_END, CLERK, "dossiers_ended"),
    (BY_RECEPTION, LEVEL, "dossiers_received"), (BY_END, LEVEL, "dossiers_ended"),
])
def test_a_list_is_read_in_the_order_of_its_index(
    book: Database, monkeypatch: pytest.MonkeyPatch, figures: tuple[Figure, ...], part: Part, index: str
) -> None:
    said: list[tuple[str, tuple[Any, ...]]] = []
    run = prepared.run_text

    def noted(connection: Connection, sql: str, values: tuple[Any, ...] = ()) -> Any:
        said.append((sql, values))
        return run(connection, sql, values)

    monkeypatch.setattr(prepared, "run_text", noted)
    period = Period(date(2026, 1, 1), date(2026, 6, 30))
    with book.reading() as connection:
        for figure in figures:
            figure_page(connection, figure, period, ReportPolicy(), KNOWN, part=part, limit=3)
            sql, values = said[-1]
            plan = " / ".join(row[3] for row in run(connection, f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
            assert f"INDEX {index} (" in plan and "TEMP B-TREE" not in plan, (figure, plan)


@pytest.mark.parametrize(("figure", "part"), [
    (Figure.TOTAL, Part()), (Figure.TOTAL, FIELD), (Figure.SETTLED, Part()), (Figure.SETTLED, AGENCY),
    (Figure.DIRECT, CLERK),
])
def test_a_page_far_down_begins_where_the_one_before_ended(book: Database, figure: Figure, part: Part) -> None:
    """Counted in SQLite's own steps, which no other work on the machine changes."""
    period, policy = Period(date(2026, 1, 1), date(2026, 12, 31)), ReportPolicy()
    with book.reading() as connection:
        rows = figure_page(connection, figure, period, policy, KNOWN, part=part, limit=2_000)
        driver: Any = connection.connection.driver_connection
        taken: list[int] = []

        def steps_of(behind: int | None) -> int:
            taken.clear()
            figure_page(connection, figure, period, policy, KNOWN, part=part, behind=behind, limit=3)
            return len(taken)

        steps_of(None)
        driver.set_progress_handler(lambda: taken.append(1), 1)
        first, deep = steps_of(None), steps_of(rows[len(rows) // 2].id)
        driver.set_progress_handler(None, 1)
    assert len(rows) > 15 and deep <= 2 * first, (first, deep)
